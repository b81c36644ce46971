"""Weighing lists as they were understood: which commune and which day each row is of; nothing is compared here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from desktop.application.former_communes import Former, FormerNames
from desktop.application.history_units import writable
from desktop.application.offices import Commune
from desktop.application.records import Record
from desktop.domain.findings import Finding, Severity
from desktop.domain.periods import Period
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.exchange.unit_names import UnitNames
    from desktop.exchange.weighing.model import Days, ListReading, ListRow

_NEAR: Final = timedelta(days=31)
_FAR: Final = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class ListWish:
    """What the person asked for: the day of the session, the commune's code, and typed figures to be replaced."""

    session: date | None = None
    unit: str | None = None
    replace: bool = False


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row with its commune and the day of its visit."""

    row: ListRow
    commune: Commune
    day: date


@dataclass(frozen=True, slots=True)
class PlacedList:
    """A sheet whose rows have their places. An empty one with an error was stopped: nothing of it may be written.

    `lost` are rows whose commune is not known; `day` is that of the sheet.
    """

    file: str
    reading: ListReading
    rows: tuple[PlacedRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    lost: tuple[ListRow, ...] = ()
    day: date | None = None
    commune: Commune | None = None
    wish: ListWish = field(default_factory=ListWish)


def placed(record: Record, *, file: str, reading: ListReading, wish: ListWish, today: date) -> PlacedList:
    """Give every row of a list its commune and day, or say why that cannot be told."""
    if not reading.rows:
        return PlacedList(file, reading)
    base, found = _day(file, reading, wish)
    if base is None:
        return PlacedList(file, reading, findings=_at(found, file, reading))
    names = _Names(record, base)
    commune, told = names.of_sheet(file, reading, wish.unit)
    found += told
    if any(one.severity is Severity.ERROR for one in found):
        return PlacedList(file, reading, findings=_at(found, file, reading), day=base)
    rows, lost = [], []
    for row in reading.rows:
        own, doubts = names.of_row(row, commune)
        day, late = _visit(row, row.session or base, today)
        found += [replace(one, row=row.row, column=row.columns.get("day")) for one in late]
        found += [replace(one, row=row.row, column=row.columns.get("commune")) for one in doubts]
        if own is None:
            lost.append(row)
        else:
            rows.append(PlacedRow(row, own, day))
    return PlacedList(file, reading, tuple(rows), _at(found, file, reading), tuple(lost), base, commune, wish)


def _at(findings: Iterable[Finding], file: str, reading: ListReading) -> tuple[Finding, ...]:
    return tuple(replace(one, file=file, sheet=reading.sheet) for one in findings)


# ---- days ----


def _day(file: str, reading: ListReading, wish: ListWish) -> tuple[date | None, list[Finding]]:
    """The day of a sheet: its title's, else that of the names of sheet and file, the rows', or the one asked for."""
    from desktop.exchange.weighing.dates import days_in_name

    said = reading.said or days_in_name(reading.sheet) or days_in_name(file.rpartition("/")[2].rpartition(".")[0])
    own = Counter(row.day for row in reading.rows if row.day is not None)
    usual = max(own, key=lambda day: (own[day], -day.toordinal())) if own else None
    if usual is not None and all(row.session for row in reading.rows):  # sessions side by side, each with its day
        if wish.session and not any(abs(day - wish.session) <= _NEAR for day in own):
            return None, [_differs(wish.session, usual)]
        return usual, []
    below = next((day for day in (row.session for row in reading.rows) if day and _far(day, wish.session)), None)
    if below is not None and wish.session is not None:  # another list below the first, of another day
        return None, [_differs(wish.session, below)]
    if said.day is None and (said.month is None or wish.session or usual):
        chosen = wish.session or usual
        if chosen is None:
            return None, [_no_day()]
        if wish.session and not _agrees(wish.session, said, usual):
            return None, [_differs(wish.session, said.month or usual or wish.session)]
        return chosen, []
    base = said.day or said.month
    if base is None:
        return None, [_no_day()]
    if wish.session and abs(base - wish.session) > _NEAR:
        return None, [_differs(wish.session, base)]
    return base, [] if said.day else [_month_only(base)]


def _far(day: date, wanted: date | None) -> bool:
    return wanted is not None and abs(day - wanted) > _NEAR


def _agrees(session: date, said: Days, usual: date | None) -> bool:
    if said.month is not None and (said.month.year, said.month.month) != (session.year, session.month):
        return False
    return usual is None or abs(usual - session) <= _NEAR


def _no_day() -> Finding:
    return Finding(
        "import.list_no_day",
        Severity.ERROR,
        say("The list does not say on which day the children were weighed; nothing of it was read."),
        say("Name the day with --session, or write it above the list: “Ngày cân đo: 01/06/2024”."),
    )


def _differs(session: date, said: date) -> Finding:
    return Finding(
        "import.list_other_day",
        Severity.ERROR,
        say("The list is of {said}, but {session} was asked for; nothing of it was read.", said=said, session=session),
        say("Import it without naming a day, or name the right one."),
    )


def _month_only(day: date) -> Finding:
    return Finding(
        "import.list_only_month",
        Severity.NOTE,
        say("The list names only the month of weighing; {day} was taken as the day.", day=day),
        say("Name the day with --session if it was another one."),
    )


def _visit(row: ListRow, base: date, today: date) -> tuple[date, list[Finding]]:
    """The day of a row's visit; one that cannot be is that of the sheet."""
    if row.day is None or row.day == base:
        return base, []
    if row.day > max(today, base):
        message = say("The visit is on {day}, which has not come yet; {base} was taken.", day=row.day, base=base)
        return base, [Finding("import.list_visit", Severity.ERROR, message, element="day")]
    if abs(row.day - base) > _FAR:
        message = say("The visit of {day} is far from the others of {base}.", day=row.day, base=base)
        return row.day, [Finding("import.list_visit", Severity.WARNING, message, element="day")]
    return row.day, []


