"""The two tables of the report of targets: every target of a plan, and the communes of the annex."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from desktop.domain.findings import Severity
from desktop.domain.values import State, Value
from desktop.reports.model import (
    Align,
    Cell,
    Column,
    Figure,
    HeadCell,
    Paragraph,
    Role,
    Row,
    RowKind,
    Table,
)
from desktop.reports.numbers import (
    ESTIMATED_SIGN,
    LEGEND,
    NOT_APPLICABLE_TEXT,
    NOT_REPORTED_TEXT,
    UNKNOWN_TEXT,
    ZERO_TEXT,
    percent_of,
    roman,
    with_unit,
)
from desktop.reports.targets_input import (
    AnnexCell,
    AnnexTotal,
    Ground,
    PlanPart,
    Reading,
    TargetRow,
    TargetsInput,
)
from desktop.reports.targets_words import (
    ESTIMATED_LEGEND,
    UNIT_COLUMN,
    UNKNOWN_LEGEND,
    change,
    change_short,
    count_text,
    current_printed,
    period_text,
    previous_printed,
    target_words,
    upper_first,
    verdict_text,
    whole_text,
)

MARKS: Final = {Severity.ERROR: "*", Severity.WARNING: "**"}
WIDE: Final = (8, 36, 14, 20.5, 14, 14, 22.5, 20, 12.5)
NARROW: Final = (8, 34, 13, 19, 13, 13, 15, 13, 18, 11)
MARK_LEGEND: Final = {
    Severity.ERROR: "*: số liệu sai, giữ nguyên như đã báo cáo, cần kiểm tra lại",
    Severity.WARNING: "**: số liệu cần kiểm tra lại",
}


def targets_table(part: PlanPart, data: TargetsInput, number: int) -> Table:
    """Every target of a plan, under the year it is for."""
    counts = any(_has_percent(row) for row in part.targets)
    least = NARROW if counts else WIDE
    aligns = [Align.CENTRE, Align.LEFT, Align.CENTRE, Align.CENTRE, Align.RIGHT, Align.RIGHT, Align.RIGHT]
    aligns += [Align.RIGHT, Align.CENTRE, Align.CENTRE] if counts else [Align.CENTRE, Align.CENTRE]
    columns = [Column(align, each, share=float(align is Align.LEFT)) for align, each in zip(aligns, least, strict=True)]
    heads = [
        "TT",
        "Chỉ tiêu",
        "Đơn vị tính",
        "Mục tiêu",
        upper_first(f"cùng kỳ {period_text(data.period.same_last_year())}"),
        upper_first(f"thực hiện {period_text(data.period)}"),
        "So với cùng kỳ",
        *(("% kế hoạch",) if counts else ()),
        "Đánh giá",
        "Số xã có số liệu",
    ]
    return Table(
        name=f"targets.{part.code}",
        columns=tuple(columns),
        head=(tuple(HeadCell(text) for text in heads),),
        rows=tuple(_target_rows(part, counts=counts)),
        caption=f"Bảng {number}. Kết quả thực hiện các mục tiêu của {part.kind} số {part.symbol}",
        key_columns=2,
        legend=_targets_legend(part.targets),
        largest=11,
        smallest=9,
    )


def _has_percent(row: TargetRow) -> bool:
    return row.is_count and bool(row.target) and row.current.value is not None


def _targets_legend(rows: tuple[TargetRow, ...]) -> str:
    words = ["…: chưa có số liệu"]
    if any(_has_percent(row) for row in rows) and not all(row.is_count for row in rows):
        words.append("x: không áp dụng")
    if any(row.provisional for row in rows):
        words.append("tạm tính: dưới 80% số xã có số liệu")
    readings = [reading for row in rows for reading in (row.current, row.previous) if reading is not None]
    words += _ground_legend({reading.ground for reading in readings})
    return "; ".join(words) + "."


def _ground_legend(found: set[Ground]) -> list[str]:
    legends = {Ground.UNKNOWN: UNKNOWN_LEGEND, Ground.ESTIMATED: ESTIMATED_LEGEND}
    return [text for ground, text in legends.items() if ground in found]


def _target_rows(part: PlanPart, *, counts: bool) -> Iterable[Row]:
    years = sorted({row.year for row in part.targets}, key=lambda year: (year is None, year or 0))
    for place, year in enumerate(years, 1):
        title = f"Mục tiêu đến năm {year}" if year else "Mục tiêu không ghi năm"
        yield Row((roman(place), title), RowKind.GROUP)
        of_year = [row for row in part.targets if row.year == year]
        for number, row in enumerate(of_year, 1):
            yield Row(_target_cells(part, row, number, counts=counts))


def _target_cells(part: PlanPart, row: TargetRow, number: int, *, counts: bool) -> tuple[Cell, ...]:
    name = f"{part.code}.{row.indicator}.{row.year or 'all'}"
    now, then, moved = current_printed(row), previous_printed(row), change(row)
    percent = percent_of(now, row.target) if now and row.is_count and row.target is not None else None
    past = row.previous or Reading(None)
    version = row.current.version
    cells: list[Cell] = [
        str(number),
        f"{row.name} (cộng {row.pooled_years} năm)" if row.pooled_years > 1 else row.name,
        UNIT_COLUMN.get(row.unit, row.unit),
        target_words(row) or NOT_REPORTED_TEXT,
        Figure(f"{name}.previous", marked(then.text, past.ground), past.value, past.version) if then else _none(past),
        Figure(f"{name}.value", marked(now.text, row.current.ground), row.current.value, version)
        if now
        else _none(row.current),
        Figure(f"{name}.change", change_short(row), None, version) if moved is not None else NOT_REPORTED_TEXT,
    ]
    if counts and not row.is_count:
        cells.append(NOT_APPLICABLE_TEXT)
    elif counts:
        cells.append(NOT_REPORTED_TEXT if percent is None else Figure(f"{name}.percent", with_unit(percent, "%")))
    rests = f"{row.current.reported}/{row.current.expected}" if row.current.expected else NOT_REPORTED_TEXT
    return (*cells, verdict_text(row), rests)


def _none(reading: Reading) -> str:
    return UNKNOWN_TEXT if reading.ground is Ground.UNKNOWN else NOT_REPORTED_TEXT


def marked(text: str, ground: Ground) -> str:
    """A figure's text with the sign of an estimate."""
    return f"{ESTIMATED_SIGN}{text}" if ground is Ground.ESTIMATED else text


