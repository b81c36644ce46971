"""Children already known, found for a list that comes in; entries that are one child, merged with a way back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from db.tables import children as people
from db.tables import weighing
from desktop.application.changes import Changes, Subject, changed
from desktop.application.children import entries_of, one, territory
from desktop.application.children_writing import NewChild
from desktop.application.records import Record
from desktop.domain.children import LAST_DAY, Child, Measurement
from desktop.domain.children_matching import LIKELY, Match, Pair, likeness, match, pairs
from desktop.errors import AppError
from desktop.wording import Sentence, say

__all__ = [
    "LIKELY",
    "Match",
    "MergePreview",
    "Pair",
    "matches",
    "merge",
    "preview_merge",
    "resembling",
    "suggest_duplicates",
    "unmerge",
]
Step = Callable[[int, int], None]
_BLANKS: Final = ("sex", "birth_date", "village", "ethnic_group", "mother", "personal_id", "note")


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging would do: the child that stays (blanks filled from the other) and the entry that becomes it.

    `measurements` would come from the other entry; `clashes` are days on which both have figures that differ: those of
    the child that stays count, the others stay in the record behind them.
    """

    kept: Child
    other: Child
    score: int
    reasons: tuple[Sentence, ...]
    filled: tuple[str, ...]
    measurements: tuple[Measurement, ...]
    clashes: tuple[tuple[Measurement, Measurement], ...]


def matches(record: Record, *, wanted: Sequence[NewChild], communes: Collection[str], day: date) -> list[Match]:
    """Who the entries of a list are among the children of some communes (uids), in the list's order.

    `sure` ones may be taken; of the others a person is to be asked; a match without a child is a new child.
    """
    told = [new.birth_date for new in wanted if new.birth_date is not None]
    return match([_entry(new) for new in wanted], _entries(record, communes, day, told))


def resembling(record: Record, *, child: Child, communes: Collection[str], day: date) -> Child | None:
    """Another entry of some communes (uids) that may be the same child as one that was just registered."""
    born = [child.birth_date] if child.birth_date is not None else []
    others = [one for one in _entries(record, communes, day, born) if one.uid != child.uid]
    return match([child], others)[0].child


def _entries(record: Record, communes: Collection[str], day: date, told: Sequence[date]) -> list[Child]:
    """The children of some communes among whom entries born on some days may be found."""
    reached = {old for commune in communes for old in territory(record, commune, day)}
    # Wider than five years: a birth date may be mistaken; and never narrower than what the list itself says.
    born = (min([day - timedelta(days=LAST_DAY + 731), *told]), max([day + timedelta(days=366), *told]))
    with record.reading():
        merged = people.aliases(record)
        known = people.of_units(record, reached, born=born)
        others = {people.resolve(merged, child.uid) for child in known if child.uid in merged}
        kept = people.by_uid(record, others)
    entries = [child for child in known if child.uid not in merged]
    held = {child.uid for child in entries}
    entries += [child for uid, child in kept.items() if uid not in held and not child.struck]
    return entries


def _entry(new: NewChild) -> Child:
    return Child(
        "",
        new.unit,
        new.name,
        new.sex,
        new.birth_date,
        new.village,
        new.ethnic_group,
        new.mother,
        new.personal_id,
    )


def suggest_duplicates(
    record: Record,
    *,
    communes: Collection[str] | None,
    day: date,
    limit: int = 200,
    least: int = LIKELY,
    step: Step | None = None,
) -> list[Pair]:
    """Entries that may be one child, the surest first: of some communes (uids), or of the whole record.

    `step` hears how far it is and may stop it: the whole of a province takes some seconds.
    """
    with record.reading():
        merged = people.merged(record)
        if communes is None:
            known = [child for child in people.everyone(record) if not child.struck]
        else:
            known = people.of_units(record, {old for one in communes for old in territory(record, one, day)})
    return pairs([child for child in known if child.uid not in merged], least=least, step=step)[:limit]


def preview_merge(record: Record, *, keep: str, other: str) -> MergePreview:
    """What merging two entries would do; AppError `no_child`, `same_child`."""
    stays, goes = _two(record, keep, other)
    told = likeness(stays, goes)
    entries = entries_of(record, [stays.uid, goes.uid])
    histories = weighing.of_children(record, [uid for group in entries.values() for uid in group])
    held = {one.day: one for uid in entries[stays.uid] for one in histories.get(uid, ())}
    coming = [one for uid in entries[goes.uid] for one in histories.get(uid, ())]
    filled = _filled(stays, goes)
    return MergePreview(
        replace(stays, **filled),
        goes,
        told.score,
        told.reasons,
        tuple(filled),
        tuple(sorted((one for one in coming if one.day not in held), key=lambda one: one.day)),
        tuple((held[one.day], one) for one in coming if one.day in held and _differ(held[one.day], one)),
    )


def merge(record: Record, *, keep: str, other: str, source: str = "window") -> Changes:
    """Say that two entries are one child: the other's history becomes its, blanks are filled; undo takes it back."""
    stays, goes = _two(record, keep, other)
    with record.change(say("Merge two entries of one child"), source=source) as change:
        people.put(record, [replace(stays, **_filled(stays, goes))])
        people.put_alias(record, goes.uid, stays.uid)
    return changed(change.rows, Subject.CHILDREN)


def unmerge(record: Record, *, other: str, source: str = "window") -> Changes:
    """Make an entry a child of its own again, long after undo could; what was filled in stays."""
    if other not in people.aliases(record):
        raise AppError(
            "not_merged", say("This entry was not merged with another."), say("Choose one of the entries that were.")
        )
    with record.change(say("Take apart two entries of children"), source=source) as change:
        record.connection.execute("DELETE FROM child_alias WHERE uid = ?", (other,))
    return changed(change.rows, Subject.CHILDREN)


def _two(record: Record, keep: str, other: str) -> tuple[Child, Child]:
    told = people.aliases(record)
    stays, goes = one(record, people.resolve(told, keep)), one(record, people.resolve(told, other))
    if stays.uid == goes.uid:
        raise AppError(
            "same_child",
            say("Both entries are the same child already."),
            say("Choose two other entries, or leave it so."),
        )
    return stays, goes


def _filled(stays: Child, goes: Child) -> dict[str, Any]:
    """What the child that stays does not know of itself and the other does."""
    return {name: getattr(goes, name) for name in _BLANKS if getattr(goes, name) and not getattr(stays, name)}


def _differ(one: Measurement, other: Measurement) -> bool:
    return replace(one, child="", session=None, origin=other.origin, note="") != replace(
        other, child="", session=None, note=""
    )
