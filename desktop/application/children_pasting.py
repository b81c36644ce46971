"""A pasted list of children with what was measured: known ones found again, the others registered; one change."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from db.tables import children as people
from db.tables import weighing
from desktop.application.changes import Changes, Subject, changed
from desktop.application.children import entries_of
from desktop.application.children_matching import Match, matches
from desktop.application.children_writing import NewChild, measure_in, register_in
from desktop.application.erasing import erased_before
from desktop.application.records import Record
from desktop.domain.children import Child, Measurement
from desktop.domain.children_matching import name_key
from desktop.wording import say

_BLANKS: Final = ("sex", "birth_date", "village", "ethnic_group", "mother")
_FOUND: Final = ("weight", "lenhei", "position", "oedema", "muac", "note")


@dataclass(frozen=True, slots=True)
class PastedChild:
    """A line: who, and what was found of it (`child` of the measurement is not looked at)."""

    new: NewChild
    found: Measurement


@dataclass(frozen=True, slots=True)
class Pasted:
    """How many children were found again, how many registered, and how many of these resemble a child already known.

    `twice` are lines of a child that stands in the list already: they were left out.
    """

    known: int
    registered: int
    alike: int
    twice: int
    changes: Changes


def erased_in(record: Record, *, lines: Sequence[PastedChild], communes: Collection[str], day: date) -> dict[int, date]:
    """Which lines would bring a child back that was lawfully erased here: by place, the day of the erasure."""
    found = matches(record, wanted=[line.new for line in lines], communes=communes, day=day)
    fresh = [at for at, match in enumerate(found) if match.child is None or not match.sure]
    told = erased_before(record, [(lines[at].new.name, lines[at].new.birth_date) for at in fresh])
    return {fresh[place]: erased for place, erased in told.items()}


def paste_children(
    record: Record, *, lines: Sequence[PastedChild], communes: Collection[str], day: date, source: str = "window"
) -> Pasted:
    """Write a pasted list. Only a sure match is taken for the same child; one that is merely alike is registered anew
    and stands among the suggested duplicates. What a line does not say of a known child stays as it is.
    AppError `no_name`, `unknown_unit`.
    """
    once = _once(lines)
    found = matches(record, wanted=[line.new for line in once], communes=communes, day=day)
    sure = {match.child.uid: match.child for match in found if match.child is not None and match.sure}
    fresh = [line.new for line, match in zip(once, found, strict=True) if not _is_known(match)]
    held = _held(record, list(sure), {line.found.session for line in once})
    with record.change(say("Paste a list of children: {count}", count=len(once)), source=source) as change:
        uids = iter(register_in(record, fresh))
        made: list[Measurement] = []
        filled: dict[str, Child] = {}
        for line, match in zip(once, found, strict=True):
            if match.child is None or not match.sure:
                made.append(replace(line.found, child=next(uids)))
                continue
            child = filled.get(match.child.uid, match.child)
            filled[child.uid] = _completed(child, line.new)
            made.append(_laid_over(replace(line.found, child=child.uid), held.get(child.uid)))
        people.put(record, [child for uid, child in filled.items() if child != sure[uid]])
        measure_in(record, [one for one in made if not one.is_empty])
    alike = sum(match.child is not None and not match.sure for match in found)
    known = len(once) - len(fresh)
    return Pasted(known, len(fresh), alike, len(lines) - len(once), changed(change.rows, Subject.CHILDREN))


def _is_known(match: Match) -> bool:
    return match.child is not None and match.sure


def _once(lines: Sequence[PastedChild]) -> list[PastedChild]:
    """The lines without those that name a child of the list again; without a birth date namesakes are others."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for line in lines:
        new = line.new
        key = (name_key(new.name), new.birth_date, new.sex, name_key(new.mother))
        if new.birth_date is None or key not in seen:
            kept.append(line)
        seen.add(key)
    return kept


def _held(record: Record, uids: Sequence[str], sessions: Collection[str | None]) -> dict[str, Measurement]:
    """What stands of known children in the sessions pasted into, the newest."""
    entries = entries_of(record, uids)
    histories = weighing.of_children(record, [uid for group in entries.values() for uid in group])
    found = {}
    for kept, group in entries.items():
        taken = [one for uid in group for one in histories.get(uid, ()) if one.session in sessions]
        newest = max(taken, key=lambda one: one.day, default=None)
        if newest is not None:
            found[kept] = newest
    return found


def _laid_over(pasted: Measurement, held: Measurement | None) -> Measurement:
    """What the line says, over what is known of the visit; blanks say nothing, "absent" says that nothing was found."""
    if held is None or pasted.is_empty:
        return pasted
    if pasted.absent:
        return replace(pasted, day=held.day, note=pasted.note or held.note)
    said: dict[str, Any] = {name: value for name in _FOUND if (value := getattr(pasted, name))}
    return replace(held, child=pasted.child, **said, absent=False, origin=pasted.origin) if said else held


def _completed(child: Child, new: NewChild) -> Child:
    more: dict[str, Any] = {
        name: getattr(new, name) for name in _BLANKS if getattr(new, name) and not getattr(child, name)
    }
    return replace(child, **more) if more else child