def communes_table(data: TargetsInput) -> Table:
    """The elements of every commune, their totals and how many communes reported each."""
    states = [{row.cells[at].value.state for row in data.communes} for at in range(len(data.columns))]
    yes_no = [bool(found & {State.YES, State.NO}) for found in states]
    return Table(
        name="communes",
        columns=(
            Column(Align.CENTRE, least=9, share=0),
            Column(Align.LEFT, least=24, share=0),
            *(Column(Align.CENTRE if each else Align.RIGHT, least=11) for each in yes_no),
        ),
        head=_communes_head(data),
        rows=tuple(_commune_rows(data)),
        key_columns=2,
        legend=_communes_legend(data),
        notes=_sources(data),
        largest=12,
        smallest=9,
    )


def _communes_head(data: TargetsInput) -> tuple[tuple[HeadCell, ...], ...]:
    names = [f"{column.name} ({column.unit})" if column.unit else column.name for column in data.columns]
    first = upper_first(data.parts)
    if not any(column.section for column in data.columns):
        return ((HeadCell("TT"), HeadCell(first), *(HeadCell(name) for name in names)),)
    top: list[HeadCell] = [HeadCell("TT", rows=2), HeadCell(first, rows=2)]
    below: list[HeadCell] = []
    at = 0
    while at < len(names):
        section, end = data.columns[at].section, at + 1
        while end < len(names) and data.columns[end].section == section:
            end += 1
        if section:
            top.append(HeadCell(section, columns=end - at))
            below += [HeadCell(name) for name in names[at:end]]
        else:
            top += [HeadCell(name, rows=2) for name in names[at:end]]
        at = end
    return tuple(top), tuple(below)


def _commune_rows(data: TargetsInput) -> Iterable[Row]:
    period = data.period.id
    for number, commune in enumerate(data.communes, 1):
        cells = (
            Figure(
                f"{column.element}.{commune.unit}.{period}",
                cell_text(cell),
                cell.value.number,
                cell.version,
                _mark(cell),
            )
            for column, cell in zip(data.columns, commune.cells, strict=True)
        )
        yield Row((str(number), commune.name, *cells))
    whole = whole_text(data.office.level, data.office.name)
    yield Row(("", whole, *(_total_cell(data, at, each) for at, each in enumerate(data.totals))), RowKind.TOTAL)
    reported = (f"{each.total.reported}/{each.total.expected}" for each in data.totals)
    yield Row(("", "Số xã có số liệu", *reported), RowKind.TOTAL)


def _total_cell(data: TargetsInput, at: int, each: AnnexTotal) -> Figure:
    return Figure(
        f"{data.columns[at].element}.total.{data.period.id}",
        UNKNOWN_TEXT if each.ground is Ground.UNKNOWN else marked(value_text(each.total.value), each.ground),
        each.total.value.number,
        each.version,
        _mark(each),
    )


def _mark(cell: AnnexCell | AnnexTotal) -> str:
    return MARKS.get(cell.finding, "") if cell.finding and cell.ground is not Ground.UNKNOWN else ""


def cell_text(cell: AnnexCell) -> str:
    """A commune's figure on paper; one that rests on some of its parts only says on how many."""
    if cell.ground is Ground.UNKNOWN:
        return UNKNOWN_TEXT
    text = marked(value_text(cell.value), cell.ground)
    reported, expected = cell.counts
    if cell.counts_yes and cell.value.number is not None:
        return f"{text}/{reported} có"
    return f"{text} ({reported}/{expected})" if 0 < reported < expected else text


def value_text(value: Value) -> str:
    """A stored value on paper: 0, x, "…", Có, Không, the text or the number as stored."""
    match value.state:
        case State.ZERO:
            return ZERO_TEXT
        case State.NOT_APPLICABLE:
            return NOT_APPLICABLE_TEXT
        case State.NOT_REPORTED:
            return NOT_REPORTED_TEXT
        case State.YES:
            return "Có"
        case State.NO:
            return "Không"
        case State.TEXT:
            return value.text or ""
        case State.NUMBER:
            return count_text(value.number) if value.number is not None else ""


def _communes_legend(data: TargetsInput) -> str:
    found = {cell.finding for row in data.communes for cell in row.cells} | {each.finding for each in data.totals}
    marks = [MARK_LEGEND[each] for each in (Severity.ERROR, Severity.WARNING) if each in found]
    grounds = {cell.ground for row in data.communes for cell in row.cells} | {each.ground for each in data.totals}
    if any(0 < cell.counts[0] < cell.counts[1] for row in data.communes for cell in row.cells):
        marks.append("(a/b): a trong b xã hợp thành có số liệu")
    return "; ".join((LEGEND.rstrip("."), *marks, *_ground_legend(grounds))) + "."


def _sources(data: TargetsInput) -> tuple[Paragraph, ...]:
    source = data.population_source.rstrip(".")
    return (Paragraph((f"Nguồn số liệu dân số: {source}.",), Role.SOURCE),) if source else ()
