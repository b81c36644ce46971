"""What an office says of a form that another holds: checked, or returned with a reason (`contract/record.md` 7).

A judgement lies beside the form and never changes the holder's state. It speaks of one completion of the form; when
the holder completes the form again it speaks no longer. Where it arrives at the holder, a returned form goes back to
entry there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from db.tables import offices, partners, submissions
from db.tables.submissions import Judgement, Life, Submission, Verdict
from desktop.application.records import Record
from desktop.application.steps import FINISHED
from desktop.errors import AppError
from desktop.wording import Sentence, say

BY: Final = ("phone", "paper", "package")
Place = tuple[str, str]
"""Uid of the unit and code of the form."""
Word = tuple[Any, ...]
"""Whose word it is: uid of the unit, code of the form, period id, uid of the office."""


@dataclass(frozen=True, slots=True)
class FormJudgement:
    """The word that stands about a form: `verdict` checked or returned, by which office; `returned_by` how it came."""

    verdict: str
    reason: str | None
    office: str
    office_name: str
    returned_by: str | None


def standing(record: Record, *, period: str, on: date) -> dict[Place, FormJudgement]:
    """The word that stands about each form of a period.

    Of several our own; then that which returns it. One that a later completion has superseded is left out.
    """
    begun = {(s.unit, s.form): s for s in submissions.of(record, periods=[period])}
    mine, names = own_uid(record, on), office_names(record, on)
    found: dict[Place, Judgement] = {}
    for judgement in submissions.judgements(record, periods=[period]):
        place = (judgement.unit, judgement.form)
        if judgement.verdict is Verdict.RECEIVED or not _speaks(judgement, begun.get(place)):
            continue
        held = found.get(place)
        if held is None or _weight(judgement, mine) > _weight(held, mine):
            found[place] = judgement
    return {
        place: FormJudgement(j.verdict.value, j.reason, j.office, names.get(j.office, j.office[:8]), j.returned_by)
        for place, j in found.items()
    }


def _weight(judgement: Judgement, mine: str) -> tuple[bool, bool]:
    return judgement.office == mine, judgement.verdict is Verdict.RETURNED


def _speaks(judgement: Judgement, form: Submission | None) -> bool:
    """Whether a judgement is about the form as it stands: a check only of what is still complete."""
    if form is None or judgement.completed != form.completed:
        return False
    return judgement.verdict is Verdict.RETURNED or form.state in FINISHED


def own_uid(record: Record, on: date) -> str:
    """The uid of the office whose record this is."""
    own = offices.own(record, on)
    return own.uid if own else ""


def office_names(record: Record, on: date) -> dict[str, str]:
    """The names of our own office and of those whose keys we know, by uid."""
    own = offices.own(record, on)
    known = {partner.office: partner.name for partner in partners.everyone(record)}
    return known | ({own.uid: own.name} if own else {})


def judge(
    record: Record, held: Submission, verdict: Verdict, *, on: date, reason: str | None = None, by: str | None = None
) -> None:
    """Write our word about a form of another office, inside a change; AppError `form_state` if it is in entry."""
    may_judge(record, held, on=on)
    told = Judgement(
        held.unit, held.form, held.period, own_uid(record, on), verdict, reason, by, completed=held.completed
    )
    submissions.judge(record, told)


def may_judge(record: Record, held: Submission, *, on: date) -> None:
    """Refuse a word about a form that is in entry at another office; AppError `form_state`."""
    if held.state not in FINISHED:
        name = office_names(record, on).get(held.holder, held.holder[:8])
        raise AppError(
            "form_state",
            say("The form is still in entry at {office}.", office=name),
            say("It can be checked or returned when a package brings it complete."),
        )


def refused(record: Record, held: Submission, *, act: str, unit: Sentence | str, on: date) -> AppError:
    """Why an act on a form of another office is refused, and who may."""
    name = office_names(record, on).get(held.holder, held.holder[:8])
    advice: Mapping[str, Sentence] = {
        "complete": say("{office} completes it; the next package brings it.", office=name),
        "lock": say("{office} locks it. Here it can be checked, or returned with a reason.", office=name),
        "reopen": say("Return it with a reason: {office} then opens it as a correction.", office=name),
        "type": say("Return it with a reason: {office} then enters it again.", office=name),
    }
    return AppError("not_holder", say("The form of {unit} is kept by {office}.", unit=unit, office=name), advice[act])


@dataclass(frozen=True, slots=True)
class Returned:
    """A form of ours that another office returned; `is_locked` where a leader must open it first."""

    unit: str
    form: str
    period: str
    office_name: str
    reason: str | None
    is_locked: bool


def follow(record: Record, heard: Collection[Word], *, on: date) -> list[Returned]:
    """Give our own forms that were returned back to entry, inside the change that brought the words `heard`.

    A locked form stays locked: its leader opens it as a correction. What was completed again since is left alone.
    """
    mine, names = own_uid(record, on), office_names(record, on)
    if not heard:
        return []
    told = [
        j
        for j in submissions.judgements(record, periods={period for _, _, period, _ in heard})
        if j.verdict is Verdict.RETURNED and j.office != mine and (j.unit, j.form, j.period, j.office) in heard
    ]
    begun = {(s.unit, s.form, s.period): s for s in submissions.of(record, periods={j.period for j in told})}
    found = []
    for judgement in told:
        form = begun.get((judgement.unit, judgement.form, judgement.period))
        if form is None or form.holder != mine or form.state not in FINISHED or not _speaks(judgement, form):
            continue
        is_locked = form.state is Life.LOCKED
        if not is_locked:
            by = judgement.returned_by or "package"
            submissions.put(record, replace(form, state=Life.RETURNED, reason=judgement.reason, returned_by=by))
        name = names.get(judgement.office, judgement.office[:8])
        found.append(Returned(form.unit, form.form, form.period, name, judgement.reason, is_locked))
    return found
