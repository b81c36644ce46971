"""Keeping findings with a reason: one reason for many, and the reason accepted last year proposed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.application import checks, reasons
from desktop.application.reasons import ProposedReason
from desktop.domain.findings import Finding
from desktop.system.i18n import _, render
from desktop.ui.dialogs.ask import confirm
from desktop.ui.session import Session


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
        _("Keep {count} findings?").format(count=len(groups)) if many else _("Keep this finding?"),
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
    return session.write(lambda record: checks.keep(record, ids=ids, period=period, reason=reason)) is not None


def earlier_words(proposed: ProposedReason) -> str:
    """A reason accepted in an earlier year, and by whom."""
    return _("Accepted for {period}: “{reason}” ({who})").format(
        period=render(proposed.period.sentence()), reason=proposed.reason, who=proposed.who or _("this computer")
    )
