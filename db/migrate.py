"""The schema's steps: forwards only, each in a transaction, after a checked copy of an older file.

`PRAGMA user_version` is the number of steps applied; a released step is never edited.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from db import driver
from db.driver import Connection
from db.errors import Damaged, DatabaseTooNew, NotARecord
from desktop.system.drives import Drive

Step = Callable[[Connection], None]
FOLDER: Final = Path(__file__).parent / "migrations"
_HEAD: Final = 72
_PAGE: Final = 4096
_NOISE: Final = 240  # different bytes in a page: of 256, noise misses none or one; no text or table has as many
_PLAIN: Final = b"SQLite format 3\x00"
APPLICATION_ID: Final = 0x536F5472  # "SoTr": tells our files from other SQLite files


def _script(name: str) -> Step:
    def step(connection: Connection) -> None:
        for statement in driver.statements((FOLDER / name).read_text(encoding="utf-8")):
            connection.execute(statement)

    return step


STEPS: Final[tuple[Step, ...]] = (_script("0001_record.sql"),)


def version(connection: Connection) -> int:
    """How many steps the file has."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_foreign(path: Path) -> None:
    """Refuse by its first bytes a file that is no record of ours or a newer one: opening alone would change it.

    Raises NotARecord and DatabaseTooNew. What is encrypted shows nothing before its key is tried, but that it comes in
    whole pages and looks like noise. Offsets: SQLite file format, section 1.3.
    """
    for log in (path.with_name(path.name + tail) for tail in ("-wal", "-journal")):
        if log.is_file() and log.stat().st_size:
            return  # a record that was killed young has its head still in the log
    with path.open("rb") as file:
        page = file.read(_PAGE)
    head = page[:_HEAD]
    if not head.startswith(_PLAIN):
        if path.stat().st_size % _PAGE or len(set(page)) < _NOISE:
            raise NotARecord(path.name)
        return
    if len(head) < _HEAD:
        return
    found, application = (int.from_bytes(head[at : at + 4], "big") for at in (60, 68))
    if application != APPLICATION_ID:
        raise NotARecord(path.name)
    if found > len(STEPS):
        raise DatabaseTooNew(path.name, found, len(STEPS))


def climb(
    connection: Connection,
    path: str,
    *,
    new: bool,
    key: bytes | None,
    backups: Path,
    now: datetime,
    steps: tuple[Step, ...] = STEPS,
) -> Path | None:
    """Bring a file to the newest schema; the copy made before, if the file was older.

    Raises DatabaseTooNew (the file is untouched) and NotARecord.
    """
    name = Path(path).name
    found = version(connection)
    if found > len(steps):
        raise DatabaseTooNew(name, found, len(steps))
    if not new and not found:
        raise NotARecord(name)
    if not new and int(connection.execute("PRAGMA application_id").fetchone()[0]) != APPLICATION_ID:
        raise NotARecord(name)
    if found == len(steps):
        return None
    copy = None if new else _copied(connection, path, key, backups, found, now)
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        for number in range(found, len(steps)):
            _apply(connection, steps[number], number + 1, name)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    return copy


def _apply(connection: Connection, step: Step, number: int, name: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version(connection) >= number:  # another process was quicker
            connection.execute("ROLLBACK")
            return
        step(connection)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise Damaged(name)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _copied(connection: Connection, path: str, key: bytes | None, backups: Path, old: int, now: datetime) -> Path:
    backups.mkdir(parents=True, exist_ok=True)
    copy = backups / f"{Path(path).name}.v{old}.{now:%Y%m%d-%H%M%S}.sqlite"
    target = driver.connect(str(copy), key=key, drive=Drive.REMOVABLE)
    try:
        connection.backup(target)
        if target.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise Damaged(Path(path).name)
    finally:
        target.close()
    return copy
