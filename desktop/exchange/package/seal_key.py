"""The text of age's X25519 keys: Bech32 (BIP 173, without its length limit), as `age-keygen` prints them."""

from __future__ import annotations

from typing import Final

_LETTERS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
PREFIX: Final = "age"


def public_bytes(recipient: str) -> bytes:
    """The 32 bytes of an `age1...` recipient; ValueError if it is not one."""
    prefix, _, data = recipient.rpartition("1")
    if prefix != PREFIX or any(letter not in _LETTERS for letter in data):
        raise ValueError("not an age recipient")
    values = [_LETTERS.index(letter) for letter in data]
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    if _checksum(spread + values) != 1:
        raise ValueError("an age recipient with a slip in it")
    number = 0
    for value in values[:-6]:
        number = number << 5 | value
    spare = 5 * len(values[:-6]) - 256
    if not 0 <= spare < 5 or number & ((1 << spare) - 1):
        raise ValueError("not a key of 32 bytes")
    return (number >> spare).to_bytes(32, "big")


def _checksum(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, factor in enumerate(_GENERATOR):
            check ^= factor if top >> bit & 1 else 0
    return check
