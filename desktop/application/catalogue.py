"""The catalogue of a record: elements, forms, indicators and rules, installed from files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.tables import catalogue as tables
from db.tables import settings
from desktop.application.records import Record
from desktop.domain.continuing import Lines

if TYPE_CHECKING:
    from desktop.domain.elements import Catalogue
    from desktop.domain.rules import Rule

ENTERED_TWICE: Final = "double_entry"
"""The setting that names the forms entered twice."""


def catalogue(record: Record | None) -> Catalogue:
    """What is installed in the record; the shipped catalogue where no record is named."""
    if record is not None:
        return tables.load(record)
    from desktop.application import shipped

    return shipped.catalogue()


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


def entered_twice(record: Record) -> frozenset[str]:
    """The forms that this office enters twice (`double_entry`): asked at each start, where that room is not needed."""
    return frozenset(settings.get(record, ENTERED_TWICE, []))


def rules(record: Record | None) -> tuple[Rule, ...]:
    """The check rules of the record; the shipped ones where no record is named."""
    if record is not None:
        return tuple(tables.rules(record).values())
    from desktop.application import shipped

    return shipped.rules()


def install_shipped(record: Record) -> None:
    """Install the shipped files; inside a change."""
    from desktop.application import shipped

    tables.put(record, shipped.catalogue(), shipped.rules())
