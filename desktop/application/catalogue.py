"""The catalogue of a record: elements, forms, indicators and rules, installed from files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.tables import catalogue as tables
from desktop.application import shipped
from desktop.application.changes import Changes, Subject, changed
from desktop.application.records import Record
from desktop.domain.elements import Catalogue
from desktop.domain.findings import Finding, has_errors
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.domain.rules import Rule


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation found and did: codes new and renewed, findings of the file."""

    new: tuple[str, ...]
    renewed: tuple[str, ...]
    findings: tuple[Finding, ...]
    changes: Changes


def catalogue(record: Record | None) -> Catalogue:
    """What is installed in the record; the shipped catalogue where no record is named."""
    return shipped.catalogue() if record is None else tables.load(record)


def forms_by_element(record: Record) -> dict[str, list[str]]:
    """The codes of the forms in which each element stands."""
    return record.cached("forms by element", ("form",), lambda: _by_element(catalogue(record)))


def _by_element(known: Catalogue) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, form in known.forms.items():
        for element in form.elements:
            found.setdefault(element, []).append(code)
    return found


def rules(record: Record) -> tuple[Rule, ...]:
    """The check rules of the record."""
    return tuple(tables.rules(record).values())


def install_shipped(record: Record) -> None:
    """Install the shipped files; inside a change."""
    tables.put(record, shipped.catalogue(), shipped.rules())


def install_file(record: Record, *, text: str, name: str, dry_run: bool = False) -> Installed:
    """Install forms, elements, indicators and rules from a file's text; an error finding installs nothing."""
    from desktop.application import packages
    from desktop.exchange.catalogue_file import read_catalogue, unknown_codes

    file, findings = read_catalogue(text, name)
    known = catalogue(record)
    findings = findings + unknown_codes(file, known, name)
    new, renewed = _news(file.catalogue, known)
    rows = 0
    if not has_errors(findings) and not dry_run:
        with record.change(say("Install {file}", file=name), source="catalogue") as change:
            tables.put(record, file.catalogue, file.rules)
        rows = change.rows
        packages.place_waiting(record)
    return Installed(new, renewed, tuple(findings), changed(rows, Subject.CATALOGUE, Subject.VALUES))


def _news(file: Catalogue, known: Catalogue) -> tuple[tuple[str, ...], tuple[str, ...]]:
    new: list[str] = []
    renewed: list[str] = []
    for mine, theirs in (
        (file.elements, known.elements),
        (file.forms, known.forms),
        (file.indicators, known.indicators),
    ):
        for code, definition in mine.items():
            if code not in theirs:
                new.append(code)
            elif theirs[code] != definition:
                renewed.append(code)
    return tuple(new), tuple(renewed)
