"""Sets of criteria as files people write (`format: sotram-criteria/1`), and the points of a commune as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

from desktop.domain.criteria.scoring import By
from desktop.domain.criteria.sets import CriteriaSet, Criterion, Row, faults
from desktop.domain.findings import Finding, Severity, has_errors
from desktop.domain.text import nfc
from desktop.exchange.grid import column_letter
from desktop.exchange.marked_yaml import Marked, Node, read
from desktop.wording import Sentence, say

FORMAT: Final = "sotram-criteria/1"
_SET: Final = (
    *("format", "code", "name", "decision", "first_year", "last_year", "valid_from", "total_share", "floor_share"),
    *("valid_years", "criteria", "sources", "gaps"),
)
_ROW: Final = ("code", "name", "maximum", "steps", "least", "zones", "evidence", "rule", "certainty")
COLUMNS: Final = ("code", *By, "reason")


def read_criteria(text: str, file: str) -> tuple[CriteriaSet | None, list[Finding]]:
    """The set of a file; None where anything in it is an error."""
    root, findings = read(text, file)
    if root is None:
        return None, findings
    marked = Marked(file)
    one = _set(marked, root)
    for code, what in faults(one):
        marked.add(f"criteria_{what}", None, _FAULTS[what].filled(code))
    findings += marked.findings
    return (None if has_errors(findings) else one), findings


@dataclass(frozen=True, slots=True)
class _Fault:
    words: Sentence

    def filled(self, code: str) -> Sentence:
        return say("{code}: {what}", code=code, what=self.words)


_FAULTS: Final = {
    "sum": _Fault(say("the points of its rows do not add up to its maximum")),
    "twice": _Fault(say("the code stands twice")),
    "least": _Fault(say("the knock-out limit is not between 0 and the maximum")),
    "steps": _Fault(say("the largest step is not the maximum, or one is below 0")),
    "grain": _Fault(say("the smallest step is not above 0")),
    "below": _Fault(say("the maximum is below 0")),
}


def _set(marked: Marked, root: Node) -> CriteriaSet:
    fields = marked.fields(root, required=("code", "name", "first_year", "criteria"), optional=_SET)
    if marked.maybe(fields, "format") not in (FORMAT, None):
        marked.add("criteria_format", root.line, say("The file's format is not “{format}”.", format=FORMAT))
    return CriteriaSet(
        code=marked.text(fields, "code"),
        name=marked.text(fields, "name"),
        decision=marked.maybe(fields, "decision") or "",
        first_year=marked.integer(fields, "first_year") or 0,
        last_year=marked.integer(fields, "last_year"),
        criteria=tuple(_criterion(marked, node) for node in marked.items(fields, "criteria")),
        total_share=_share(marked.decimal(fields, "total_share"), 80),
        floor_share=_share(marked.decimal(fields, "floor_share"), 50),
        valid_years=marked.integer(fields, "valid_years") or 3,
        valid_from=marked.day(fields, "valid_from"),
        sources=tuple(_source(marked, node) for node in marked.items(fields, "sources")),
        gaps=marked.texts(fields, "gaps"),
    )


def _share(told: Decimal | None, usual: int) -> Fraction:
    return Fraction(told if told is not None else usual) / 100


def _source(marked: Marked, node: Node) -> tuple[str, str]:
    fields = marked.fields(node, required=("fact", "source"))
    return marked.text(fields, "fact"), marked.text(fields, "source")


def _criterion(marked: Marked, node: Node) -> Criterion:
    fields = marked.fields(node, required=("number", "name"), optional=("maximum", "rows", "certainty"))
    told = marked.decimal(fields, "maximum")
    return Criterion(
        marked.text(fields, "number"),
        marked.text(fields, "name"),
        None if told is None else Fraction(told),
        tuple(_row(marked, row) for row in marked.items(fields, "rows")),
        marked.choice(fields, "certainty", ("found", "memory", "office")) or "office",
    )


def _row(marked: Marked, node: Node) -> Row:
    fields = marked.fields(node, required=("code", "name", "maximum"), optional=_ROW)
    least = marked.decimal(fields, "least")
    return Row(
        code=marked.text(fields, "code"),
        name=marked.text(fields, "name"),
        maximum=Fraction(marked.decimal(fields, "maximum") or 0),
        steps=tuple(_points(marked, node.line, text) for text in marked.texts(fields, "steps")),
        least=None if least is None else Fraction(least),
        in_zones=tuple(int(text) for text in marked.texts(fields, "zones") if text in ("1", "2", "3")),
        evidence=marked.texts(fields, "evidence"),
        rule=marked.maybe(fields, "rule"),
    )


def _points(marked: Marked, line: int, text: str) -> Fraction:
    try:
        return Fraction(Decimal(text))
    except InvalidOperation:
        marked.add("criteria_points", line, say("“{value}” is not a number.", value=text))
        return Fraction(0)


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One line of a commune's points: a row's code, the points of each column told with its letter, and the reason."""

    line: int
    code: str
    points: dict[By, Fraction]
    reason: str | None
    columns: dict[By, str]


