"""Rows as they come: the versions of one place together, in the order of tables, and why some must wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from db.release import FormKey
from desktop.application.catalogue import catalogue
from desktop.application.packages.beside import NOBODY, Held, Sender
from desktop.application.packages.wire import Place
from desktop.application.records import Record
from desktop.domain.versions import Version, by_release
from desktop.exchange.package.row import Row

# Definitions are taken in before; the rest in the order in which rows may name each other.
ROWS: Final = (
    "unit_alias",
    "unit_act",
    "unit_part",
    "unit_attribute",
    "submission",
    "value",
    "judgement",
    "finding_reason",
    "denominator",
    "assignment",
    "station_item",
    "station_fact",
    "criteria_score",
    "criteria_evidence",
    "recognition",
    "task_progress",
    "weighing_session",
    "child",
    "child_alias",
    "child_status",
    "measurement",
    "child_supplement",
    "child_treatment",
    "unnamed_visit",
)
BATCH: Final = 10_000
UNKNOWN_UNIT: Final = "unknown unit"
LOCKED: Final = "locked"
NOT_FOR_A_CHILD: Final = "not for a child to say"
NONE: Final[frozenset[FormKey]] = frozenset()
Nodes = Mapping[str, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A figure two sides wrote without having seen each other; `holder` stands, `other` waits."""

    unit: str
    period: str
    element: str
    holder: Mapping[str, Any]
    other: Mapping[str, Any]
    table: str = "value"


@dataclass(slots=True)
class Incoming:
    """The versions of one row that came together, and what their sender and we had seen; `held` if they waited."""

    table: str
    place: Place
    package: int
    rows: dict[Version, Row]
    sender_seen: Mapping[str, int]
    our_seen: Mapping[str, int]
    held: tuple[Held, ...] = ()
    sender: Sender = NOBODY

    @property
    def versions(self) -> tuple[Version, ...]:
        """In the one order in which equal sets are equal."""
        return tuple(sorted(self.rows, key=by_release))


def is_above_a_child(one: Incoming) -> bool:
    """Aliases and acts that are not marked as provisional come down from the parent (record.md 6)."""
    acts = one.table == "unit_act" and any(not row.fields.get("provisional") for row in one.rows.values())
    return acts or one.table == "unit_alias"


def forms_by_element(record: Record) -> Callable[[str, Mapping[str, Any]], list[FormKey]]:
    """Which forms a row belongs to (table, names of its key), by the catalogue of the record."""
    by_element: dict[str, list[str]] = {}
    for code, form in catalogue(record).forms.items():
        for element in form.elements:
            by_element.setdefault(element, []).append(code)

    def forms(table: str, names: Mapping[str, Any]) -> list[FormKey]:
        if table in ("submission", "judgement"):
            return [FormKey(names["unit"], names["form"], names["period"])]
        if table not in ("value", "finding_reason"):
            return []
        return [FormKey(names["unit"], form, names["period"]) for form in by_element.get(names["element"], ())]

    return forms
