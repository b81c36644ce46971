"""Rows of weighing lists beside the record: who each is, what the list adds, what a person should look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from db.tables import weighing
from desktop.application.children import entries_of, joined
from desktop.application.children_import import NEW, ChildRow, ListPlan, ListSheet, Place, Who
from desktop.application.children_list_findings import elsewhere, findings_on, near_twins
from desktop.application.children_list_places import PlacedList, PlacedRow
from desktop.application.children_matching import matches
from desktop.application.children_writing import NewChild
from desktop.application.erasing import erased_before
from desktop.application.records import Record
from desktop.domain.children import Child, Measurement, Origin
from desktop.domain.children_matching import Match, name_key
from desktop.domain.findings import Finding, Severity
from desktop.domain.text import fold
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.exchange.reading import Skipped
    from desktop.exchange.weighing.model import ListRow

_FIGURES: Final = ("weight", "lenhei", "muac")
_BLANKS: Final = ("sex", "birth_date", "village", "ethnic_group", "mother")


@dataclass(slots=True)
class _Person:
    """The rows of one child of one commune, over all sheets and files."""

    number: int
    entry: NewChild
    rows: list[tuple[PlacedList, PlacedRow]] = field(default_factory=list)
    match: Match = field(default_factory=lambda: Match(None))
    child: Child | None = None
    who: Who = Who.NEW
    erased: date | None = None
    settled: bool = False


def compared(
    record: Record,
    lists: Sequence[PlacedList],
    *,
    settled: Mapping[Place, str],
    step: Callable[[int, int], None] | None = None,
) -> ListPlan:
    """What writing the lists would do; doubtful rows are not written before a person has settled them."""
    persons, twice = _persons(lists)
    _find(record, persons, settled, step)
    _mark_erased(record, persons, settled)
    histories = _histories(record, [one.child.uid for one in persons if one.child is not None])
    rows: dict[tuple[Place, date], ChildRow] = {}  # one row may hold several sessions
    findings: list[Finding] = [found for one in lists for found in (*one.reading.findings, *one.findings)]
    for person in persons:
        for sheet, one in person.rows:
            read, found = _row(sheet, one, person, histories)
            rows[read.place, one.day] = read
            findings += found
    for sheet, one, first in twice:
        again = ChildRow(sheet.file, sheet.reading.sheet, one, Who.TWICE, -1, first_row=first.row.row)
        rows.setdefault((again.place, one.day), again)
        findings.append(_named_twice(again, one, first))
    findings += findings_on(list(rows.values()), histories, {one.number: one.child for one in persons})
    findings += near_twins(rows.values())
    findings += elsewhere(record, list(rows.values()))
    sheets = tuple(_sheet(one, rows) for one in lists)
    return ListPlan(sheets, tuple(sorted(findings, key=_order)))


def _order(finding: Finding) -> tuple[str, str, int]:
    return finding.file or "", finding.sheet or "", finding.row or 0


# ---- one child in several rows ----


def _persons(
    lists: Iterable[PlacedList],
) -> tuple[list[_Person], list[tuple[PlacedList, PlacedRow, PlacedRow]]]:
    """The children of the lists; rows that name a child a second time on one day, with the row that came first."""
    persons: list[_Person] = []
    by_name: dict[tuple[str, str, date | None], list[_Person]] = {}
    twice = []
    for sheet in lists:
        for one in sheet.rows:
            entry = _entry(one)
            known = by_name.setdefault((entry.unit, name_key(entry.name), entry.birth_date), [])
            person = next((other for other in known if _is_one(other.entry, entry)), None)
            if person is None:
                person = _Person(len(persons), entry)
                persons.append(person)
                known.append(person)
            first = next((row for _, row in person.rows if row.day == one.day), None)
            if first is not None:
                twice.append((sheet, one, first))
                continue
            person.rows.append((sheet, one))
            person.entry = _completed(person.entry, entry)
    return persons, twice


def _entry(one: PlacedRow) -> NewChild:
    row = one.row
    told = (row.sex, row.birth_date, row.village, row.ethnic_group, row.mother)
    return NewChild(one.commune.uid, row.name, *told)


def _is_one(one: NewChild, other: NewChild) -> bool:
    """Rows of one name and birth date are one child unless sex or mother differ; without the date they must agree."""
    if one.sex and other.sex and one.sex is not other.sex:
        return False
    if one.mother and other.mother:
        return fold(one.mother) == fold(other.mother)
    return one.birth_date is not None


def _completed(one: NewChild, other: NewChild) -> NewChild:
    more: dict[str, Any] = {
        name: getattr(other, name) for name in _BLANKS if getattr(other, name) and not getattr(one, name)
    }
    return replace(one, **more) if more else one


def _named_twice(again: ChildRow, one: PlacedRow, first: PlacedRow) -> Finding:
    same = all(getattr(one.row, name) == getattr(first.row, name) for name in (*_FIGURES, "absent"))
    message = say("The child stands in row {row} already; this row was not read.", row=str(first.row.row))
    if not same:
        message = say(
            "The child stands in row {row} already, with other figures; this row was not read.", row=str(first.row.row)
        )
    severity = Severity.NOTE if same else Severity.WARNING
    return _finding("import.list_twice", severity, message, again, "name")


# ---- who they are ----


def _find(
    record: Record,
    persons: Sequence[_Person],
    settled: Mapping[Place, str],
    step: Callable[[int, int], None] | None,
) -> None:
    by_unit: dict[str, list[_Person]] = {}
    for person in persons:
        by_unit.setdefault(person.entry.unit, []).append(person)
    for done, (unit, group) in enumerate(by_unit.items()):
        if step:
            step(done, len(by_unit))
        day = max(row.day for person in group for _, row in person.rows)
        found = matches(record, wanted=[person.entry for person in group], communes=[unit], day=day)
        for person, told in zip(group, found, strict=True):
            person.match = told
            person.child, person.who = _who(person, told)
        _settle(group, settled)
    if step and by_unit:
        step(len(by_unit), len(by_unit))


def _mark_erased(record: Record, persons: Sequence[_Person], settled: Mapping[Place, str]) -> None:
    """New children that were lawfully erased here come back only where a person says so."""
    new = [one for one in persons if one.who is Who.NEW and one.entry.birth_date and not _said(one, settled)]
    asked = [(one.entry.name, one.entry.birth_date) for one in new]
    for place, day in erased_before(record, asked).items():
        new[place].who, new[place].erased = Who.DOUBTFUL, day


def _said(person: _Person, settled: Mapping[Place, str]) -> str | None:
    """What a person said of any row of a child."""
    told = (settled.get((sheet.file, sheet.reading.sheet, row.row.row)) for sheet, row in person.rows)
    return next((one for one in told if one is not None), None)


def _who(person: _Person, told: Match) -> tuple[Child | None, Who]:
    near = [child for child in (told.child, *told.others) if child is not None]
    same = next((child for child in near if _is_the_same(person.entry, child)), None)
    if same is not None:
        return same, Who.KNOWN
    if told.child is None:
        return None, Who.NEW
    return (told.child, Who.KNOWN) if told.sure else (None, Who.DOUBTFUL)


def _is_the_same(entry: NewChild, child: Child) -> bool:
    """Whether a known child is exactly what the list says: then nobody need be asked, whoever else is like it."""
    return (
        fold(entry.name) == fold(child.name)
        and entry.birth_date == child.birth_date
        and entry.sex in (None, child.sex)
        and (entry.birth_date is not None or bool(entry.mother))
        and (not entry.mother or fold(entry.mother) == fold(child.mother))
    )


def _settle(group: Sequence[_Person], settled: Mapping[Place, str]) -> None:
    """What a person said of a row holds for all rows of that child."""
    for person in group:
        said = _said(person, settled)
        if said is None:
            continue
        known = [child for child in (person.match.child, *person.match.others) if child is not None]
        child = next((child for child in known if child.uid == said), None)
        if child is not None:
            person.child, person.who, person.settled = child, Who.KNOWN, True
        elif said == NEW and person.who is not Who.KNOWN:  # what was written since is known
            person.child, person.who, person.settled = None, Who.NEW, True


def _histories(record: Record, uids: Sequence[str]) -> dict[str, dict[date, Measurement]]:
    """What is held of known children, by child and day."""
    entries = entries_of(record, uids)
    told = weighing.of_children(record, [uid for group in entries.values() for uid in group])
    return {uid: {one.day: one for one in joined(entries[uid], told)} for uid in entries}


# ---- what the list adds ----


def _row(
    sheet: PlacedList,
    one: PlacedRow,
    person: _Person,
    histories: Mapping[str, Mapping[date, Measurement]],
) -> tuple[ChildRow, list[Finding]]:
    near = tuple(child for child in (person.match.child, *person.match.others) if child is not None)
    read = ChildRow(sheet.file, sheet.reading.sheet, one, person.who, person.number, entry=person.entry)
    if person.settled:
        read = replace(read, others=near, asked=True)
    if person.who is Who.DOUBTFUL:
        read = replace(read, others=near, erased=person.erased)
        return read, [_back_again(read, person.erased) if person.erased else _doubt(read)]
    child = person.child
    held = histories.get(child.uid, {}).get(one.day) if child else None
    measurement, cells, kept = _merged(held, one, child.uid if child else "", replace_typed=sheet.wish.replace)
    read = replace(read, child=child.uid if child else None, measurement=measurement, cells=cells)
    findings = [_kept(read, name) for name in kept]
    if child is not None:
        filled = _filled(child, person.entry)
        read = replace(read, filled=filled if filled != child else None)
        findings += _differing(read, child, person.entry)
    return read, findings


def _merged(
    held: Measurement | None, one: PlacedRow, child: str, *, replace_typed: bool
) -> tuple[Measurement | None, int, list[str]]:
    """The visit as it would stand, how many cells differ from what is held, and what gave way to typed figures.

    A blank never takes a figure away, and an absent mark no figures.
    """
    row = one.row
    if held is None:
        new = Measurement(
            child,
            one.day,
            None,
            row.weight,
            row.lenhei,
            row.position,
            bool(row.oedema),
            row.muac,
            row.absent,
            row.note,
            Origin.IMPORT,
        )
        told = (row.weight, row.lenhei, row.muac, row.position, row.oedema, row.absent, row.note)
        return (None, 0, []) if new.is_empty else (new, sum(map(bool, told)), [])
    free = held.origin is Origin.IMPORT or replace_typed
    more, kept = _changes(held, row, free=free)
    cells = len(more)
    if held.absent and (row.weight or row.lenhei or row.muac or row.oedema):
        more["absent"] = False
    if not more:
        return None, 0, kept
    origin = Origin.IMPORT if free else held.origin
    return replace(held, **more, origin=origin), cells, kept


def _changes(held: Measurement, row: ListRow, *, free: bool) -> tuple[dict[str, Any], list[str]]:
    more: dict[str, Any] = {}
    kept: list[str] = []
    told = {name: getattr(row, name) for name in (*_FIGURES, "position", "note")}
    for name, value in told.items():
        stands = getattr(held, name)
        if not value or value == stands:
            continue
        if free or not stands:
            more[name] = value
        else:
            kept.append(name)
    if row.oedema is not None and row.oedema != held.oedema:
        if free or row.oedema:
            more["oedema"] = row.oedema
        else:
            kept.append("oedema")
    if row.absent and not held.absent:
        if held.is_measured or held.muac or held.oedema:
            kept.append("absent")
        else:
            more["absent"] = True
    return more, kept


def _filled(child: Child, entry: NewChild) -> Child:
    more: dict[str, Any] = {
        name: getattr(entry, name) for name in _BLANKS if getattr(entry, name) and not getattr(child, name)
    }
    return replace(child, **more) if more else child


def _differing(read: ChildRow, child: Child, entry: NewChild) -> Iterator[Finding]:
    """Birth date and sex that the record says otherwise: the record's are kept."""
    for name, words in (("birth_date", say("the birth date")), ("sex", say("the sex"))):
        theirs, ours = getattr(entry, name), getattr(child, name)
        if theirs and ours and theirs != ours:
            message = say("The record says otherwise about {what}; that of the record was kept.", what=words)
            advice = say("Correct it on the child's page if the list is right.")
            yield _finding("import.list_differs", Severity.WARNING, message, read, name, advice)


