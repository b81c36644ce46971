"""Acts of units on the record: looked at before, entered as one change, taken back while nothing stands on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from db.tables import acts as tables
from db.tables import offices, units
from desktop.application.acts_history import draft_of
from desktop.application.acts_preview import Preview, preview_of, spans_of, typed_after
from desktop.application.changes import NOTHING, Changes, Subject, changed
from desktop.application.records import Record
from desktop.domain.acts import Act
from desktop.domain.acts_drafts import Draft
from desktop.domain.acts_planning import plan
from desktop.domain.acts_undo import hindrances, made_by
from desktop.domain.findings import Finding, has_errors
from desktop.domain.units import Register, Unit
from desktop.errors import AppError
from desktop.wording import Sentence, say

HIGHEST = "province"


@dataclass(frozen=True, slots=True)
class ActAnswer:
    """What an act does or did; `act` is None where it is refused or nothing is to be done.

    `known` is the uid of the act where it stands in the record already.
    """

    draft: Draft
    act: Act | None
    preview: Preview
    findings: tuple[Finding, ...]
    known: str | None = None


@dataclass(frozen=True, slots=True)
class ActsAnswer:
    """Acts entered together: one answer each, and what changed."""

    answers: tuple[ActAnswer, ...]
    changes: Changes = NOTHING

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Of all of them."""
        return tuple(finding for answer in self.answers for finding in answer.findings)


def standing(record: Record) -> list[Act]:
    """The acts that count."""
    return [act for act in tables.acts(record) if not act.undone]


def is_provisional(record: Record, *, on: date) -> bool:
    """Whether acts of this office are its own until the one above says its word: everywhere below the province."""
    own = offices.own(record, on)
    return own is not None and own.level != HIGHEST


def look_at(record: Record, draft: Draft) -> ActAnswer:
    """What an act would do; nothing is written."""
    answer, _ = _planned(record, draft, units.register(record), standing(record))
    return answer


def enter_acts(record: Record, drafts: Sequence[Draft], *, source: str, dry_run: bool = False) -> ActsAnswer:
    """Enter acts one after the other as one change: all of them, or none where one is refused."""
    if dry_run:
        return _tried(record, drafts)
    answers: list[ActAnswer] = []
    try:
        with record.change(_what(drafts), source=source) as change:
            register, known = units.register(record), standing(record)
            for draft in drafts:
                answer, register = _planned(record, draft, register, known)
                answers.append(answer)
                if has_errors(list(answer.findings)):
                    raise _Refused
                if answer.act is not None:
                    _write(record, answer.act, register)
                    known.append(answer.act)
    except _Refused:
        return ActsAnswer(tuple(answers))
    return ActsAnswer(tuple(answers), changed(change.rows, Subject.UNITS, Subject.OFFICE))


class _Refused(Exception):
    """Nothing of the change is kept."""


def _tried(record: Record, drafts: Iterable[Draft]) -> ActsAnswer:
    register, known, answers = units.register(record), standing(record), []
    for draft in drafts:
        answer, register = _planned(record, draft, register, known)
        answers.append(answer)
        if answer.act is not None:
            known.append(answer.act)
    return ActsAnswer(tuple(answers))


def _planned(record: Record, draft: Draft, register: Register, known: list[Act]) -> tuple[ActAnswer, Register]:
    planned = plan(
        register,
        draft,
        new_uid=lambda: str(uuid4()),
        provisional=is_provisional(record, on=draft.date),
        standing=known,
    )
    preview, findings = Preview(), planned.findings
    if planned.act is not None:
        preview = preview_of(record, planned.act, planned.register)
        findings += typed_after(record, planned.act, planned.register)
    return ActAnswer(draft, planned.act, preview, findings, planned.known), planned.register


def _what(drafts: Sequence[Draft]) -> Sentence:
    if len(drafts) == 1:
        return say("Act of units of {day}: {basis}", day=drafts[0].date, basis=drafts[0].basis)
    return say("{count} acts of units", count=len(drafts))


def _write(record: Record, act: Act, after: Register) -> None:
    units.put_units(record, (after.units[change.uid] for change in act.changes))
    tables.put_act(record, act)
    serve(record, act, after)


def serve(record: Record, act: Act, after: Register) -> None:
    """A unit made by the act is served by the office that served one of those before it, while its seat stands."""
    own = offices.own(record, act.date)
    if own is None:
        return
    seat, made = after.units.get(own.unit or ""), made_by(act)
    if seat is None or seat.on(act.date) is None or not made:
        return
    eve = {span.unit for span in spans_of(record, own.uid) if span.holds_on(act.date - timedelta(days=1))}
    heirs = [part.new for part in act.parts if part.old in eve and part.new in made]
    if heirs:
        offices.put_communes(record, own.uid, dict.fromkeys(heirs), valid_from=act.date)


# ---- taking back


def undo_act(record: Record, uid: str, *, source: str) -> ActsAnswer:
    """Take an act back; it stays in the history as undone. AppError where something stands on it or it is not ours.

    The answer holds the act as it was entered and what it had done.
    """
    act = tables.one(record, uid)
    if act is None:
        raise AppError(
            "unknown_act",
            say("No act {id} is in the record.", id=uid),
            say("Enter it first, or look the id up in the timeline of one of its units."),
        )
    register = units.register(record)
    if act.undone:
        return ActsAnswer((ActAnswer(draft_of(register, act), act, Preview(), ()),))
    answer = ActAnswer(draft_of(register, act), act, preview_of(record, act, register), ())
    why = why_not_undone(record, act)
    if why:
        raise AppError(why[0].rule, why[0].message, why[0].advice)
    with record.change(
        say("Undo the act of units of {day}: {basis}", day=act.date, basis=act.basis), source=source
    ) as c:
        take_back(record, act)
    return ActsAnswer((answer,), changed(c.rows, Subject.UNITS, Subject.OFFICE))


def why_not_undone(record: Record, act: Act) -> tuple[Finding, ...]:
    """Who or what stands on an act, so that it cannot be taken back; nothing: it can."""
    from desktop.application.acts_uses import not_ours, used

    if tables.is_received(record, act.uid):
        return (not_ours(act),)
    return (*hindrances(units.register(record), act, standing(record)), *used(record, act))


def take_back(record: Record, act: Act) -> None:
    """Write the register as it was before an act and mark the act, inside a change."""
    revert(record, act)
    tables.set_undone(record, act.uid)


def revert(record: Record, act: Act) -> None:
    """Write the register, and whom the office serves, as it was before an act."""
    own = offices.own(record, act.date)
    made = made_by(act)
    for span in offices.spans(record, own.uid) if own else ():
        if own and span.unit in made and span.valid_from == act.date:
            offices.drop_span(record, own.uid, span)
    before = [Unit(change.uid, change.kind, change.before) for change in act.changes]
    units.put_units(record, [unit for unit in before if unit.versions])
    units.put_units(record, [unit for unit in before if not unit.versions])
