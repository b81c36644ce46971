"""Reading a table of sub-criteria, ours or an office's own in any order of columns; findings name the very cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, TypeVar

from desktop.domain.criteria import rules
from desktop.domain.criteria.rules import BadRule
from desktop.domain.criteria.sets import HALF, ZONES, CriteriaSet, Criterion, Row
from desktop.domain.findings import Finding, Severity, has_errors
from desktop.domain.text import fold
from desktop.exchange.criteria_table import cells
from desktop.exchange.criteria_table.cells import BadCell, Mark
from desktop.exchange.criteria_table.checks import check, check_total
from desktop.exchange.criteria_table.columns import HELP, TABLE, column_of
from desktop.exchange.criteria_table.header import made, read_header
from desktop.exchange.criteria_table.reader import ADVICE, HEADING_WITHIN, HEADINGS, Place, Reader
from desktop.exchange.grid import Raw, Sheet, Workbook
from desktop.wording import say

T = TypeVar("T")
_NEEDED: Final = frozenset({"code", "name", "maximum"})


def read_table(
    book: Workbook, *, frames: Mapping[str, CriteriaSet], figures: Collection[str] = ()
) -> tuple[CriteriaSet | None, list[Finding]]:
    """The table of a workbook; None where anything in it is an error.

    `frames` are the decisions known, by code; `figures` the codes rules may refer to (none: not looked at). The code of
    the table is made of the decision, the first year and its content, so the same table has the same code everywhere.
    """
    reader = Reader(book, frames, figures)
    found = [
        (sheet, heading) for sheet in book.sheets if fold(sheet.name) != fold(HELP) and (heading := _heading(sheet))
    ]
    if not found:
        reader.add(
            "no_table",
            say(
                "No sheet has the columns {names}.",
                names=", ".join(HEADINGS[name] for name in ("code", "name", "maximum")),
            ),
            say("Begin with the template: “sotram criteria template FILE.xlsx”."),
        )
        return None, reader.findings
    found.sort(key=lambda one: fold(one[0].name) != fold(TABLE))
    sheet, (row, columns) = found[0]
    header = read_header(reader)
    reader.sheet = sheet.name
    for other, _heading_of_other in found[1:]:
        words = say("The sheet “{sheet}” also has a table; only “{read}” is read.", sheet=other.name, read=sheet.name)
        reader.add("other_sheet", words, None, severity=Severity.WARNING)
    _say_hidden(reader, sheet)
    criteria = _read_rows(reader, sheet, row, columns)
    one = made(reader, header, criteria)
    check(reader, one)
    return (None if has_errors(reader.findings) else one), [*book.findings, *reader.findings]


def _heading(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for at, row in enumerate(sheet.rows[:HEADING_WITHIN], 1):
        found: dict[str, int] = {}
        for place, raw in enumerate(row, 1):
            name = column_of(raw) if isinstance(raw, str) else None
            if name is not None and name not in found:
                found[name] = place
        if found.keys() >= _NEEDED:
            return at, found
    return None


def _say_hidden(reader: Reader, sheet: Sheet) -> None:
    for at in sorted(sheet.hidden_rows):
        if any(cells.shown(raw) for row in sheet.rows[at - 1 : at] for raw in row):
            words = say("The row is hidden; it is read all the same.")
            reader.add("hidden", words, None, row=at, severity=Severity.WARNING)


# ---- the rows


def _read_rows(reader: Reader, sheet: Sheet, heading: int, columns: Mapping[str, int]) -> tuple[Criterion, ...]:
    lines = [at for at in range(heading + 1, len(sheet.rows) + 1) if _says(sheet, at, columns)]
    numbers = _Numbers.of(sheet.at(at, columns["code"]) for at in lines)
    criteria: list[Criterion] = []
    rows: dict[str, list[Row]] = {}
    for at in lines:
        if cells.is_total(sheet.at(at, columns["code"])) or cells.is_total(sheet.at(at, columns["name"])):
            check_total(reader, sheet, at, columns, criteria)
            continue
        told = _code(reader, sheet, at, columns)
        if told is None:
            continue
        code, mark = told
        place = Place(at, columns)
        if numbers.is_criterion(code, mark):
            if code in rows:
                _say_twice(reader, at, columns, code)
                continue
            reader.places[code] = place
            rows[code] = []
            criteria.append(_criterion(reader, sheet, at, columns, code))
            continue
        if numbers.restart and "." not in code and criteria:
            code = f"{criteria[-1].number}.{code}"
        home = code.split(".")[0] if "." in code else (criteria[-1].number if criteria else "")
        if home not in rows:
            message = say("{code} stands below no criterion.", code=code)
            reader.add("no_criterion", message, ADVICE["code"], row=at, column=columns["code"])
            continue
        if any(row.code == code for held in rows.values() for row in held):
            _say_twice(reader, at, columns, code)
            continue
        reader.places[f"row {code}"] = place
        rows[home].append(_row(reader, sheet, at, columns, code))
    return tuple(replace(one, rows=tuple(rows[one.number])) for one in criteria)


def _says(sheet: Sheet, at: int, columns: Mapping[str, int]) -> bool:
    return any(cells.shown(sheet.at(at, columns[name])) for name in columns)


@dataclass(frozen=True, slots=True)
class _Numbers:
    """How a table numbers: the marks its criteria bear, and whether the rows below each begin at 1 again."""

    marks: frozenset[Mark]
    restart: bool

    @classmethod
    def of(cls, raws: Iterable[Raw]) -> _Numbers:
        """From all its codes: a word marks criteria only where the rows below them have the same numbers."""
        told = [found for raw in raws if (found := _tried(raw)) is not None]
        plain = [code for code, mark in told if mark is Mark.NONE and "." not in code]
        marks = {Mark.ROMAN} if any(mark is Mark.ROMAN for _code, mark in told) else set[Mark]()
        if {code for code, mark in told if mark is Mark.WORD} & set(plain):
            marks.add(Mark.WORD)
        return cls(frozenset(marks), bool(marks) and len(set(plain)) < len(plain))

    def is_criterion(self, code: str, mark: Mark) -> bool:
        """Whether the code is that of a criterion."""
        return mark in self.marks or (not self.marks and "." not in code)


def _tried(raw: Raw) -> tuple[str, Mark] | None:
    try:
        return cells.code(raw)
    except BadCell:
        return None


def _code(reader: Reader, sheet: Sheet, at: int, columns: Mapping[str, int]) -> tuple[str, Mark] | None:
    raw, column = sheet.at(at, columns["code"]), columns["code"]
    if cells.shown(raw) or cells.is_broken(raw):
        return reader.cell(cells.code, raw, None, name="code", row=at, column=column)
    if cells.shown(sheet.at(at, columns["maximum"])):
        reader.add("no_code", say("The row has points and no code."), ADVICE["code"], row=at, column=column)
    else:
        reader.add("not_read", say("The row has neither code nor points; it is not read."), None, row=at, column=column,
                   severity=Severity.NOTE)  # fmt: skip
    return None


def _say_twice(reader: Reader, at: int, columns: Mapping[str, int], code: str) -> None:
    reader.add(
        "twice",
        say("{code}: the code stands twice", code=code),
        say("1.10 becomes 1.1 where the cell is no text: format the column as text and type it again."),
        row=at,
        column=columns["code"],
    )


def _points(reader: Reader, sheet: Sheet, at: int, columns: Mapping[str, int], name: str) -> Fraction | None:
    if name not in columns:
        return None
    raw = sheet.at(at, columns[name])
    return reader.cell(cells.points, raw, None, name=name, row=at, column=columns[name])


def _name(reader: Reader, sheet: Sheet, at: int, columns: Mapping[str, int]) -> str:
    name = cells.shown(sheet.at(at, columns["name"]))
    if not name:
        reader.add("no_name", say("The row has no name."), say("Write the name as the decision prints it."), row=at,
                   column=columns["name"])  # fmt: skip
    return name


def _criterion(reader: Reader, sheet: Sheet, at: int, columns: Mapping[str, int], code: str) -> Criterion:
    found = _points(reader, sheet, at, columns, "maximum")
    if found is None and not _faulty(reader, at):
        reader.add("no_maximum", say("Criterion {number} has no maximum.", number=code), ADVICE["maximum"], row=at,
                   column=columns["maximum"])  # fmt: skip
    return Criterion(code, _name(reader, sheet, at, columns), found)


def _faulty(reader: Reader, at: int) -> bool:
    return any(one.row == at and one.sheet == reader.sheet for one in reader.findings)


def _row(reader: Reader, sheet: Sheet, at: int, columns: Mapping[str, int], code: str) -> Row:
    def read(name: str, how: Callable[[Raw], T], otherwise: T) -> T:
        if name not in columns:
            return otherwise
        return reader.cell(how, sheet.at(at, columns[name]), otherwise, name=name, row=at, column=columns[name])

    maximum = _points(reader, sheet, at, columns, "maximum")
    if maximum is None and not _faulty(reader, at):
        reader.add("no_maximum", say("Row {code} has no maximum.", code=code), ADVICE["maximum"], row=at,
                   column=columns["maximum"])  # fmt: skip
    none: tuple[Fraction, ...] = ()
    by_zone = tuple((zone, told) for zone in ZONES if (told := read(f"steps_{zone}", cells.steps, none)))
    told_rule = read("rule", cells.shown, "")
    return Row(
        code=code,
        name=_name(reader, sheet, at, columns),
        maximum=maximum or Fraction(0),
        steps=read("steps", cells.steps, none),
        least=read("least", cells.points, None),
        in_zones=read("zones", cells.zones, ()),
        steps_in_zone=by_zone,
        evidence=read("evidence", cells.listed, ()),
        rule=_rule(reader, told_rule, maximum, at, columns["rule"]) if told_rule else None,
        grain=Fraction(1) if read("halves", cells.yes, None) is False else HALF,
    )


def _rule(reader: Reader, text: str, maximum: Fraction | None, at: int, column: int) -> str | None:
    try:
        rule = rules.parse(text)
    except BadRule as bad:
        message = say("The rule cannot be read at “{part}”.", part=str(bad))
        reader.add("rule", message, ADVICE["rule"], row=at, column=column)
        return None
    for code in rule.codes:
        if reader.figures and code not in reader.figures:
            message = say("The record knows no figure {code}.", code=code)
            advice = say("The sheet of help in the template lists the codes; a station's begin with {prefix}",
                         prefix=rules.STATION)  # fmt: skip
            reader.add("rule_figure", message, advice, row=at, column=column)
    for fault in rules.faults(rule, maximum=maximum if maximum is not None else Fraction(10**6)):
        reader.add(f"rule_{fault.value}", _RULE[fault], ADVICE["rule"], row=at, column=column)
    return rule.text()


_RULE: Final = {
    rules.Fault.POINTS: say("The rule gives points that are not from 0 to the maximum of the row."),
    rules.Fault.ZONES: say("The rule says nothing for one of the zones 1, 2 and 3."),
}
