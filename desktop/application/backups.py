"""Backups that were opened and checked, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db import backup as files
from db.backup import Backup, Restored
from desktop.application.changes import Changes, Subject
from desktop.application.records import Record, record_key
from desktop.domain.findings import Finding


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When the last verified backup was made, and where it lies."""

    at: datetime
    file: Path


def make_backup(record: Record, *, folder: Path, step: Callable[[int, int], None] | None = None) -> Backup:
    """Write a backup into a folder, open it again and check it."""
    return files.make(record, folder, step=step)


def verify_backup(file: Path, *, passphrase: str | None = None) -> list[Finding]:
    """What is wrong with a backup; nothing is changed."""
    return files.verify(file, key=record_key(file, passphrase))


def restore(
    file: Path,
    *,
    to: Path,
    now: datetime,
    actor: str = "",
    passphrase: str | None = None,
    dry_run: bool = False,
) -> Restored:
    """Put a backup in the place of a record; the file that stands there is kept beside it."""
    return files.restore(file, to, key=record_key(file, passphrase), now=now, actor=actor, dry_run=dry_run)


def last_backup(record: Record) -> LastBackup | None:
    """The last verified backup, or None."""
    found = files.last(record)
    return LastBackup(*found) if found else None


BACKED_UP = Changes(frozenset({Subject.BACKUPS}))
