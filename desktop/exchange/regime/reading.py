"""Reading a regime's workbook into the tree of a catalogue file; every fault names sheet, row and column."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.findings import Finding, Severity
from desktop.domain.text import fold
from desktop.exchange.catalogue_file import FORMAT, CatalogueFile, catalogue_of
from desktop.exchange.catalogue_file import HEADER as FIELDS
from desktop.exchange.grid import CellError, Raw, Sheet, Uncomputed, Workbook, column_letter
from desktop.exchange.marked_yaml import Marked, Node
from desktop.exchange.regime.cells import node, through_merges
from desktop.exchange.regime.columns import HEADER, NO, PAGES, PARTS, YES, Column, Page
from desktop.wording import Sentence, say

_HEADING_WITHIN: Final = 12
_LISTS: Final = tuple(name for name in FIELDS if name in {page.key for page in PAGES})


@dataclass(frozen=True, slots=True)
class _Place:
    sheet: str
    row: int | None
    column: int | None = None


def is_regime(book: Workbook) -> bool:
    """Whether a workbook has a sheet of ours: one that is named so and has a heading for codes."""
    return any(page is not None and _heading(sheet, page) for sheet in book.sheets for page in [_page(sheet)])


def read_regime(book: Workbook) -> tuple[CatalogueFile, list[Finding]]:
    """The definitions of a workbook; what has an error is left out of the result and named in the findings."""
    marked = _Marked(book.file)
    reader = _Reader(marked)
    for sheet in book.sheets:
        page = _page(sheet)
        heading = _heading(sheet, page) if page else None
        if page and heading:
            reader.say_hidden(sheet)
            reader.take(through_merges(sheet), page, *heading)
        elif page:
            reader.say_no_heading(sheet, page)
    return catalogue_of(reader.root(), marked), [*book.findings, *marked.findings]


def _page(sheet: Sheet) -> Page | None:
    return next((page for page in PAGES if fold(page.name) == fold(sheet.name).strip()), None)


def _heading(sheet: Sheet, page: Page) -> tuple[int, dict[int, Column]] | None:
    """The row of headings (counted from 1) and the column of each place; None where the needed ones are missing."""
    for row in range(1, min(len(sheet.rows), _HEADING_WITHIN) + 1):
        found: dict[int, Column] = {}
        for place, raw in enumerate(sheet.rows[row - 1], 1):
            column = _column(page, raw)
            if column is not None and column not in found.values():
                found[place] = column
        needed = next((column for column in page.columns if column.required), page.columns[0])
        if needed in found.values():
            return row, found
    return None


def _column(page: Page, raw: Raw) -> Column | None:
    wanted = fold(str(raw)).rstrip(" *") if type(raw) is str else ""
    return next((one for one in page.columns if wanted in (fold(one.heading), one.name)), None) if wanted else None


class _Marked(Marked):
    """Findings of a workbook: a line is a number given to a cell, told as sheet, row and column."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.places: list[_Place] = []
        self.page = HEADER

    def line(self, place: _Place) -> int:
        """The number of a place, counted from 1."""
        self.places.append(place)
        return len(self.places)

    def add(
        self,
        rule: str,
        line: int | None,
        message: Sentence,
        advice: Sentence | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a finding at a cell."""
        found = Finding(rule.replace("yaml_", "regime_"), severity, message, advice, file=self.file)
        if line is not None and 0 < line <= len(self.places):
            at = self.places[line - 1]
            letter = column_letter(at.column) if at.column else None
            found = replace(found, sheet=at.sheet, row=at.row, column=letter)
        self.findings.append(found)

    def where(self, line: int) -> Sentence:
        """The sheet and row of a place."""
        at = self.places[line - 1]
        return say("sheet “{sheet}”, row {row}", sheet=at.sheet, row=at.row or 1)

    def shown(self, name: str) -> str:
        """The heading of a field, of the page its list stands on or of any."""
        for page in PAGES:
            for column in page.columns:
                if column.name == name:
                    return column.heading
        return name

    def words(self, name: str, allowed: Collection[str]) -> Iterable[str]:
        """The words of a choice, as they are written in the workbook."""
        if set(allowed) == {"true", "false"}:
            return (YES, NO)
        known = {
            code: word
            for page in PAGES
            for column in page.columns
            if column.name == name
            for code, word in column.words.items()
        }
        return [known.get(code, code) for code in allowed]


class _Reader:
    """Rows of the pages, gathered into one tree."""

    def __init__(self, marked: _Marked) -> None:
        self.marked = marked
        self.fields: dict[str, Node] = {}
        self.lists: dict[str, list[Node]] = {name: [] for name in _LISTS}
        self.parts: list[dict[str, Node]] = []

    def root(self) -> Node:
        """The tree of a catalogue file."""
        self._join_parts()
        lists = {name: Node(0, list(rows)) for name, rows in self.lists.items() if rows}
        return Node(0, {"format": Node(0, FORMAT), **self.fields, **lists})

    def say_hidden(self, sheet: Sheet) -> None:
        """What is not seen in the workbook and is read all the same."""
        line = self.marked.line(_Place(sheet.name, None))
        if sheet.hidden:
            message = say("The sheet is hidden; it was read.")
            self.marked.add("regime_hidden", line, message, severity=Severity.WARNING)
        if count := sum(row <= len(sheet.rows) for row in sheet.hidden_rows):
            message = say("Hidden rows of the sheet were read: {count}.", count=count)
            self.marked.add("regime_hidden", line, message, severity=Severity.WARNING)

    def say_no_heading(self, sheet: Sheet, page: Page) -> None:
        """A sheet of ours without its row of headings."""
        wanted = ", ".join(column.heading for column in page.columns if column.required or page is HEADER)
        line = self.marked.line(_Place(sheet.name, 1))
        message = say("The row of headings was not found in the first {count} rows.", count=_HEADING_WITHIN)
        self.marked.add("regime_heading", line, message, say("The sheet needs the columns: {names}.", names=wanted))

    def take(self, sheet: Sheet, page: Page, heading: int, columns: dict[int, Column]) -> None:
        """Read the rows below the headings; rows without anything are passed over."""
        self._say_unknown(sheet, heading, columns)
        for row in range(heading + 1, len(sheet.rows) + 1):
            told = dict(self._cells(sheet, row, columns))
            if not told:
                continue
            told_row = Node(self.marked.line(_Place(sheet.name, row)), told)
            if page is HEADER:
                self.fields.update(told)
                return
            if page is PARTS:
                above = self.parts[-1] if self.parts and sheet.merged is None else {}
                self.parts.append(_as_above(told, above) | {"": told_row})
            else:
                self.lists[page.key].append(told_row)

    def _say_unknown(self, sheet: Sheet, heading: int, columns: dict[int, Column]) -> None:
        for place, raw in enumerate(sheet.rows[heading - 1], 1):
            if place in columns or raw == "":
                continue
            line = self.marked.line(_Place(sheet.name, heading, place))
            message = say("The column “{name}” is not known here and was not read.", name=str(raw))
            self.marked.add("regime_column", line, message, severity=Severity.WARNING)

    def _cells(self, sheet: Sheet, row: int, columns: dict[int, Column]) -> Iterator[tuple[str, Node]]:
        for place, column in columns.items():
            raw = sheet.at(row, place)
            if raw == "" or (type(raw) is str and not raw.strip()):
                continue
            line = self.marked.line(_Place(sheet.name, row, place))
            if isinstance(raw, CellError | Uncomputed):
                self.marked.add("regime_cell", line, say("The cell shows an error or a formula without a result."))
                continue
            yield column.name, node(line, column, raw)

    def _join_parts(self) -> None:
        """Give each form its sections; rows follow each other as on the form."""
        forms: dict[str, Node] = {}
        for form in self.lists["forms"]:
            if isinstance(form.value, dict) and "code" in form.value:
                forms[str(form.value["code"].value)] = form
                form.value["sections"] = Node(form.line, [])
        for told in self.parts:
            row = told.pop("")
            self._join(forms, told, row)

    def _join(self, forms: dict[str, Node], told: dict[str, Node], row: Node) -> None:
        missing = [name for name in ("form", "number", "element") if name not in told]
        if missing:
            for name in missing:
                message = say("The field “{name}” is missing.", name=self.marked.shown(name))
                self.marked.add("regime_missing", row.line, message)
            return
        named = str(told["form"].value)
        form = forms.get(named)
        if form is None or not isinstance(form.value, dict):
            message = say("The form “{code}” is not on the sheet “{sheet}”.", code=named, sheet="Biểu")
            self.marked.add("regime_form", row.line, message)
            return
        sections = form.value["sections"].value
        assert isinstance(sections, list)  # noqa: S101 - made so above
        last = sections[-1].value if sections else None
        if not (isinstance(last, dict) and last["number"].value == told["number"].value):
            last = {"name_vi": told["number"], "elements": Node(row.line, [])}
            last |= {name: told[name] for name in ("number", "name_vi", "name_en") if name in told}
            sections.append(Node(row.line, last))
        elements = last["elements"].value
        assert isinstance(elements, list)  # noqa: S101 - made so above
        elements.append(told["element"])


def _as_above(told: dict[str, Node], above: dict[str, Node]) -> dict[str, Node]:
    """A row of a file that does not tell its merged cells: an empty form or section is the one of the row above."""
    filled = dict(told)
    for name in ("form", "number"):
        if name not in filled and name in above and _same_form(filled, above):
            filled[name] = above[name]
    return filled


def _same_form(told: dict[str, Node], above: dict[str, Node]) -> bool:
    return "form" not in told or ("form" in above and told["form"].value == above["form"].value)
