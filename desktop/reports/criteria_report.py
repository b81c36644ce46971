"""Báo cáo kết quả thực hiện Tiêu chí quốc gia về y tế xã, with the plan for the next year, ready to be signed.

It says what the points and decisions say. Causes, measures and proposals are places for the writer.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from desktop.domain.criteria.scoring import Verdict
from desktop.reports import criteria_words as words
from desktop.reports.criteria_chart import Goal, draw_path
from desktop.reports.criteria_input import RenewalLine, SummaryInput, SummaryLine
from desktop.reports.criteria_summary import summary_table
from desktop.reports.flat_table import flat_table
from desktop.reports.model import (
    Align,
    Annex,
    Block,
    Document,
    Figure,
    Heading,
    Orientation,
    Paragraph,
    Picture,
    Role,
    Row,
    Span,
    Table,
    ToWrite,
)
from desktop.reports.numbers import vietnamese
from desktop.reports.office_paper import REPORT, office_paper
from desktop.reports.targets_words import listed, lower_first, short_date, upper_first

CHART: Final = (150.0, 55.0)
NEAR: Final = Fraction(2)
"""Communes that pass with so few points to spare are named: they may fall."""


def criteria_report(data: SummaryInput) -> Document:
    """Write the document."""
    office = data.office
    task = f"báo cáo kết quả thực hiện {words.NAME} năm {data.year} và kế hoạch năm {data.year + 1}"
    told = f"Trên đây là {task}"
    if office.addressees:
        told += f", {office.name} kính báo cáo {listed(office.addressees, between=', ', most=99)}./."
    else:
        told += f" của {office.name}./."
    return office_paper(
        office,
        year=data.made.year,
        kind=REPORT,
        subject=f"Kết quả thực hiện {words.NAME} năm {data.year} và kế hoạch năm {data.year + 1}",
        addressees=office.addressees,
        recipients=office.recipients,
        blocks=_blocks(data, task),
        closing=told,
        annexes=(_annex(data),) if data.lines else (),
    )


def _annex(data: SummaryInput) -> Annex:
    title = f"Điểm {words.NAME} năm {data.year} theo {data.part_word}"
    return Annex(title, (summary_table(data),), Orientation.LANDSCAPE)


def _blocks(data: SummaryInput, task: str) -> Iterator[Block]:
    yield Paragraph((f"{data.office.name} {task} như sau:",))
    yield Paragraph((words.own_layout(data.criteria),), Role.SOURCE)
    yield Heading(1, "I. TÌNH HÌNH CHUNG")
    yield from _situation(data)
    yield Heading(1, f"II. KẾT QUẢ NĂM {data.year}")
    yield Heading(2, "1. Kết quả theo điểm")
    yield from _by_points(data)
    yield Heading(2, "2. Kết quả theo tiêu chí")
    yield from _by_criterion(data)
    yield Heading(2, "3. Công nhận và mục tiêu")
    yield from _recognised(data)
    yield Heading(1, "III. NGUYÊN NHÂN TỒN TẠI")
    yield ToWrite("causes")
    yield Heading(1, f"IV. KẾ HOẠCH NĂM {data.year + 1}")
    yield from _plan(data)
    yield Heading(1, "V. KIẾN NGHỊ")
    yield ToWrite("proposals")


def _count(name: str, number: int) -> Figure:
    return Figure(f"criteria.{name}", vietnamese(number), Fraction(number))


def _situation(data: SummaryInput) -> Iterator[Block]:
    one, count = data.criteria, len(data.lines)
    scored = sum(line.judged.total is not None for line in data.lines)
    spans: list[Span] = [f"Năm {data.year}, {data.office.name} phụ trách ", _count("communes", count)]
    spans += [f" {data.part_word}, đã chấm đủ điểm ", _count("scored", scored), f" {data.part_word}. "]
    spans.append(f"Áp dụng {lower_first(one.name)} ({one.decision}).")
    yield Paragraph(tuple(spans))
    if not one.is_detailed:
        text = "Chưa nạp bảng chỉ tiêu chính thức nên điểm được chấm ở mức tiêu chí, điểm liệt của chỉ tiêu chưa xét."
        yield Paragraph((text,))
    waiting = [lower_first(line.name) for line in data.lines if line.judged.total is None]
    if waiting:
        yield Paragraph((f"Chưa chấm đủ: {listed(waiting, rest=data.part_word)}.",))


def _by_points(data: SummaryInput) -> Iterator[Block]:
    count = len(data.lines)
    if not count:
        yield Paragraph(("Không có xã nào.",))
        return
    share = Fraction(data.passing * 100, count)
    spans: list[Span] = ["Theo điểm, ", _count("passing", data.passing), f"/{count} {data.part_word} đạt ("]
    spans += [Figure("criteria.share", words.percent(share), share), ")"]
    totals = [line.judged.total for line in data.lines if line.judged.total is not None]
    if totals:
        spans.append(f"; tổng điểm thấp nhất {words.total(min(totals))}, cao nhất {words.total(max(totals))}, ")
        spans.append(f"trung bình {words.mean(sum(totals, Fraction(0)) / len(totals))}")
    yield Paragraph((*spans, "."))
    failing = [line for line in data.lines if line.judged.verdict is Verdict.FAIL]
    if failing:
        told = [f"{lower_first(line.name)} ({words.short_reasons(line.judged)})" for line in failing]
        yield Paragraph((f"Chưa đạt: {listed(told, rest=data.part_word)}.",))
    near = [line for line in data.lines if _is_near(line)]
    if near:
        told = [f"{lower_first(line.name)} (dư {words.total(line.surplus)})" for line in near]
        yield Paragraph((f"Đạt nhưng sát mức, cần giữ: {listed(told, rest=data.part_word)}.",))


def _is_near(line: SummaryLine) -> bool:
    return line.judged.verdict is Verdict.PASS and line.surplus is not None and line.surplus < NEAR


def _by_criterion(data: SummaryInput) -> Iterator[Block]:
    if not data.means:
        yield Paragraph(("Chưa có điểm để so sánh.",))
        return
    heads = (
        ("TT", Align.CENTRE, 9.0, 0.0),
        ("Tiêu chí", Align.LEFT, 60.0, 1.0),
        ("Điểm tối đa", Align.RIGHT, 16.0, 0.0),
        ("Điểm trung bình", Align.RIGHT, 18.0, 0.0),
        ("% của điểm tối đa", Align.RIGHT, 20.0, 0.0),
        ("Số xã dưới sàn", Align.RIGHT, 18.0, 0.0),
    )
    rows = []
    for one in data.criteria.criteria:
        mean, most = data.means.get(one.number), one.maximum
        share = mean * 100 / most if mean is not None and most else None
        under = sum(one.number in line.under for line in data.lines)
        told = words.percent(share).removesuffix("%") if share is not None else "…"
        rows.append(
            Row(
                (
                    one.number,
                    one.name,
                    words.points(most),
                    words.mean(mean),
                    told,
                    _count(f"{one.number}.under", under),
                )
            )
        )
    yield flat_table("criteria.means", heads, rows, largest=12)
    shares = {one.number: data.means[one.number] / one.maximum for one in data.criteria.criteria
              if one.maximum and one.number in data.means}  # fmt: skip
    lowest = sorted(shares, key=lambda number: shares[number])[:3]
    names = {one.number: one.name for one in data.criteria.criteria}
    told_low = [
        f"tiêu chí {number} {lower_first(names[number])} ({words.percent(shares[number] * 100)})" for number in lowest
    ]
    if told_low:
        yield Paragraph((f"Thấp nhất so với điểm tối đa: {listed(told_low)}.",))


def _recognised(data: SummaryInput) -> Iterator[Block]:
    valid, whole = data.recognised
    spans: list[Span] = [
        "Đến ngày ",
        short_date(data.counted_on),
        ", ",
        _count("recognised", valid),
        f"/{whole} {data.part_word}",
    ]
    spans.append(" có quyết định công nhận còn hiệu lực")
    spans.append(f" ({words.percent(Fraction(valid * 100, whole))})." if whole else ".")
    yield Paragraph(tuple(spans))
    for goal in data.goals:
        told = f"{goal.document}: mục tiêu {words.percent(goal.value)} {data.part_word} đạt vào năm {goal.year}"
        if goal.missing:
            told += f"; còn thiếu {goal.missing} {data.part_word}"
        elif goal.missing == 0:
            told += "; đã đủ"
        yield Paragraph((f"{told}.",))
    known = [share for _year, share in data.shares if share is not None]
    if known and data.goals:
        goals = [Goal(goal.year, goal.value) for goal in data.goals]
        drawing = draw_path(data.shares, goals, size=CHART)
        legend = "Nét liền: tỷ lệ có quyết định còn hiệu lực cuối mỗi năm; hình thoi: mục tiêu của kế hoạch."
        yield Picture(drawing, f"Tỷ lệ {data.part_word} được công nhận", legend)


def _plan(data: SummaryInput) -> Iterator[Block]:
    yield Heading(2, f"1. {upper_first(data.part_word)} phấn đấu đạt")
    failing = [line for line in data.lines if line.judged.verdict is Verdict.FAIL]
    if failing:
        yield _ways_table(data, failing)
    else:
        yield Paragraph(("Không có xã nào chưa đạt theo điểm.",))
    yield Heading(2, f"2. {upper_first(data.part_word)} cần công nhận lại")
    if data.renewals:
        told = [_renewal(line) for line in data.renewals]
        yield Paragraph((f"{upper_first(listed(told, rest=data.part_word, most=40))}.",))
    else:
        yield Paragraph((f"Không có quyết định nào hết hạn trước ngày 31/12/{data.year + 1}.",))
    yield Heading(2, "3. Giải pháp")
    yield ToWrite("measures")


def _renewal(line: RenewalLine) -> str:
    ends = "hết hạn" if line.ended else "hạn"
    told = f"Quyết định số {line.decision}, {ends} {short_date(line.due)}"
    if line.former:
        told = f"sau sắp xếp chưa có quyết định; {lower_first(line.former)} trước đây: {told}"
    return f"{lower_first(line.name)} ({told})"


def _ways_table(data: SummaryInput, failing: list[SummaryLine]) -> Table:
    heads = (
        ("TT", Align.CENTRE, 9.0, 0.0),
        (upper_first(data.part_word), Align.LEFT, 30.0, 0.2),
        ("Tổng điểm", Align.RIGHT, 16.0, 0.0),
        ("Thêm ít nhất", Align.RIGHT, 16.0, 0.0),
        ("Cách ít điểm nhất để đạt", Align.LEFT, 70.0, 1.0),
    )
    rows = []
    for place, line in enumerate(failing, 1):
        gained = sum((gain.points for gain in line.way), Fraction(0)) if line.way is not None else None
        way = words.gains_text(data.criteria, line.way)
        rows.append(Row((str(place), line.name, words.total(line.judged.total), words.points(gained), way)))
    return flat_table("criteria.ways", heads, rows, largest=12)
