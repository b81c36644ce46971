"""From a passphrase to the record's key: argon2id over the 16 bytes of salt that SQLCipher keeps first in the file.

So nothing lies beside the file, and a copied or restored record opens with the same words.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import Final

from db.errors import NoRecord

SALT: Final = 16
_PLAIN: Final = b"SQLite format 3\x00"


def new_key(passphrase: str) -> bytes:
    """The key and salt (48 bytes) of a new record."""
    return _stretched(passphrase, os.urandom(SALT))


def key_of(path: Path, passphrase: str) -> bytes | None:
    """The key and salt (48 bytes) with which a record opens; None where the file is not encrypted."""
    try:
        with path.open("rb") as file:
            salt = file.read(SALT)
    except OSError as fault:
        raise NoRecord(path.name) from fault
    return None if salt == _PLAIN or len(salt) < SALT else _stretched(passphrase, salt)


def is_encrypted(path: Path) -> bool:
    """Whether a file begins like an encrypted record."""
    with path.open("rb") as file:
        begin = file.read(SALT)
    return len(begin) == SALT and begin != _PLAIN


def _stretched(passphrase: str, salt: bytes) -> bytes:
    from nacl.pwhash import argon2id

    # NFC: the same words typed by another keyboard program must give the same key.
    words = unicodedata.normalize("NFC", passphrase).encode()
    key: bytes = argon2id.kdf(32, words, salt, argon2id.OPSLIMIT_MODERATE, argon2id.MEMLIMIT_MODERATE)
    return key + salt
