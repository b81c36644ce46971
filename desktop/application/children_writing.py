"""Writing children, sessions and measurements inside a change of the caller: one import, one paste is one change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import uuid4

from db import release
from db.tables import children, weighing
from desktop.application.records import Record
from desktop.domain.children import Child, Measurement, Origin, Session, SessionKind, Sex
from desktop.domain.text import squeeze
from desktop.errors import AppError
from desktop.wording import say

MANY: Final = 1000  # journal rows after which the figures' mark of drafts is moved past them


@dataclass(frozen=True, slots=True)
class NewChild:
    """A child that is not in the record yet; `unit` is the uid of its commune."""

    unit: str
    name: str
    sex: Sex | None = None
    birth_date: date | None = None
    village: str = ""
    ethnic_group: str = ""
    mother: str = ""
    personal_id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewSession:
    """A weighing session that is not in the record yet; `unit` None: of the whole office."""

    unit: str | None
    first: date
    last: date | None = None
    kind: SessionKind = SessionKind.CAMPAIGN
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows were written, and the measurements that gave way to what a person had typed."""

    rows: int
    kept: tuple[Measurement, ...] = ()


def tidy(child: Child) -> Child:
    """A child's texts as they are kept: NFC, single spaces; AppError `no_name` where the name is empty."""
    told = replace(
        child,
        name=squeeze(child.name),
        village=squeeze(child.village),
        ethnic_group=squeeze(child.ethnic_group),
        mother=squeeze(child.mother),
        personal_id=squeeze(child.personal_id),
        note=squeeze(child.note),
    )
    if not told.name:
        raise AppError("no_name", say("A child needs a name."), say("Type it as the family says it."))
    return told


def register_in(record: Record, new: Iterable[NewChild]) -> list[str]:
    """Register children, each under a new random uid; the uids in the same order."""
    made = [
        tidy(
            Child(
                str(uuid4()),
                one.unit,
                one.name,
                one.sex,
                one.birth_date,
                one.village,
                one.ethnic_group,
                one.mother,
                one.personal_id,
                one.note,
            )
        )
        for one in new
    ]
    children.put(record, made)
    return [child.uid for child in made]


def open_in(record: Record, new: NewSession) -> Session:
    """Open a session; one of the same commune, days and kind is taken again."""
    last = new.last if new.last and new.last > new.first else None
    for held in weighing.sessions(record, on=new.first):
        if (held.unit, held.first, held.last, held.kind) == (new.unit, new.first, last, new.kind):
            return held
    made = Session(str(uuid4()), new.unit, new.first, last, new.kind, squeeze(new.name), squeeze(new.note))
    weighing.put_sessions(record, [made])
    return made


def measure_in(record: Record, measurements: Iterable[Measurement], *, replace_typed: bool = False) -> Written:
    """Write measurements, whole rows; an empty one takes its row away.

    What an import brings never replaces what a person typed, unless `replace_typed`. A child measured in a session is
    no longer absent from it, and one that is marked absent was not measured in it.
    """
    chosen = list({(one.child, one.day): one for one in measurements}.values())
    kept: list[Measurement] = []
    before = record.head()
    if any(one.origin is Origin.IMPORT for one in chosen) and not replace_typed:
        held = _held(record, chosen)
        kept = [
            one
            for one in chosen
            if one.origin is Origin.IMPORT
            and (stands := held.get((one.child, one.day))) is not None
            and stands.origin is not Origin.IMPORT
            and not _says_the_same(stands, one)
        ]
        typed = {place for place, stands in held.items() if stands.origin is not Origin.IMPORT}
        chosen = [one for one in chosen if one.origin is not Origin.IMPORT or (one.child, one.day) not in typed]
    weighing.put(record, [*_given_way(record, chosen), *chosen])
    rows = record.head() - before
    if rows >= MANY:
        release.advance(record)
    return Written(rows, tuple(kept))


def _says_the_same(one: Measurement, other: Measurement) -> bool:
    return replace(one, origin=other.origin, session=other.session, note=other.note) == other


def _held(record: Record, chosen: Sequence[Measurement]) -> dict[tuple[str, date], Measurement]:
    """What stands where measurements are to be written."""
    wanted = {(one.child, one.day) for one in chosen}
    days = [one.day for one in chosen]
    found = weighing.of_children(record, {one.child for one in chosen}, since=min(days), until=max(days))
    return {(child, one.day): one for child, history in found.items() for one in history if (child, one.day) in wanted}


def _given_way(record: Record, chosen: Sequence[Measurement]) -> list[Measurement]:
    """Rows of the same session on other days that say the contrary: absent beside measured."""
    told = {(one.child, one.session): one for one in chosen if one.session is not None and not one.is_empty}
    places = {(one.child, one.day) for one in chosen}
    longer = {uid for uid in {session for _, session in told} if _has_days(record, uid)}
    found = []
    for uid in sorted(longer):
        for stands in weighing.of_session(record, uid):
            new = told.get((stands.child, uid))
            if new is not None and stands.absent != new.absent and (stands.child, stands.day) not in places:
                found.append(Measurement(stands.child, stands.day))
    return found


def _has_days(record: Record, uid: str) -> bool:
    session = weighing.session(record, uid)
    return session is not None and session.last is not None
