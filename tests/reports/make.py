"""Reports to test with: the sample year of Mù Cang Chải, and documents of any length."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from desktop.domain.findings import Severity
from desktop.domain.periods import Period
from desktop.domain.plans import Comparator
from desktop.domain.plans.intervals import LEVEL, Interval, Method
from desktop.domain.plans.status import Status
from desktop.domain.values import NO, NOT_REPORTED, YES, Ratio, Value, number, ratio, total
from desktop.reports.model import Agency, Block, Document, Paragraph, Signature
from desktop.reports.pdf import Pages, print_pdf
from desktop.reports.targets_input import (
    AnnexCell,
    AnnexColumn,
    AnnexRow,
    AnnexTotal,
    Office,
    PlanPart,
    Reading,
    TargetRow,
    TargetsInput,
)

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "expected.json"
MADE = date(2025, 1, 14)
NAMES = {
    "population": ("Dân số", "người", ""),
    "insured": ("Tham gia BHYT", "người", "Bảo hiểm y tế, quản lý sức khỏe"),
    "health_managed": ("Được quản lý sức khỏe", "người", "Bảo hiểm y tế, quản lý sức khỏe"),
    "ehr": ("Có hồ sơ sức khỏe điện tử", "người", "Bảo hiểm y tế, quản lý sức khỏe"),
    "under1": ("Trẻ dưới 1 tuổi", "trẻ", "Trẻ em dưới 5 tuổi"),
    "fully_vaccinated": ("Tiêm chủng đầy đủ", "trẻ", "Trẻ em dưới 5 tuổi"),
    "under5": ("Trẻ dưới 5 tuổi", "trẻ", "Trẻ em dưới 5 tuổi"),
    "measured": ("Được cân đo", "trẻ", "Trẻ em dưới 5 tuổi"),
    "stunted": ("Thấp còi", "trẻ", "Trẻ em dưới 5 tuổi"),
    "underweight": ("Nhẹ cân", "trẻ", "Trẻ em dưới 5 tuổi"),
    "live_births": ("Trẻ đẻ sống", "trẻ", "Sinh, tử vong"),
    "deaths_under1": ("Tử vong dưới 1 tuổi", "ca", "Sinh, tử vong"),
    "deaths_under5": ("Tử vong dưới 5 tuổi", "ca", "Sinh, tử vong"),
    "maternal_deaths": ("Tử vong mẹ", "ca", "Sinh, tử vong"),
    "doctors": ("Bác sĩ", "người", "Trạm y tế"),
    "ncd_managed": ("Quản lý bệnh KLN", "", "Trạm y tế"),
    "family_medicine": ("Theo nguyên lý YHGĐ", "", "Trạm y tế"),
}


def value(raw: object) -> Value:
    if raw is None:
        return NOT_REPORTED
    return (YES if raw else NO) if isinstance(raw, bool) else number(Decimal(str(raw)))


def sample_values(year: int) -> dict[str, dict[str, Value]]:
    data = json.loads(SAMPLES.read_text(encoding="utf-8"))
    period = data["periods"][f"{year}|tong-hop-{year}.xlsx"]
    return {
        unit: {element: value(cells.get(element)) for element in period["elements"]}
        for unit, cells in period["values"].items()
    }


def reading(year: int, top: str, bottom: str, factor: int) -> Reading:
    pairs = [(cells[top], cells[bottom]) for cells in sample_values(year).values()]
    found = ratio(pairs, factor)
    if not isinstance(found, Ratio):
        return Reading(None, reported=found.reported, expected=found.expected)
    return Reading(found.value, found.numerator, found.denominator, found.reported, found.expected)


def target(
    indicator: str,
    name: str,
    unit: str,
    comparator: str,
    aim: str | None,
    status: Status,
    *,
    year: int = 2025,
    parts: tuple[str, str, int] | None = None,
    lower: bool = False,
    required: str | None = None,
    interval: tuple[str, str] | None = None,
    condition: str = "",
    words: str = "",
    provisional: bool = False,
) -> TargetRow:
    now = reading(2024, *parts) if parts else Reading(None)
    then = reading(2023, *parts) if parts else None
    return TargetRow(
        indicator=indicator,
        name=name,
        unit=unit,
        lower_is_better=lower,
        comparator=Comparator(comparator),
        target=Decimal(aim) if aim else None,
        year=year,
        status=status,
        current=now,
        previous=then,
        required=Fraction(required) if required else None,
        interval=Interval(Fraction(interval[0]), Fraction(interval[1]), LEVEL, Method.POISSON) if interval else None,
        condition=condition,
        words=words,
        provisional=provisional,
    )


INSURED, EHR = ("insured", "population", 100), ("ehr", "population", 100)
STUNTED, LIGHT = ("stunted", "measured", 100), ("underweight", "measured", 100)
UNDER1, UNDER5 = ("deaths_under1", "live_births", 1000), ("deaths_under5", "live_births", 1000)
MOTHERS = ("maternal_deaths", "live_births", 100_000)


def sample_targets() -> tuple[TargetRow, ...]:
    people, care = _of_people(Status)
    return (*people, *_of_mothers_and_children(Status), *care, *_later(Status))


def _of_people(v: type[Status]) -> tuple[tuple[TargetRow, ...], tuple[TargetRow, ...]]:
    people = (
        target("life_expectancy", "Tuổi thọ trung bình", "năm", ">=", "74.5", v.NO_DATA),
        target("healthy_years", "Số năm sống khỏe", "năm", ">=", "68", v.NO_DATA),
        target("insurance_coverage", "Tỷ lệ dân số tham gia bảo hiểm y tế", "%", ">=", "96.5", v.MET, parts=INSURED),
        target(
            "doctors_10000",
            "Số bác sĩ trên 10.000 dân",
            "/10.000",
            ">=",
            "12",
            v.NOT_MEASURABLE,
            parts=("doctors", "population", 10_000),
        ),
        target("criteria_rate", "Tỷ lệ xã đạt tiêu chí quốc gia về y tế", "%", ">=", "90.2", v.NO_DATA),
    )
    care = (
        target(
            "ehr_rate",
            "Tỷ lệ người dân được quản lý sức khỏe bằng hồ sơ sức khỏe điện tử",
            "%",
            ">=",
            "90",
            v.MET,
            parts=EHR,
        ),
        target("satisfaction", "Tỷ lệ hài lòng của người dân với dịch vụ y tế", "%", ">", "90", v.NO_DATA),
    )
    return people, care


def _of_mothers_and_children(v: type[Status]) -> tuple[TargetRow, ...]:
    return (
        target(
            "maternal_ratio",
            "Tỷ số tử vong mẹ",
            "/100.000",
            "<",
            "48",
            v.TOO_FEW,
            parts=MOTHERS,
            lower=True,
            interval=("7.9", "434.1"),
        ),
        target(
            "infant_mortality",
            "Tỷ suất tử vong trẻ em dưới 1 tuổi",
            "‰",
            "<=",
            "12.5",
            v.TOO_FEW,
            parts=UNDER1,
            lower=True,
            interval=("2.1", "13.8"),
            words="giảm xuống còn 12,5‰",
        ),
        target(
            "child_mortality", "Tỷ suất tử vong trẻ em dưới 5 tuổi", "‰", "<=", "18.5", v.MET, parts=UNDER5, lower=True
        ),
        target(
            "underweight_rate",
            "Tỷ lệ suy dinh dưỡng thể nhẹ cân của trẻ em dưới 5 tuổi",
            "%",
            "<=",
            "14",
            v.OFF_TRACK,
            parts=LIGHT,
            lower=True,
            required="14.8",
        ),
        target(
            "stunting_rate",
            "Tỷ lệ suy dinh dưỡng thấp còi của trẻ em dưới 5 tuổi",
            "%",
            "<=",
            "22.2",
            v.OFF_TRACK,
            parts=STUNTED,
            lower=True,
            required="24.3",
        ),
    )


def _later(v: type[Status]) -> tuple[TargetRow, ...]:
    return (
        target(
            "insurance_coverage",
            "Tỷ lệ dân số tham gia bảo hiểm y tế",
            "%",
            ">=",
            "96.5",
            v.MET,
            year=2030,
            parts=INSURED,
        ),
        target(
            "infant_mortality",
            "Tỷ suất tử vong trẻ em dưới 1 tuổi",
            "‰",
            "<=",
            "10",
            v.TOO_FEW,
            year=2030,
            parts=UNDER1,
            lower=True,
            interval=("2.1", "13.8"),
        ),
        target(
            "stunting_rate",
            "Tỷ lệ suy dinh dưỡng thấp còi của trẻ em dưới 5 tuổi",
            "%",
            "<",
            "21.5",
            v.OFF_TRACK,
            year=2030,
            parts=STUNTED,
            lower=True,
            required="25.6",
        ),
        target(
            "ehr_rate",
            "Tỷ lệ người dân được quản lý sức khỏe bằng hồ sơ sức khỏe điện tử",
            "%",
            ">",
            "95",
            v.ON_TRACK,
            year=2030,
            parts=EHR,
            required="91.2",
        ),
    )


def office() -> Office:
    return Office(
        name="Trung tâm Y tế huyện Mù Cang Chải",
        level="district",
        symbol="TTYT",
        place="Mù Cang Chải",
        parent="Sở Y tế tỉnh Yên Bái",
        addressees=("Sở Y tế tỉnh Yên Bái",),
        recipients=("Ủy ban nhân dân huyện (để báo cáo)", "Trung tâm Kiểm soát bệnh tật tỉnh", "Các trạm y tế xã"),
        archive="VT, KHNV",
        posts=("GIÁM ĐỐC",),
    )


def plan(rows: tuple[TargetRow, ...]) -> PlanPart:
    return PlanPart(
        code="62-NQ/TU-yen-bai",
        kind="Nghị quyết",
        symbol="62-NQ/TU",
        issuer="Ban Chấp hành Đảng bộ tỉnh Yên Bái",
        about=(
            "về nâng cao chất lượng bảo vệ và chăm sóc sức khỏe nhân dân giai đoạn 2021 - 2025, định hướng đến năm 2030"
        ),
        targets=rows,
        dated=date(2021, 10, 26),
    )


def sample(year: int = 2024) -> TargetsInput:
    names = json.loads(SAMPLES.read_text(encoding="utf-8"))["units"]
    values = sample_values(year)
    wrong = {("04486", "stunted")}
    doubted = {("04474", each) for each in ("insured", "health_managed", "ehr")}

    def finding(unit: str, element: str) -> Severity | None:
        if (unit, element) in wrong:
            return Severity.ERROR
        return Severity.WARNING if (unit, element) in doubted else None

    rows = tuple(
        AnnexRow(unit, names[unit], tuple(AnnexCell(cells[each], finding(unit, each)) for each in NAMES))
        for unit, cells in values.items()
    )
    people = total(cells["population"] for cells in values.values())
    return TargetsInput(
        office=office(),
        period=Period.of_year(year),
        year=year + 1,
        plans=(plan(sample_targets()),),
        columns=tuple(AnnexColumn(each, *NAMES[each]) for each in NAMES),
        communes=rows,
        totals=tuple(
            AnnexTotal(
                total(cells[each] for cells in values.values()),
                Severity.ERROR if each == "stunted" else Severity.WARNING if ("04474", each) in doubted else None,
            )
            for each in NAMES
        ),
        population=Reading(people.value.number, reported=people.reported, expected=people.expected),
        population_source="Dân số trung bình năm 2024 do các xã báo cáo, tạm tính",
        parts="xã, thị trấn",
    )


def many_communes(count: int, *, columns: int | None = None) -> TargetsInput:
    """The sample with so many communes, and so many columns."""
    whole = sample()
    rows = whole.communes
    more = tuple(
        replace(rows[at % len(rows)], unit=f"{at:05d}", name=f"{rows[at % len(rows)].name} {at // len(rows) + 1}")
        for at in range(count)
    )
    data = replace(whole, communes=more)
    if columns is None:
        return data
    places = [at % len(whole.columns) for at in range(columns)]
    return replace(
        data,
        columns=tuple(replace(whole.columns[at], element=f"e{number}") for number, at in enumerate(places)),
        communes=tuple(replace(row, cells=tuple(row.cells[at] for at in places)) for row in more),
        totals=tuple(whole.totals[at] for at in places),
    )


def document(blocks: Sequence[Block] = (), **changes: object) -> Document:
    """A short report to change."""
    made = Document(
        agency=Agency("Trung tâm Y tế huyện Mù Cang Chải", "TTYT", "Sở Y tế tỉnh Yên Bái"),
        place="Mù Cang Chải",
        year=2025,
        type="BÁO CÁO",
        type_symbol="BC",
        subject="Kết quả thực hiện các chỉ tiêu y tế năm 2024",
        addressees=("Sở Y tế tỉnh Yên Bái",),
        blocks=tuple(blocks),
        closing=Paragraph(("Trên đây là báo cáo của Trung tâm Y tế huyện Mù Cang Chải, kính báo cáo Sở Y tế./.",)),
        recipients=("Như trên", "Lưu: VT, KHNV"),
        signature=Signature(("GIÁM ĐỐC",), "Hoàng Văn Sơn"),
    )
    return replace(made, **changes)


def printed(made: Document) -> tuple[bytes, Pages]:
    """The PDF and its pages."""
    out = io.BytesIO()
    pages = print_pdf(made, out, made=MADE)
    return out.getvalue(), pages
