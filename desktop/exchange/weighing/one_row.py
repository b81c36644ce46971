"""One row of a weighing list: what its cells say of a child, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeVar

from desktop.domain.children import Position, Sex
from desktop.domain.findings import Finding, Severity
from desktop.domain.text import fold, squeeze
from desktop.exchange.grid import Raw, Sheet, column_letter
from desktop.exchange.weighing import cells, dates
from desktop.exchange.weighing.cells import Said
from desktop.exchange.weighing.model import ListRow, ListTable, Role
from desktop.wording import say

T = TypeVar("T")
_LENGTHS: Final = (Role.LENHEI, Role.LYING, Role.STANDING)
_LENGTH_ADVICE: Final = say("Leave only the figure that counts, and import the file again with replacing.")
_AS_ABOVE: Final = frozenset(
    ("nt", "-nt-", "n.t", "n/t", "- nt -", "nhu tren", '"', "''", "”", "“", "//", "-//-", '-"-')
)
_NUMBER_IN_NAME: Final = re.compile(r"^\d{1,4}\s*[.):/\-]\s*(?=[^\W\d_])")


@dataclass(slots=True)
class Around:
    """What the rows of a list have in common; village, commune and day are those that a line above them names.

    `sexes`: what the digits in the column of the sex mean. `girls_only`, `boys_only`: only the one sex has a column of
    marks. `above` is what was said last in each column of words, for cells that say "as above" or are merged with it.
    """

    sheet: Sheet
    sexes: Mapping[str, Sex] = field(default_factory=dict)
    girls_only: bool = False
    boys_only: bool = False
    village: str = ""
    commune: str = ""
    day: date | None = None
    findings: list[Finding] = field(default_factory=list)
    above: dict[int, str] = field(default_factory=dict)
    merged: set[tuple[int, int]] = field(default_factory=set)
    """Cells that are the lower part of merged ones."""


def read_row(around: Around, row: int, table: ListTable) -> ListRow:
    """The child of a row."""
    return _Row(around, row, table).read()


def name_of(table: ListTable, raw: Mapping[int, Raw]) -> str:
    """The name, of one column or put together of two; a running number before it is none of it."""
    told = [cells.text_of(raw[column]) for column in table.of(Role.NAME)]
    return _NUMBER_IN_NAME.sub("", " ".join(dict.fromkeys(part for part in told if part)))


def is_said(raw: Raw) -> bool:
    """Whether a cell holds anything."""
    return raw != "" and not (type(raw) is str and not squeeze(raw))


class _Row:
    """One child."""

    def __init__(self, around: Around, row: int, table: ListTable) -> None:
        self.around = around
        self.table = table
        self.row = row
        self.columns: dict[str, str] = {}
        self.said: list[str] = []  # words in place of figures
        self.absent_at: int | None = None

    def at(self, column: int) -> Raw:
        return self.around.sheet.at(self.row, column)

    def first(self, *roles: Role) -> int | None:
        """The first column of one of these that holds something; else the first there is."""
        columns = self.table.of(*roles)
        if len(columns) < 2:
            return columns[0] if columns else None
        return next((column for column in columns if is_said(self.at(column))), columns[0])

    def words(self, *roles: Role) -> str:
        column = self.first(*roles)
        if not column:
            return ""
        told = cells.text_of(self.at(column))
        if fold(told) in _AS_ABOVE or (not told and (self.row, column) in self.around.merged):
            return self.around.above.get(column, "")
        self.around.above[column] = told
        return told

    def note(self, finding: Finding, column: int | None, element: str | None = None) -> None:
        letter = column_letter(column) if column else None
        placed = replace(finding, sheet=self.around.sheet.name, row=self.row, column=letter, element=element)
        self.around.findings.append(placed)

    def kept(self, said: Said[T], column: int | None, element: str) -> T | None:
        """What a cell says; its finding is placed, and where it stands is remembered."""
        if column:
            self.columns[element] = column_letter(column)
        if said.finding is not None:
            self.note(said.finding, column, element)
        return said.value

    def read(self) -> ListRow:
        raw = {column: self.at(column) for column in self.table.of(Role.NAME)}
        sex = self._sex()
        weight, lenhei, position, absent = self._measured()
        muac_at, oedema_at, age_at = self.first(Role.MUAC), self.first(Role.OEDEMA), self.first(Role.AGE)
        muac = self.kept(cells.arm(self.at(muac_at)), muac_at, "muac") if muac_at else None
        oedema = self.kept(cells.oedema(self.at(oedema_at)), oedema_at, "oedema") if oedema_at else None
        was_there = bool(weight or lenhei or muac or oedema)
        if absent and was_there:
            self.note(Finding("import.list_absent", Severity.WARNING, _THERE, _THERE_ADVICE), self.absent_at, "absent")
        absent = absent and not was_there
        months = cells.months(self.at(age_at)) if age_at and _in_months(self.heading(age_at)) else None
        birth, of = self._birth()
        note = self._note(self._age_instead(age_at) if birth is None else "", absent=absent)
        name_at, place_at = self.first(Role.NAME), self.first(Role.COMMUNE)
        told = self.words(Role.COMMUNE)
        if place_at:
            self.columns["commune"] = column_letter(place_at)
        self.columns["name"] = column_letter(name_at) if name_at else ""
        return ListRow(
            self.row,
            name_of(self.table, raw),
            sex or of,
            birth,
            self.words(Role.VILLAGE) or self.around.village,
            told or self.around.commune,
            self.words(Role.ETHNIC_GROUP),
            self.words(Role.MOTHER),
            self._day(),
            weight,
            lenhei,
            position,
            oedema,
            muac,
            absent,
            note,
            months,
            session=self.around.day,
            titled=bool(self.around.commune) and not told,
            columns=self.columns,
        )

    def heading(self, column: int | None) -> str:
        return self.table.headings.get(column or 0, "")

    def _sex(self) -> Sex | None:
        column = self.first(Role.SEX)
        if column and is_said(self.at(column)):
            told = cells.sex(self.at(column), digits=self.around.sexes)
            if told.value is not None or told.finding is not None:
                return self.kept(told, column, "sex")
        boys, girls = self.table.of(Role.MALE), self.table.of(Role.FEMALE)
        boy, girl = any(self._ticked(at) for at in boys), any(self._ticked(at) for at in girls)
        if self.around.girls_only:
            boy = not girl
        if self.around.boys_only:
            girl = not boy
        place = next(iter((*boys, *girls)), column)
        if place:
            self.columns["sex"] = column_letter(place)
        if boy != girl:
            return Sex.MALE if boy else Sex.FEMALE
        if boy and girl:
            message = say("The row is marked as a boy and as a girl; the sex was left open.")
            self.note(Finding("import.list_sex", Severity.ERROR, message, _SEX_ADVICE), place, "sex")
        elif not self.table.of(Role.BIRTH_MALE, Role.BIRTH_FEMALE):
            message = say("The row does not say whether it is a boy or a girl.")
            self.note(Finding("import.list_sex", Severity.WARNING, message, _SEX_ADVICE), place, "sex")
        return None

    def _ticked(self, column: int) -> bool:
        """Whether a column of one sex is marked; an age or a date in it marks it too."""
        raw = self.at(column)
        if cells.is_mark(raw) or isinstance(raw, date) or (isinstance(raw, (int, float)) and raw > 0):
            return True
        told = fold(cells.text_of(raw)).strip(" .")
        if told in ("", "0", "-", "khong", "o"):
            return False
        return cells.sex(raw).value is not None or any(char in "123456789" for char in told)

    def _birth(self) -> tuple[date | None, Sex | None]:
        """The birth date, and the sex where the column in which it stands says it."""
        split = self.table.of(Role.BIRTH_YEAR)
        if split and not self.table.of(Role.BIRTH):
            days, months = self.table.of(Role.BIRTH_DAY), self.table.of(Role.BIRTH_MONTH)
            day = self.at(days[0]) if days else ""
            told = dates.parts(day, self.at(months[0]) if months else "", self.at(split[0]))
            return self.kept(told, split[0], "birth_date"), None
        column = self.first(Role.BIRTH, Role.BIRTH_MALE, Role.BIRTH_FEMALE)
        if column is None:
            return None, None
        of = {Role.BIRTH_MALE: Sex.MALE, Role.BIRTH_FEMALE: Sex.FEMALE}.get(self.table.columns[column])
        said = is_said(self.at(column))
        return self.kept(dates.read_date(self.at(column), birth=True), column, "birth_date"), of if said else None

    def _day(self) -> date | None:
        column = self.first(Role.VISIT)
        return self.kept(dates.read_date(self.at(column), birth=False), column, "day") if column else None

    def _measured(self) -> tuple[int | None, int | None, Position | None, bool]:
        nothing: Said[int] = Said()
        weight_at = self.first(Role.WEIGHT)
        weight = cells.weight(self.at(weight_at), self.heading(weight_at)) if weight_at else nothing
        lenhei_at = self.first(*_LENGTHS)
        lenhei = cells.length(self.at(lenhei_at), self.heading(lenhei_at)) if lenhei_at else nothing
        self._other_lengths(lenhei_at)
        position_at = self.first(Role.POSITION)
        position = self.kept(cells.position(self.at(position_at)), position_at, "position") if position_at else None
        role = self.table.columns[lenhei_at] if lenhei_at else None
        several = bool(self.table.of(Role.LYING)) and bool(self.table.of(Role.STANDING))
        if position is None and lenhei.value is not None and several:
            position = {Role.LYING: Position.LYING, Role.STANDING: Position.STANDING}.get(role or Role.LENHEI)
        self.said = list(dict.fromkeys(said for said in (weight.words, lenhei.words) if said))
        told = (weight_at if weight.absent else None, lenhei_at if lenhei.absent else None)
        marked = (column for column in self._absent_columns() if self._says_absent(column))
        self.absent_at = next((column for column in told if column), None) or next(marked, None)
        absent = self.absent_at is not None
        grams, millimetres = self.kept(weight, weight_at, "weight"), self.kept(lenhei, lenhei_at, "lenhei")
        return grams, millimetres, position if millimetres is not None else None, absent

    def _other_lengths(self, taken: int | None) -> None:
        """Length and height of one child are one figure: another one beside it is told."""
        for column in self.table.of(*_LENGTHS):
            if column == taken or cells.length(self.at(column), self.heading(column)).value is None:
                continue
            message = say(
                "The row holds a length in column {column} too; that of column {taken} was taken.",
                column=column_letter(column),
                taken=column_letter(taken or column),
            )
            self.note(Finding("import.list_second", Severity.WARNING, message, _LENGTH_ADVICE), column, "lenhei")

    def _absent_columns(self) -> Iterator[int]:
        yield from self.table.of(Role.ABSENT, Role.NOTE, Role.MUAC, Role.RESULT)

    def _says_absent(self, column: int) -> bool:
        ticked = self.table.columns[column] is Role.ABSENT and cells.is_mark(self.at(column))
        lone_v = fold(cells.text_of(self.at(column))).strip(" .") == "v" and self.table.columns[column] is Role.RESULT
        return (ticked or cells.is_absent(self.at(column))) and not lone_v

    def _age_instead(self, column: int | None) -> str:
        """The age as the list says it, where it says no birth date: kept as a note, for no day follows from it."""
        if column is None:
            ages = (at for at in self.table.of(Role.MALE, Role.FEMALE) if _in_months(self.heading(at)))
            column = next((at for at in ages if is_said(self.at(at))), None)
        told = cells.text_of(self.at(column)) if column else ""
        if not column or not any(char.isdigit() for char in told):
            return ""
        shown = f"{self.heading(column).rpartition(' – ')[2]}: {told}"
        message = say("The list says only the age (“{shown}”); it was kept as a note.", shown=shown)
        self.note(Finding("import.list_age_only", Severity.WARNING, message, _AGE_ADVICE), column, "birth_date")
        return shown

    def _note(self, age: str, *, absent: bool) -> str:
        told = [cells.text_of(self.at(column)) for column in self.table.of(Role.NOTE)] + [*self.said, age]
        words = [
            one
            for one in dict.fromkeys(told)
            if one and not (absent and cells.is_absent(one) and not cells.says_why_absent(one))
        ]
        return "; ".join(words)


_AGE_ADVICE: Final = say("Write the birth date into the list and import it again, or type it on the child's page.")
_THERE: Final = say("The row says that the child was absent, and also what was found; it was taken as there.")
_THERE_ADVICE: Final = say("Look which of the two is right, correct the row and import the file again.")
_SEX_ADVICE: Final = say("Correct the cell and import the file again, or say it on the child's page.")


def _in_months(heading: str) -> bool:
    folded = fold(heading)
    return "thang" in folded or "month" in folded