def read_scores(text: str, file: str) -> tuple[list[ScoreLine], list[Finding]]:
    """The points in a CSV with the columns `code,self,office,province,reason`; plain numbers with a point.

    With semicolons between the columns, as a Vietnamese Excel saves them, a decimal comma is read too.
    """
    findings: list[Finding] = []

    def say_wrong(rule: str, line: int, message: Sentence, column: str | None = None) -> None:
        findings.append(Finding(rule, Severity.ERROR, message, _ADVICE[rule], file=file, row=line, column=column))

    rows, semicolons = _rows(nfc(text.removeprefix("\ufeff")))
    heads = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    if "code" not in heads or not set(heads) & set(By) or len(set(heads)) != len(heads):
        message = say("The first line names the columns: {names}.", names=",".join(COLUMNS))
        say_wrong("criteria_columns", 1, message)
        return [], findings
    letters, seen = dict(_columns(heads)), set[str]()
    found: list[ScoreLine] = []
    for line, cells in rows[1:]:
        told = dict(zip(heads, (cell.strip() for cell in cells), strict=False))
        if any(cell.strip() for cell in cells[len(heads) :]):
            say_wrong("criteria_cells", line, say("The line has more cells than there are columns."))
            continue
        code = told.get("code", "")
        if not any(told.values()):
            continue
        if code in seen:
            say_wrong("criteria_twice", line, say("“{code}” stands twice in the file.", code=code))
        seen.add(code)
        points = {}
        for by, letter in letters.items():
            if not told.get(by):
                continue
            value = _number(told[by].replace(",", ".") if semicolons else told[by])
            if value is None:
                say_wrong("criteria_points", line, say("“{value}” is not a number.", value=told[by][:40]), letter)
            else:
                points[by] = value
        reason = told.get("reason") or None
        if reason is not None and _number(reason.replace(",", ".")) is not None:
            # 9,5 between commas: what stands behind the comma fell into the next cells.
            told_words = say("“{value}” is a number, not a reason.", value=reason[:40])
            say_wrong("criteria_reason", line, told_words, column_letter(heads.index("reason") + 1))
        elif reason is not None and not any(told.get(by) for by in letters):
            findings.append(_look("criteria_no_points", file, line, say(
                "{code} has a reason and no points: the reason is not kept.", code=code)))  # fmt: skip
        found.append(ScoreLine(line, code, points, reason, letters))
    if not found and not findings:
        findings.append(_look("criteria_empty", file, 1, say("The file has no line with points.")))
    return found, findings


def _look(rule: str, file: str, line: int, message: Sentence) -> Finding:
    return Finding(rule, Severity.WARNING, message, _ADVICE[rule], file=file, row=line)


_ADVICE: Final = {
    "criteria_columns": say("Save the file as CSV with this first line; not every column of points is needed."),
    "criteria_cells": say("Write numbers with a point, 9.5, and put texts with a comma in quotation marks."),
    "criteria_twice": say("Keep one line of each code."),
    "criteria_points": say("Write numbers with a point, 9.5, and nothing else in the cell."),
    "criteria_reason": say("Write numbers with a point, 9.5, and put texts with a comma in quotation marks."),
    "criteria_empty": say("Write one line for each criterion or row that has points."),
    "criteria_no_points": say("Write the points in the same line."),
}


def _rows(text: str) -> tuple[list[tuple[int, list[str]]], bool]:
    """The lines of a CSV, each with the number it begins at, and whether semicolons divide it."""
    first = next(iter(text.splitlines()), "")
    semicolons = first.count(";") > first.count(",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if semicolons else ",", strict=True)
    found, before = [], 0
    try:
        for cells in reader:
            found.append((before + 1, cells))
            before = reader.line_num
    except csv.Error:
        found.append((before + 1, [text[:40]] * 99))
    return found, semicolons


def _columns(heads: list[str]) -> Iterator[tuple[By, str]]:
    for by in By:
        if by in heads:
            yield by, column_letter(heads.index(by) + 1)


def _number(text: str) -> Fraction | None:
    try:
        told = Decimal(text)
    except InvalidOperation:
        return None
    if not (told.is_finite() and text.isascii() and "_" not in text and "e" not in text.lower() and abs(told) < 10**6):
        return None
    return Fraction(told)
