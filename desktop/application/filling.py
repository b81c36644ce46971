"""Điền vào mẫu: figures of the record put into somebody else's workbook, shown before anything is saved."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.application import catalogue
from desktop.application.figures import Figure, figures, official, summed
from desktop.application.import_files import known_units, read_bytes, sender_of
from desktop.application.learned import learned
from desktop.application.offices import communes_of, office_of
from desktop.application.records import Record
from desktop.application.sheets_of_ours import Written, put_file
from desktop.domain.elements import Element, ValueType
from desktop.domain.findings import Finding, Severity
from desktop.domain.legacy_text import Encoding
from desktop.domain.periods import Period
from desktop.domain.values import Kind, State, Value, plain
from desktop.errors import AppError
from desktop.system.i18n import shown
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.exchange.fill.places import Search, SheetTargets, Target
    from desktop.exchange.grid import Raw, Sheet, Workbook
    from desktop.exchange.reading import ColumnTaken
    from desktop.exchange.unit_names import KnownUnit

_WHOLE: Final = 9_007_199_254_740_992
_PLACEHOLDER: Final = re.compile(r"\s*(?:[.…_]\s*)+")
_LARGEST_MERGE: Final = 100_000


class Action(StrEnum):
    """What becomes of a cell: written, written over, left because it says the same, because it says something else,
    because it is a formula or part of a merged block, or because the record has no figure for it.
    """

    WRITE = "write"
    REPLACE = "replace"
    SAME = "same"
    KEPT = "kept"
    FORMULA = "formula"
    MERGED = "merged"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FillCell:
    """One cell of the workbook that is for a figure: what will stand in it (`text`), what stands in it (`held`)."""

    sheet: str
    row: int
    column: str
    unit: str
    unit_name: str
    element: str
    value: Value
    text: str
    held: str
    action: Action


@dataclass(frozen=True, slots=True)
class FillPlan:
    """What filling would do; nothing is written yet. `columns`: for each sheet what its columns were taken for."""

    file: Path
    data: bytes
    period: Period
    cells: tuple[FillCell, ...]
    findings: tuple[Finding, ...]
    columns: Mapping[str, tuple[ColumnTaken, ...]]
    encodings: Mapping[str, Encoding]
    percents: Mapping[str, frozenset[tuple[int, int]]]
    sender: str = ""

    @property
    def writes(self) -> tuple[FillCell, ...]:
        """The cells that will be written."""
        return tuple(cell for cell in self.cells if cell.action in (Action.WRITE, Action.REPLACE))


def plan_fill(
    record: Record,
    *,
    file: Path,
    period: Period,
    kind: Kind | None = None,
    encoding: Encoding | None = None,
    replace: bool = False,
    sender: str | None = None,
) -> FillPlan:
    """Find the cells of a workbook that are for figures of the record, and say what would be written into each.

    Without `kind` the title decides. Only .xlsx and .xlsm can be filled (AppError `only_xlsx`).
    """
    from desktop.exchange.fill.book import formula_places, is_signed
    from desktop.exchange.fill.places import Search
    from desktop.exchange.workbook import read_workbook

    data = read_bytes(file)
    workbook = read_workbook(data, file.name)
    if workbook.kind != "xlsx":
        raise AppError(
            "only_xlsx",
            say("Only .xlsx and .xlsm workbooks can be filled in place."),
            say("Open {file} in Excel or LibreOffice, save it as .xlsx, and fill that.", file=file.name),
        )
    whose = sender if sender is not None else sender_of(workbook)
    settled = learned(record, sender=whose)
    elements = tuple(one for one in catalogue.catalogue(record).elements.values() if one.level == "commune")
    search = Search(
        elements, lambda on: known_units(record, on, settled), period, kind, encoding, settled.headings or None
    )
    found = _found(record, workbook, search)
    work = _Filling(record, workbook, period, formula_places(data), replace=replace)
    cells = tuple(cell for sheet in found for cell in work.cells(sheet))
    told = [finding for sheet in found for finding in sheet.findings]
    if any(sheet.targets for sheet in found) or any(finding.rule != "import.no_table" for finding in told):
        # covers and notes beside the tables need no figures
        told = [finding for finding in told if finding.rule != "import.no_table"]
    findings = [*told, *work.findings]
    if not any(sheet.targets for sheet in found) and not findings:
        findings.append(_nothing(file.name))
    if is_signed(data):
        message = say("The signature of the workbook will not hold once it is filled in.")
        findings.append(Finding("fill.signed", Severity.WARNING, message, file=file.name))
    columns = {sheet.sheet: sheet.reading.columns for sheet in found}
    encodings = {sheet.sheet: sheet.encoding for sheet in found}
    percents = {sheet.name: sheet.percents for sheet in workbook.sheets}
    return FillPlan(file, data, period, cells, tuple(findings), columns, encodings, percents, whose)


def write_fill(*, plan: FillPlan, out: Path, without: Collection[tuple[str, int, str]] = ()) -> Written:
    """Save the filled workbook under another name; `without` are (sheet, row, column) a person took out."""
    from desktop.exchange.fill.book import fill_book, own_suffix
    from desktop.exchange.grid import column_number

    if out.resolve() == plan.file.resolve():
        raise AppError(
            "same_file",
            say("The filled workbook would lie over the one it is made from."),
            say("Choose another file name: the workbook itself is never written over."),
        )
    kinds = {plan.file.suffix.lower(), own_suffix(plan.data)} & {".xlsx", ".xlsm"}
    if out.suffix.lower() not in kinds:
        raise AppError(
            "only_xlsx",
            say("The filled workbook is of the same kind as the one it is made from."),
            say("Choose a file name that ends in {suffix}.", suffix=own_suffix(plan.data)),
        )
    cells: dict[str, dict[tuple[int, int], int | Decimal | str]] = {}
    count = 0
    for cell in plan.writes:
        if (cell.sheet, cell.row, cell.column) in without:
            continue
        place = (cell.row, column_number(cell.column))
        percent = place in plan.percents.get(cell.sheet, frozenset())
        content = _content(cell, plan.encodings.get(cell.sheet, Encoding.UNICODE), percent=percent)
        cells.setdefault(cell.sheet, {})[place] = content
        count += 1
    return Written(put_file(out, fill_book(plan.data, cells)), count)


def _found(record: Record, workbook: Workbook, search: Search) -> list[SheetTargets]:
    """The cells for communes; in sheets that name none of them, those for the office itself."""
    from desktop.exchange.fill.places import find_targets

    found = find_targets(workbook, search)
    own = _own_unit(record, search.period)
    if own is None or all(sheet.targets for sheet in found):
        return found
    with_office = replace(search, units=lambda on: [*search.units(on), own])
    again = {sheet.sheet: sheet for sheet in find_targets(workbook, with_office)}
    return [sheet if sheet.targets else again[sheet.sheet] for sheet in found]


def _own_unit(record: Record, period: Period) -> KnownUnit | None:
    from desktop.exchange.unit_names import KnownUnit

    own = office_of(record, on=period.last)
    if own is None or own.level == "commune":
        return None
    return KnownUnit(own.spoken_unit, own.unit_name, (own.name,))


class _Filling:
    """The figures of a record beside the cells of one workbook."""

    def __init__(
        self,
        record: Record,
        workbook: Workbook,
        period: Period,
        formulas: Mapping[str, frozenset[tuple[int, int]]],
        *,
        replace: bool,
    ) -> None:
        self.formulas = formulas
        self.record, self.workbook, self.period, self.replace = record, workbook, period, replace
        self.elements = catalogue.catalogue(record).elements
        self.communes = communes_of(record, on=period.last)
        self.by_code = {commune.code: commune for commune in self.communes}
        self.own = office_of(record, on=period.last)
        self.sheets: dict[str, Sheet] = {sheet.name: sheet for sheet in workbook.sheets}
        self.findings: list[Finding] = []
        self._held: dict[Kind, dict[str, dict[str, Figure]]] = {}
        self._hidden: dict[str, frozenset[tuple[int, int]]] = {}

    def cells(self, sheet: SheetTargets) -> Iterable[FillCell]:
        """What becomes of each cell of a sheet."""
        from desktop.exchange.grid import column_letter

        unknown = 0
        for target in sheet.targets:
            element = self.elements[target.element]
            value = self._value(target, sheet.reading.kind)
            action = self._action(target, sheet.sheet, element, value)
            unknown += action is Action.UNKNOWN
            cell = FillCell(
                sheet.sheet,
                target.row,
                column_letter(target.column),
                target.unit,
                self.by_code[target.unit].name if target.unit in self.by_code else self.own.name if self.own else "",
                target.element,
                value if value is not None else Value(State.NOT_REPORTED),
                printed(value, element) if value is not None else "",
                _held(target.held),
                action,
            )
            self._say(cell)
            yield cell
        if unknown:
            message = say("{count} empty cells have no figure in the record and stay empty.", count=unknown)
            self.findings.append(
                Finding("fill.no_figure", Severity.NOTE, message, file=self.workbook.file, sheet=sheet.sheet)
            )

    def _value(self, target: Target, kind: Kind) -> Value | None:
        if kind not in self._held:
            self._held[kind] = figures(self.record, period=self.period, kind=kind)
        found = self._held[kind]
        if target.unit in self.by_code:
            figure = found.get(self.by_code[target.unit].uid, {}).get(target.element)
            return figure.value if figure is not None else None
        counted = official(self.record, self.period, found) if kind is Kind.ACTUAL else found
        total = summed(self.communes, counted, target.element)
        return total.value if total.reported else None

    def _action(self, target: Target, sheet: str, element: Element, value: Value | None) -> Action:
        from desktop.exchange.cells import read_cell
        from desktop.exchange.grid import Uncomputed

        if self._covered(sheet, target):
            return Action.MERGED
        if isinstance(target.held, Uncomputed) or (target.row, target.column) in self.formulas.get(sheet, ()):
            return Action.FORMULA
        if value is None:
            return Action.UNKNOWN if target.held == "" or _is_placeholder(target.held) else Action.SAME
        if target.held == "" or _is_placeholder(target.held):
            return Action.WRITE
        stands = read_cell(target.held, element, shown_as_percent=self._percent(sheet, target)).value
        if stands == value:
            return Action.SAME
        return Action.REPLACE if self.replace else Action.KEPT

    def _percent(self, sheet: str, target: Target) -> bool:
        return (target.row, target.column) in self.sheets[sheet].percents

    def _covered(self, sheet: str, target: Target) -> bool:
        """Whether the cell lies in a merged block and is not its first: what is written there is never seen."""
        if sheet not in self._hidden:
            self._hidden[sheet] = frozenset(_covered_cells(self.sheets[sheet].merged or ()))
        return (target.row, target.column) in self._hidden[sheet]

    def _say(self, cell: FillCell) -> None:
        said: dict[Action, tuple[str, Sentence, Sentence | None]] = {
            Action.KEPT: (
                "fill.kept",
                say(
                    "The cell holds {held}; the record says {ours}. It was left as it is.",
                    held=cell.held,
                    ours=cell.text,
                ),
                say("Fill again with replacing if the record is right."),
            ),
            Action.FORMULA: (
                "fill.formula",
                say("The cell holds a formula and was left as it is; the record says {ours}.", ours=cell.text),
                None,
            ),
            Action.MERGED: ("fill.merged", say("The cell lies inside merged cells and was left as it is."), None),
        }
        if cell.action not in said:
            return
        rule, message, advice = said[cell.action]
        place = Finding(rule, Severity.WARNING, message, advice, file=self.workbook.file, sheet=cell.sheet)
        self.findings.append(
            replace(
                place,
                row=cell.row,
                column=cell.column,
                unit=cell.unit,
                period=self.period.id,
                element=cell.element,
            )
        )


def _is_placeholder(raw: Raw) -> bool:
    """Dots or lines to write on: an empty place of a printed form."""
    return isinstance(raw, str) and bool(_PLACEHOLDER.fullmatch(raw))


def _covered_cells(merges: Iterable[tuple[int, int, int, int]]) -> Iterator[tuple[int, int]]:
    for top, left, bottom, right in merges:
        if (bottom - top + 1) * (right - left + 1) <= _LARGEST_MERGE:
            for row in range(top, bottom + 1):
                yield from ((row, column) for column in range(left, right + 1) if (row, column) != (top, left))


def printed(value: Value, element: Element) -> str:
    """A figure as it will read in the workbook: 0, x (not applicable), … (not reported), 1.234."""
    if value.amount is not None:
        return shown(Decimal(plain(value) or "0"), "vi")
    return str(_word(value, element))


def _word(value: Value, element: Element) -> str:
    words = element.type is ValueType.YES_NO
    told = {
        State.YES: "x",
        State.NO: "không",
        State.NOT_APPLICABLE: "không áp dụng" if words else "x",
        State.NOT_REPORTED: "…",
    }
    return told.get(value.state, value.text or "")


def _content(cell: FillCell, encoding: Encoding, *, percent: bool) -> int | Decimal | str:
    """What is written into the cell: a number (a hundredth where it is shown as a per cent), or a text."""
    if cell.value.amount is None:
        ascii_words = {"…": "...", "không": "ko", "không áp dụng": "k/a"}
        return cell.text if encoding is Encoding.UNICODE else ascii_words.get(cell.text, cell.text)
    exact = Decimal(plain(cell.value) or "0")
    exact = exact / 100 if percent else exact
    whole = exact == exact.to_integral_value()
    return int(exact) if whole and abs(exact) < _WHOLE else exact


def _held(raw: Raw) -> str:
    from desktop.exchange.grid import CellError, Uncomputed

    if isinstance(raw, Uncomputed):
        return f"={raw.formula}"
    if isinstance(raw, CellError):
        return raw.shown
    if isinstance(raw, float):
        return shown(Decimal(format(raw, ".15g")), "vi")
    return str(raw)


def _nothing(file: str) -> Finding:
    message = say("No empty cell of this workbook belongs to a figure of this record.")
    advice = say("Look whether its headings, units and period are those of this record.")
    return Finding("fill.nothing", Severity.ERROR, message, advice, file=file)
