"""How a weighing session is called on the screen."""

from __future__ import annotations

from desktop.domain.children import Session
from desktop.system.i18n import _


def session_name(one: Session) -> str:
    """Đợt 12/2024 (10/12)."""
    days = f"{one.first:%d/%m}" + (f"–{one.last:%d/%m}" if one.last is not None and one.last != one.first else "")
    name = one.name or _("Session {month}").format(month=f"{one.first:%m/%Y}")
    return f"{name} ({days})"
