"""Báo cáo kết quả thực hiện các chỉ tiêu: an office's targets in a period, as a document ready to be signed.

It says only what the figures say. Causes and proposals are places for the writer; what is missing is said to be.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from desktop.domain.findings import Severity
from desktop.domain.rounding import half_up
from desktop.reports.model import Annex, Block, Document, Figure, Heading, Orientation, Paragraph, Span, ToWrite
from desktop.reports.numbers import vietnamese, with_unit
from desktop.reports.office_paper import REPORT, office_paper
from desktop.reports.targets_input import AnnexRow, Ground, PlanPart, TargetsInput
from desktop.reports.targets_sentences import (
    achievements,
    plan_citation,
    plan_sentences,
    shortcomings,
)
from desktop.reports.targets_tables import communes_table, targets_table
from desktop.reports.targets_words import boundaries_text, count_text, listed, lower_first, period_text, upper_first


def targets_report(data: TargetsInput) -> Document:
    """Write the document."""
    office = data.office
    made = office_paper(
        office,
        year=data.year,
        kind=REPORT,
        subject=f"Kết quả thực hiện các chỉ tiêu y tế {period_text(data.period)}{_where(data)}",
        addressees=office.addressees,
        recipients=office.recipients,
        blocks=(
            Paragraph((_opening(data),)),
            Heading(1, "I. TÌNH HÌNH CHUNG"),
            *_situation(data),
            Heading(1, "II. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU"),
            *_results(data),
            Heading(1, "III. ĐÁNH GIÁ CHUNG"),
            Heading(2, "1. Mặt đạt được"),
            *achievements(data),
            Heading(2, "2. Tồn tại, hạn chế"),
            *shortcomings(data),
            Heading(2, "3. Nguyên nhân"),
            ToWrite("causes"),
            Heading(1, "IV. KIẾN NGHỊ"),
            ToWrite("proposals"),
        ),
        closing=_closing(data),
        annexes=(_annex(data),) if data.columns and data.communes else (),
    )
    return replace(made, number=data.number, dated=data.dated)


def _where(data: TargetsInput) -> str:
    return f" ({boundaries_text(data.boundaries)})" if data.boundaries else ""


def _opening(data: TargetsInput) -> str:
    task = f"{data.office.name} báo cáo kết quả thực hiện các chỉ tiêu y tế {period_text(data.period)} như sau:"
    if not data.plans:
        return task
    return f"Thực hiện {'; '.join(plan_citation(part) for part in data.plans)}, {task}"


def _closing(data: TargetsInput) -> str:
    told = f"Trên đây là báo cáo kết quả thực hiện các chỉ tiêu y tế {period_text(data.period)}"
    if not data.office.addressees:
        return f"{told} của {data.office.name}./."
    return f"{told}, {data.office.name} kính báo cáo {listed(data.office.addressees, between=', ', most=99)}./."


def _annex(data: TargetsInput) -> Annex:
    title = f"Số liệu theo {data.parts} {period_text(data.period)}{_where(data)}"
    return Annex(title, (communes_table(data),), Orientation.LANDSCAPE)


def _situation(data: TargetsInput) -> list[Block]:
    blocks: list[Block] = [Paragraph(_population(data))]
    if data.communes and data.columns:
        blocks += _completeness(data)
    blocks += [Paragraph((note,)) for note in data.notes]
    return blocks


def _population(data: TargetsInput) -> tuple[Span, ...]:
    spans: list[Span] = [f"{upper_first(period_text(data.period))}, {data.office.name} phụ trách "]
    spans += [Figure("communes", vietnamese(len(data.communes)), Fraction(len(data.communes))), f" {data.parts}"]
    people = data.population
    if people is None or people.value is None:
        unknown = people is not None and people.ground is Ground.UNKNOWN
        return (*spans, "; không tính được dân số theo địa giới này." if unknown else "; chưa có số liệu dân số.")
    spans += ["; dân số là ", Figure("population", count_text(people.value), people.value, people.version), " người"]
    about = f", tính trên {people.reported}/{people.expected} xã" if people.expected else ""
    source = data.population_source.rstrip(".")
    return (*spans, f"{about}; nguồn: {lower_first(source)}." if source else f"{about}.")


def _completeness(data: TargetsInput) -> list[Block]:
    """How many figures have come, which communes still owe which, and which figures are known to be wrong."""
    expected = reported = 0
    owing: list[str] = []
    doubted: list[str] = []
    silent = unknown = 0
    for commune in data.communes:
        missing, wrong = [], []
        for column, cell in zip(data.columns, commune.cells, strict=True):
            if cell.ground is Ground.UNKNOWN:
                continue
            came, due = cell.counts
            expected += due
            reported += came
            if came < due:
                missing.append(lower_first(column.name))
            if cell.finding is Severity.ERROR:
                wrong.append(lower_first(column.name))
        silent += len(missing) == len(data.columns)
        unknown += any(cell.ground is Ground.UNKNOWN for cell in commune.cells) and not missing
        if missing:
            owing.append(_commune_items(commune, missing))
        if wrong:
            doubted.append(_commune_items(commune, wrong))
    if not expected:
        return []
    spans = _completeness_spans(data, reported, expected, len(owing) + unknown, silent)
    blocks: list[Block] = [Paragraph(spans)]
    if owing:
        blocks.append(Paragraph((f"Chưa báo cáo đủ: {listed(owing, rest=data.parts)}.",)))
    if doubted:
        text = f"Số liệu sai, giữ nguyên như đã báo cáo và cần kiểm tra lại: {listed(doubted, rest=data.parts)}."
        blocks.append(Paragraph((text,)))
    return blocks


def _commune_items(commune: AnnexRow, items: list[str]) -> str:
    return f"{lower_first(commune.name)} ({listed(items, between=', ', most=4, rest='mục')})"


def _completeness_spans(data: TargetsInput, reported: int, expected: int, owing: int, silent: int) -> tuple[Span, ...]:
    share = half_up(Fraction(reported * 100, expected), 1)
    if reported != expected and share == 100:
        share = half_up(Fraction(reported * 100, expected), 3)
    whole = len(data.communes)
    spans: list[Span] = [
        "Số liệu đã báo cáo: ",
        Figure("completeness", f"{vietnamese(reported)}/{vietnamese(expected)}", Fraction(reported, expected)),
        f" mục ({'100%' if reported == expected else with_unit(share, '%')}); ",
        f"{vietnamese(whole - owing)}/{vietnamese(whole)} {data.parts} báo cáo đủ",
    ]
    if silent:
        spans.append(f", {vietnamese(silent)} {data.parts} chưa có số liệu nào")
    return (*spans, ".")


def _results(data: TargetsInput) -> list[Block]:
    if not data.plans:
        return [Paragraph(("Chưa có kế hoạch nào được chọn để so sánh.",))]
    blocks: list[Block] = []
    for number, part in enumerate(data.plans, 1):
        if len(data.plans) > 1:
            blocks.append(Heading(2, f"{number}. {part.kind} số {part.symbol}"))
        blocks += _plan_blocks(part, data, number)
    return blocks


def _plan_blocks(part: PlanPart, data: TargetsInput, number: int) -> list[Block]:
    if not part.targets:
        return [Paragraph((f"{part.kind} số {part.symbol} không có mục tiêu bằng số.",))]
    return [*plan_sentences(part, data), targets_table(part, data, number)]
