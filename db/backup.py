"""Backups that were opened and checked after they were written, and the way back (`contract/record.md` 9).

A backup is the file, `NAME.sha256` (as sha256sum writes it) and the erasure list of its folder: which rows were
erased since, so that no restore brings them back.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from db import check, driver, migrate, redact
from db.errors import Damaged, Locked, WrongKey
from db.redact import Erasure
from db.store import Store
from db.tables.listing import name_of
from desktop.domain.findings import Finding, Severity
from desktop.errors import AppError
from desktop.system.drives import Drive, drive_of
from desktop.wording import say

ENDING: Final = ".sotramdb"
LIST: Final = "erasures.json"
A_DAY: Final = 86_400
AT_A_TIME: Final = 500  # pages between which the window's thread may write


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: its file, the file's SHA-256, and that it was opened, read and proven."""

    file: Path
    sha256: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Behind:
    """A partner (id) that has seen more of one of our nodes than the backup holds: highest releases of both."""

    partner: int
    name: str
    node: str
    ours: int
    theirs: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did (or would do): the record, where the file that stood there went, who has seen more."""

    record: Path
    kept_aside: Path | None
    behind: tuple[Behind, ...]
    erased: int


def make(store: Store, folder: Path, *, step: Callable[[int, int], None] | None = None) -> Backup:
    """Write a verified backup into a folder. Raises AppError `backup_failed` and leaves nothing half-made."""
    file = _free(folder, f"{Path(store.path).stem}-{store.now():%Y%m%d-%H%M%S}")
    part = file.with_name(file.name + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder, Path(store.path).stem, before=store.now().timestamp() - A_DAY)
        redact.finish_pending(store)  # an erasure that had no room or was in somebody's way must not live on in copies
        _copy(store, part, step)
        findings = _proven(part, store.key, step)
        if findings:
            raise _failed(findings[0])
        told = _digest(part)
        _write(file.with_name(file.name + ".sha256"), f"{told}  {file.name}\n")  # first: no backup without its hash
        part.replace(file)
        _join_list(folder / LIST, store.uid, redact.erasures(store))
        _sync(folder)
    except OSError as fault:
        raise AppError(
            "backup_failed",
            say("The backup could not be written to {folder}.", folder=str(folder)),
            say("Check that the drive is plugged in and has room: {fault}", fault=fault.strerror or str(fault)),
        ) from fault
    finally:
        with suppress(OSError):
            _remove(part)
            if not file.exists():
                file.with_name(file.name + ".sha256").unlink(missing_ok=True)
    with store.writing():
        store.connection.execute(
            "INSERT INTO backup (made_at, file, sha256, verified) VALUES (?, ?, ?, 1)", (store.stamp(), str(file), told)
        )
    return Backup(file, told, verified=True)


def last(store: Store) -> tuple[datetime, Path] | None:
    """When the last verified backup was made, and its file."""
    found = store.connection.execute(
        "SELECT made_at, file FROM backup WHERE verified ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return (datetime.fromisoformat(found[0]), Path(found[1])) if found else None


def _free(folder: Path, name: str) -> Path:
    file, number = folder / f"{name}{ENDING}", 1
    while file.exists():
        number += 1
        file = folder / f"{name}-{number}{ENDING}"
    return file


def _sweep(folder: Path, stem: str, *, before: float) -> None:
    """Take away what backups of this record that were cut off left: nobody writes at one for a day."""
    for left in folder.glob(f"{glob.escape(stem)}-????????-??????*{ENDING}.part*"):
        with suppress(OSError):
            if left.stat().st_mtime < before:
                left.unlink()


def _remove(part: Path) -> None:
    for tail in ("", "-journal", "-wal", "-shm"):
        Path(f"{part}{tail}").unlink(missing_ok=True)


def _copy(store: Store, part: Path, step: Callable[[int, int], None] | None) -> None:
    def copied(_status: int, left: int, total: int) -> None:
        if store.turns is not None:
            store.turns.come()
        if step:
            step(total - left, total)

    target = driver.connect(str(part), key=store.key, drive=Drive.REMOVABLE)
    try:
        if store.shares:
            store.connection.backup(target)  # at once: a write of another connection would begin it anew
        else:
            store.connection.backup(target, pages=AT_A_TIME, progress=copied)
        # The copy says it has a write-ahead log, like its source; a backup is one file.
        target.execute("PRAGMA journal_mode = DELETE").fetchall()
    finally:
        target.close()
    _flush(part)


def _proven(file: Path, key: bytes | None, step: Callable[[int, int], None] | None = None) -> list[Finding]:
    connection = driver.connect(str(file), key=key, drive=Drive.REMOVABLE)
    try:
        return check.check_file(connection, encrypted=key is not None, step=step)
    finally:
        connection.close()


def _failed(finding: Finding) -> AppError:
    return AppError("backup_failed", say("The backup does not read back as it was written."), finding.message)


def verify(file: Path, *, key: bytes | None = None) -> list[Finding]:
    """Findings about a backup: its hash, its pages, its chain. Empty: it can be restored. Changes nothing.

    Raises NotARecord, WrongKey, Damaged, Locked.
    """
    if not file.is_file():
        raise AppError(
            "no_backup",
            say("There is no backup {file}.", file=file.name),
            say("Look at the folder the backups are kept in."),
        )
    wanted = _hash_beside(file)
    if wanted is None:
        migrate.refuse_foreign(file)
        note = say("There is no {file}: that the backup is unchanged cannot be proven.", file=file.name + ".sha256")
        return [*_proven(file, key), Finding("backup_no_hash", Severity.NOTE, note, file=file.name)]
    if wanted != _digest(file):
        return [
            Finding(
                "backup_hash",
                Severity.ERROR,
                say("{file} is not the file that was written: its hash differs.", file=file.name),
                say("Take another backup."),
                file=file.name,
            )
        ]
    return _proven(file, key)


def restore(
    file: Path,
    to: Path,
    *,
    key: bytes | None = None,
    now: datetime,
    actor: str = "",
    memory: Path | None = None,
    dry_run: bool = False,
) -> Restored:
    """Put a backup in the place of a record; the file that stands there is kept beside it under another name.

    Erased rows stay erased, a new node begins, and partners that have seen more than the backup holds are named.
    Raises AppError `backup_damaged`, and what opening raises.
    """
    wrong = [finding for finding in verify(file, key=key) if finding.severity is Severity.ERROR]
    if wrong:
        raise AppError("backup_damaged", wrong[0].message, say("Take another backup; nothing was changed."))
    part = _free_part(to)
    shutil.copyfile(file, part)
    try:
        lists = _read_list(file.parent / LIST)
        present = _present(to, key)
        with Store.open(part, key=key, actor=actor, now=lambda: now, memory=part.parent / ".none") as store:
            behind = _behind(store, present)
            with store.writing():
                store.draw_node("restored", store.stamp())
            erased = redact.apply(store, [*lists.get(store.uid, []), *present.erasures])
            store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            store.connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        if dry_run:
            return Restored(to, None, behind, erased)
        _flush(part)
        aside = _set_aside(to, key, now) if to.exists() else None
        part.replace(to)
        _sync(to.parent)
    finally:
        _remove(part)
        shutil.rmtree(part.parent / ".none", ignore_errors=True)
    with Store.open(to, key=key, actor=actor, now=lambda: now, memory=memory) as store:
        store.remember()
    return Restored(to, aside, behind, erased)


def _free_part(to: Path) -> Path:
    to.parent.mkdir(parents=True, exist_ok=True)
    return to.with_name(f".{to.name}.restoring")


@dataclass(frozen=True, slots=True)
class _Present:
    """What the record that stands in the place knows and the backup may not."""

    erasures: tuple[Erasure, ...] = ()
    receipts: tuple[tuple[int, str, str], ...] = ()
    nodes: frozenset[str] = frozenset()


def _present(to: Path, key: bytes | None) -> _Present:
    if not to.is_file():
        return _Present()
    with suppress(AppError, driver.DatabaseError):
        connection = driver.connect(str(to), key=key, drive=drive_of(to))
        try:
            receipts = connection.execute(
                "SELECT p.id, p.name, k.seen FROM package k JOIN partner p ON p.id = k.partner "
                "WHERE k.direction = 'taken' AND k.kind = 'receipt' AND k.id IN "
                "(SELECT max(id) FROM package WHERE direction = 'taken' AND kind = 'receipt' GROUP BY partner)"
            ).fetchall()
            told = connection.execute("SELECT tbl, uid, at, basis FROM erasure").fetchall()
            nodes = frozenset(node for (node,) in connection.execute("SELECT uid FROM node"))
        finally:
            connection.close()
        return _Present(tuple(Erasure(name_of(row[0]), *row[1:]) for row in told), tuple(receipts), nodes)
    return _Present()  # a record that cannot be read is no reason not to restore


def _behind(store: Store, present: _Present) -> tuple[Behind, ...]:
    held = dict(store.connection.execute("SELECT uid, release FROM node").fetchall())
    own = present.nodes | held.keys()
    return tuple(
        Behind(partner, name, node, int(held.get(node, 0)), int(release))
        for partner, name, seen in present.receipts
        for node, release in sorted(json.loads(seen).items())
        if node in own and release > held.get(node, 0)
    )


def _set_aside(to: Path, key: bytes | None, now: datetime) -> Path:
    aside = to.with_name(f"{to.stem}.before-restore-{now:%Y%m%d-%H%M%S}{to.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = to.with_name(f"{to.stem}.before-restore-{now:%Y%m%d-%H%M%S}-{number}{to.suffix}")
    _settle(to, key)
    for tail in ("-wal", "-shm", "-journal"):
        if Path(f"{to}{tail}").exists():
            Path(f"{to}{tail}").replace(f"{aside}{tail}")
    try:
        os.link(to, aside)  # the record stands in its place until the restored one takes it
    except OSError:  # a drive without links
        to.replace(aside)
    return aside


def _settle(to: Path, key: bytes | None) -> None:
    """Bring a record into one file before it moves. Locked: another program has it open."""
    try:
        connection = driver.connect(str(to), key=key, drive=drive_of(to))
    except (WrongKey, Damaged):
        return  # what cannot be opened is kept as it lies
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    except driver.OperationalError as fault:
        if "locked" in str(fault):
            raise Locked(to.name) from fault
    finally:
        connection.close()


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _hash_beside(file: Path) -> str | None:
    try:
        return file.with_name(file.name + ".sha256").read_text(encoding="utf-8").split()[0].lower()
    except (OSError, IndexError, UnicodeDecodeError):
        return None


def _read_list(file: Path) -> dict[str, list[Erasure]]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return {record: [Erasure(**row) for row in rows] for record, rows in told["records"].items()}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _join_list(file: Path, record: str, erasures: list[Erasure]) -> None:
    told = _read_list(file)
    held = {(row.table, row.uid): row for row in [*told.get(record, []), *erasures]}
    told[record] = list(held.values())
    text = {"format": 1, "records": {name: [asdict(row) for row in rows] for name, rows in told.items()}}
    part = file.with_name(file.name + ".part")
    _write(part, json.dumps(text, ensure_ascii=False, indent=1) + "\n")
    part.replace(file)


def spread_erasures(store: Store) -> list[Path]:
    """Write the erasures into the lists of all folders that hold backups of this record; those that were reached."""
    folders = {Path(file).parent for (file,) in store.connection.execute("SELECT file FROM backup")}
    reached = []
    for folder in sorted(folders):
        with suppress(OSError):
            if folder.is_dir():
                _join_list(folder / LIST, store.uid, redact.erasures(store))
                reached.append(folder)
    return reached


def _write(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _flush(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sync(folder: Path) -> None:
    """Make a rename durable; Windows does it by itself and cannot open folders."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
