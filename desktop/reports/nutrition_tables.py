"""Tables of the nutrition report: the forms, the groups, the past, the communes and villages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from desktop.domain.growth.levels import Form
from desktop.domain.nutrition import FORMS, Cases, Point, Tally
from desktop.domain.periods import Period
from desktop.reports.model import Align, Cell, Column, Figure, HeadCell, Paragraph, Role, Row, RowKind, Table
from desktop.reports.numbers import NOT_REPORTED_TEXT, interval_text, printed, vietnamese
from desktop.reports.targets_words import period_text, upper_first

_FORMS: Final = {
    Form.STUNTING: "Thấp còi",
    Form.UNDERWEIGHT: "Nhẹ cân",
    Form.WASTING: "Gầy còm",
    Form.OVERWEIGHT: "Thừa cân, béo phì",
}
_SHORT: Final = {**_FORMS, Form.OVERWEIGHT: "Thừa cân"}
HOW: Final = (
    "Tỷ lệ tính trên số trẻ có số đo hợp lý của từng thể (chuẩn WHO 2006). Độ I: từ −3 đến dưới −2 SD; độ II: dưới "
    "−3 SD; thừa cân: cân nặng/chiều cao trên +2 SD, béo phì: trên +3 SD. Khoảng tin cậy 95% theo Wilson."
)


def _number(number: int | None) -> str:
    return NOT_REPORTED_TEXT if number is None else vietnamese(number)


def _percent(name: str, rate: Fraction | None) -> Cell:
    """One decimal without the sign, which stands in the head."""
    return NOT_REPORTED_TEXT if rate is None else Figure(name, printed(rate, "", 1).text, rate)


def _limits(cases: Cases) -> str:
    found = cases.limits
    return NOT_REPORTED_TEXT if found is None else interval_text(found.lower, found.upper, "%").removesuffix("%")


def forms_table(total: Tally) -> Table:
    """A row a form: counted, both grades, rate, limits."""
    heads = ("Thể", "Số trẻ tính được", "Độ I (thừa cân)", "Độ II (béo phì)", "Cộng", "Tỷ lệ (%)", "Khoảng tin cậy 95%")
    columns = (
        Column(Align.LEFT, 36.0, 1.0),
        *(Column(Align.RIGHT, 18.0, 0.2) for _ in heads[1:6]),
        Column(Align.CENTRE, 26.0, 0.3),
    )
    rows = []
    for form in FORMS:
        cases = total.of(form)
        numbers = (cases.counted, cases.first, cases.second, cases.found)
        rate = _percent(f"nutrition.{form}.rate", cases.rate)
        rows.append(Row((_FORMS[form], *map(vietnamese, numbers), rate, _limits(cases))))
    head = (tuple(HeadCell(text) for text in heads),)
    return Table("nutrition_forms", columns, head, tuple(rows), notes=(Paragraph((HOW,), Role.SOURCE),))


def groups_table(parts: Iterable[tuple[str, list[tuple[str, Tally]]]]) -> Table:
    """Groups of children under the title of their grouping: reached, and the rates of all forms."""
    head = (
        (
            HeadCell("Nhóm trẻ", rows=2),
            HeadCell("Danh sách", rows=2),
            HeadCell("Cân đo", rows=2),
            HeadCell("Tỷ lệ (%)", columns=5),
        ),
        (HeadCell("Cân đo"), *(HeadCell(_SHORT[form]) for form in FORMS)),
    )
    columns = (Column(Align.LEFT, 44.0, 1.0), *(Column(Align.RIGHT, 15.0, 0.2) for _ in range(7)))
    rows: list[Row] = []
    for title, groups in parts:
        rows.append(Row((title,), RowKind.GROUP))
        for name, tally in groups:
            rates = (_percent(f"nutrition.{name}.{form}", tally.of(form).rate) for form in FORMS)
            reach = _percent(f"nutrition.{name}.coverage", tally.coverage)
            rows.append(Row((name, _number(tally.listed), vietnamese(tally.measured), reach, *rates)))
    return Table("nutrition_groups", columns, head, tuple(rows), caption="Tình trạng dinh dưỡng theo nhóm trẻ")


def trend_table(trend: Sequence[Point]) -> Table:
    """A row a period: measured, and the rates of all forms."""
    heads = ("Kỳ", "Cân đo", *(f"{_SHORT[form]} (%)" for form in FORMS))
    columns = (Column(Align.LEFT, 40.0, 1.0), *(Column(Align.RIGHT, 20.0, 0.3) for _ in heads[1:]))
    rows = []
    for point in trend:
        rates = (_percent(f"nutrition.{point.period}.{form}", point.tally.of(form).rate) for form in FORMS)
        name = upper_first(period_text(Period.parse(point.period)))
        rows.append(Row((name, vietnamese(point.tally.measured), *rates)))
    return Table("nutrition_trend", columns, (tuple(HeadCell(text) for text in heads),), tuple(rows))


def units_table(
    name: str, title: str, parts: Sequence[tuple[str, Sequence[tuple[str, Tally]]]], total: tuple[str, Tally]
) -> Table:
    """Communes, or villages under the title of their commune: reached, then each form with grades, rate and limits."""
    fixed = (
        HeadCell("TT", rows=2),
        HeadCell(title, rows=2),
        HeadCell("Danh sách", rows=2),
        HeadCell("Cân đo", rows=2),
        HeadCell("%", rows=2),
    )
    head = (
        (*fixed, *(HeadCell(_FORMS[form], columns=4) for form in FORMS)),
        tuple(HeadCell(text) for form in FORMS for text in _grades(form)),
    )
    columns = (
        Column(Align.CENTRE, 8.0, 0.0),
        Column(Align.LEFT, 30.0, 1.0),
        *(Column(Align.RIGHT, 11.0, 0.1) for _ in range(3)),
        *(
            Column(Align.CENTRE if place == 3 else Align.RIGHT, 16.0 if place == 3 else 9.0, 0.1)
            for _ in FORMS
            for place in range(4)
        ),
    )
    rows: list[Row] = []
    for group, tallies in parts:
        rows += [Row((group,), RowKind.GROUP)] if group else []
        rows += [Row((str(place), *_cells(one, tally))) for place, (one, tally) in enumerate(tallies, 1)]
    rows.append(Row(("", *_cells(*total)), RowKind.TOTAL))
    notes = (Paragraph((HOW,), Role.SOURCE),)
    return Table(name, columns, head, tuple(rows), key_columns=2, largest=11, smallest=8, notes=notes)


def _grades(form: Form) -> tuple[str, ...]:
    grades = ("TC", "BP") if form is Form.OVERWEIGHT else ("Độ I", "Độ II")
    return (*grades, "%", "KTC 95%")


def _cells(name: str, tally: Tally) -> Iterator[Cell]:
    yield name
    yield _number(tally.listed)
    yield vietnamese(tally.measured)
    yield _percent(f"nutrition.{name}.coverage", tally.coverage)
    for form in FORMS:
        cases = tally.of(form)
        if not cases.counted:
            yield from (NOT_REPORTED_TEXT,) * 4
            continue
        yield from (vietnamese(cases.first), vietnamese(cases.second))
        yield _percent(f"nutrition.{name}.{form}", cases.rate)
        yield _limits(cases)
