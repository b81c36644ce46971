"""The three facts of the status bar, from real queries."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign

BACKUP_DAYS = 2


class Fact(NamedTuple):
    """A sign, words, the tone of the words (None: plain), and fewer words where there is little room."""

    sign: Sign
    text: str
    tone: Tone | None = None
    short: str = ""


def saved(at: datetime | None) -> Fact:
    """When the last figure was saved."""
    if at is None:
        return Fact(Sign.CHECKED, _("Nothing unsaved"))
    return Fact(Sign.CHECKED, _("Saved at {time}").format(time=words.moment(at)), short=words.moment(at))


def backup(made_at: datetime | None, *, place: str, today: date) -> Fact:
    """The last backup that was opened and checked: when and where."""
    if made_at is None:
        return Fact(Sign.WARNING, _("No backup yet"), Tone.WARN)
    on = made_at.date()
    if on == today:
        when = _("today {time}").format(time=made_at.strftime("%H:%M"))
    else:
        when = made_at.strftime("%d/%m" if on.year == today.year else "%d/%m/%Y")
    is_old = today - on > timedelta(days=BACKUP_DAYS)
    text = _("Backup checked: {when}, {place}").format(when=when, place=place)
    short = _("Backup: {when}").format(when=when)
    return Fact(Sign.WARNING if is_old else Sign.CHECKED, text, Tone.WARN if is_old else None, short)


def counting() -> Fact:
    """What the superior office has not acknowledged, before it is known."""
    return Fact(Sign.INFO, _("Counting what was not sent…"), short=_("Counting…"))


def partner(name: str | None, pending: int) -> Fact:
    """What the superior office has not acknowledged; None: its key is not known."""
    if name is None:
        return Fact(Sign.INFO, _("No key of the superior office yet"), Tone.WARN, _("No key yet"))
    if not pending:
        return Fact(
            Sign.CHECKED, _("{office} has received everything").format(office=name), short=_("Received everything")
        )
    text = _("{office} has not received: {count} changes").format(office=name, count=pending)
    return Fact(Sign.INFO, text, short=_("Not received: {count}").format(count=pending))


def _place(file: Path) -> str:
    """Where a backup lies, in words: the drive, or the folder's name."""
    return _("drive {name}").format(name=file.drive) if file.drive else file.parent.name


def read_backup(session: Session) -> Fact:
    """The last verified backup, as the record says now."""
    from desktop.application import backups

    last = backups.last_backup(session.record)
    return backup(last.at if last else None, place=_place(last.file) if last else "", today=session.today())
