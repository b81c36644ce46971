"""Opening a record. Screens and commands hold a `Record` and pass it on; only the application looks inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Final

from db import by_key
from db.driver import BUSY_MILLISECONDS, DatabaseError
from db.passphrase import key_of, new_key
from db.store import Store
from db.tables import settings
from db.turns import Turns
from desktop.errors import AppError
from desktop.wording import Sentence

_FILLED: Final = ("office", "unit", "value")

__all__ = [
    "Record",
    "Turns",
    "clear_unfinished",
    "clock",
    "create_record",
    "impatient",
    "notes",
    "open_record",
    "record_exists",
    "record_key",
    "setting",
]

Record = Store
"""An opened record. Each thread opens its own and closes it; where `turns` is not None, threads take turns at one."""


def record_exists(path: Path) -> bool:
    """Whether a record stands at a path."""
    return path.is_file()


def open_record(path: Path, *, actor: str = "", passphrase: str | None = None, today: date | None = None) -> Record:
    """Open an existing record; AppError where it is missing, damaged, newer than the program or locked.

    `today` puts what is written on another day than the computer's.
    """
    record = Store.open(path, actor=actor, key=record_key(path, passphrase), now=clock(today))
    if by_key.mark(record.connection, by_key.TO_SCRUB):  # an erasure that was cut off
        from db import backup, redact

        backup.spread_erasures(record)
        redact.finish_pending(record)
    return record


def create_record(path: Path, *, actor: str = "", passphrase: str | None = None, today: date | None = None) -> Record:
    """Make a new record file; with a passphrase it is encrypted from its first byte."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return Store.create(path, actor=actor, key=new_key(passphrase) if passphrase else None, now=clock(today))


def clear_unfinished(path: Path, passphrase: str | None) -> bool:
    """Take away what a making cut off by power or kill left behind: a record of nobody, without a single figure."""
    if not path.is_file():
        return False
    if path.stat().st_size:
        try:
            record = open_record(path, passphrase=passphrase)
        except AppError:
            return False
        try:
            found = (
                record.connection.execute(f"SELECT EXISTS (SELECT 1 FROM {name})").fetchone()[0] for name in _FILLED
            )
            if any(found) or not _is_alone(record):
                return False
        finally:
            record.close()
    for tail in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + tail).unlink(missing_ok=True)
    return True


def _is_alone(record: Record) -> bool:
    """Whether no other program has the record open: one that does may be making it at this moment."""
    try:
        return bool(record.connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete")
    except DatabaseError:
        return False


def clock(today: date | None) -> Callable[[], datetime]:
    """The computer's time of day, on the day told (None: the computer's too)."""

    def now() -> datetime:
        moment = datetime.now().astimezone()
        return moment if today is None else datetime.combine(today, moment.timetz())

    return now


@contextmanager
def impatient(record: Record, milliseconds: int) -> Iterator[None]:
    """Wait no longer than this for another program that writes: a window must answer its keys."""
    record.connection.execute(f"PRAGMA busy_timeout = {milliseconds:d}")
    try:
        yield
    finally:
        record.connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS:d}")


def notes(record: Record) -> list[Sentence]:
    """What a person should know about the record as it was opened."""
    return list(record.warnings)


def setting(record: Record, name: str, otherwise: str = "") -> str:
    """A setting of the record."""
    return str(settings.get(record, name, otherwise))


def record_key(path: Path, passphrase: str | None) -> bytes | None:
    """The key with which an existing record or backup opens; None where it is not encrypted or no words are given."""
    return key_of(path, passphrase) if passphrase else None
