"""The list of all tables: their numbers in the journal, of which of three kinds they are, what is personal in them.

*Exchanged* tables are journalled and travel; *kept* ones are journalled and stay; *unjournalled* ones are the
journal's own, private keys, blobs and what can be computed again (`contract/record.md` 3). A number once released
is never given to another table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Sort(StrEnum):
    """Whether a table is journalled and whether it travels."""

    EXCHANGED = "exchanged"
    KEPT = "kept"
    UNJOURNALLED = "unjournalled"


class Pace(StrEnum):
    """When a draft of an exchanged table is released."""

    FORM = "form"  # with its form: marked complete, or sent while in entry
    ONCE = "once"  # at the next sending
    WITH_USE = "with_use"  # definitions travel with the rows that use them
    CHILDREN = "children"  # with the next list of children: never in packages of totals


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `number` stands in the journal, `personal` names the columns that may speak of a person."""

    name: str
    number: int
    sort: Sort
    pace: Pace | None = None
    personal: frozenset[str] = frozenset()


def _travels(name: str, number: int, pace: Pace, *personal: str) -> Table:
    return Table(name, number, Sort.EXCHANGED, pace, frozenset(personal))


def _stays(name: str, number: int, *personal: str) -> Table:
    return Table(name, number, Sort.KEPT, None, frozenset(personal))


def _aside(name: str, number: int, *personal: str) -> Table:
    return Table(name, number, Sort.UNJOURNALLED, None, frozenset(personal))


TABLES: Final = (
    _aside("record", 1),
    _aside("node", 2),
    _aside("change", 3, "actor", "what"),
    _aside("journal", 4, "before", "after"),
    _aside("blob", 5, "bytes"),
    _aside("own_key", 6, "private"),
    _aside("release", 7, "actor"),
    _aside("released", 8, "row"),
    _aside("mark", 9),
    _travels("unit", 10, Pace.WITH_USE),
    _travels("unit_version", 11, Pace.WITH_USE),
    _travels("unit_attribute", 12, Pace.ONCE, "value"),
    _travels("unit_act", 13, Pace.ONCE),
    _travels("unit_part", 14, Pace.ONCE),
    _travels("unit_alias", 15, Pace.ONCE),
    _stays("office", 16),
    _stays("office_version", 17, "letterhead"),
    _stays("office_commune", 18),
    _stays("setting", 19, "value"),
    _travels("element", 20, Pace.WITH_USE),
    _travels("category", 21, Pace.WITH_USE),
    _travels("form", 22, Pace.WITH_USE),
    _stays("form_element", 23),
    _travels("indicator", 24, Pace.WITH_USE),
    _travels("rule", 25, Pace.WITH_USE),
    _stays("period", 26),
    _travels("value", 27, Pace.FORM, "text", "note"),
    _travels("denominator", 28, Pace.ONCE),
    _travels("submission", 29, Pace.FORM, "reason"),
    _travels("judgement", 30, Pace.ONCE, "reason"),
    _travels("finding_reason", 31, Pace.ONCE, "reason", "who"),
    _travels("plan", 32, Pace.WITH_USE),
    _travels("target", 33, Pace.WITH_USE),
    _travels("task", 34, Pace.WITH_USE),
    _travels("task_progress", 35, Pace.ONCE, "note", "document", "evidence"),
    _stays("partner", 36),
    _stays("package", 37),
    _stays("seen", 38),
    _stays("conflict", 39, "other", "resolution", "reason"),
    _stays("waiting", 40, "row"),
    _stays("disclosure", 41),
    _stays("erasure", 42),
    _aside("backup", 43),
    _travels("assignment", 44, Pace.ONCE),
    _stays("second_entry", 45, "text"),
    _aside("finding_count", 46),
    _aside("journal_key", 47),
    _aside("erased_trace", 48),
    _travels(
        "child",
        60,
        Pace.CHILDREN,
        *"village name folded sex birth_date ethnic_group mother mother_folded personal_id note".split(),
    ),
    _travels("child_alias", 61, Pace.CHILDREN),
    _travels("child_status", 62, Pace.CHILDREN, "what", "note"),
    _travels("weighing_session", 63, Pace.CHILDREN, "note"),
    _travels("measurement", 64, Pace.CHILDREN, *"weight lenhei position oedema muac note".split()),
    _travels("unnamed_visit", 65, Pace.CHILDREN, *"sex ethnic_group weight lenhei position oedema muac".split()),
    _travels("child_supplement", 86, Pace.CHILDREN, *"what doses note".split()),
    _travels("child_treatment", 87, Pace.CHILDREN, *"degree care until outcome note".split()),
    _stays("access_log", 66, "reason"),
    _travels("criteria_set", 70, Pace.WITH_USE),
    _travels("criteria_score", 71, Pace.ONCE, "reason"),
    _travels("recognition", 72, Pace.ONCE, "note"),
    _travels("station_item", 73, Pace.ONCE),
    _travels("station_fact", 74, Pace.ONCE, "text", "note"),
    _travels("criteria_evidence", 80, Pace.ONCE, "name", "note"),
)
BY_NAME: Final = {table.name: table for table in TABLES}
BY_NUMBER: Final = {table.number: table for table in TABLES}
JOURNALLED: Final = tuple(table for table in TABLES if table.sort is not Sort.UNJOURNALLED)
EXCHANGED: Final = tuple(table for table in TABLES if table.sort is Sort.EXCHANGED)
CHILDREN: Final = frozenset(table.name for table in TABLES if table.pace is Pace.CHILDREN)


def number_of(name: str) -> int:
    """The journal's number of a table."""
    return BY_NAME[name].number


def name_of(number: int) -> str:
    """The table a journal row speaks of."""
    return BY_NUMBER[number].name
