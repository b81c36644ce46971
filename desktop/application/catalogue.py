"""The catalogue of a record: elements, forms, indicators and rules, installed from files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.tables import catalogue as tables
from desktop.application import shipped
from desktop.application.records import Record
from desktop.domain.continuing import Lines
from desktop.domain.elements import Catalogue

if TYPE_CHECKING:
    from desktop.domain.rules import Rule


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


def lines(record: Record) -> Lines:
    """Which elements continue which: series run through a change of regime."""
    return record.cached("lines", ("element",), lambda: Lines.of(catalogue(record).elements))


def rules(record: Record | None) -> tuple[Rule, ...]:
    """The check rules of the record; the shipped ones where no record is named."""
    return shipped.rules() if record is None else tuple(tables.rules(record).values())


def install_shipped(record: Record) -> None:
    """Install the shipped files; inside a change."""
    tables.put(record, shipped.catalogue(), shipped.rules())
