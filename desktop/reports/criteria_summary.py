"""Communes by criteria on a landscape sheet: the summary to be signed, and the heat table with its grounds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Final

from desktop.domain.criteria.bands import Band, band
from desktop.domain.criteria.scoring import CriterionScore, Verdict
from desktop.reports import criteria_words as words
from desktop.reports.criteria_input import SummaryInput, SummaryLine
from desktop.reports.model import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Figure,
    HeadCell,
    Layout,
    Orientation,
    Paragraph,
    Role,
    Row,
    RowKind,
    Signature,
    Table,
)
from desktop.reports.numbers import NOT_REPORTED_TEXT
from desktop.reports.office_paper import office_paper
from desktop.reports.targets_words import lower_first, short_date, upper_first

GROUNDS: Final = {
    Band.UNDER: "B4472B",
    Band.LOW: "F3BE96",
    Band.MIDDLE: "FBE8D3",
    Band.GOOD: "E1ECF5",
    Band.HIGH: "B3D0E7",
    Band.FULL: "7FB1D8",
}
"""look.md 10: in grey print the number and the mark of what lies under its floor decide."""
BANDS: Final = (
    "Nền theo % của điểm tối đa, từ đậm nâu đến đậm xanh: dưới sàn (chữ trắng); dưới 65%; 65–80%; 80–90%; "
    "90–100%; đủ điểm. *: dưới sàn hoặc có điểm liệt. …: chưa chấm."
)


def summary(data: SummaryInput) -> Document:
    """Bảng tổng hợp of the office's communes."""
    return _paper(data, ("BẢNG TỔNG HỢP", "BTH"), f"Điểm {words.NAME}", colours=False)


def heat(data: SummaryInput) -> Document:
    """The heat table as it is seen in the window, for the wall."""
    made = _paper(data, ("BẢNG ĐIỂM", "BĐ"), words.NAME, colours=True)
    return replace(made, recipients=(), signature=Signature(()), dated=data.made, layout=Layout.LISTING)


def _paper(data: SummaryInput, kind: tuple[str, str], what: str, *, colours: bool) -> Document:
    """A sheet to be signed says whose layout it is; a print-out of the screen ends without the stroke that closes."""
    above: tuple[Block, ...] = () if colours else (Paragraph((words.own_layout(data.criteria),), Role.SOURCE),)
    return office_paper(
        data.office,
        year=data.made.year,
        kind=kind,
        subject=f"{what} năm {data.year} theo {data.part_word}",
        blocks=(*above, summary_table(data, colours=colours)),
        closing=f"{_closing(data)}." if colours else f"{_closing(data)}./.",
        recipients=data.office.recipients,
        orientation=Orientation.LANDSCAPE,
    )


def _closing(data: SummaryInput) -> str:
    count = len(data.lines)
    share = f" ({words.percent(Fraction(data.passing * 100, count))})" if count else ""
    told = f"Theo điểm, {data.passing}/{count} {data.part_word} đạt{share}"
    valid, whole = data.recognised
    day = short_date(data.counted_on)
    return f"{told}; {valid}/{whole} {data.part_word} có quyết định công nhận còn hiệu lực ngày {day}"


