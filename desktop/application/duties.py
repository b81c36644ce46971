"""Who may do what to a form, and why not: "hai người", double entry, and the steps of a form's life in words.

Two people: where the office switches it on, whoever typed a form's figures does not check them (design 3.4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from db import history
from db.tables import settings, submissions
from db.tables.submissions import Life, Submission
from desktop.application import double_entry, judging
from desktop.application.changes import Changes, Subject, changed
from desktop.application.checks import findings, not_reported
from desktop.application.entry import form_of, holder
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.application.steps import FINISHED, NOT_STARTED, STEPS, allowed
from desktop.domain.findings import Severity
from desktop.domain.periods import Period
from desktop.domain.values import Kind
from desktop.errors import AppError
from desktop.wording import Sentence, say

_SETTING: Final = "two_people"


@dataclass(frozen=True, slots=True)
class Act:
    """A step of a form's life: whether it may be taken now; if not why not, and who may or what to do first."""

    name: str
    allowed: bool
    why: Sentence | None = None
    who: Sentence | None = None
    needs_reason: bool = False


def two_people(record: Record) -> bool:
    """Whether whoever typed a form may not check it."""
    return bool(settings.get(record, _SETTING, False))


def put_two_people(record: Record, *, on: bool, source: str = "window") -> Changes:
    """Switch it on or off."""
    what = say("Let another person check what one has typed") if on else say("Let one person type and check")
    with record.change(what, source=source) as change:
        settings.put(record, _SETTING, on)
    return changed(change.rows, Subject.OFFICE, Subject.SUBMISSIONS)


def who_typed(record: Record, *, unit: str, form: str, period: Period) -> frozenset[str]:
    """Who wrote the figures that stand in a form of a unit (uid): each cell's last writer, senders left out."""
    elements = frozenset(form_of(record, form).elements)
    writers: dict[tuple[str, str], tuple[str, str]] = {}
    for entry in history.of(record, unit=unit, period=period.id):
        place = entry.place
        wanted = entry.table == "value" and place.get("kind") == Kind.ACTUAL.value and place.get("element") in elements
        if wanted and entry.after is not None:
            writers.setdefault((place["element"], place["category"]), (entry.source, entry.who))
    return frozenset(who for source, who in writers.values() if source != "package")


def before_check(record: Record, held: Submission, *, period: Period) -> None:
    """Refuse the check by who typed the form, where the office wants two people; AppError `two_people`."""
    refused = _same_person(record, held, period)
    if refused:
        raise AppError("two_people", *refused)


def _same_person(record: Record, held: Submission, period: Period) -> tuple[Sentence, Sentence] | None:
    if not two_people(record):
        return None
    if not record.actor.strip():
        return say("Who checks must be named."), say("Say who is working, then check again.")
    if record.actor not in who_typed(record, unit=held.unit, form=held.form, period=period):
        return None
    why = say("{who} typed figures of this form and so cannot check it.", who=record.actor)
    return why, say("Another person of the office checks it: the office wants two people.")


def before_complete(record: Record, held: Submission, *, period: Period) -> None:
    """Refuse to complete a form entered twice while its two entries differ; AppError `entries_differ`."""
    refused = _entries_differ(record, held, period)
    if refused:
        raise AppError("entries_differ", *refused)


def _entries_differ(record: Record, held: Submission, period: Period) -> tuple[Sentence, Sentence] | None:
    count = double_entry.open_differences(record, form=held.form, period=period, unit=held.unit)
    if count == 0:
        return None
    if count is None:
        return say("This form is entered twice; the second entry is missing."), say("Type it a second time.")
    return say("The two entries differ in {count} cells.", count=count), say("Compare them and settle each cell.")


# ---- all steps at once, for a screen that says why not ----

_NOT_NOW: Final[dict[str, Callable[[], Sentence]]] = {
    NOT_STARTED: lambda: say("Nothing has been entered yet."),
    Life.IN_ENTRY: lambda: say("The form is still in entry."),
    Life.COMPLETE: lambda: say("The form is complete already."),
    Life.CHECKED: lambda: say("The form is checked already."),
    Life.LOCKED: lambda: say("The form is locked."),
    Life.RETURNED: lambda: say("The form was returned and is to be completed again."),
}
_WHO: Final[dict[str, Callable[[], Sentence]]] = {
    "complete": lambda: say("Whoever enters completes it."),
    "check": lambda: say("Whoever checks can do it once it is complete."),
    "return": lambda: say("Whoever checks can return it once it is complete."),
    "lock": lambda: say("A leader locks it once it is checked."),
    "reopen": lambda: say("A leader reopens it once it is locked."),
}


def acts(record: Record, *, unit: str, form: str, period: Period, errors: int | None = None) -> list[Act]:
    """Every step of a commune's form (official code): may it be taken now, why not, and who may.

    `errors` is how many stand open, where a screen has counted them already; else they are looked for.
    """
    commune = next(c for c in communes_of(record, on=period.last) if unit in (c.code, f"uid:{c.uid}"))
    begun = submissions.one(record, unit=commune.uid, form=form, period=period.id)
    mine = holder(record, period.last)
    held = begun or Submission(commune.uid, form, period.id, Life.IN_ENTRY, mine)
    if held.holder != mine:
        return [_foreign(record, held, act, commune, period, errors) for act in STEPS]
    state = held.state if begun else NOT_STARTED
    return [_act(record, held, state, act, commune, period, errors) for act in STEPS]


def _act(
    record: Record, held: Submission, state: str, act: str, commune: Commune, period: Period, errors: int | None
) -> Act:
    if act not in allowed(state, is_ours=True):
        return Act(act, allowed=False, why=_NOT_NOW[state](), who=_WHO[act]())
    refused = None
    if act == "complete":
        refused = _entries_differ(record, held, period)
        missing = not_reported(record, form=form_of(record, held.form), period=period, commune=commune)
        return _told(act, refused, needs_reason=bool(missing) and not held.reason)
    if act == "check":
        refused = _same_person(record, held, period) or _errors(record, held, commune, period, errors)
    return _told(act, refused, needs_reason=act in ("return", "reopen"))


def _told(act: str, refused: tuple[Sentence, Sentence] | None, *, needs_reason: bool) -> Act:
    if refused:
        return Act(act, allowed=False, why=refused[0], who=refused[1])
    return Act(act, allowed=True, needs_reason=needs_reason)


def _errors(
    record: Record, held: Submission, commune: Commune, period: Period, count: int | None
) -> tuple[Sentence, Sentence] | None:
    if count is None:
        found = findings(record, period=period, unit=commune.code, form=held.form)
        count = sum(one.severity is Severity.ERROR and one.kept is None for one in found)
    if not count:
        return None
    return say("{count} errors are open.", count=count), say("Mend them, or keep them with a reason.")


def _foreign(record: Record, held: Submission, act: str, commune: Commune, period: Period, errors: int | None) -> Act:
    if act in ("check", "return") and held.state in FINISHED:
        refused = _errors(record, held, commune, period, errors) if act == "check" else None
        return _told(act, refused, needs_reason=act == "return")
    if act in ("check", "return"):
        name = judging.office_names(record, period.last).get(held.holder, held.holder[:8])
        why = say("The form is still in entry at {office}.", office=name)
        return Act(act, allowed=False, why=why, who=_WHO[act]())
    told = judging.refused(record, held, act=act, unit=commune.name, on=period.last)
    return Act(act, allowed=False, why=told.title, who=told.advice)
