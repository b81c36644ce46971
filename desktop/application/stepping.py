"""The steps of a form's life: looked at first, then written as one change, with one form or with many (design 3.4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from db import release
from db.tables import submissions
from db.tables.submissions import Life, Submission, Verdict
from desktop.application import duties, judging
from desktop.application.changes import NOTHING, Changes, Subject, changed
from desktop.application.checks import findings, not_reported
from desktop.application.entry import form_of, holder
from desktop.application.figures import unknown_unit
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record, clock
from desktop.domain.findings import Severity
from desktop.domain.periods import Period
from desktop.errors import AppError
from desktop.wording import Sentence, say


@dataclass(frozen=True, slots=True)
class Place:
    """One form: a commune (code or `uid:…`), the form's code, the period."""

    unit: str
    form: str
    period: Period


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says with a step: a reason, by which way a form goes back, the day it was received.

    `if_unknown` is the day of receipt of a form completed before anybody gave one.
    """

    reason: str | None = None
    by: str | None = None
    received_on: date | None = None
    if_unknown: date | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a step with many forms came to: how many took it, which refused it and why."""

    done: int
    refused: tuple[tuple[Commune, AppError], ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Ready:
    """A step that may be taken: the form as it stands (`found`: before anybody began, None), and what is written."""

    what: Sentence
    commune: Commune
    found: Submission | None
    held: Submission
    wanted: Submission | None = None
    word: Verdict | None = None
    reason: str | None = None
    by: str | None = None


def take(
    record: Record, *, act: str, places: Sequence[Place], said: Said, step: Callable[[int, int], None] | None = None
) -> Taken:
    """Take a step of `steps.STEPS`, or `RECEIVE`, with many forms as one change; those that refuse do not stop it.

    `step` is told how many were looked at, of how many; if it raises nothing was written.
    """
    ready, refused = [], []
    for at, place in enumerate(places):
        if step is not None:
            step(at, len(places))
        try:
            ready.append(_READY[act](record, place, said))
        except AppError as fault:
            refused.append((_commune(record, place.unit, place.period), fault))
    what = ready[0].what if len(ready) == 1 else _MANY[act](len(ready))
    return Taken(len(ready), tuple(refused), _write(record, act, ready, what) if ready else NOTHING)


def take_one(record: Record, act: str, place: Place, said: Said) -> Changes:
    """Take a step with one form; AppError where it may not be taken."""
    ready = _READY[act](record, place, said)
    return _write(record, act, [ready], ready.what)


def _completed(record: Record, place: Place, said: Said) -> _Ready:
    commune, found, held = _stands(record, place)
    missing = not_reported(record, form=form_of(record, place.form), period=place.period, commune=commune)
    _ours(record, held, commune, place.period, "complete")
    duties.before_complete(record, held, period=place.period)
    _not_to_come(record, said.received_on)
    if missing and not (said.reason or held.reason):
        raise AppError(
            "reason_needed",
            say("{count} cells of {unit} are not reported.", count=len(missing), unit=commune.name),
            say("Give a reason for them; one serves all."),
        )
    _expect(held, commune, (Life.IN_ENTRY, Life.RETURNED, Life.COMPLETE))
    wanted = replace(
        held,
        state=Life.COMPLETE,
        reason=said.reason or held.reason,
        received_on=said.received_on or held.received_on or said.if_unknown,
        completed=held.completed + (held.state is not Life.COMPLETE),
    )
    return _Ready(say("Complete the form of {unit}", unit=commune.name), commune, found, held, wanted)


def _checked(record: Record, place: Place, _said: Said) -> _Ready:
    commune, found, held = _stands(record, place)
    is_ours = held.holder == holder(record, place.period.last)
    if is_ours:
        _expect(held, commune, (Life.COMPLETE, Life.CHECKED))
        duties.before_check(record, held, period=place.period)
    errors = [
        finding
        for finding in findings(record, period=place.period, unit=commune.code, form=place.form)
        if finding.severity is Severity.ERROR and finding.kept is None
    ]
    if errors:
        raise AppError(
            "errors_open",
            say("The form of {unit} still has {count} errors.", unit=commune.name, count=len(errors)),
            say("Mend them, or keep them with a reason."),
        )
    what = say("Check the form of {unit}", unit=commune.name)
    if not is_ours:
        return _word(record, _Ready(what, commune, found, held, word=Verdict.CHECKED), place)
    return _Ready(what, commune, found, held, replace(held, state=Life.CHECKED))


def _returned(record: Record, place: Place, said: Said) -> _Ready:
    reason = _need(said.reason)
    if said.by not in (None, *judging.BY):
        raise AppError(
            "unknown_way", say("A form is returned by phone, paper or package."), say("Choose one of the three.")
        )
    commune, found, held = _stands(record, place)
    what = say("Return the form of {unit}", unit=commune.name)
    if held.holder != holder(record, place.period.last):
        by = said.by or "package"
        told = _Ready(what, commune, found, held, word=Verdict.RETURNED, reason=reason, by=by)
        return _word(record, told, place)
    _expect(held, commune, (Life.COMPLETE, Life.CHECKED, Life.RETURNED))
    wanted = replace(held, state=Life.RETURNED, reason=reason, returned_by=said.by or "phone")
    return _Ready(what, commune, found, held, wanted)


def _locked(record: Record, place: Place, _said: Said) -> _Ready:
    from desktop.application import packages

    commune, found, held = _stands(record, place)
    _ours(record, held, commune, place.period, "lock")
    _expect(held, commune, (Life.CHECKED, Life.LOCKED))
    if release.FormKey(held.unit, held.form, held.period) in packages.forms_in_conflict(record):
        raise AppError(
            "in_conflict",
            say("Two offices wrote into the form of {unit} without knowing of each other.", unit=commune.name),
            say("Decide which figures hold, then lock it."),
        )
    what = say("Lock the form of {unit}", unit=commune.name)
    return _Ready(what, commune, found, held, replace(held, state=Life.LOCKED))


def _reopened(record: Record, place: Place, said: Said) -> _Ready:
    reason = _need(said.reason)
    commune, found, held = _stands(record, place)
    _ours(record, held, commune, place.period, "reopen")
    _expect(held, commune, (Life.LOCKED,))
    wanted = replace(held, state=Life.IN_ENTRY, reason=reason, correction=held.correction + 1)
    return _Ready(say("Reopen the form of {unit}", unit=commune.name), commune, found, held, wanted)


def _received(record: Record, place: Place, said: Said) -> _Ready:
    commune, found, held = _stands(record, place)
    _not_to_come(record, said.received_on)
    what = say("Day of receipt of {unit}", unit=commune.name)
    return _Ready(what, commune, found, held, replace(held, received_on=said.received_on))


RECEIVE: Final = "receive"
_READY: Final[dict[str, Callable[[Record, Place, Said], _Ready]]] = {
    "complete": _completed,
    "check": _checked,
    "return": _returned,
    "lock": _locked,
    "reopen": _reopened,
    RECEIVE: _received,
}
_MANY: Final[dict[str, Callable[[int], Sentence]]] = {
    "complete": lambda count: say("Complete {count} forms", count=count),
    "check": lambda count: say("Check {count} forms", count=count),
    "return": lambda count: say("Return {count} forms", count=count),
    "lock": lambda count: say("Lock {count} forms", count=count),
    "reopen": lambda count: say("Reopen {count} forms", count=count),
    RECEIVE: lambda count: say("Day of receipt of {count} forms", count=count),
}


def _write(record: Record, act: str, ready: Sequence[_Ready], what: Sentence) -> Changes:
    """Write steps as one change; AppError `form_state` where somebody moved one of the forms since it was looked at."""
    with record.change(what, source="submission") as change:
        for one in ready:
            held = one.held
            if submissions.one(record, unit=held.unit, form=held.form, period=held.period) != one.found:
                raise AppError(
                    "form_state",
                    say("The form of {unit} was changed meanwhile.", unit=one.commune.name),
                    say("Look at it, then take the step again."),
                )
            if one.word is not None:
                on = Period.parse(held.period).last
                judging.judge(record, held, one.word, on=on, reason=one.reason, by=one.by)
            elif one.wanted is not None:
                submissions.put(record, one.wanted)
        completed = [
            release.FormKey(one.held.unit, one.held.form, one.held.period)
            for one in ready
            if act == "complete" and one.wanted is not None
        ]
        if completed:
            release.release(record, change, forms=completed)
    if act == "reopen":
        from desktop.application import packages

        packages.place_waiting(record)
    return changed(change.rows, Subject.SUBMISSIONS, *((Subject.PACKAGES,) if act != RECEIVE else ()))


def _word(record: Record, told: _Ready, place: Place) -> _Ready:
    """Our word about another office's form, refused before anything is written while it is in entry there."""
    judging.may_judge(record, told.held, on=place.period.last)
    return told


def _ours(record: Record, held: Submission, commune: Commune, period: Period, act: str) -> None:
    if held.holder != holder(record, period.last):
        raise judging.refused(record, held, act=act, unit=commune.name, on=period.last)


def _need(reason: str | None) -> str:
    if not (reason or "").strip():
        raise AppError("reason_needed", say("A reason is needed."), say("Say in a few words why."))
    return reason or ""


def _not_to_come(record: Record, day: date | None) -> None:
    """Refuse a day of receipt after today; AppError `future_day`.

    A day named for the record (`--today`) moves due dates; it makes no day that has passed one that is to come.
    """
    today = max(record.now().date(), clock(None)().date())
    if day is not None and day > today:
        raise AppError(
            "future_day",
            say("The day of receipt {day} is still to come.", day=day),
            say("Give the day the form came: today, {today}, or before.", today=today),
        )


def _stands(record: Record, place: Place) -> tuple[Commune, Submission | None, Submission]:
    """The commune, its form as kept (None: not begun), and the form as it would begin."""
    commune = _commune(record, place.unit, place.period)
    form_of(record, place.form)
    found = submissions.one(record, unit=commune.uid, form=place.form, period=place.period.id)
    begun = Submission(commune.uid, place.form, place.period.id, Life.IN_ENTRY, holder(record, place.period.last))
    return commune, found, found or begun


def _commune(record: Record, unit: str, period: Period) -> Commune:
    for commune in communes_of(record, on=period.last):
        if unit in (commune.code, f"uid:{commune.uid}"):
            return commune
    raise unknown_unit(unit, period.last)


_MAY: Final[dict[Life, Callable[[], Sentence]]] = {
    Life.IN_ENTRY: lambda: say("It is in entry: complete it first."),
    Life.COMPLETE: lambda: say("It is complete: check it first."),
    Life.CHECKED: lambda: say("It is checked: lock or return it."),
    Life.LOCKED: lambda: say("It is locked: a leader can reopen it as a correction."),
    Life.RETURNED: lambda: say("It was returned: complete it again."),
}


def _expect(held: Submission, commune: Commune, allowed: tuple[Life, ...]) -> None:
    if held.state not in allowed:
        raise AppError(
            "form_state",
            say("The form of {unit} cannot take this step now.", unit=commune.name),
            _MAY[held.state](),
        )