# ---- communes ----


class _Names:
    """The communes that a list of a day may speak of."""

    def __init__(self, record: Record, day: date) -> None:
        self.communes = writable(record, Period.of_months(day.year, day.month, day.year, day.month))
        self.by_code = {commune.code: commune for commune in self.communes}
        self.names = _unit_names(tuple((commune.code, commune.name) for commune in self.communes))
        self.record, self.day = record, day

    @cached_property
    def former(self) -> FormerNames:
        """Communes that ended before the list's day: read only where a name is nobody's of that day."""
        return FormerNames.of(self.record, self.communes, self.day)

    def of_sheet(self, file: str, reading: ListReading, asked: str | None) -> tuple[Commune | None, list[Finding]]:
        """The commune a whole sheet is of; None where every row is to name its own."""
        from desktop.exchange.weighing.places import commune_named, place_named

        places = (reading.titles, (reading.sheet,), (file.rpartition("/")[2].rpartition(".")[0],))
        found = next((one for texts in places if (one := commune_named(texts, self.names)) is not None), None)
        told = self.by_code.get(found.unit.code) if found and found.unit else None
        if asked is not None:
            return self._asked(asked, told)
        if told is not None:
            return told, [] if found is None or found.sureness.value != "doubtful" else [_doubtful(told)]
        if found is None and (former := self.former.named(text for texts in places for text in texts)) is not None:
            return former.heir, [_former(former)]
        foreign = place_named(text for texts in places for text in texts) if found is None else None
        if foreign is not None and not any(row.commune for row in reading.rows):
            return None, [_foreign(foreign)]
        if len(self.communes) == 1:
            return self.communes[0], []
        if all(row.commune for row in reading.rows):
            return None, []
        if any(row.commune for row in reading.rows):
            return None, []
        return None, [_no_commune(ambiguous=found is not None)]

    def _asked(self, asked: str, told: Commune | None) -> tuple[Commune | None, list[Finding]]:
        meant = self.by_code.get(asked)
        if meant is None:
            message = say("The unit {code} is no commune of this office on that day.", code=asked)
            return None, [Finding("import.list_unit", Severity.ERROR, message)]
        if told is not None and told.uid != meant.uid:
            message = say("The list is of {said}, but {asked} was asked for.", said=told.name, asked=meant.name)
            return None, [Finding("import.list_unit", Severity.ERROR, message)]
        return meant, []

    def of_row(self, row: ListRow, sheet: Commune | None) -> tuple[Commune | None, list[Finding]]:
        """The commune of one row: the one it names, else the sheet's."""
        from desktop.exchange.weighing.places import commune_named

        if row.commune:
            found = self.names.by_code(row.commune)
            if found is not None:
                return self.by_code[found.code], []
            named = commune_named([row.commune], self.names)
            if named is not None and named.unit is not None:
                told = self.by_code[named.unit.code]
                return told, [_doubtful(told)] if named.sureness.value == "doubtful" else []
            former = self.former.named([row.commune])
            if former is not None and (former.heir is not None or sheet is None):
                return former.heir, [_former(former, row=True)]
            if sheet is None or row.titled:
                return None, [_lost(row.commune)]
            message = say("The row names a place that is no commune of this office; that of the sheet was taken.")
            return sheet, [Finding("import.list_unit", Severity.WARNING, message)]
        if sheet is None and row.village:
            named = commune_named([row.village], self.names)
            if named is not None and named.unit is not None:
                return self.by_code[named.unit.code], []
        return sheet, [] if sheet else [_lost("")]


