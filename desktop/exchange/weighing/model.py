"""What a weighing list says: one row a child, with grams and millimetres; what it was read from stands beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.domain.children import Position, Sex
from desktop.domain.findings import Finding
from desktop.domain.legacy_text import Encoding
from desktop.exchange.reading import ColumnTaken, Skipped


class Role(StrEnum):
    """What a column of a weighing list holds."""

    NUMBER = "number"
    NAME = "name"
    SEX = "sex"
    MALE = "male"
    FEMALE = "female"
    BIRTH = "birth_date"
    BIRTH_DAY = "birth_day"
    BIRTH_MONTH = "birth_month"
    BIRTH_YEAR = "birth_year"
    BIRTH_MALE = "birth_of_boys"
    BIRTH_FEMALE = "birth_of_girls"
    AGE = "age"
    VISIT = "visit"
    WEIGHT = "weight"
    LENHEI = "lenhei"
    LYING = "lying"
    STANDING = "standing"
    POSITION = "position"
    MUAC = "muac"
    OEDEMA = "oedema"
    MOTHER = "mother"
    ETHNIC_GROUP = "ethnic_group"
    VILLAGE = "village"
    COMMUNE = "commune"
    ABSENT = "absent"
    NOTE = "note"
    RESULT = "result"
    """What the list computed itself (weight for age, a class): never read, computed anew."""


@dataclass(frozen=True, slots=True)
class Days:
    """What a text says of the day of weighing: a day, or only a month (its first day)."""

    day: date | None = None
    month: date | None = None

    def __bool__(self) -> bool:
        return self.day is not None or self.month is not None


@dataclass(frozen=True, slots=True)
class SessionColumns:
    """The columns of one of several sessions side by side: their heading, its day, and what each holds."""

    label: str
    days: Days
    columns: Mapping[int, Role]


@dataclass(frozen=True, slots=True)
class ListTable:
    """Where the list stands: `top` to `bottom` are its rows of headings, `columns` what each column holds (from 1).

    `headings` are the words above each column, its group first. `beside`: sessions side by side, none or several; the
    columns of the first of them stand in `columns` too. `doubled`: further columns of figures which nothing sets apart.
    """

    top: int
    bottom: int
    columns: Mapping[int, Role]
    headings: Mapping[int, str]
    beside: tuple[SessionColumns, ...] = ()
    doubled: Mapping[int, Role] = field(default_factory=dict)
    _known: dict[tuple[Role, ...], list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, *roles: Role) -> list[int]:
        """The columns that hold one of these, in the order of the sheet."""
        found = self._known.get(roles)
        if found is None:  # asked a dozen times of every row
            found = self._known[roles] = [column for column, role in sorted(self.columns.items()) if role in roles]
        return found

    def role_at(self, column: int) -> Role | None:
        """What a column holds, of whichever session."""
        told = (one.columns[column] for one in self.beside if column in one.columns)
        return self.columns.get(column) or next(told, None)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One child of a list as it was read: grams and millimetres; `oedema` None is not said.

    `day` is the row's own day of weighing, `session` the one that the heading of its columns says where several stand
    side by side or below each other, `months` the age as the list says it: read only to be compared. `titled`: the
    commune is that of a line above. `columns` are the Excel letters its cells stand in, by element.
    """

    row: int
    name: str
    sex: Sex | None = None
    birth_date: date | None = None
    village: str = ""
    commune: str = ""
    ethnic_group: str = ""
    mother: str = ""
    day: date | None = None
    weight: int | None = None
    lenhei: int | None = None
    position: Position | None = None
    oedema: bool | None = None
    muac: int | None = None
    absent: bool = False
    note: str = ""
    months: int | None = None
    session: date | None = None
    titled: bool = False
    columns: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class ListReading:
    """Everything one sheet says. `titles` are the lines above the table; a sheet without a table has no rows.

    Findings name sheet, row and column, never a child.
    """

    sheet: str
    encoding: Encoding
    titles: tuple[str, ...] = ()
    rows: tuple[ListRow, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    findings: tuple[Finding, ...] = ()
    columns: tuple[ColumnTaken, ...] = ()
    said: Days = Days()
