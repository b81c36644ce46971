"""A form's life: in entry, complete, checked, locked; returned and reopened (design 3.4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from db import release
from db.tables import submissions
from db.tables.submissions import Life, Submission, Verdict
from desktop.application import deadlines, duties, judging
from desktop.application.changes import Changes, Subject, changed
from desktop.application.checks import findings, not_reported
from desktop.application.entry import form_of, holder
from desktop.application.figures import unknown_unit
from desktop.application.judging import FormJudgement
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.application.steps import NOT_STARTED, allowed
from desktop.domain.findings import Finding, Severity
from desktop.domain.periods import Period
from desktop.errors import AppError
from desktop.wording import Sentence, say


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """Where the form of one commune stands; `on_time` is None where no deadline is known.

    `state` is the holder's, whoever asks. `judgement` is what another office says of it; `may` are the acts that can be
    taken here now.
    """

    commune: Commune
    form: str
    period: str
    state: str
    errors: int
    warnings: int
    received_on: date | None
    on_time: bool | None
    holder: str | None
    correction: int
    reason: str | None
    judgement: FormJudgement | None = None
    may: frozenset[str] = frozenset()


def rows(
    record: Record, *, period: Period, form: str | None = None, checked: Sequence[Finding] | None = None
) -> list[SubmissionRow]:
    """Every commune's forms of a period, by code and form; forms for periods of another length are left out.

    `checked` are the period's findings where the caller has them already: finding them takes the longest.
    """
    from desktop.application.catalogue import catalogue

    begun = {(row.unit, row.form): row for row in submissions.of(record, periods=[period.id])}
    open_findings: dict[str | None, list[Finding]] = {}
    for finding in findings(record, period=period) if checked is None else checked:
        if finding.kept is None:
            open_findings.setdefault(finding.unit, []).append(finding)
    chosen = [code for code in catalogue(record).forms if form in (None, code)]
    judged, mine = judging.standing(record, period=period.id, on=period.last), holder(record, period.last)
    found = [
        _row(
            commune,
            code,
            period,
            begun.get(place := (commune.uid, code)),
            open_findings.get(commune.code, ()),
            judged.get(place),
            mine,
        )
        for commune in communes_of(record, on=period.last)
        for code in chosen
        if (commune.uid, code) in begun or period_fits(record, code, period)
    ]
    return deadlines.judged(record, found, period=period)


def period_fits(record: Record, form: str, period: Period) -> bool:
    """Whether a form is filled in for a period of this length."""
    months = period.months
    if months is None:
        return False
    length = (months[2] - months[0]) * 12 + months[3] - months[1] + 1
    return {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}[form_of(record, form).periods] == length


def _row(
    commune: Commune,
    form: str,
    period: Period,
    begun: Submission | None,
    found: Sequence[Finding],
    judgement: FormJudgement | None,
    own: str,
) -> SubmissionRow:
    mine = [finding.severity for finding in found]
    state = begun.state.value if begun else NOT_STARTED
    is_checked = judgement is not None and judgement.verdict == Verdict.CHECKED
    return SubmissionRow(
        commune,
        form,
        period.id,
        state,
        mine.count(Severity.ERROR),
        mine.count(Severity.WARNING),
        begun.received_on if begun else None,
        None,
        begun.holder if begun else None,
        begun.correction if begun else 0,
        begun.reason if begun else None,
        judgement,
        allowed(state, is_ours=begun is None or begun.holder == own, is_checked=is_checked),
    )


def complete(
    record: Record, *, unit: str, form: str, period: Period, reason: str | None = None, received_on: date | None = None
) -> Changes:
    """Say that a commune's form is complete; cells that are not reported need a reason, one serves all."""
    commune = _commune(record, unit, period)
    missing = not_reported(record, form=form_of(record, form), period=period, commune=commune)
    held = _held(record, commune, form, period)
    _ours(record, held, commune, period, "complete")
    duties.before_complete(record, held, period=period)
    if missing and not (reason or held.reason):
        raise AppError(
            "reason_needed",
            say("{count} cells of {unit} are not reported.", count=len(missing), unit=commune.name),
            say("Give a reason for them; one serves all."),
        )
    _expect(held, commune, (Life.IN_ENTRY, Life.RETURNED, Life.COMPLETE))
    wanted = replace(
        held,
        state=Life.COMPLETE,
        reason=reason or held.reason,
        received_on=received_on or held.received_on,
        completed=held.completed + (held.state is not Life.COMPLETE),
    )
    return _write(record, wanted, say("Complete the form of {unit}", unit=commune.name))