@lru_cache(maxsize=16)
def _unit_names(known: Sequence[tuple[str, str]]) -> UnitNames:
    from desktop.exchange.unit_names import KnownUnit, UnitNames

    return UnitNames(KnownUnit(code, name) for code, name in known)


def _doubtful(commune: Commune) -> Finding:
    message = say("The name was taken for {name}.", name=commune.name)
    return Finding("import.unit_doubtful", Severity.WARNING, message, say("Look whether that is right."))


def _former(former: Former, *, row: bool = False) -> Finding:
    """What was read where a list names a commune that is no more."""
    since = former.ended + timedelta(days=1)
    if former.heir is not None:
        message = say(
            "“{old}” has been a part of {new} since {day}; it was read as {new}.",
            old=former.name,
            new=former.heir.name,
            day=since,
        )
        return Finding("import.list_old_unit", Severity.WARNING, message, say("Look whether that is right."))
    into = ", ".join(commune.name for commune in former.into)
    message = say("“{old}” was divided on {day}; parts of it are in {units}.", old=former.name, day=since, units=into)
    advice = say("Write the name of today's commune, or name it with --unit.")
    return Finding("import.list_old_unit", Severity.WARNING if row else Severity.ERROR, message, advice)


def _foreign(name: str) -> Finding:
    return Finding(
        "import.list_unit",
        Severity.ERROR,
        say("The list is of “{name}”, which is no commune of this office on that day; it was not read.", name=name),
        say("Name the commune with --unit if it is one of this office's."),
    )


def _lost(name: str) -> Finding:
    message = say("The row does not say which commune it is of; it was not read.")
    if name:
        message = say(
            "The row is of “{name}”, which is no commune of this office on that day; it was not read.", name=name
        )
    advice = say("Write the name of the commune as it is on that day, and import the file again.")
    return Finding("import.list_unit", Severity.ERROR, message, advice, element="unit")


def _no_commune(*, ambiguous: bool) -> Finding:
    message = say("The list does not say which commune it is of; nothing of it was read.")
    if ambiguous:
        message = say("The list names several communes at once; nothing of it was read.")
    return Finding(
        "import.list_no_unit",
        Severity.ERROR,
        message,
        say("Write the name of the commune above the list or as the name of the sheet, or name it with --unit."),
    )
