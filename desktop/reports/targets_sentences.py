"""Sentences about targets: a summary, one for every indicator, what went well and what did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Final

from desktop.domain.periods import Period
from desktop.domain.plans.status import Status
from desktop.reports.model import Block, Figure, Paragraph, Span
from desktop.reports.numbers import percent_of, vietnamese, with_unit
from desktop.reports.targets_input import Ground, PlanPart, TargetRow, TargetsInput
from desktop.reports.targets_words import (
    GOOD,
    POOR,
    VERDICTS,
    change_spoken,
    change_words,
    count_text,
    current_printed,
    is_better,
    listed,
    long_date,
    lower_first,
    period_text,
    pooled_words,
    required_printed,
    spoken_unit,
    target_spoken,
    verdict_spoken,
)

WITHOUT: Final = "Chưa có số liệu để đánh giá"
ELSEWHERE: Final = "Không xét ở cấp này, chưa có số liệu"
UNKNOWN: Final = "Không tính được theo địa giới này"
JUDGED: Final = (Status.MET, Status.ON_TRACK, Status.OFF_TRACK, Status.MISSED)


def plan_citation(part: PlanPart) -> str:
    """The first citation of a plan: kind, number, date, issuer, subject (Decree 30/2020, annex I)."""
    words = f"{part.kind} số {part.symbol}"
    if part.dated:
        words += f" {long_date(part.dated)}"
    if part.issuer:
        words += f" của {part.issuer}"
    return f"{words} {part.about}".rstrip()


def plan_sentences(part: PlanPart, data: TargetsInput) -> list[Block]:
    """A summary for every year of targets, a sentence for every indicator, those without figures together."""
    blocks: list[Block] = [Paragraph((text,)) for text in _summaries(part)]
    without: dict[str, list[str]] = {WITHOUT: [], ELSEWHERE: [], UNKNOWN: []}
    for _, rows in groupby(sorted(part.targets, key=_order(part)), key=lambda row: row.indicator):
        same = sorted(rows, key=lambda row: row.year or 0)
        if same[0].current.value is None:
            elsewhere = all(row.status is Status.NOT_MEASURABLE for row in same)
            unknown = same[0].current.ground is Ground.UNKNOWN
            why = UNKNOWN if unknown else ELSEWHERE if elsewhere else WITHOUT
            without[why].append(lower_first(same[0].name))
        else:
            blocks.append(Paragraph(tuple(_indicator(part, same, data.period))))
    for why, names in without.items():
        if names:
            text = f"{why} {vietnamese(len(names))} chỉ tiêu: {listed(names, most=99)}."
            blocks.append(Paragraph((text,)))
    return blocks


def _order(part: PlanPart) -> Callable[[TargetRow], int]:
    first: dict[str, int] = {}
    for place, row in enumerate(part.targets):
        first.setdefault(row.indicator, place)
    return lambda row: first[row.indicator]


def _summaries(part: PlanPart) -> Iterable[str]:
    years = sorted({row.year for row in part.targets}, key=lambda year: (year is None, year or 0))
    for year in years:
        rows = [row for row in part.targets if row.year == year]
        counts = Counter(row.status for row in rows)
        said = [f"{vietnamese(counts[each])} mục tiêu {lower_first(VERDICTS[each])}" for each in JUDGED if counts[each]]
        rest = [each for each in Status if each not in JUDGED and counts[each]]
        if rest:
            why = ", ".join(f"{vietnamese(counts[each])} {lower_first(VERDICTS[each])}" for each in rest)
            said.append(f"{vietnamese(sum(counts[each] for each in rest))} mục tiêu chưa đánh giá được ({why})")
        when = f"đến năm {year}" if year else "không ghi năm"
        yield (
            f"So với {vietnamese(len(rows))} mục tiêu {when} của {part.kind} số {part.symbol}, "
            f"có {listed(said, between=', ')}."
        )


def _indicator(part: PlanPart, rows: list[TargetRow], period: Period) -> Iterable[Span]:
    """`Tỷ lệ ... là 26,4% (1.810/6.846; tính trên 12/14 xã), giảm ...; chậm lộ trình ...; ...`."""
    first = rows[0]
    now = current_printed(first)
    if now is None:
        return
    name = f"{part.code}.{first.indicator}.{first.year or 'all'}"
    reading = first.current
    yield f"{first.name} là "
    yield Figure(f"{name}.value", now.text, reading.value, reading.version)
    yield f" {spoken_unit(first)}".rstrip()
    about: list[Span] = ["ước tính theo tỷ lệ dân số"] if reading.ground is Ground.ESTIMATED else []
    if reading.numerator is not None and reading.denominator is not None:
        parts = f"{count_text(reading.numerator)}/{count_text(reading.denominator)}"
        about.append(Figure(f"{name}.parts", parts, reading.numerator / reading.denominator, reading.version))
    if pooled_words(first, period):
        about.append(pooled_words(first, period))
    if reading.expected:
        about.append(f"tính trên {reading.reported}/{reading.expected} xã")
    yield from _bracketed(about)
    moved = change_spoken(first, period)
    if moved:
        yield ", "
        yield Figure(f"{name}.change", moved, None, reading.version)
    yield from _plan_share(first, name)
    for row in rows:
        yield f"; {verdict_spoken(row, period, again=row is not first)}"
    yield "."


def _bracketed(parts: list[Span]) -> Iterable[Span]:
    for place, each in enumerate(parts):
        yield "; " if place else " ("
        yield each
    if parts:
        yield ")"


def _plan_share(row: TargetRow, name: str) -> Iterable[Span]:
    """The share of the plan, for counts only."""
    now = current_printed(row)
    percent = percent_of(now, row.target) if now and row.is_count and row.target is not None else None
    if percent is not None:
        yield ", bằng "
        yield Figure(f"{name}.percent", with_unit(percent, "%"))
        yield " kế hoạch"


def achievements(data: TargetsInput) -> list[Block]:
    """Targets met or on their path, and figures that moved the right way."""
    rows = [row for part in data.plans for row in part.targets]
    judged = [row for row in rows if row.status in JUDGED]
    good = [row for row in judged if row.status in GOOD]
    blocks: list[Block] = []
    if good:
        text = f"Có {len(good)}/{len(judged)} mục tiêu đã xét đạt hoặc đúng lộ trình: {listed(_named(good))}."
        blocks.append(Paragraph((text,)))
    else:
        blocks.append(Paragraph(("Chưa có mục tiêu nào đạt hoặc đúng lộ trình.",)))
    better = _moved(rows, better=True)
    if better:
        blocks.append(Paragraph((_moved_text(better, "tốt hơn", data.period),)))
    return blocks


def shortcomings(data: TargetsInput) -> list[Block]:
    """Targets behind or missed with what they should be, figures that moved the wrong way, and data not there."""
    rows = [row for part in data.plans for row in part.targets]
    poor = [row for row in rows if row.status in POOR]
    blocks: list[Block] = []
    if poor:
        text = f"Có {len(poor)} mục tiêu chậm lộ trình hoặc không đạt: {listed(_behind(poor))}."
        blocks.append(Paragraph((text,)))
    worse = _moved(rows, better=False)
    if worse:
        blocks.append(Paragraph((_moved_text(worse, "kém hơn", data.period),)))
    unknown = len({row.indicator for row in rows if row.status is Status.NO_DATA})
    if unknown:
        blocks.append(Paragraph((f"Còn {vietnamese(unknown)} chỉ tiêu chưa có số liệu để đánh giá.",)))
    if not blocks:
        blocks.append(Paragraph(("Không có mục tiêu chậm lộ trình, không đạt hoặc thiếu số liệu.",)))
    return blocks


def _named(rows: list[TargetRow]) -> list[str]:
    """Indicators with their figure; the years are named where one indicator has several."""
    years: dict[str, list[str]] = {}
    once: dict[str, TargetRow] = {}
    for row in rows:
        years.setdefault(row.indicator, []).append(str(row.year or ""))
        once.setdefault(row.indicator, row)
    said = []
    for row in once.values():
        several = [year for year in years[row.indicator] if year]
        aim = f" (mục tiêu năm {' và năm '.join(several)})" if len(several) > 1 else ""
        said.append(f"{lower_first(row.name)} {_figure(row)}{aim}")
    return said


def _behind(rows: list[TargetRow]) -> list[str]:
    said = []
    for row in rows:
        required = required_printed(row) if row.status is Status.OFF_TRACK else None
        beside = f"lộ trình {required.text}" if required else f"mục tiêu {target_spoken(row)}"
        said.append(f"{lower_first(row.name)} {_figure(row)} ({beside}{_year(row, rows)})")
    return said


def _figure(row: TargetRow) -> str:
    now = current_printed(row)
    return f"{now.text} {spoken_unit(row)}".rstrip() if now else ""


def _year(row: TargetRow, rows: list[TargetRow]) -> str:
    several = sum(other.indicator == row.indicator for other in rows) > 1
    return f", mục tiêu năm {row.year}" if several and row.year else ""


def _moved(rows: list[TargetRow], *, better: bool) -> list[TargetRow]:
    """Each indicator once, with figures in both periods that differ on paper."""
    once: dict[str, TargetRow] = {}
    for row in rows:
        once.setdefault(row.indicator, row)
    return [row for row in once.values() if is_better(row) is better]


def _moved_text(rows: list[TargetRow], how: str, period: Period) -> str:
    when = period_text(period.same_last_year())
    names = [f"{lower_first(row.name)} ({change_words(row)})" for row in rows]
    return f"So với cùng kỳ {when}, có {len(rows)} chỉ tiêu {how}: {listed(names)}."
