"""A new regime of reports by file: forms, elements, indicators and rules read, compared with what stands, installed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from db.tables import catalogue as tables
from db.tables import submissions, values
from desktop.application import catalogue
from desktop.application.changes import Changes, Subject, changed
from desktop.application.records import Record
from desktop.application.sheets_of_ours import put_file
from desktop.domain.acts_drafts import EARLIEST, LATEST
from desktop.domain.elements import Catalogue, Element, Form, Indicator, Status
from desktop.domain.findings import Finding, Severity, has_errors
from desktop.domain.periods import Period
from desktop.domain.rules import Rule
from desktop.errors import AppError
from desktop.exchange.catalogue_file import CatalogueFile, read_catalogue, unknown_codes
from desktop.wording import Sentence, say

_DAY: Final = timedelta(days=1)
_MEANING: Final[dict[type, tuple[str, ...]]] = {
    Element: ("type", "behaviour", "unit", "level", "denominator_kind", "continues"),
    Form: ("level", "periods", "cumulative", "elements", "continues"),
    Indicator: ("unit", "direction", "numerator", "denominator", "factor", "pooled_years", "typed"),
}
"""What a definition means; names, limits and days may be mended, these not once figures stand on them."""

Definition = Element | Form | Indicator


@dataclass(frozen=True, slots=True)
class Installed:
    """What a file brings: codes new and renewed, which old code each continues, which old forms end, findings.

    `told` is what the file defines, with the first days given to what said none.
    """

    new: tuple[str, ...]
    renewed: tuple[str, ...]
    continues: tuple[tuple[str, str], ...]
    ends: tuple[tuple[str, date], ...]
    findings: tuple[Finding, ...]
    changes: Changes
    told: CatalogueFile = field(default_factory=CatalogueFile)


def install_file(
    record: Record, *, data: bytes, name: str, begin: date | None = None, dry_run: bool = False
) -> Installed:
    """Install a catalogue file or a regime's workbook; an error finding installs nothing.

    `begin` is the first day of what is new and says none itself. A form that continues an old one ends it the day
    before its own first day.
    """
    from desktop.application import packages

    file, findings = _read(data, name)
    known = catalogue.catalogue(record)
    file = _begun(file, known, begin)
    ended, told = _ended(file.catalogue.forms, known.forms, name)
    findings = [*findings, *unknown_codes(file, known, name), *told, *_faults(record, file.catalogue, known, name)]
    findings += [*_days(file.catalogue, name), *_left_behind(record, ended, name)]
    new, renewed = _news(file.catalogue, known)
    rows = 0
    if not has_errors(findings) and not dry_run:
        with record.change(say("Install {file}", file=name), source="catalogue") as change:
            tables.put(record, Catalogue(forms=ended), ())
            tables.put(record, file.catalogue, file.rules)
        rows = change.rows
        packages.place_waiting(record)
    return Installed(
        new,
        renewed,
        tuple((code, one.continues) for code, one in _continuing(file.catalogue) if one.continues),
        tuple((code, form.valid_to) for code, form in ended.items() if form.valid_to),
        tuple(findings),
        changed(rows, Subject.CATALOGUE, Subject.VALUES),
        file,
    )


def write_regime(record: Record | None, *, out: Path, today: date, empty: bool = False) -> Path:
    """Write what is installed as a workbook to read, change and install; `empty`: headings and words to choose only."""
    from desktop.exchange.regime.writing import regime_xlsx

    if out.suffix.lower() != ".xlsx":
        raise AppError(
            "only_xlsx", say("Templates are written as .xlsx."), say("Choose a file name that ends in .xlsx.")
        )
    known: Catalogue = Catalogue()
    rules: tuple[Rule, ...] = ()
    if not empty:
        held = catalogue.catalogue(record)
        elements = {code: one for code, one in held.elements.items() if code not in held.indicators}
        known, rules = Catalogue(elements, held.forms, held.indicators), catalogue.rules(record)
    return put_file(out, regime_xlsx(known, rules, source="", status=Status.OFFICE.value, made=today))


def _read(data: bytes, name: str) -> tuple[CatalogueFile, list[Finding]]:
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        from desktop.exchange.regime.reading import is_regime, read_regime
        from desktop.exchange.workbook import read_workbook

        book = read_workbook(data, name)
        if is_regime(book):
            return read_regime(book)
        raise AppError(
            "no_regime",
            say("{file} is no workbook of forms and elements.", file=name),
            say("Write an empty one with “sotram forms template --out FILE” and fill in its sheets."),
        )
    try:
        return read_catalogue(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError as fault:
        raise AppError(
            "cannot_read_file",
            say("{file} is not a text file in UTF-8.", file=name),
            say("Save it as UTF-8 and try again."),
        ) from fault


def _begun(file: CatalogueFile, known: Catalogue, begin: date | None) -> CatalogueFile:
    """The file with a first day for what is new and has none."""
    if begin is None:
        return file
    told = file.catalogue
    elements = {
        code: one if one.valid_from or code in known.elements else replace(one, valid_from=begin)
        for code, one in told.elements.items()
    }
    forms = {
        code: one if one.valid_from or code in known.forms else replace(one, valid_from=begin)
        for code, one in told.forms.items()
    }
    return replace(file, catalogue=Catalogue(elements, forms, told.indicators))


def _ended(forms: Mapping[str, Form], known: Mapping[str, Form], name: str) -> tuple[dict[str, Form], list[Finding]]:
    """The old forms that end because new ones take their place."""
    ended: dict[str, Form] = {}
    findings = []
    for form in forms.values():
        if form.continues is None:
            continue
        old = known.get(form.continues)
        if old is None or form.continues in forms:
            message = say("“{code}” continues “{old}”, which is no form here.", code=form.code, old=form.continues)
            findings.append(_fault(name, "regime.continues", message, say("Look the code up with “sotram forms”.")))
        elif form.valid_from is None:
            message = say("“{code}” takes the place of “{old}” but says no first day.", code=form.code, old=old.code)
            advice = say("Give it a first day in the file, or where it is installed (--from DATE).")
            findings.append(_fault(name, "regime.no_first_day", message, advice))
        elif old.valid_to is None or old.valid_to >= form.valid_from:
            ended[old.code] = replace(old, valid_to=form.valid_from - _DAY)
    return ended, findings


def _days(told: Catalogue, name: str) -> Iterator[Finding]:
    """First days that are a slip of the hand."""
    for code, one in _continuing(told):
        if one.valid_from is not None and not EARLIEST <= one.valid_from <= LATEST:
            said = say("“{code}” begins on {day}, which nobody can have meant.", code=code, day=one.valid_from)
            yield _fault(name, "regime.bad_day", said, say("Look at the day again."), code)


def _left_behind(record: Record, ended: Mapping[str, Form], name: str) -> Iterator[Finding]:
    """Old forms that were filled in for periods after their end: they stay, and nobody is asked for them any more."""
    for code, form in ended.items():
        begun = submissions.of(record, form=code) if form.valid_to else []
        late = sorted({one.period for one in begun if form.valid_to and Period.parse(one.period).last > form.valid_to})
        if late and form.valid_to:
            said = say(
                "“{code}” ends on {day} but was begun for later periods: {periods}.",
                code=code,
                day=form.valid_to,
                periods=", ".join(late),
            )
            advice = say("Look at the first day; what was entered stays and is not asked for any more.")
            yield Finding("regime.figures_after", Severity.WARNING, said, advice, file=name, element=code)


def _continuing(told: Catalogue) -> Iterator[tuple[str, Element | Form]]:
    yield from told.elements.items()
    yield from told.forms.items()


def _faults(record: Record, told: Catalogue, known: Catalogue, name: str) -> Iterator[Finding]:
    yield from _broken_lines(told.elements, known.elements, name)
    pairs: tuple[tuple[Mapping[str, Definition], Mapping[str, Definition]], ...] = (
        (told.elements, known.elements),
        (told.forms, known.forms),
        (told.indicators, known.indicators),
    )
    for mine, theirs in pairs:
        for code, one in mine.items():
            held = theirs.get(code)
            if held is None or not _means_another(held, one):
                continue
            if reason := _stands(record, held):
                advice = say("Give the new definition a code of its own that continues this one, from its first day.")
                yield _fault(name, "regime.superseded", reason, advice, code)


def _means_another(held: Definition, one: Definition) -> bool:
    return any(getattr(held, field) != getattr(one, field) for field in _MEANING[type(held)])


def _stands(record: Record, held: Definition) -> Sentence | None:
    """Why a definition can no longer mean something else: it is a regulation's, or figures were entered under it."""
    if isinstance(held, Indicator):
        return None
    if held.status is Status.OFFICIAL:
        return say("“{code}” is a regulation's definition: it is superseded from a day, never changed.", code=held.code)
    if isinstance(held, Element) and values.any_of(record, held.code):
        return say("Figures stand under “{code}”: what it means can no longer be changed.", code=held.code)
    return None