def summary_table(data: SummaryInput, *, colours: bool = False) -> Table:
    """A row a commune, a column a criterion with maximum and floor over it."""
    one = data.criteria
    whole = sum((part.maximum or Fraction(0) for part in one.criteria), Fraction(0))
    limits = [_limits(part.maximum, one.floor_share) for part in one.criteria]
    first = ("TT", upper_first(data.part_word), "Vùng")
    last = ("Kết luận", "Dư (+), thiếu (−)", "Công nhận đến")
    head = (
        (
            *(HeadCell(text, rows=2) for text in first),
            *(HeadCell(f"TC {part.number}") for part in one.criteria),
            HeadCell("Tổng điểm"),
            *(HeadCell(text, rows=2) for text in last),
        ),
        (*(HeadCell(text) for text in limits), HeadCell(_limits(whole if one.is_whole else None, one.total_share))),
    )
    count = len(one.criteria)
    widths = (8.0, 30.0, 10.0, *(13.0 for _ in range(count)), 17.0, 17.0, 14.0, 20.0)
    aligns = (Align.CENTRE, Align.LEFT, Align.CENTRE, *(Align.CENTRE if colours else Align.RIGHT for _ in range(count)),
              Align.RIGHT, Align.LEFT, Align.RIGHT, Align.CENTRE)  # fmt: skip
    columns = tuple(
        Column(align, width, 1.0 if place == 1 else 0.15)
        for place, (align, width) in enumerate(zip(aligns, widths, strict=True))
    )
    rows = [Row(_cells(data, line, place, colours=colours)) for place, line in enumerate(data.lines, 1)]
    if data.means:
        rows.append(Row(_means(data), RowKind.TOTAL))
    named = "; ".join(f"{part.number} {lower_first(part.name)}" for part in one.criteria)
    notes = [Paragraph((f"TC: tiêu chí, dưới đó là điểm tối đa (sàn). {upper_first(named)}.",), Role.SOURCE)]
    others = sorted({line.set_name for line in data.lines if line.set_name and line.set_name != one.name})
    if others:
        notes.append(Paragraph((f"Có {data.part_word} chấm theo bộ khác: {'; '.join(others)}.",), Role.SOURCE))
    legend = BANDS if colours else words.LEGEND
    return Table(
        "criteria.summary", columns, head, tuple(rows), key_columns=2, legend=legend, notes=tuple(notes),
        largest=11, smallest=8,
    )  # fmt: skip


def _limits(most: Fraction | None, share: Fraction) -> str:
    """The maximum and what is needed of it: 14 (7)."""
    return "" if most is None else f"{words.points(most)} ({words.points(most * share)})"


def _cells(data: SummaryInput, line: SummaryLine, place: int, *, colours: bool) -> tuple[Cell, ...]:
    parts = {part.criterion.number: part for part in line.judged.criteria}
    scores = [_score(parts.get(one.number), line, colours=colours) for one in data.criteria.criteria]
    judged = line.judged
    margin = NOT_REPORTED_TEXT
    if line.surplus is not None:
        margin = f"+{words.total(line.surplus)}" if line.surplus >= 0 else words.total(line.surplus)
    verdict = words.VERDICTS[judged.verdict]
    if judged.verdict is Verdict.NOT_JUDGED and judged.by is None:
        verdict = "Chưa chấm"
    until = short_date(line.recognised_until) if line.recognised_until else ""
    return (
        str(place),
        line.name,
        str(line.zone or ""),
        *scores,
        Figure(f"criteria.{line.name}.total", words.total(judged.total), judged.total),
        verdict,
        margin,
        until,
    )


def _score(part: CriterionScore | None, line: SummaryLine, *, colours: bool) -> Cell:
    if part is None or part.score is None:
        return NOT_REPORTED_TEXT
    step = band(part.score, part.maximum, part.floor)
    mark = "*" if step is Band.UNDER or part.criterion.number in line.knocked else ""
    name = f"criteria.{line.name}.{part.criterion.number}"
    ground = GROUNDS.get(step, "") if colours else ""
    return Figure(
        name, words.points(part.score), part.score, mark=mark, ground=ground, light=step is Band.UNDER and colours
    )


def _means(data: SummaryInput) -> tuple[Cell, ...]:
    totals = [line.judged.total for line in data.lines if line.judged.total is not None]
    mean = sum(totals, Fraction(0)) / len(totals) if totals else None
    scores = [words.mean(data.means.get(one.number)) for one in data.criteria.criteria]
    share = f"{data.passing}/{len(data.lines)} đạt"
    return ("", "Trung bình", "", *scores, words.mean(mean), share, "", "")
