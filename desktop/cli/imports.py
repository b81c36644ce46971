"""`import`: workbooks and text files into the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, Word, a_day, a_path, a_period, one_of
from desktop.cli.not_built import later
from desktop.cli.output import (
    Answer,
    code_of,
    count_findings,
    finding_lines,
    findings_json,
    table,
    value_json,
    value_text,
)
from desktop.cli.session import Session, existing_file
from desktop.domain.legacy_text import Encoding
from desktop.domain.periods import Period
from desktop.domain.values import Kind, State
from desktop.errors import AppError
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.imports import FileReading, ImportPlan, KeptAnswer, Write

AUTO: Final = "auto"
LAYOUTS: Final = (AUTO, "summary", "template", "query")
DASHES: Final = {"zero": State.ZERO, "na": State.NOT_APPLICABLE, "missing": State.NOT_REPORTED}
ENCODINGS: Final = ("auto", "unicode", "tcvn3", "vni")


def take_in(session: Session) -> Answer:
    """Read files, then write what they say in one change; --dry-run only shows it."""
    from desktop.application.imports import apply_import, read_files, workbooks_in

    told = session.arguments
    if told.maybe("session", date):
        raise later("import --session")
    named = [file if file.is_dir() else existing_file(file) for file in told.many("file", Path)]
    files = workbooks_in(named)
    if not files:
        raise AppError("no_file", say("There is no workbook in {folder}.", folder=named[0].name or str(named[0])))
    kind, encoding = told.maybe("kind", str), told.maybe("encoding", str)
    with session.record() as record:
        plan = read_files(
            record,
            files=files,
            period=told.maybe("period", Period),
            kind=Kind(kind) if kind else None,
            encoding=None if encoding in (None, "auto") else Encoding(encoding),
            replace=told.flag("replace"),
            unit=told.maybe("unit", str),
            form=told.maybe("form", str),
            layout=told.maybe("layout", str) or AUTO,
            dash=DASHES.get(told.maybe("dash", str) or ""),
            step=session.step,
        )
        if told.flag("dry-run"):
            return _answer(plan, len(plan.writes), changed=False, dry=True)
        done = apply_import(record, plan=plan)
    return _answer(plan, done.written, changed=done.changes.changed)


def _answer(plan: ImportPlan, written: int, *, changed: bool, dry: bool = False) -> Answer:
    data = {
        "files": [_file_json(file) for file in plan.files],
        "findings": findings_json(plan.findings),
        "written": written,
        "same": plan.same,
        "kept": plan.kept,
        "writes": [_write_json(write) for write in plan.writes],
        "reasons": [_reason_json(reason) for reason in plan.reasons],
        "changed": changed,
    }

    def lines() -> Iterator[str]:
        if dry:
            yield from _preview(plan.writes)
            yield ""
        yield from finding_lines(plan.findings)
        yield render(count_findings(plan.findings))
        if dry:
            yield render(say("{count} cells would be written", count=written))
        else:
            yield render(say("{count} cells written", count=written))
        if plan.reasons:
            yield render(say("{count} answers keep findings as they are", count=len(plan.reasons)))

    return Answer(data, lines, code_of(plan.findings))


def _file_json(file: FileReading) -> dict[str, object]:
    return {
        "file": file.file,
        "layout": file.layout,
        "encoding": file.encoding,
        "sheets": [
            {
                "sheet": sheet.sheet,
                "period": sheet.period.id if sheet.period else None,
                "kind": str(sheet.kind),
                "layout": str(sheet.layout),
                "accepted": sheet.accepted,
                "skipped": [{"row": row.row, "reason": render(row.reason)} for row in sheet.skipped],
            }
            for sheet in file.sheets
        ],
    }


def _write_json(write: Write) -> dict[str, object]:
    return {
        "unit": write.unit,
        "period": write.period,
        "element": write.element,
        "kind": str(write.kind),
        "before": value_json(write.before) if write.before else None,
        "after": value_json(write.after),
        "note": write.note,
        "file": write.file,
        "sheet": write.sheet,
        "row": write.row,
        "column": write.column,
    }


def _reason_json(reason: KeptAnswer) -> dict[str, object]:
    return {
        "unit": reason.unit,
        "period": reason.period,
        "element": reason.element,
        "rule": reason.rule,
        "reason": reason.reason,
        "file": reason.file,
        "sheet": reason.sheet,
        "row": reason.row,
    }


def _preview(writes: Sequence[Write]) -> Iterator[str]:
    heads = (say("Unit"), say("Period"), say("Element"), say("Before"), say("After"), say("Cell"))
    yield from table(
        heads,
        [
            (
                *(write.unit, write.period, write.element, value_text(write.before), value_text(write.after)),
                f"{write.sheet}!{write.column}{write.row}",
            )
            for write in writes
        ],
    )


COMMANDS: Final = (
    Command(
        ("import",),
        say("Take workbooks and text files into the record"),
        take_in,
        (Word("file", a_path, "FILE", many=True),),
        (
            Option("period", a_period, "P"),
            Option("kind", one_of(*Kind), "actual|estimate|assigned"),
            Option("layout", one_of(*LAYOUTS), "auto|summary|template|query"),
            Option("unit", shown="CODE"),
            Option("form", shown="NAME"),
            Option("encoding", one_of(*ENCODINGS), "auto|unicode|tcvn3|vni"),
            Option("dash", one_of(*DASHES), "zero|na|missing"),
            Option("session", a_day, "DATE"),
            Option("replace", flag=True),
            Option("dry-run", flag=True),
        ),
    ),
)
