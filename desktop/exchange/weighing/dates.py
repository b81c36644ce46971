"""Days in weighing lists: real dates, text in the ways people type them, month or year only; days in titles."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from desktop.domain.findings import Finding, Severity
from desktop.domain.text import fold
from desktop.exchange.grid import Raw
from desktop.exchange.weighing.cells import Said, text_of
from desktop.exchange.weighing.model import Days
from desktop.wording import say

MIDDLE: Final = 15  # the day taken where only the month of birth is known (WHO Anthro: "approximate date")
_EXCEL_ZERO: Final = date(1899, 12, 30)
_SERIALS: Final = (20_000, 73_000)  # 1954 to 2099
_YEARS: Final = (1900, 2100)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\s*[/.,\-\\ ]+\s*(\d{1,2})\s*[/.,\-\\ ]+\s*(\d{4}|\d{2})")
_ENGLISH: Final = re.compile(
    r"(\d{1,2})[-/ ](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[-/, ]+(\d{4}|\d{2})"
)
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ISO: Final = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})")
_LONG: Final = re.compile(r"(?:ngay\s*)?(\d{1,2})\s*thang\s*(\d{1,2})\s*(?:nam|/|,|-)?\s*(\d{4}|\d{2})")
_NAMED: Final = re.compile(
    r"(\d{1,2})[\s/.\-]*(thg\s?\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s/.,\-]+(\d{4}|\d{2})"
)
_MONTH_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EIGHT: Final = re.compile(r"(\d{2})(\d{2})((?:19|20)\d{2})")
_MONTH: Final = re.compile(r"(?:thang|t)?\s*(\d{1,2})\s*(?:[/.\-]|nam)\s*((?:19|20)\d{2})")
_ISO_MONTH: Final = re.compile(r"((?:19|20)\d{2})[/.\-](\d{1,2})")
_YEAR: Final = re.compile(r"(?:nam\s*)?((?:19|20)\d{2})")
_TIME: Final = re.compile(r"(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm|z)?)$")
_LETTERS: Final = re.compile(r"[oil]")
_DIGITS_AND_LETTERS: Final = re.compile(r"[\doil]{1,2}[/.\-][\doil]{1,2}[/.\-][\doil]{2,4}")
_MEANT: Final = str.maketrans("oil", "011")
_NOTHING: Final = frozenset(("", "-", "--", "?", "...", "x", "khong ro", "khong nho", "na", "n/a", "0"))
_ADVICE: Final = say("Correct the cell and import the file again, or type the date.")

# ---- titles ----
_SPOKEN: Final = re.compile(
    r"(?:ngay|dot|ky|thoi gian|thoi diem)\s*(?:to chuc\s*)?(?:can|do|kham|danh gia|dieu tra|thuc hien)?[^0-9;]{0,25}?"
    r"(\d{1,2}\s*(?:[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}|\s+thang\s+\d{1,2}\s+nam\s+\d{4}))"
)
_WEIGHED: Final = re.compile(r"can|do\b|kham|dieu tra|danh gia|dot|thoi gian|uong vitamin|thuc hien")
_TITLE_MONTH: Final = re.compile(r"(?:thang|(?<![a-z])t\.?)\s*(\d{1,2})\s*(?:nam|/|-|\.|,|_)?\s*((?:19|20)\d{2})(?!\d)")
_NAME_DAY: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_. ]?(\d{2})[-_. ]?(\d{2})(?!\d)")
_NAME_DAY_FIRST: Final = re.compile(r"(?<!\d)(\d{1,2})[-_.](\d{1,2})[-_.]((?:19|20)\d{2})(?!\d)")
_NAME_MONTH: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_. ]?(\d{2})(?!\d)")
_NAME_MONTH_FIRST: Final = re.compile(r"(?<!\d)(\d{1,2})[-_.]((?:19|20)\d{2})(?!\d)")


def read_date(raw: Raw, *, birth: bool) -> Said[date]:
    """A day; of a birth of which only the month is known the 15th is taken, with a finding."""
    if isinstance(raw, datetime):
        return Said(raw.date())
    if isinstance(raw, date):
        return Said(raw)
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _stored(raw, birth=birth)
    if not isinstance(raw, str):
        return Said() if raw is False else _unread(text_of(raw))
    shown = text_of(raw)
    told = _TIME.sub("", fold(shown).strip("'\"`*; ")).strip()
    if told in _NOTHING:
        return Said()
    if told.isdecimal() and _SERIALS[0] <= int(told) <= _SERIALS[1]:
        return _stored(int(told), birth=birth)
    return _typed(told, shown, birth=birth)


def parts(day: Raw, month: Raw, year: Raw, *, birth: bool = True) -> Said[date]:
    """A day whose parts stand in columns of their own."""
    told = [text_of(part).removesuffix(".0") for part in (day, month, year)]
    return read_date("/".join(part for part in told if part), birth=birth)


def _stored(raw: float, *, birth: bool) -> Said[date]:
    if raw != raw or raw in (float("inf"), float("-inf")):  # noqa: PLR0124 - a NaN is not itself
        return _unread(str(raw))
    whole = int(raw)
    if _SERIALS[0] <= whole <= _SERIALS[1]:
        return Said(_EXCEL_ZERO + timedelta(days=whole))
    if not whole:
        return Said()
    return _typed(str(whole).zfill(8) if whole > 9999 else str(whole), str(whole), birth=birth)


def _typed(told: str, shown: str, *, birth: bool) -> Said[date]:
    for pattern, order in ((_ISO, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1)), (_LONG, (3, 2, 1)), (_EIGHT, (3, 2, 1))):
        found = pattern.fullmatch(told)
        if found:
            return _day(*(int(found[at]) for at in order), shown=shown)
    english = _ENGLISH.fullmatch(told)
    if english:
        return _day(int(english[3]), _MONTHS.index(english[2]) + 1, int(english[1]), shown=shown)
    named = _NAMED.fullmatch(told)
    if named:  # as Excel shows dates: 14-Mar-22, 14-Thg3-22
        month_of = named[2][3:].strip()
        number = int(month_of) if month_of else _MONTH_NAMES.index(named[2]) + 1
        return _day(int(named[3]), number, int(named[1]), shown=shown)
    month = _MONTH.fullmatch(told) or _ISO_MONTH.fullmatch(told)
    if month:
        year, number = sorted((int(month[1]), int(month[2])), reverse=True)
        return _month_only(year, number, shown, birth=birth)
    if _YEAR.fullmatch(told):
        message = say("“{shown}” is only a year; the date was left open.", shown=shown)
        return Said(None, Finding("import.list_year_only", Severity.WARNING, message, _ADVICE))
    return _with_letters(told, shown, birth=birth)


def _with_letters(told: str, shown: str, *, birth: bool) -> Said[date]:
    """A date in which letters stand for digits: "14/O3/2022"."""
    if not (_LETTERS.search(told) and _DIGITS_AND_LETTERS.fullmatch(told)):
        return _unread(shown)
    meant = _typed(told.translate(_MEANT), shown, birth=birth)
    if meant.value is None or meant.finding is not None:
        return meant if meant.value else _unread(shown)
    message = say("“{shown}” has letters for digits; it was read as a date.", shown=shown)
    return Said(meant.value, Finding("import.list_letters", Severity.WARNING, message, _ADVICE))


def _day(year: int, month: int, day: int, *, shown: str) -> Said[date]:
    year += 2000 if year < 100 else 0
    if not _YEARS[0] <= year <= _YEARS[1]:
        return _unread(shown)
    try:
        return Said(date(year, month, day))
    except ValueError:
        pass
    if month > 12 and day <= 12:
        try:
            turned = date(year, day, month)
        except ValueError:
            return _unread(shown)
        message = say("“{shown}” was read with the month first.", shown=shown)
        return Said(turned, Finding("import.list_month_first", Severity.WARNING, message, _ADVICE))
    return _unread(shown)


def _month_only(year: int, month: int, shown: str, *, birth: bool) -> Said[date]:
    if not (1 <= month <= 12 and _YEARS[0] <= year <= _YEARS[1]):
        return _unread(shown)
    day = date(year, month, MIDDLE if birth else 1)
    message = say("“{shown}” is only a month; the {day} was taken.", shown=shown, day=day)
    return Said(day, Finding("import.list_month_only", Severity.WARNING, message, _ADVICE))


def _unread(shown: str) -> Said[date]:
    message = say("“{shown}” is not a date.", shown=shown)
    return Said(None, Finding("import.list_date", Severity.ERROR, message, _ADVICE))


def days_in_titles(lines: Iterable[str]) -> Days:
    """The day of weighing that lines above a list name, or at least its month.

    "Ngày cân đo: 01/06/2024" is a day; a day that stands behind a place is one of signing and does not count.
    """
    texts = [fold(line) for line in lines]
    weighed = [day for text in texts if _WEIGHED.search(text) for day in _spoken(text)]
    lone = [day for text in texts if text.lstrip("( ").startswith("ngay") for day in _spoken(text)]
    month = next((month for text in texts for month in _months(text)), None)
    if weighed:
        return Days(day=min(weighed))
    in_month = [day for day in lone if month is None or (day.year, day.month) == (month.year, month.month)]
    return Days(day=min(in_month)) if in_month else Days(month=month)


def _spoken(text: str) -> Iterator[date]:
    for found in _SPOKEN.finditer(text):
        said = _typed(found[1].strip(), found[1], birth=False)
        if said.value is not None and said.finding is None:
            yield said.value


def _months(text: str) -> Iterator[date]:
    for found in _TITLE_MONTH.finditer(text):
        if 1 <= int(found[1]) <= 12:
            yield date(int(found[2]), int(found[1]), 1)


def days_in_name(name: str) -> Days:
    """The day or month that the name of a sheet or file holds: can-do-2024-06, "01.06.2024", "T6-2024"."""
    text = fold(name)
    for pattern, order in ((_NAME_DAY_FIRST, (3, 2, 1)), (_NAME_DAY, (1, 2, 3))):
        found = pattern.search(text)
        if found and (day := _valid(*(int(found[at]) for at in order))):
            return Days(day=day)
    for pattern, year in ((_TITLE_MONTH, 2), (_NAME_MONTH_FIRST, 2), (_NAME_MONTH, 1)):
        found = pattern.search(text)
        if found and (month := _valid(int(found[year]), int(found[3 - year]), 1)):
            return Days(month=month)
    return Days()


def _valid(year: int, month: int, day: int) -> date | None:
    if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
        return date(year, month, day)
    return None
