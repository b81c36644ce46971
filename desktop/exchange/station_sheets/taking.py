"""Answers taken cell by cell from a workbook of stations, and what is found on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from desktop.domain.findings import Finding, Severity
from desktop.domain.stations.profile import Asked, Item
from desktop.domain.values import State, Value
from desktop.exchange.grid import Raw, Sheet, column_letter
from desktop.exchange.station_sheets.cells import value_of
from desktop.exchange.station_sheets.names import ItemNames, Named
from desktop.exchange.unit_names import UnitNames
from desktop.wording import Sentence, say

_DASHES: Final = frozenset({"-", "–", "—"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer read from a cell: the place (uid), the item, what it says."""

    place: str
    item: Item
    value: Value
    sheet: str
    row: int
    column: str


@dataclass(slots=True)
class Reader:
    """What is being read, and from which names."""

    book: str
    places: UnitNames
    items: ItemNames
    only: str | None
    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    refused: set[tuple[str, str]] = field(default_factory=set)

    def add(
        self,
        sheet: Sheet,
        rule: str,
        message: Sentence,
        advice: Sentence | None = None,
        *,
        severity: Severity = Severity.ERROR,
        row: int | None = None,
        column: int | None = None,
    ) -> None:
        """A finding at a place of a sheet."""
        letter = column_letter(column) if column else None
        self.findings.append(
            Finding(f"stations.{rule}", severity, message, advice, file=self.book, sheet=sheet.name, row=row,
                    column=letter)
        )  # fmt: skip


def take(reader: Reader, sheet: Sheet, place: str, item: Item, row: int, column: int) -> None:
    """Take the answer of a cell, or say why not; an empty one says nothing."""
    raw = sheet.at(row, column)
    if raw == "" or (type(raw) is str and not raw.strip()):
        return
    if type(raw) is str and raw.strip() in _DASHES:
        reader.add(
            sheet,
            "dash",
            say("“-” may mean 0, not applicable, or not known: nothing was taken."),
            say("Write 0, “không áp dụng”, or leave the cell empty."),
            severity=Severity.WARNING,
            row=row,
            column=column,
        )
        return
    value = value_of(item, raw)
    if isinstance(value, Sentence):
        why = say("“{text}”: {why}", text=_shown(raw), why=value) if isinstance(raw, str | int | float) else value
        reader.add(
            sheet, "answer", why, say("Correct the cell, or type the answer in the window."), row=row, column=column
        )
        return
    if item.asked is Asked.YES_NO and isinstance(raw, int | float) and raw not in (0, 1):
        reader.add(
            sheet,
            "counted_yes",
            say("{item} takes yes or no: “{text}” is taken for yes.", item=item.name_vi, text=_shown(raw)),
            say("Look whether the column counts something else."),
            severity=Severity.WARNING,
            row=row,
            column=column,
        )
    if value.state is State.NOT_REPORTED:
        return
    keep(reader, sheet, Answer(place, item, value, sheet.name, row, column_letter(column)), column)


def _shown(raw: Raw) -> str:
    """A cell as people write it: a number with a comma."""
    return f"{raw}".replace(".", ",") if isinstance(raw, float) else f"{raw}"[:40]


def keep(reader: Reader, sheet: Sheet, one: Answer, column: int) -> None:
    """Keep an answer; two that differ take each other away."""
    held = reader.answers.get((one.place, one.item.code))
    if held is not None and held.value != one.value:
        reader.refused.add((one.place, one.item.code))
        reader.add(
            sheet,
            "twice",
            say("“{item}” is answered twice for one station, otherwise in row {row} of {sheet}.", item=one.item.name_vi,
                row=held.row, sheet=held.sheet),
            say("Neither is taken. Keep one of them."),
            row=one.row,
            column=column,
        )  # fmt: skip
        return
    reader.answers[(one.place, one.item.code)] = one


def say_doubtful(reader: Reader, sheet: Sheet, named: Iterator[tuple[int, int, Named]]) -> None:
    """Warn of names that are only nearly an item's."""
    for row, column, one in named:
        if not one.sure:
            reader.add(
                sheet,
                "doubtful",
                say("“{text}” was taken for “{item}”.", text=str(sheet.at(row, column))[:60], item=one.item.name_vi),
                say("Rename it in the file if that is wrong."),
                severity=Severity.WARNING,
                row=row,
                column=column,
            )


def say_unread(reader: Reader, sheet: Sheet, places: Iterator[tuple[int, int]]) -> None:
    """Warn of lines and columns that name no item."""
    for row, column in places:
        reader.add(
            sheet,
            "unread",
            say("“{text}” is not asked of stations; it was not read.", text=str(sheet.at(row, column))[:60]),
            say("Name it as the template does, if it is."),
            severity=Severity.WARNING,
            row=row,
            column=column,
        )


def say_unclear(reader: Reader, sheet: Sheet, text: str, row: int, column: int) -> None:
    """Warn of a name that several places have."""
    reader.add(
        sheet,
        "unclear_place",
        say("“{text}” may be several stations; it is left out.", text=text[:60]),
        say("Write the whole name of the station or point."),
        severity=Severity.WARNING,
        row=row,
        column=column,
    )
