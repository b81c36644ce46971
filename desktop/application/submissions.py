"""A form's life: in entry, complete, checked, locked; returned and reopened (design 3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.tables import submissions
from db.tables.submissions import Submission, Verdict
from desktop.application import deadlines, judging
from desktop.application.changes import Changes
from desktop.application.checks import findings
from desktop.application.entry import holder
from desktop.application.judging import FormJudgement
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.application.stepping import RECEIVE, Place, Said, take_one
from desktop.application.steps import NOT_STARTED, allowed
from desktop.domain.findings import Finding, Severity
from desktop.domain.periods import Period


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
    forms = catalogue(record).forms
    chosen = [code for code in forms if form in (None, code)]
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
        if (commune.uid, code) in begun or forms[code].fits(period)
    ]
    return deadlines.judged(record, found, period=period)


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
    return take_one(record, "complete", Place(unit, form, period), Said(reason, received_on=received_on))


def check(record: Record, *, unit: str, form: str, period: Period) -> Changes:
    """Say that a complete form was checked; open errors stand in the way until kept with a reason.

    Of a form that another office holds it is our word alone: its state stays what its holder says.
    """
    return take_one(record, "check", Place(unit, form, period), Said())


def give_back(record: Record, *, unit: str, form: str, period: Period, reason: str, by: str | None = None) -> Changes:
    """Return a form for entry, with a reason, by phone, paper or package.

    `by` is `phone` where nothing is said. One that another office holds is returned by a judgement, which the next
    package brings to it (so `package` where nothing is said); there the form then goes back to entry.
    """
    return take_one(record, "return", Place(unit, form, period), Said(reason, by))


def lock(record: Record, *, unit: str, form: str, period: Period) -> Changes:
    """Lock a checked form; from then on only a correction changes it."""
    return take_one(record, "lock", Place(unit, form, period), Said())


def reopen(record: Record, *, unit: str, form: str, period: Period, reason: str) -> Changes:
    """Open a locked form again as a correction, with a reason."""
    return take_one(record, "reopen", Place(unit, form, period), Said(reason))


def receive(record: Record, *, unit: str, form: str, period: Period, received_on: date | None) -> Changes:
    """Say on which day the paper, file or package of a commune's form came; None takes the day away."""
    return take_one(record, RECEIVE, Place(unit, form, period), Said(received_on=received_on))
