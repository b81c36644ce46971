"""Opening a record. Screens and commands hold a `Record` and pass it on; only the application looks inside."""

from __future__ import annotations

from pathlib import Path

from db.store import Store
from db.tables import settings
from desktop.errors import AppError
from desktop.wording import Sentence, say

Record = Store
"""An opened record. Each thread opens its own and closes it."""

SALT_SUFFIX = ".salt"


def record_exists(path: Path) -> bool:
    """Whether a record stands at a path."""
    return path.is_file()


def open_record(path: Path, *, actor: str = "", passphrase: str | None = None) -> Record:
    """Open an existing record; AppError where it is missing, damaged, newer than the program or locked."""
    return Store.open(path, actor=actor, key=record_key(path, passphrase))


def create_record(path: Path, *, actor: str = "", passphrase: str | None = None) -> Record:
    """Make a new record file; with a passphrase it is encrypted from its first byte."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if passphrase and not path.exists():
        make_salt(path)
    return Store.create(path, actor=actor, key=record_key(path, passphrase))


def notes(record: Record) -> list[Sentence]:
    """What a person should know about the record as it was opened."""
    return list(record.warnings)


def setting(record: Record, name: str, otherwise: str = "") -> str:
    """A setting of the record."""
    return str(settings.get(record, name, otherwise))


def make_salt(path: Path) -> None:
    """Draw the salt of an encrypted record; it lies beside the record and travels with its backups."""
    import nacl.utils
    from nacl.pwhash import argon2id

    salt_file(path).write_bytes(nacl.utils.random(argon2id.SALTBYTES))


def salt_file(path: Path) -> Path:
    """Where the salt of an encrypted record lies."""
    return path.with_name(path.name + SALT_SUFFIX)


def record_key(path: Path, passphrase: str | None) -> bytes | None:
    """The 32-byte key of a record from its passphrase: argon2id, moderate limits (RFC 9106), about 0,6 s."""
    if not passphrase:
        return None
    from nacl.pwhash import argon2id

    salt = salt_file(path)
    if not salt.is_file():
        raise AppError(
            "no_salt",
            say("The file {name} is missing beside the record.", name=salt.name),
            say("The record cannot be opened with a passphrase without it; take it from a backup."),
        )
    key: bytes = argon2id.kdf(
        32,
        passphrase.encode("utf-8"),
        salt.read_bytes(),
        opslimit=argon2id.OPSLIMIT_MODERATE,
        memlimit=argon2id.MEMLIMIT_MODERATE,
    )
    return key
