"""Sealing and opening: age version 1 by pyrage, in memory (https://age-encryption.org/v1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desktop.exchange.package.refused import Code, Refused

MAGIC: Final = b"age-encryption.org/v1\n"


def is_sealed(data: bytes) -> bool:
    """Whether a file begins as an age file."""
    return data.startswith(MAGIC)


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """Encrypt for all of these `age1...` recipients."""
    import pyrage

    return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]))


def unseal(data: bytes, identities: Sequence[str]) -> bytes:
    """Decrypt with any of these identities; nothing is given out before the last byte is proven.

    age cannot tell a file for somebody else from a damaged one: `cannot_open` says both.
    """
    import pyrage

    if not identities:
        raise Refused(Code.CANNOT_OPEN)
    keys = [pyrage.x25519.Identity.from_str(identity) for identity in identities]
    try:
        return bytes(pyrage.decrypt(data, keys))
    except (pyrage.DecryptError, OSError) as error:
        raise Refused(Code.CANNOT_OPEN) from error
