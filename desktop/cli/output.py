"""What a command answers: JSON for programs, aligned tables for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from desktop.domain.findings import Finding, Severity
from desktop.domain.values import State, Value, plain, plain_fraction
from desktop.system.i18n import _, render, shown
from desktop.wording import Label, Sentence, say

RATE_DECIMALS: Final = 6
WIDEST: Final = 60
_NUMERIC: Final = (int, Decimal, Fraction)


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is printed with --json, `lines` without; `code` is the exit code."""

    data: object
    lines: Callable[[], Iterable[str]]
    code: int = 0


def write_json(data: object) -> None:
    """JSON on standard output; a list has one entry a line. Of an iterator entries are made while they are printed."""
    if isinstance(data, Iterator) or (isinstance(data, list) and data):
        before = "["
        for entry in data:
            print(before, json.dumps(entry, ensure_ascii=False), sep="", end="")
            before = ",\n "
        print("[]" if before == "[" else "]")
    else:
        print(json.dumps(data, ensure_ascii=False, indent=2))


def tell(text: str) -> None:
    """A message, on standard error."""
    print(text, file=sys.stderr)


def iso(day: date | None) -> str | None:
    """A day as JSON says it."""
    return None if day is None else day.isoformat()


def rate(value: Fraction | Decimal | int | None) -> str | None:
    """A rate or a number in plain decimals, at most six, half up."""
    return None if value is None else plain_fraction(Fraction(value), RATE_DECIMALS)


def value_json(value: Value) -> dict[str, object]:
    """State and value of a figure."""
    return {"state": str(value.state), "value": plain(value)}


def value_text(value: Value | None) -> str:
    """A figure as people write it: 0, x (not applicable), … (not reported)."""
    if value is None:
        return ""
    if value.amount is not None:
        return shown(Decimal(plain(value) or "0"))
    return value.text if value.text is not None else _state(value.state)


def _state(state: State) -> str:
    return {State.YES: _("yes"), State.NO: _("no"), State.NOT_APPLICABLE: "x", State.NOT_REPORTED: "…"}[state]


def finding_json(finding: Finding) -> dict[str, object]:
    """A finding as the contract says."""
    kept = finding.kept
    return {
        "id": finding.id,
        "severity": str(finding.severity),
        "rule": finding.rule,
        "group": finding.group,
        "file": finding.file,
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
        "unit": finding.unit,
        "period": finding.period,
        "element": finding.element,
        "message": render(finding.message),
        "advice": render(finding.advice) if finding.advice else None,
        "kept": {"reason": kept.reason, "who": kept.who, "when": kept.when} if kept else None,
        "mend": [{"unit": one.unit, "element": one.element, **value_json(one.value)} for one in finding.mend],
    }


def findings_json(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Findings in their order."""
    return [finding_json(finding) for finding in findings]


def code_of(findings: Iterable[Finding]) -> int:
    """1 where an error stands that nobody kept with a reason, else 0."""
    return int(any(finding.severity is Severity.ERROR and finding.kept is None for finding in findings))


_SEVERITIES: Final = {
    Severity.ERROR: say("error"),
    Severity.WARNING: say("warning"),
    Severity.NOTE: say("note"),
}


def finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Findings for people: severity and place, what it is, what to do."""
    for finding in findings:
        place = " · ".join(_place(finding))
        yield f"[{render(_SEVERITIES[finding.severity])}] {place}".rstrip()
        yield f"    {render(finding.message)}"
        if finding.advice:
            yield f"    {render(finding.advice)}"
        if finding.kept:
            yield "    " + render(say("Kept: {reason}", reason=finding.kept.reason))


def _place(finding: Finding) -> Iterator[str]:
    cell = f"{finding.column or ''}{finding.row if finding.row is not None else ''}"
    for part in (finding.file, finding.sheet, cell, finding.unit, finding.period, finding.element):
        if part:
            yield part
    yield finding.id


def count_findings(findings: Iterable[Finding]) -> Sentence:
    """How many of each severity."""
    tally = dict.fromkeys(Severity, 0)
    for finding in findings:
        tally[finding.severity] += 1
    return say(
        "{errors} errors, {warnings} warnings, {notes} notes",
        errors=tally[Severity.ERROR],
        warnings=tally[Severity.WARNING],
        notes=tally[Severity.NOTE],
    )


def table(heads: Sequence[Sentence], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Aligned columns, numbers to the right; nothing to show is said."""
    plain_rows = list(rows)
    if not plain_rows:
        yield _("Nothing to show.")
        return
    numeric = [
        all(isinstance(row[place], _NUMERIC) or row[place] is None for row in plain_rows) for place in range(len(heads))
    ]
    texts = [[render(head) for head in heads], *([_narrow(_cell(cell)) for cell in row] for row in plain_rows)]
    widths = [max(len(row[place]) for row in texts) for place in range(len(heads))]
    for number, row in enumerate(texts):
        yield "  ".join(
            text.rjust(width) if right else text.ljust(width)
            for text, width, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        if not number:
            yield "  ".join("-" * width for width in widths)


def _narrow(text: str) -> str:
    return text if len(text) <= WIDEST else text[: WIDEST - 1].rstrip() + "…"


def fields(pairs: Mapping[Sentence, object]) -> Iterator[str]:
    """Names and values below each other."""
    names = [render(name) for name in pairs]
    widest = max(map(len, names), default=0)
    for name, value in zip(names, pairs.values(), strict=True):
        yield f"{name.ljust(widest)}  {_cell(value)}".rstrip()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Value):
        return value_text(value)
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, bool | int | Decimal | Fraction | date | datetime | Sentence | Label):
        return shown(value)
    if isinstance(value, list | tuple):
        return ", ".join(map(_cell, value))
    return " ".join(str(value).split())
