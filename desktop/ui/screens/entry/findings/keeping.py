"""Keeping findings with a reason: one reason for many, and the reason accepted last year proposed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.application import checks, reasons
from desktop.application.changes import Changes
from desktop.application.reasons import ProposedReason
from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.domain.periods import Period
from desktop.system.i18n import _, grouped, render
from desktop.ui.dialogs.ask import confirm
from desktop.ui.jobs import RunningJob
from desktop.ui.session import Session
from desktop.wording import say

FEW: Final = 60
"""Communes up to which keeping is quick."""


def keep(parent: QWidget, session: Session, findings: Sequence[Finding]) -> bool:
    """Ask for the reason and keep the open ones among these findings; whether they were kept."""
    chosen = [finding for finding in findings if finding.kept is None]
    if not chosen:
        return False
    groups = {(finding.unit, finding.group or finding.id) for finding in chosen}
    many = len(groups) > 1
    text = _("One reason is written to all of them.") if many else render(chosen[0].message)
    proposed = next(iter(reasons.proposed_reasons(session.record, chosen).values()), None)
    if proposed is not None:
        text = f"{text}\n\n{earlier_words(proposed)}"
    reason = confirm(
        parent,
        _("Keep {count} findings?").format(count=grouped(len(groups))) if many else _("Keep this finding?"),
        text,
        deed=_("Keep"),
        leave=_("Do not keep"),
        reason=_("Reason (needed)"),
        reason_text=proposed.reason if proposed else "",
        needs_reason=True,
    )
    if not reason:
        return False
    ids = [finding.id for finding in chosen]
    period = session.period
    intent = partial(_keep, ids, period, reason)
    if len(session.communes) <= FEW:
        return session.write(intent) is not None
    # Keeping looks at the findings once more: in a large office that is work for a job, not for a key.
    job = RunningJob(say("Keep findings"), lambda record, _step: intent(record))
    job.succeeded.connect(session.tell)
    job.failed.connect(session.refuse)
    session.jobs.start(job, writes=True)
    return True


def _keep(ids: Sequence[str], period: Period, reason: str, record: Record) -> Changes:
    return checks.keep(record, ids=ids, period=period, reason=reason)


def earlier_words(proposed: ProposedReason) -> str:
    """A reason accepted in an earlier year, and by whom."""
    return _("Accepted for {period}: “{reason}” ({who})").format(
        period=render(proposed.period.sentence()), reason=proposed.reason, who=proposed.who or _("this computer")
    )
