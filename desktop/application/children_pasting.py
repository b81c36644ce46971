"""A pasted list of children with what was measured: known ones found again, the others registered; one change."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.application.changes import Changes, Subject, changed
from desktop.application.children_matching import matches
from desktop.application.children_writing import NewChild, measure_in, register_in
from desktop.application.records import Record
from desktop.domain.children import Measurement
from desktop.wording import say


@dataclass(frozen=True, slots=True)
class PastedChild:
    """A line: who, and what was found of it (`child` of the measurement is not looked at)."""

    new: NewChild
    found: Measurement


@dataclass(frozen=True, slots=True)
class Pasted:
    """How many children were found again, how many registered, and how many of these resemble a child already known."""

    known: int
    registered: int
    alike: int
    changes: Changes


def paste_children(
    record: Record, *, lines: Sequence[PastedChild], communes: Collection[str], day: date, source: str = "window"
) -> Pasted:
    """Write a pasted list. Only a sure match is taken for the same child; one that is merely alike is registered anew
    and stands among the suggested duplicates. AppError `no_name`, `unknown_unit`.
    """
    found = matches(record, wanted=[line.new for line in lines], communes=communes, day=day)
    fresh = [line.new for line, match in zip(lines, found, strict=True) if match.child is None or not match.sure]
    with record.change(say("Paste a list of children: {count}", count=len(lines)), source=source) as change:
        uids = iter(register_in(record, fresh))
        made = []
        for line, match in zip(lines, found, strict=True):
            uid = match.child.uid if match.child is not None and match.sure else next(uids)
            one = replace(line.found, child=uid)
            made += [] if one.is_empty else [one]
        measure_in(record, made)
    alike = sum(match.child is not None and not match.sure for match in found)
    return Pasted(len(lines) - len(fresh), len(fresh), alike, changed(change.rows, Subject.CHILDREN))
