"""The words of a deadline, read: rhythm, first and last day, exclusive or not, and its condition.

"trong tháng 01 hàng năm" is every year from 01-01 to 01-31; "trước ngày 15/10/2022" is due that day, exclusive.
What cannot be read is `unknown` and keeps its words as the condition; nothing is ever guessed from a cited
document's number or date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desktop.domain.text import fold, squeeze


class Recurrence(StrEnum):
    """How often a task is due."""

    ONCE = "once"
    YEARLY = "yearly"
    QUARTERLY = "quarterly"
    CONTINUOUS = "continuous"
    SPAN = "span"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class MonthDay:
    """A day of every year; written MM-DD."""

    month: int
    day: int

    def __str__(self) -> str:
        """MM-DD."""
        return f"{self.month:02d}-{self.day:02d}"

    def on(self, year: int) -> date:
        """The day in a year; the last of its month where the year does not have it."""
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


Moment = date | MonthDay


@dataclass(frozen=True, slots=True)
class Reading:
    """What a deadline says. Days are inclusive; `exclusive` means: before the due day begins.

    A yearly reading has month-days, all others dates or nothing.
    """

    recurrence: Recurrence
    start: Moment | None = None
    due: Moment | None = None
    exclusive: bool = False
    condition: str | None = None

    def same_time(self, other: Reading) -> bool:
        """Whether the other falls due at the same time, whatever the conditions."""
        return (self.recurrence, self.start, self.due, self.exclusive) == (
            other.recurrence,
            other.start,
            other.due,
            other.exclusive,
        )


UNKNOWN = Reading(Recurrence.UNKNOWN)
WHOLE_YEAR = Reading(Recurrence.YEARLY, MonthDay(1, 1), MonthDay(12, 31))


def read_deadline(when_text: str | None) -> Reading:
    """Read a deadline; of two rhythms the first."""
    return read_deadlines(when_text)[0]


def read_deadlines(when_text: str | None) -> tuple[Reading, ...]:
    """Read a deadline: one reading, or one for each rhythm named ("hàng quý, năm")."""
    text = squeeze((when_text or "").replace("*", "")).strip(" ().;,")
    if not text:
        return (UNKNOWN,)
    words, condition = _split_condition(text)
    readings = _read(words)
    if readings is None:
        return (Reading(Recurrence.UNKNOWN, condition=text),)
    return tuple(
        Reading(found.recurrence, found.start, found.due, found.exclusive, found.condition or condition)
        for found in readings
    )


_CONDITION = re.compile(
    r"[,;( ]*\b("
    r"(?<!tiep )theo|sau khi|ngay sau|khi co|neu co|tuy theo|dinh huong|tam nhin|phu hop voi|trong truong hop"
    r")\b"
)


def _blind(text: str) -> str:
    """The text without marks and case, each letter at its old place."""
    return "".join(folded if len(folded := fold(letter)) == 1 else " " for letter in text)


def _split_condition(text: str) -> tuple[str, str | None]:
    """The words of the time, without marks, and the condition as printed ("theo lộ trình của Chính phủ")."""
    blind = _blind(text)
    found = _CONDITION.search(blind)
    if not found:
        return blind, None
    return blind[: found.start()], text[found.start(1) :].strip(" ().;,") or None


@dataclass(frozen=True, slots=True)
class _Found:
    """A moment in the words: where it stands, and its first and last day; `year` None where not printed."""

    begin: int
    end: int
    year: int | None
    first: MonthDay
    last: MonthDay
    is_day: bool

    def first_day(self) -> date:
        return self.first.on(self.year or 0)

    def last_day(self) -> date:
        return self.last.on(self.year or 0)


_YEAR = r"(?:19|20)\d\d"
_MOMENTS = re.compile(
    rf"(?<![\d/])(?:"
    rf"(?P<iso>(?P<y1>{_YEAR})-(?P<m1>\d\d)-(?P<d1>\d\d))"
    rf"|(?:ngay )?(?P<d2>\d{{1,2}}) ?[/.-] ?(?P<m2>\d{{1,2}}) ?[/.-] ?(?P<y2>{_YEAR})"
    rf"|ngay (?P<d3>\d{{1,2}})(?: ?[/-] ?| thang )(?P<m3>\d{{1,2}})(?:,? nam (?P<y3>{_YEAR}))?"
    rf"|6 thang (?P<half>dau|cuoi) nam(?: (?P<y4>{_YEAR}))?"
    rf"|thang (?P<m5>\d{{1,2}})(?:(?: ?[/.-] ?|,? nam )(?P<y5>{_YEAR}))?"
    rf"|(?P<m6>\d{{1,2}}) ?/ ?(?P<y6>{_YEAR})"
    rf"|quy (?P<q>iv|i{{1,3}}|[1-4])\b(?:(?: ?[/-] ?|,? nam | )(?P<y7>{_YEAR}))?"
    rf"|(?:nam )?(?P<y8>{_YEAR})"
    rf")(?![\d])(?!/[a-z\d])"
)
_RHYTHM = r"(?:6 thang|9 thang|thang|quy|nam)"
_RHYTHMS = re.compile(rf"\b(?:hang|moi|tung|dinh ky) (?P<list>{_RHYTHM}\b(?:(?: ?, ?| va )(?:hang )?{_RHYTHM}\b)*)")
_CONTINUOUS = re.compile(r"\b(thuong xuyen|lien tuc|lau dai)\b")
_ONWARD = re.compile(r"\b(tro di|nhung nam tiep theo|cac nam tiep theo)\b")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def _read(words: str) -> tuple[Reading, ...] | None:
    rhythms = [name for found in _RHYTHMS.finditer(words) for name in re.findall(_RHYTHM, found["list"])]
    moments = _moments(words)
    if moments is None:
        return None
    if rhythms:
        return _rhythmic(words, rhythms, moments)
    dated = [moment for moment in moments if moment.year is not None]
    if dated:
        return (_dated(words, dated),)
    return (Reading(Recurrence.CONTINUOUS),) if _CONTINUOUS.search(words) else None


def _rhythmic(words: str, rhythms: list[str], moments: list[_Found]) -> tuple[Reading, ...]:
    readings = []
    for rhythm in dict.fromkeys(rhythms):
        if rhythm == "nam":
            readings.append(_yearly(words, [moment for moment in moments if moment.year is None]))
        elif rhythm == "quy":
            readings.append(Reading(Recurrence.QUARTERLY))
        else:
            name = {"thang": "hàng tháng", "6 thang": "6 tháng", "9 thang": "9 tháng"}[rhythm]
            readings.append(Reading(Recurrence.CONTINUOUS, condition=name))
    return tuple(readings)


def _yearly(words: str, moments: list[_Found]) -> Reading:
    if not moments:
        return WHOLE_YEAR
    first, last = moments[0], moments[-1]
    if _stands_before(words, last, "truoc"):
        return Reading(Recurrence.YEARLY, MonthDay(1, 1), last.first, exclusive=True)
    begins = first is not last or not first.is_day
    return Reading(Recurrence.YEARLY, first.first if begins else MonthDay(1, 1), last.last)


def _dated(words: str, moments: list[_Found]) -> Reading:
    first, last = moments[0], moments[-1]
    exclusive = _stands_before(words, last, "truoc")
    due = last.first_day() if exclusive else last.last_day()
    if first is not last:
        start, due = sorted((first.first_day(), due))
        if _ONWARD.search(words):
            return Reading(Recurrence.CONTINUOUS, start)
        return Reading(Recurrence.SPAN, start, due, exclusive)
    if exclusive:
        return Reading(Recurrence.ONCE, None, due, exclusive=True)
    if _stands_before(words, first, "den") and _ONWARD.search(words):
        return Reading(Recurrence.CONTINUOUS)
    if _stands_before(words, first, "sau"):
        return Reading(Recurrence.CONTINUOUS, first.last_day() + timedelta(days=1))
    if _ONWARD.search(words) or _stands_before(words, first, "tu"):
        return Reading(Recurrence.CONTINUOUS, first.first_day())
    if _CONTINUOUS.search(words):
        return Reading(Recurrence.CONTINUOUS, None, due)
    return Reading(Recurrence.ONCE, None, due)


def _stands_before(words: str, moment: _Found, word: str) -> bool:
    """Whether a word stands right before a moment ("trước ngày", "từ tháng", "kể từ đầu năm")."""
    between = r"(?: (?:het|dau|ngay|thang|nam|quy|giai doan))*"
    return re.search(rf"\b{word}{between} ?$", words[: moment.begin].rstrip() + " ") is not None


def _moments(words: str) -> list[_Found] | None:
    """The moments in their order, a missing year taken from the next one; None where one is not a real day."""
    try:
        found = [_moment(match) for match in _MOMENTS.finditer(words)]
    except ValueError:
        return None
    year: int | None = None
    for place in range(len(found) - 1, -1, -1):
        moment = found[place]
        year = moment.year if moment.year is not None else year
        if moment.year is None and year is not None:
            found[place] = _Found(moment.begin, moment.end, year, moment.first, moment.last, moment.is_day)
    return found


def _moment(match: re.Match[str]) -> _Found:
    parts = {name: text for name, text in match.groupdict().items() if text is not None}
    year = next((int(parts[name]) for name in parts if name[0] == "y"), None)
    month = next((int(parts[name]) for name in parts if name[0] == "m"), None)
    day = next((int(parts[name]) for name in parts if name[0] == "d"), None)
    if day is not None and month is not None:
        date(2000 if year is None else year, month, day)
        return _Found(match.start(), match.end(), year, MonthDay(month, day), MonthDay(month, day), is_day=True)
    start, length = _months(parts, month)
    last = MonthDay(start + length - 1, monthrange(2001 if year is None else year, start + length - 1)[1])
    return _Found(match.start(), match.end(), year, MonthDay(start, 1), last, is_day=False)


def _months(parts: dict[str, str], month: int | None) -> tuple[int, int]:
    """The first month and how many."""
    if month is not None:
        if not 1 <= month <= 12:
            raise ValueError(month)
        return month, 1
    if "q" in parts:
        quarter = _QUARTERS.get(parts["q"]) or int(parts["q"])
        return quarter * 3 - 2, 3
    if "half" in parts:
        return (1 if parts["half"] == "dau" else 7), 6
    return 1, 12
