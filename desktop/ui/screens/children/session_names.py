"""Weighing sessions of the period shown, and how one is called on the screen."""

from __future__ import annotations

from desktop.application import weighing
from desktop.application.offices import Commune
from desktop.domain.children import Session
from desktop.system.i18n import _
from desktop.ui.session import Session as WindowSession


def sessions_of(session: WindowSession, *communes: Commune) -> list[Session]:
    """The sessions of some communes that began in the period, the newest first."""
    period = session.period
    found = weighing.sessions(session.record, communes=[one.uid for one in communes])
    return [one for one in reversed(found) if period.first <= one.first <= period.last]


def session_name(one: Session, *, short: bool = False) -> str:
    """Đợt 12/2024 (10/12), or 12/2024 (10/12) where there is little room."""
    days = f"{one.first:%d/%m}" + (f"–{one.last:%d/%m}" if one.last is not None and one.last != one.first else "")
    month = f"{one.first:%m/%Y}"
    name = one.name or (month if short else _("Session {month}").format(month=month))
    return f"{name} ({days})"
