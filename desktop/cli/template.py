"""`template`: the workbook a commune fills in; `fill`: somebody else's workbook filled in place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, Word, a_path, a_period, one_of
from desktop.cli.imports import ENCODINGS
from desktop.cli.output import Answer, code_of, fields, finding_lines, findings_json, table, value_json, value_text
from desktop.cli.session import Session, existing_file
from desktop.domain.legacy_text import Encoding
from desktop.domain.periods import Period
from desktop.domain.values import Kind
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.filling import FillCell, FillPlan


def template(session: Session) -> Answer:
    """Write the workbook for a commune, or for all communes of the office."""
    from desktop.application.templates import write_template

    told = session.arguments
    with session.record() as record:
        made = write_template(
            record,
            unit=told.get("unit", str),
            form=told.get("form", str),
            period=told.get("period", Period),
            out=told.get("out", Path),
            today=session.today,
            kind=Kind(told.maybe("kind", str) or Kind.ACTUAL),
            filled=told.flag("filled"),
        )
    data = {"file": str(made.file), "cells": made.cells}
    return Answer(data, lambda: fields({say("File"): made.file, say("Cells to fill in"): made.cells}))


def fill(session: Session) -> Answer:
    """Put the record's figures into the empty cells of a workbook; --dry-run only shows them.

    Where errors leave nothing to be filled in, no file is written.
    """
    from desktop.application.filling import plan_fill, write_fill

    told = session.arguments
    encoding = told.maybe("encoding", str)
    kind = told.maybe("kind", str)
    with session.record() as record:
        plan = plan_fill(
            record,
            file=existing_file(told.get("file", Path)),
            period=told.get("period", Period),
            kind=Kind(kind) if kind else None,
            encoding=None if encoding in (None, "auto") else Encoding(encoding),
            replace=told.flag("replace"),
        )
    out: Path | None = told.get("out", Path)
    cells = len(plan.writes)
    if not cells and code_of(plan.findings):
        out = None  # a copy without a single figure would look like a filled workbook
    elif out is not None and not told.flag("dry-run"):
        cells = write_fill(plan=plan, out=out).cells
    data = {
        "file": None if out is None else str(out),
        "cells": cells,
        "findings": findings_json(plan.findings),
        "filled": [_cell_json(cell) for cell in plan.writes],
    }
    return Answer(data, lambda: _lines(plan, out, cells, dry=told.flag("dry-run")), code_of(plan.findings))


def _cell_json(cell: FillCell) -> dict[str, object]:
    return {
        "sheet": cell.sheet,
        "row": cell.row,
        "column": cell.column,
        "unit": cell.unit,
        "element": cell.element,
        **value_json(cell.value),
    }


def _lines(plan: FillPlan, out: Path | None, cells: int, *, dry: bool) -> Iterator[str]:
    if dry:
        heads = (say("Cell"), say("Unit"), say("Element"), say("Before"), say("After"))
        rows = [
            (f"{one.sheet}!{one.column}{one.row}", one.unit_name, one.element, one.held, value_text(one.value))
            for one in plan.writes
        ]
        yield from table(heads, rows)
        yield ""
    yield from finding_lines(plan.findings)
    yield from fields({say("File"): out or "", say("Cells filled in"): cells})


COMMANDS: Final = (
    Command(
        ("template",),
        say("Write the workbook a commune fills in"),
        template,
        options=(
            Option("unit", shown="CODE", required=True),
            Option("form", shown="NAME", required=True),
            Option("period", a_period, "P", required=True),
            Option("out", a_path, "FILE", required=True),
            Option("kind", one_of(*Kind), "actual|estimate|assigned"),
            Option("filled", flag=True),
        ),
    ),
    Command(
        ("fill",),
        say("Fill somebody else's workbook with the record's figures"),
        fill,
        (Word("file", a_path, "FILE"),),
        (
            Option("period", a_period, "P", required=True),
            Option("out", a_path, "FILE", required=True),
            Option("kind", one_of(*Kind), "actual|estimate|assigned"),
            Option("encoding", one_of(*ENCODINGS), "auto|unicode|tcvn3|vni"),
            Option("replace", flag=True),
            Option("dry-run", flag=True),
        ),
    ),
)
