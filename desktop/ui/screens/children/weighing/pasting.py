"""A copied list with names: read as a workbook is read, its columns by their headings or in the order of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.application.children_pasting import PastedChild
from desktop.application.children_writing import NewChild
from desktop.domain.children import Measurement, Session
from desktop.domain.findings import Finding, Severity
from desktop.domain.text import fold
from desktop.ui.screens.children.reading import MOST_ARM, MOST_GRAMS, MOST_MILLIMETRES
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.exchange.weighing.model import ListRow
    from desktop.exchange.weighing.pasted import PastedList

_UNREAD: Final = frozenset({"import.list_position", "import.list_oedema"})
"""Without headings such a cell says that the columns stand in another order."""


@dataclass(frozen=True, slots=True)
class ReadList:
    """The children of a pasted list, and what a person should know of what was not plain or not taken."""

    lines: tuple[PastedChild, ...]
    told: tuple[Sentence, ...] = ()


def read_children(
    lines: Sequence[Sequence[str]], *, unit: str, held: Session, day: date, today: date
) -> ReadList | Sentence:
    """A list for a session: its commune (uid), the day of what was measured. A sentence says what cannot be read."""
    from desktop.exchange.weighing.pasted import read_pasted

    read = read_pasted(lines)
    refused = _refused(read, held, today)
    if refused is not None:
        return refused
    made = tuple(PastedChild(_child(row, unit), _found(row, held, day)) for row in read.rows)
    return ReadList(made, tuple(_told(read)))


def _refused(read: PastedList, held: Session, today: date) -> Sentence | None:
    names = {row.row: row.name for row in read.rows}
    if read.several or len({fold(row.commune) for row in read.rows if row.commune}) > 1:
        return say("Nothing was pasted: the list is of several sessions or communes. Take its file in from Excel.")
    if not read.rows:
        return say("Nothing was pasted: there is no child in what was copied.")
    for finding in read.findings:
        if finding.severity is Severity.ERROR or (not read.has_heads and finding.rule in _UNREAD):
            return _not_pasted(read, finding, names.get(finding.row or 0, ""))
    for row in read.rows:
        if row.birth_date is not None and row.birth_date > today:
            why = say("{day} lies in the future.", day=row.birth_date)
        elif row.day is not None and not held.holds(row.day):
            why = say("it was weighed on {day}, which is no day of this session.", day=row.day)
        elif not all(0 < (amount or 1) <= most for amount, most in _sizes(row)):
            why = say("weight, height or arm is no figure of a child.")
        else:
            continue
        return say("Nothing was pasted. {name}: {why}", name=row.name, why=why)
    return None


def _sizes(row: ListRow) -> tuple[tuple[int | None, int], ...]:
    return (row.weight, MOST_GRAMS), (row.lenhei, MOST_MILLIMETRES), (row.muac, MOST_ARM)


def _not_pasted(read: PastedList, finding: Finding, name: str) -> Sentence:
    if read.has_heads:
        return say("Nothing was pasted. {name}: {why}", name=name or "?", why=finding.message)
    return say(
        "Nothing was pasted. {name}: {why} Copy the headings too: then the columns may stand in any order.",
        name=name or "?", why=finding.message,
    )  # fmt: skip


def _child(row: ListRow, unit: str) -> NewChild:
    return NewChild(unit, row.name, row.sex, row.birth_date, row.village, row.ethnic_group, row.mother)


def _found(row: ListRow, held: Session, day: date) -> Measurement:
    return Measurement(
        "", row.day or day, held.uid, row.weight, row.lenhei, row.position, bool(row.oedema), row.muac,
        row.absent, row.note,
    )  # fmt: skip


def _told(read: PastedList) -> list[Sentence]:
    """What is worth a word, the first of its kind with how many there are."""
    told = []
    # Whose sex is not said may be known already; of a new child its class says so.
    doubts = [one for one in read.findings if one.severity is Severity.WARNING and one.rule != "import.list_sex"]
    if doubts:
        names = {row.row: row.name for row in read.rows}
        more = {"name": names.get(doubts[0].row or 0, "?"), "why": doubts[0].message, "count": len(doubts)}
        told.append(say("To look at ({count}): {name}: {why}", **more))
    if read.left_out:
        told.append(say("{count} columns are no part of the list and were left out.", count=read.left_out))
    if read.skipped:
        told.append(say("{count} lines name no child and were left out.", count=len(read.skipped)))
    return told