def check(record: Record, *, unit: str, form: str, period: Period) -> Changes:
    """Say that a complete form was checked; open errors stand in the way until kept with a reason.

    Of a form that another office holds it is our word alone: its state stays what its holder says.
    """
    commune = _commune(record, unit, period)
    held = _held(record, commune, form, period)
    is_ours = held.holder == holder(record, period.last)
    if is_ours:
        _expect(held, commune, (Life.COMPLETE, Life.CHECKED))
        duties.before_check(record, held, period=period)
    errors = [
        finding
        for finding in findings(record, period=period, unit=commune.code, form=form)
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
        return _say_of(record, held, what, Verdict.CHECKED, on=period.last)
    return _write(record, replace(held, state=Life.CHECKED), what)


def give_back(record: Record, *, unit: str, form: str, period: Period, reason: str, by: str | None = None) -> Changes:
    """Return a form for entry, with a reason, by phone, paper or package.

    `by` is `phone` where nothing is said. One that another office holds is returned by a judgement, which the next
    package brings to it (so `package` where nothing is said); there the form then goes back to entry.
    """
    _need(reason)
    if by not in (None, *judging.BY):
        raise AppError("unknown_way", say("A form is returned by phone, paper or package."))
    commune = _commune(record, unit, period)
    held = _held(record, commune, form, period)
    what = say("Return the form of {unit}", unit=commune.name)
    if held.holder != holder(record, period.last):
        return _say_of(record, held, what, Verdict.RETURNED, on=period.last, reason=reason, by=by or "package")
    _expect(held, commune, (Life.COMPLETE, Life.CHECKED, Life.RETURNED))
    return _write(record, replace(held, state=Life.RETURNED, reason=reason, returned_by=by or "phone"), what)


def lock(record: Record, *, unit: str, form: str, period: Period) -> Changes:
    """Lock a checked form; from then on only a correction changes it."""
    from desktop.application import packages

    commune = _commune(record, unit, period)
    held = _held(record, commune, form, period)
    _ours(record, held, commune, period, "lock")
    _expect(held, commune, (Life.CHECKED, Life.LOCKED))
    if release.FormKey(held.unit, held.form, held.period) in packages.forms_in_conflict(record):
        raise AppError(
            "in_conflict",
            say("Two offices wrote into the form of {unit} without knowing of each other.", unit=commune.name),
            say("Decide which figures hold, then lock it."),
        )
    return _write(record, replace(held, state=Life.LOCKED), say("Lock the form of {unit}", unit=commune.name))


def reopen(record: Record, *, unit: str, form: str, period: Period, reason: str) -> Changes:
    """Open a locked form again as a correction, with a reason."""
    from desktop.application import packages

    _need(reason)
    commune = _commune(record, unit, period)
    held = _held(record, commune, form, period)
    _ours(record, held, commune, period, "reopen")
    _expect(held, commune, (Life.LOCKED,))
    wanted = replace(held, state=Life.IN_ENTRY, reason=reason, correction=held.correction + 1)
    done = _write(record, wanted, say("Reopen the form of {unit}", unit=commune.name))
    packages.place_waiting(record)
    return done


def _write(record: Record, wanted: Submission, what: Sentence) -> Changes:
    with record.change(what, source="submission") as change:
        submissions.put(record, wanted)
        if wanted.state is Life.COMPLETE:
            release.release(record, change, forms=[release.FormKey(wanted.unit, wanted.form, wanted.period)])
    return changed(change.rows, Subject.SUBMISSIONS, Subject.PACKAGES)


def _say_of(
    record: Record,
    held: Submission,
    what: Sentence,
    verdict: Verdict,
    *,
    on: date,
    reason: str | None = None,
    by: str | None = None,
) -> Changes:
    with record.change(what, source="submission") as change:
        judging.judge(record, held, verdict, on=on, reason=reason, by=by)
    return changed(change.rows, Subject.SUBMISSIONS, Subject.PACKAGES)


def _ours(record: Record, held: Submission, commune: Commune, period: Period, act: str) -> None:
    if held.holder != holder(record, period.last):
        raise judging.refused(record, held, act=act, unit=commune.name, on=period.last)


def _need(reason: str) -> None:
    if not reason.strip():
        raise AppError("reason_needed", say("A reason is needed."))


def _commune(record: Record, unit: str, period: Period) -> Commune:
    for commune in communes_of(record, on=period.last):
        if unit in (commune.code, f"uid:{commune.uid}"):
            return commune
    raise unknown_unit(unit, period.last)


def _held(record: Record, commune: Commune, form: str, period: Period) -> Submission:
    form_of(record, form)
    found = submissions.one(record, unit=commune.uid, form=form, period=period.id)
    return found or Submission(commune.uid, form, period.id, Life.IN_ENTRY, holder(record, period.last))


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
