"""Figures and weighing lists of the same files are written together: one change, one undo, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable

from desktop.application.changes import Subject, changed
from desktop.application.children_import import ListPlan, apply_lists, list_files, write_lists_in
from desktop.application.imports import Imported, ImportPlan, apply_import, files_of, write_in
from desktop.application.records import Record
from desktop.wording import say


def write_all(
    record: Record,
    *,
    plan: ImportPlan,
    lists: ListPlan,
    source: str = "import",
    step: Callable[[int, int], None] | None = None,
) -> Imported:
    """Write the figures of a plan and the children of its lists; `step` hears how many communes are written."""
    if not lists.cells:
        return apply_import(record, plan=plan, source=source)
    if not (plan.writes or plan.reasons):
        done = apply_lists(record, plan=lists, source=source, step=step)
        return Imported(done.cells, done.changes)
    files = sorted({*files_of(plan), *list_files(lists)})
    with record.change(say("Import {files}", files=", ".join(files)), source=source) as change:
        written = write_in(record, plan)
        write_lists_in(record, lists, step)
    subjects = (Subject.VALUES, Subject.SUBMISSIONS, Subject.FINDINGS, Subject.CHILDREN)
    return Imported(written + lists.cells, changed(change.rows, *subjects), len(plan.reasons))
