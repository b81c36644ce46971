"""The one door to SQLite: sqlcipher3, with the key first and the pragmas in their order (`contract/record.md` 1)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlcipher3 import dbapi2

from db.errors import Damaged, Locked, NoRoom, ReadOnly, WrongKey
from desktop.errors import AppError
from desktop.system.drives import Drive

if TYPE_CHECKING:
    from sqlite3 import (
        Connection,
        Cursor,
        DatabaseError,
        IntegrityError,
        OperationalError,
        complete_statement,
    )
else:
    from sqlcipher3.dbapi2 import (
        Connection,
        Cursor,
        DatabaseError,
        IntegrityError,
        OperationalError,
        complete_statement,
    )

__all__ = [
    "Connection",
    "Cursor",
    "DatabaseError",
    "IntegrityError",
    "OperationalError",
    "complete_statement",
    "connect",
    "explained",
    "spoken",
    "statements",
    "teach_sqlite_utils",
]

CACHE_KILOBYTES: Final = 64_000
BUSY_MILLISECONDS: Final = 5_000
LOG_PAGES: Final = 4_000  # 16 MB; moments of rest tidy the log long before, so that no typed cell has to
KEY_BYTES: Final = (32, 48)  # the key alone, or the key and the 16 bytes of salt at the file's beginning
_HEADER: Final = b"SQLite format 3\x00"


def teach_sqlite_utils() -> None:
    """Let sqlite-utils, which looks for `pysqlite3` first, find our driver; otherwise its `except` never matches."""
    sys.modules.setdefault("pysqlite3", sys.modules["sqlcipher3"])
    sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)


teach_sqlite_utils()


def connect(
    path: str,
    *,
    key: bytes | None = None,
    drive: Drive = Drive.LOCAL,
    patience: int = BUSY_MILLISECONDS,
    kind: type[Connection] = Connection,
) -> Connection:
    """Open a file with its key and pragmas; the caller begins and ends transactions itself.

    `patience` is how many milliseconds it waits for others. Foreign keys are on; a migration switches them off for
    its time. A `kind` of one's own is for several threads, and sees to their turns. Raises WrongKey, Damaged or Locked.
    """
    connection: Connection = dbapi2.connect(
        path,
        timeout=patience / 1000,
        isolation_level=None,
        cached_statements=256,
        factory=kind,
        check_same_thread=kind is Connection,
    )
    try:
        _prepare(connection, key=key, drive=drive, patience=patience)
    except DatabaseError as fault:
        connection.close()
        raise explained(fault, path, key) from fault
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Connection, *, key: bytes | None, drive: Drive, patience: int) -> None:
    def pragma(text: str) -> None:
        connection.execute(f"PRAGMA {text}").fetchall()

    if key is not None:
        if len(key) not in KEY_BYTES:
            raise ValueError("a key has 32 bytes, or 48 with its salt")
        pragma(f"key = \"x'{key.hex()}'\"")
        pragma("cipher_log_level = NONE")
    pragma(f"cache_size = -{CACHE_KILOBYTES}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # a wrong key shows here, before any writing
    pragma("foreign_keys = ON")
    pragma("recursive_triggers = ON")
    pragma("secure_delete = ON")
    pragma("temp_store = MEMORY")
    if drive is Drive.LOCAL:
        pragma("journal_mode = WAL")
        pragma(f"wal_autocheckpoint = {LOG_PAGES}")
    else:
        pragma("locking_mode = EXCLUSIVE")
        pragma("journal_mode = DELETE")
    pragma("synchronous = FULL")
    pragma(f"busy_timeout = {patience}")


def explained(fault: DatabaseError, path: str, key: bytes | None) -> Exception:
    """The same fault in words a person can act on."""
    name = Path(path).name
    if "not a database" in str(fault):
        return WrongKey(name) if key is not None or not _looks_plain(path) else Damaged(name)
    return spoken(fault, name) or Damaged(name)


def spoken(fault: DatabaseError, name: str) -> AppError | None:
    """What the world did to us, as an error for people; None for a fault of the program."""
    text = str(fault)
    if "locked" in text or "busy" in text:
        return Locked(name)
    if "disk is full" in text:
        return NoRoom(name)
    if "readonly" in text or "unable to open" in text:
        return ReadOnly(name)
    return Damaged(name) if "disk I/O" in text or "malformed" in text else None


def _looks_plain(path: str) -> bool:
    try:
        with Path(path).open("rb") as file:
            return file.read(len(_HEADER)) == _HEADER
    except OSError:
        return False


def statements(script: str) -> list[str]:
    """The single statements of an SQL script: `executescript` would commit a transaction that is open."""
    found: list[str] = []
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if line.rstrip().endswith(";") and complete_statement(held):
            found.append(held.strip())
            held = ""
    if held.strip():
        found.append(held.strip())
    return found
