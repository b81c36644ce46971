"""Keeping findings with a reason: one reason for many, and the reason accepted last year proposed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.application import checks
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
    reason = confirm(
        parent,
        _("Keep {count} findings?").format(count=len(groups)) if many else _("Keep this finding?"),
        _("One reason is written to all of them.") if many else render(chosen[0].message),
        deed=_("Keep"),
        leave=_("Do not keep"),
        reason=_("Reason (needed)"),
        needs_reason=True,
    )
    if not reason:
        return False
    ids = [finding.id for finding in chosen]
    period = session.period
    return session.write(lambda record: checks.keep(record, ids=ids, period=period, reason=reason)) is not None
