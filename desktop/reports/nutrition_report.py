"""Báo cáo tình trạng dinh dưỡng trẻ em: what a period's weighing found, by commune and by group.

Thông tư 15/2026/TT-BYT Article 41-47 asks it for half a year and a year; its own forms (Quyết định 97/QĐ-PB, Mẫu 03-06)
are not known, so the paper says that its layout is the program's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from desktop.domain.child_care import CareCount
from desktop.domain.growth.levels import Form, Level
from desktop.domain.nutrition import FORMS, Area, Nutrition, Point, Tally, reduction
from desktop.domain.periods import Period
from desktop.reports.care_papers import care_blocks
from desktop.reports.interval_chart import ChartWords, IntervalRow, Line, draw_intervals, sorted_rows
from desktop.reports.model import (
    Annex,
    Block,
    Document,
    Figure,
    Heading,
    Orientation,
    Paragraph,
    Picture,
    Role,
    Span,
    ToWrite,
)
from desktop.reports.numbers import interval_text, printed, vietnamese
from desktop.reports.nutrition_tables import forms_table, groups_table, trend_table, units_table
from desktop.reports.office_paper import REPORT, office_paper
from desktop.reports.targets_input import Office
from desktop.reports.targets_words import lower_first, period_text

OWN_LAYOUT: Final = "Mẫu của phần mềm, chưa đối chiếu với mẫu ban hành kèm theo Quyết định số 97/QĐ-PB ngày 30/6/2026."
CHARTED: Final = 34
"""Communes in one chart: more could not be read on a page, and so many have room below the table before them."""
NAMED: Final = 20
"""Communes without figures that are named in the text; more stand in the annex only."""
NAMES: Final = {
    Form.STUNTING: "thấp còi",
    Form.UNDERWEIGHT: "nhẹ cân",
    Form.WASTING: "gầy còm",
    Form.OVERWEIGHT: "thừa cân, béo phì",
}
LEVELS: Final = {
    Level.VERY_LOW: "rất thấp",
    Level.LOW: "thấp",
    Level.MEDIUM: "trung bình",
    Level.HIGH: "cao",
    Level.VERY_HIGH: "rất cao",
}
_AREAS: Final = {
    Area.REGION_3: "Xã khu vực III",
    Area.DISADVANTAGED: "Xã đặc biệt khó khăn",
    Area.MINORITIES: "Trẻ em dân tộc thiểu số",
}
_SEXES: Final = {"m": "Trai", "f": "Gái"}
NO_VILLAGE: Final = "Không ghi thôn, bản"
_WIDE, _NAMES = 160.0, 42.0


@dataclass(frozen=True, slots=True)
class Aim:
    """What a plan wants of stunting, in percent."""

    plan: str
    target: Fraction
    year: int
    required: Fraction | None


@dataclass(frozen=True, slots=True)
class NutritionInput:
    """What the report says: `units` are names by key in order, `whole` who all of them are together.

    `sessions` are the names of the weighing sessions that alone counted, empty where the last visits did. `care` is
    what was done for the children of each unit; `regime` what is known of the circular for this period, line by line.
    """

    office: Office
    year: int
    period: Period
    units: tuple[tuple[str, str], ...]
    whole: str
    found: Nutrition
    trend: tuple[Point, ...] = ()
    aims: tuple[Aim, ...] = ()
    sessions: tuple[str, ...] = ()
    care: tuple[tuple[str, CareCount], ...] = ()
    regime: tuple[str, ...] = ()


def nutrition_report(data: NutritionInput) -> Document:
    """Write the document."""
    office, named = data.office, period_text(data.period)
    task = f"báo cáo tình trạng dinh dưỡng trẻ em dưới 5 tuổi {named}{_where(data)}"
    told = f"Trên đây là {task} của {office.name}./."
    return office_paper(
        office,
        year=data.year,
        kind=REPORT,
        subject=f"Tình trạng dinh dưỡng trẻ em dưới 5 tuổi {named}{_where(data)}",
        addressees=office.addressees,
        recipients=office.recipients,
        blocks=(
            Paragraph((f"{office.name} {task} như sau:",)),
            Paragraph((OWN_LAYOUT,), Role.SOURCE),
            *(Paragraph((line,), Role.SOURCE) for line in data.regime),
            Heading(1, "I. TRẺ ĐƯỢC CÂN ĐO"),
            *_reach(data),
            Heading(1, "II. TÌNH TRẠNG DINH DƯỠNG"),
            *_results(data),
            Heading(1, "III. BỔ SUNG VI CHẤT, SUY DINH DƯỠNG CẤP TÍNH"),
            *care_blocks(data.care, data.whole),
            Heading(1, "IV. DIỄN BIẾN"),
            *_trend(data),
            Heading(1, "V. KIẾN NGHỊ"),
            ToWrite("proposals"),
        ),
        closing=told,
        annexes=tuple(_annexes(data)),
    )


def _where(data: NutritionInput) -> str:
    """Said where the report is of one commune only."""
    return f" trên địa bàn {lower_first(data.whole)}" if len(data.units) == 1 else ""


def _count(name: str, number: int) -> Figure:
    return Figure(name, vietnamese(number), Fraction(number))


def _reach(data: NutritionInput) -> Iterator[Paragraph]:
    total = data.found.total
    spans: list[Span] = ["Số trẻ dưới 5 tuổi được cân đo: ", _count("nutrition.measured", total.measured)]
    if total.coverage is not None and total.listed is not None:
        spans += ["/", _count("nutrition.listed", total.listed), " trẻ trong danh sách ("]
        spans += [Figure("nutrition.coverage", printed(total.coverage, "%").text, total.coverage), ")."]
    else:
        spans.append(" trẻ; không có danh sách trẻ để so sánh.")
    yield Paragraph(tuple(spans))
    if data.sessions:
        yield Paragraph((f"Mỗi trẻ tính một lần cân đo trong đợt: {'; '.join(data.sessions)}.",))
    else:
        yield Paragraph(("Mỗi trẻ tính một lần cân đo: lần cuối có số đo trong kỳ.",))
    silent = [
        name for (_, name), group in zip(data.units, data.found.communes, strict=True) if not group.tally.measured
    ]
    if silent and len(data.units) > 1:
        many = f"{len(silent)} xã, ghi “…” trong phụ lục"
        yield Paragraph((f"Chưa có số đo: {', '.join(silent) if len(silent) <= NAMED else many}.",))


def _results(data: NutritionInput) -> Iterator[Block]:
    total = data.found.total
    if not total.measured:
        yield Paragraph(("Trong kỳ chưa có trẻ nào được cân đo.",))
        return
    for form in FORMS:
        yield Paragraph(tuple(_sentence(form, total)))
    yield forms_table(total)
    if len(data.units) > 1:
        yield from _pictures(data)
    yield groups_table(_groups(data.found))


def _sentence(form: Form, total: Tally) -> Iterator[Span]:
    cases = total.of(form)
    if cases.rate is None:
        yield f"Tỷ lệ {NAMES[form]}: không tính được."
        return
    yield f"Tỷ lệ {NAMES[form]}: "
    yield Figure(f"nutrition.{form}", printed(cases.rate, "%").text, cases.rate)
    yield f" ({vietnamese(cases.found)}/{vietnamese(cases.counted)} trẻ"
    limits, level = cases.limits, cases.level(form)
    yield f"; khoảng tin cậy 95%: {interval_text(limits.lower, limits.upper, '%')})" if limits is not None else ")"
    yield f", mức {LEVELS[level]}." if level is not None else "."


def _pictures(data: NutritionInput) -> Iterator[Picture]:
    """The communes, worst first, as many to a page as can be read; of many only those with figures."""
    form = Form.STUNTING
    rows = [
        interval_row(name, group.tally, form) for (_, name), group in zip(data.units, data.found.communes, strict=True)
    ]
    if len(rows) > CHARTED:
        rows = sorted_rows([row for row in rows if row.rate is not None])
    aim, whole = data.aims[0] if data.aims else None, data.found.total.of(form).rate
    lines = [
        Line(float(aim.target), f"mục tiêu năm {aim.year}: {printed(aim.target, '%').text}")
        if aim is not None
        else None,
        Line(float(whole), f"chung {printed(whole, '%').text}") if whole is not None else None,
    ]
    wanted = "mục tiêu" if aim is not None else f"tỷ lệ chung của {lower_first(data.whole)}"
    legend = (
        f"Vạch ngang: khoảng tin cậy 95%. Hình thoi: cao hơn {wanted} rõ rệt; tam giác: cao hơn, chưa chắc; "
        "chấm tròn: không cao hơn. Vượt: số ca nhiều hơn mục tiêu."
    )
    if aim is None:
        legend = legend.removesuffix(" Vượt: số ca nhiều hơn mục tiêu.")
    parts = [rows[at : at + CHARTED] for at in range(0, len(rows), CHARTED)]
    for place, part in enumerate(parts, start=1):
        drawing = draw_intervals(
            part, wide=_WIDE, names=_NAMES, words=_CHART, aim=lines[0], whole=lines[1], beside=rows
        )
        caption = f"Tỷ lệ thấp còi theo xã, từ cao xuống, {period_text(data.period)}"
        yield Picture(drawing, caption if len(parts) == 1 else f"{caption} ({place}/{len(parts)})", legend)


_CHART: Final = ChartWords("%", "ca/cân đo", "vượt", "chưa có số đo", "quá ít để xét")


def interval_row(name: str, tally: Tally, form: Form) -> IntervalRow:
    """A group of children as a row of the chart."""
    cases = tally.of(form)
    if cases.rate is None or cases.limits is None:
        return IntervalRow(name, None)
    limits = cases.limits
    return IntervalRow(name, float(cases.rate), float(limits.lower), float(limits.upper), cases.found, cases.counted)


def _groups(found: Nutrition) -> Iterator[tuple[str, list[tuple[str, Tally]]]]:
    yield "Theo tháng tuổi", [(_age_words(one.key), one.tally) for one in found.ages]
    yield "Theo giới", [(_SEXES.get(one.key, "Không rõ"), one.tally) for one in found.sexes]
    if any(one.key for one in found.ethnic_groups):
        yield "Theo dân tộc", [(one.key or "Không rõ", one.tally) for one in found.ethnic_groups]
    if found.areas:
        yield "Trong đó", [(_AREAS[Area(one.key)], one.tally) for one in found.areas]


def _age_words(label: str) -> str:
    if not label:
        return "Không rõ"
    first, last = label.split("-")
    return f"{int(first)}–{int(last)} tháng"


def _trend(data: NutritionInput) -> Iterator[Block]:
    if len(data.trend) < 2:
        yield Paragraph(("Chưa có số liệu cân đo của các kỳ trước để so sánh.",))
    else:
        yield trend_table(data.trend)
        for form in (Form.STUNTING, Form.UNDERWEIGHT):
            if (found := reduction(data.trend, form)) is not None:
                since, rate = found
                moved = "giảm" if rate >= 0 else "tăng"
                then = period_text(Period.parse(since.period))
                text = f"Từ {then}, tỷ lệ {NAMES[form]} bình quân mỗi năm {moved} {printed(abs(rate), '%').text}"
                sure = not since.tally.of(form).overlaps(data.trend[-1].tally.of(form))
                yield Paragraph((text + ("." if sure else " (chưa chắc: hai khoảng tin cậy chồng nhau)."),))
    yield from _aims(data)


def _aims(data: NutritionInput) -> Iterator[Block]:
    now = data.found.total.of(Form.STUNTING)
    verdicts = {True: "theo danh sách trẻ đúng lộ trình", False: "theo danh sách trẻ chậm lộ trình",
                None: "quá ít trẻ được cân đo để xét"}  # fmt: skip
    for aim in data.aims:
        text = f"{aim.plan}: tỷ lệ thấp còi còn {printed(aim.target, '%').text} vào năm {aim.year}"
        if aim.required is not None and now.counted:
            text += f"; theo lộ trình đến nay là {printed(aim.required, '%').text}, {verdicts[now.keeps(aim.required)]}"
        yield Paragraph((f"{text}.",))


def _annexes(data: NutritionInput) -> Iterator[Annex]:
    named = period_text(data.period)
    if len(data.units) > 1:
        rows = [(name, group.tally) for (_, name), group in zip(data.units, data.found.communes, strict=True)]
        table = units_table("communes", "Xã, phường", [("", rows)], (data.whole, data.found.total))
        yield Annex(f"Tình trạng dinh dưỡng theo xã {named}", (table,), Orientation.LANDSCAPE)
        return
    held = [(one.key or NO_VILLAGE, one.tally) for groups in data.found.villages.values() for one in groups]
    if any(name != NO_VILLAGE for name, _ in held):
        table = units_table("villages", "Thôn, bản", [("", held)], (data.whole, data.found.total))
        yield Annex(f"Tình trạng dinh dưỡng theo thôn, bản {named}", (table,), Orientation.LANDSCAPE)