def _broken_lines(told: Mapping[str, Element], known: Mapping[str, Element], name: str) -> Iterator[Finding]:
    """Elements that continue something that is not there, is of another kind, or is continued already."""
    every = {**known, **told}
    heirs: dict[str, list[str]] = {}
    for code, one in every.items():
        if one.continues:
            heirs.setdefault(one.continues, []).append(code)
    for code, one in told.items():
        if one.continues is None:
            continue
        old = every.get(one.continues)
        if old is None or old.code == code:
            message = say("“{code}” continues “{old}”, which nobody defines.", code=code, old=one.continues)
            yield _fault(name, "regime.continues", message, say("Look the code up with “sotram elements”."), code)
        elif (old.type, old.behaviour, old.unit) != (one.type, one.behaviour, one.unit):
            message = say("“{code}” continues “{old}” but is counted in another way.", code=code, old=old.code)
            advice = say("A series runs through only where type, unit and behaviour are the same.")
            yield _fault(name, "regime.continues", message, advice, code)
        elif len(heirs[old.code]) > 1:
            codes = ", ".join(heirs[old.code])
            message = say("“{old}” is continued by several: {codes}.", old=old.code, codes=codes)
            yield _fault(name, "regime.continues", message, say("One element continues an old one."), code)
        elif _circles(code, every):
            message = say("“{code}” continues itself in a circle.", code=code)
            yield _fault(name, "regime.continues", message, say("An old element continues nothing newer."), code)


def _circles(code: str, every: Mapping[str, Element]) -> bool:
    seen, at = {code}, every[code].continues
    while at is not None and at in every and at not in seen:
        seen.add(at)
        at = every[at].continues
    return at == code


def _fault(name: str, rule: str, message: Sentence, advice: Sentence, element: str | None = None) -> Finding:
    return Finding(rule, Severity.ERROR, message, advice, file=name, element=element)


def _news(told: Catalogue, known: Catalogue) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pairs: tuple[tuple[Mapping[str, object], Mapping[str, object]], ...] = (
        (told.elements, known.elements),
        (told.forms, known.forms),
        (told.indicators, known.indicators),
    )
    new = [code for mine, theirs in pairs for code in mine if code not in theirs]
    renewed = [code for mine, theirs in pairs for code, one in mine.items() if code in theirs and theirs[code] != one]
    return tuple(new), tuple(renewed)