def _kept(read: ChildRow, name: str) -> Finding:
    if name == "absent":
        message = say("The list says absent, but the record holds figures of that day; they were kept.")
        return _finding("import.kept", Severity.WARNING, message, read, "weight")
    message = say("A typed figure of that day differs; it was kept.")
    return _finding(
        "import.kept", Severity.WARNING, message, read, name, say("Import again with replacing if the file is right.")
    )


def _doubt(read: ChildRow) -> Finding:
    message = say("The row may be a child of the record that is written a little differently; it was not written.")
    advice = say(
        "Settle it on the import page or with --settle, or correct name, birth date or mother "
        "and import the file again."
    )
    return _finding("import.list_doubtful", Severity.WARNING, message, read, "name", advice)


def _back_again(read: ChildRow, day: date) -> Finding:
    message = say("A child of this name and birth date was erased on {day}; the row was not written.", day=day)
    advice = say(
        "If there is a lawful ground to keep it again, say on the import page or with --settle that it is a new child."
    )
    return _finding("import.list_erased", Severity.WARNING, message, read, "name", advice)


def _finding(
    rule: str, severity: Severity, message: Sentence, read: ChildRow, element: str, advice: Sentence | None = None
) -> Finding:
    row = read.placed.row
    return Finding(
        rule,
        severity,
        message,
        advice,
        file=read.file,
        sheet=read.sheet,
        row=row.row,
        column=row.columns.get(element),
        unit=read.placed.commune.code,
        element=element,
    )


# ---- sheets ----


def _sheet(one: PlacedList, rows: Mapping[tuple[Place, date], ChildRow]) -> ListSheet:
    from desktop.exchange.reading import Skipped

    read = [rows[(one.file, one.reading.sheet, row.row.row), row.day] for row in one.rows]
    left: list[Skipped] = list(one.reading.skipped)
    left += [Skipped(row.row, say("The commune of the row is not known.")) for row in one.lost]
    for row in read:
        if row.who is Who.DOUBTFUL:
            left.append(Skipped(row.placed.row.row, say("Perhaps a child of the record; to be settled.")))
        elif row.who is Who.TWICE:
            told = say("The child stands in row {row} already.", row=str(row.first_row))
            left.append(Skipped(row.placed.row.row, told))
    if one.reading.rows and not one.rows and not one.lost:
        left += [Skipped(row.row, say("The sheet was not read.")) for row in one.reading.rows]
    return ListSheet(one, tuple(read), tuple(sorted(dict.fromkeys(left), key=lambda skipped: skipped.row)))
