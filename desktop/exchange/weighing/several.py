"""Several sessions side by side in one sheet: "Đợt 1 (01/06/2024): cân, cao | Đợt 2 (01/12/2024): cân, cao".

Columns of one session have a date, a month or a number of the session in common, in the heading above them or in their
own. One such group alone is an ordinary list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from desktop.domain.findings import Finding, Severity
from desktop.domain.text import fold
from desktop.exchange.grid import column_letter
from desktop.exchange.weighing.dates import days_in_name
from desktop.exchange.weighing.model import Days, ListTable, Role, SessionColumns
from desktop.wording import say

_NUMBERED: Final = re.compile(
    r"(?<![a-z])(?:dot|lan|ky|vong|quy)\s*(?:can\s*)?(?:thu\s*|so\s*)?(\d{1,2}|[ivx]{1,4})(?![a-z0-9])"
)
_WRITE_IT: Final = say("Write the day into the heading above them: “Đợt 1 (01/06/2024)”.")
_MONTHLY: Final = re.compile(r"(?<![a-z])(?:thang|t)\.?\s*(\d{1,2})(?![\d/])")
_OF_ONE: Final = frozenset(
    (
        Role.WEIGHT,
        Role.LENHEI,
        Role.LYING,
        Role.STANDING,
        Role.POSITION,
        Role.OEDEMA,
        Role.MUAC,
        Role.VISIT,
        Role.NOTE,
        Role.ABSENT,
        Role.RESULT,
        Role.AGE,
    )
)
_FIGURES: Final = frozenset((Role.WEIGHT, Role.LENHEI, Role.LYING, Role.STANDING, Role.MUAC))


def sessions_beside(
    paths: Mapping[int, tuple[str, ...]], roles: Mapping[int, Role], year: Callable[[], int | None]
) -> tuple[SessionColumns, ...]:
    """The sessions whose columns stand side by side, in the order of the sheet; empty where there are not several.

    `year` is the one of the list's title: headings may name only the month.
    """
    found: dict[str, tuple[str, Days, dict[int, Role]]] = {}
    for column, role in sorted(roles.items()):
        if role not in _OF_ONE:
            continue
        marked = next(((part, told) for part in paths[column] if (told := _mark(part, year)) is not None), None)
        if marked is None:
            continue
        label, (key, days) = marked
        _label, _days, columns = found.setdefault(key, (label, days, {}))
        if role is Role.RESULT or role is Role.NOTE or role not in columns.values():
            columns[column] = role
    several = [
        SessionColumns(label, days, columns)
        for label, days, columns in found.values()
        if _FIGURES & set(columns.values())
    ]
    return tuple(several) if len(several) > 1 else ()


def _mark(text: str, year: Callable[[], int | None]) -> tuple[str, Days] | None:
    """What sets a session apart in a heading: its day or month, else its number."""
    days = days_in_name(text.replace("/", "."))
    if days:
        return str(days.day or days.month), days
    monthly = _MONTHLY.search(fold(text))
    if monthly and 1 <= int(monthly[1]) <= 12:
        told = year()
        return f"thang {int(monthly[1])}", Days(month=date(told, int(monthly[1]), 1)) if told else Days()
    numbered = _NUMBERED.search(fold(text))
    return (numbered[0], days) if numbered else None


def table_of(table: ListTable, one: SessionColumns) -> ListTable:
    """The list as it would be with one session alone."""
    others = {column for session in table.beside for column in session.columns}
    shared = {column: role for column, role in table.columns.items() if column not in others}
    return ListTable(table.top, table.bottom, {**shared, **one.columns}, table.headings)


def undated(table: ListTable) -> Iterator[Finding]:
    """Sessions of which nothing says the day: their figures cannot be placed; of a month the first day is taken."""
    for one in table.beside:
        column = column_letter(min(one.columns))
        if Role.VISIT in one.columns.values() or one.days.day:
            continue
        if one.days.month:
            told = say(
                "The columns “{heading}” name only the month of weighing; {day} was taken as the day.",
                heading=one.label,
                day=one.days.month,
            )
            yield Finding("import.list_only_month", Severity.NOTE, told, _WRITE_IT, column=column)
            continue
        yield Finding(
            "import.list_no_day",
            Severity.ERROR,
            say("The columns “{heading}” do not say on which day the children were weighed.", heading=one.label),
            _WRITE_IT,
            column=column,
        )
