"""What Thông tư 15/2026/TT-BYT asks of a nutrition report, as far as it is known: its period, its due day, the gaps.

Every sentence stands on a fact of `regimes.yaml`; what no fact says is told as a gap and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from db.tables.care import has_children
from desktop.application.deadlines import holidays
from desktop.application.records import Record
from desktop.domain.periods import Period
from desktop.domain.regime_facts import About, Certainty, Fact, Regime
from desktop.domain.workdays import Due, Rule, due_date
from desktop.system.i18n import render
from desktop.wording import Sentence, say

CODE: Final = "tt15_2026"
LEVELS: Final = {"commune": "commune", "province": "province"}
"""Levels of offices of which a deadline is known; the circular names no district and no area."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a period: whether it is one of the circular's, when who must send, and what is not known."""

    regime: Regime
    period: Period
    is_asked: bool
    flow: str
    dues: tuple[tuple[Fact, Due], ...]
    gaps: tuple[Sentence, ...]


def circular() -> Regime:
    """The circular as it is known."""
    from desktop.application.regime_facts import regimes

    return next(one for one in regimes() if one.code == CODE)


def asked(record: Record, *, period: Period, level: str) -> Asked:
    """What the circular asks of a period, for an office of a level (commune, district, area, province)."""
    regime = circular()
    known = [fact for fact in regime.facts if fact.certainty is not Certainty.MEMORY]
    flow = next((fact.text for fact in known if fact.about is About.FLOW), "")
    begins = regime.valid_from
    if begins is not None and period.last < begins:
        gap = say("In force from {day}: whether it covers a period that ended before is not known.", day=begins)
        return Asked(regime, period, False, flow, (), (gap,))
    gaps: list[Sentence] = []
    is_asked = period.id in (str(period.year), f"{period.year}S1")
    if not is_asked:
        gaps.append(say("The circular as known asks for January to June and for the year; not for this period."))
    if level not in LEVELS:
        gaps.append(say("The circular names no due day of this office: communes send straight to the province's CDC."))
    gaps.append(say("The columns of its forms (Quyết định 97/QĐ-PB, Mẫu 03–06) were not found."))
    dues = [
        (fact, due_date(period.last, Rule(working_days=fact.working_days), holidays(record)))
        for fact in _deadlines(known)
        if is_asked and fact.level in ("commune", LEVELS.get(level))
    ]
    return Asked(regime, period, is_asked, flow, tuple(dues), tuple(gaps))


def _deadlines(known: Iterable[Fact]) -> Iterator[Fact]:
    """The due day of reports, the first told of each level; those of surveys come after."""
    told: set[str | None] = set()
    for fact in known:
        if fact.about is About.DEADLINE and fact.working_days is not None and fact.level not in told:
            told.add(fact.level)
            yield fact


def asked_of_year(record: Record, *, year: int, level: str) -> list[Asked]:
    """The periods of a year of which the circular asks a report: the first half, the year."""
    periods = (Period.parse(f"{year}S1"), Period.parse(str(year)))
    found = (asked(record, period=period, level=level) for period in periods)
    return [one for one in found if one.is_asked]


def on_the_board(record: Record, *, year: int, level: str) -> list[Asked]:
    """The same for the board of the year; nothing where the record holds no children at all."""
    return asked_of_year(record, year=year, level=level) if has_children(record) else []


def soon(record: Record, *, level: str, today: date) -> list[Asked]:
    """The reports whose period is over and whose due day has not passed: nobody says here whether they were sent.

    None where the record holds no children at all.
    """
    if not has_children(record):
        return []
    found = [
        *asked_of_year(record, year=today.year - 1, level=level),
        *asked_of_year(record, year=today.year, level=level),
    ]
    return [one for one in found if one.dues and one.period.last < today <= max(due.latest for _, due in one.dues)]


def due_sentence(fact: Fact, due: Due) -> Sentence:
    """The due day with the sentence of the fact; provisional where a holiday is not decided yet."""
    if due.provisional:
        return say("{text}: by {day}, provisional.", text=fact.text, day=due.day)
    return say("{text}: by {day}.", text=fact.text, day=due.day)


def regime_lines(record: Record, *, period: Period, level: str) -> tuple[str, ...]:
    """The same as lines of a paper, in Vietnamese."""
    found = asked(record, period=period, level=level)
    lines = [f"Kỳ báo cáo của {found.regime.symbol}."] if found.is_asked else []
    lines += [render(due_sentence(fact, due), "vi") for fact, due in found.dues]
    lines += [render(gap, "vi") for gap in found.gaps]
    return tuple(lines)
