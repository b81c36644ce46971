"""`import`: workbooks and text files into the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, Word, a_day, a_path, a_period, one_of
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
    from desktop.application.children_import import ListPlan, ListSheet
    from desktop.application.imports import FileReading, ImportPlan, KeptAnswer, Write

AUTO: Final = "auto"
LISTS: Final = "weighing_list"
LAYOUTS: Final = (AUTO, "summary", "template", "query", LISTS, "weighing")
DASHES: Final = {"zero": State.ZERO, "na": State.NOT_APPLICABLE, "missing": State.NOT_REPORTED}
ENCODINGS: Final = ("auto", "unicode", "tcvn3", "vni")


def take_in(session: Session) -> Answer:
    """Read files, then write what they say in one change; --dry-run only shows it."""
    from desktop.application.children_import import ListPlan, ListWish, lists_of
    from desktop.application.children_settling import settled_places
    from desktop.application.import_writing import write_all
    from desktop.application.imports import read_files, workbooks_in

    told = session.arguments
    named = [file if file.is_dir() else existing_file(file) for file in told.many("file", Path)]
    files = workbooks_in(named)
    if not files:
        raise AppError(
            "no_file",
            say("There is no workbook in {folder}.", folder=named[0].name or str(named[0])),
            say("Name a file, or a folder with .xlsx, .xls, .ods or .csv files."),
        )
    kind, encoding = told.maybe("kind", str), told.maybe("encoding", str)
    layout, typed_in = told.maybe("layout", str) or AUTO, None if encoding in (None, "auto") else Encoding(encoding)
    forced = layout in (LISTS, "weighing")
    with session.record() as record:
        plan = read_files(
            record,
            files=files,
            period=told.maybe("period", Period),
            kind=Kind(kind) if kind else None,
            encoding=typed_in,
            replace=told.flag("replace"),
            unit=told.maybe("unit", str),
            form=told.maybe("form", str),
            layout=AUTO if forced else layout,
            dash=DASHES.get(told.maybe("dash", str) or ""),
            step=session.step,
        )
        wish = ListWish(told.maybe("session", date), told.maybe("unit", str), told.flag("replace"))
        lists = ListPlan()
        if layout in (AUTO, LISTS, "weighing"):
            read = partial(
                lists_of,
                record,
                files=plan.files,
                wish=wish,
                today=session.today,
                encoding=typed_in,
                forced=forced,
                step=session.step,
            )
            lists, said = read(), told.many("settle", str)
            if said:
                lists = read(settled=settled_places(lists, said))
        plan = _only_lists(plan) if forced else plan
        if told.flag("dry-run"):
            return _answer(plan, lists, len(plan.writes) + lists.cells, changed=False, dry=True)
        done = write_all(record, plan=plan, lists=lists, step=session.step)
    return _answer(plan, lists, done.written, changed=done.changes.changed)


def _only_lists(plan: ImportPlan) -> ImportPlan:
    """Where weighing lists were asked for, nothing else is taken; what could not be opened is still said."""
    kept = tuple(finding for finding in plan.findings if finding.sheet is None)
    return replace(plan, writes=(), reasons=(), cells=(), findings=kept)


def _answer(plan: ImportPlan, lists: ListPlan, written: int, *, changed: bool, dry: bool = False) -> Answer:
    findings = (*plan.findings, *lists.findings)
    data = {
        "files": [_file_json(file, lists) for file in plan.files],
        "findings": findings_json(findings),
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
        yield from _lists_told(lists)
        yield from finding_lines(findings)
        yield render(count_findings(findings))
        if dry:
            yield render(say("{count} cells would be written", count=written))
        else:
            yield render(say("{count} cells written", count=written))
        if plan.reasons:
            yield render(say("{count} answers keep findings as they are", count=len(plan.reasons)))

    return Answer(data, lines, code_of(findings))


def _lists_told(lists: ListPlan) -> Iterator[str]:
    """One line for each sheet of a weighing list."""
    from desktop.application.children_import import Who

    for sheet in lists.sheets:
        told = say(
            "{sheet}: {accepted} children, {new} of them new; {doubtful} to be settled; {skipped} rows not read",
            sheet=sheet.list.reading.sheet,
            accepted=sheet.accepted,
            new=sheet.count(Who.NEW),
            doubtful=sheet.count(Who.DOUBTFUL),
            skipped=len(sheet.skipped),
        )
        yield render(told)


def _list_json(sheet: ListSheet) -> dict[str, object]:
    from desktop.application.children_import import Who

    placed = sheet.list
    return {
        "sheet": placed.reading.sheet,
        "layout": LISTS,
        "unit": placed.commune.code if placed.commune else None,
        "session": placed.day.isoformat() if placed.day else None,
        "accepted": sheet.accepted,
        "known": sheet.count(Who.KNOWN),
        "new": sheet.count(Who.NEW),
        "doubtful": sheet.count(Who.DOUBTFUL),
        "columns": [
            {"column": column.place, "heading": column.heading, "element": column.element}
            for column in placed.reading.columns
        ],
        "settle": [
            {"row": row.placed.row.row, "children": [child.uid for child in row.others], "erased": not row.others}
            for row in sheet.rows
            if row.who is Who.DOUBTFUL
        ],
        "skipped": [{"row": row.row, "reason": render(row.reason)} for row in sheet.skipped],
    }


def _file_json(file: FileReading, lists: ListPlan) -> dict[str, object]:
    listed = {sheet.list.reading.sheet: sheet for sheet in lists.sheets if sheet.list.file == file.file}
    return {
        "file": file.file,
        "layout": LISTS if listed else file.layout,
        "encoding": file.encoding,
        "sheets": [
            _list_json(listed[sheet.sheet])
            if sheet.sheet in listed
            else {
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
            Option("layout", one_of(*LAYOUTS), "auto|summary|template|query|weighing_list"),
            Option("unit", shown="CODE"),
            Option("form", shown="NAME"),
            Option("encoding", one_of(*ENCODINGS), "auto|unicode|tcvn3|vni"),
            Option("dash", one_of(*DASHES), "zero|na|missing"),
            Option("session", a_day, "DATE"),
            Option("settle", shown="SHEET:ROW=new|UID", many=True),
            Option("replace", flag=True),
            Option("dry-run", flag=True),
        ),
    ),
)
