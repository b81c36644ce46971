"""The frame of minisign: public keys and signatures as text that the stock program reads and writes.

Source: https://jedisct1.github.io/minisign/, "Signature format". A public key is base64 of `Ed`, 8 bytes of key id and
32 bytes of Ed25519 key; a signature is base64 of the algorithm (`ED`: of the BLAKE2b-512 hash, what we write; `Ed`: of
the data itself, what old programs wrote), the key id and 64 bytes, followed by a signature over these 64 bytes and the
trusted comment.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final

KEY_ALGORITHM: Final = b"Ed"
PREHASHED: Final = b"ED"
UNTRUSTED: Final = "untrusted comment: "
TRUSTED: Final = "trusted comment: "
LONGEST: Final = 16 * 1024


class BadFrame(ValueError):
    """Not a public key or signature of minisign."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An Ed25519 public key (32 bytes) with minisign's key id (8 bytes)."""

    key_id: bytes
    key: bytes

    @property
    def id(self) -> str:
        """The key id as minisign prints it: 16 hex digits, the bytes read as a little-endian number."""
        return self.key_id[::-1].hex().upper()

    @property
    def text(self) -> str:
        """The one-line form (`RW...`), as after `minisign -P`."""
        return base64.b64encode(KEY_ALGORITHM + self.key_id + self.key).decode("ascii")

    def file(self) -> bytes:
        """The content of a `.pub` file."""
        return f"{UNTRUSTED}minisign public key {self.id}\n{self.text}\n".encode("ascii")


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as read; nothing of it is proven before `verifies`."""

    prehashed: bool
    key_id: bytes
    signature: bytes
    trusted_comment: str
    comment_signature: bytes

    @property
    def id(self) -> str:
        """The id of the key that is said to have signed, as `PublicKey.id`."""
        return self.key_id[::-1].hex().upper()


def read_public_key(text: str) -> PublicKey:
    """A public key from its line or its two-line file; BadFrame otherwise."""
    raw = _base64(text.strip().splitlines()[-1] if text.strip() else "", length=42)
    if raw[:2] != KEY_ALGORITHM:
        raise BadFrame("not an Ed25519 key")
    return PublicKey(raw[2:10], raw[10:])


def read_signature(data: bytes) -> Signature:
    """A signature from the bytes of a `.minisig` file; BadFrame otherwise."""
    try:
        lines = data.decode("utf-8").replace("\r\n", "\n").split("\n") if len(data) <= LONGEST else []
    except UnicodeDecodeError as error:
        raise BadFrame("not text") from error
    if lines and not lines[-1]:
        lines.pop()
    if len(lines) != 4 or not lines[0].startswith(UNTRUSTED) or not lines[2].startswith(TRUSTED):
        raise BadFrame("not the four lines of a signature")
    raw, comment_signature = _base64(lines[1], length=74), _base64(lines[3], length=64)
    if raw[:2] not in (PREHASHED, KEY_ALGORITHM):
        raise BadFrame("unknown algorithm")
    return Signature(raw[:2] == PREHASHED, raw[2:10], raw[10:], lines[2].removeprefix(TRUSTED), comment_signature)


def sign(data: bytes, *, seed: bytes, key_id: bytes, comment: str) -> bytes:
    """Sign bytes with an Ed25519 seed (32 bytes); gives the content of a `.minisig` file. One line of comment."""
    from nacl.signing import SigningKey

    key = SigningKey(seed)
    signature = key.sign(hashlib.blake2b(data).digest()).signature
    frame = base64.b64encode(PREHASHED + key_id + signature).decode("ascii")
    whole = base64.b64encode(key.sign(signature + comment.encode()).signature).decode("ascii")
    return f"{UNTRUSTED}signature of Sổ Trạm\n{frame}\n{TRUSTED}{comment}\n{whole}\n".encode()


def verifies(signature: Signature, data: bytes, key: PublicKey) -> bool:
    """Whether this key signed these bytes and the trusted comment."""
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    if signature.key_id != key.key_id:
        return False
    signed = hashlib.blake2b(data).digest() if signature.prehashed else data
    try:
        verifier = VerifyKey(key.key)
        verifier.verify(signed, signature.signature)
        verifier.verify(signature.signature + signature.trusted_comment.encode(), signature.comment_signature)
    except BadSignatureError:
        return False
    return True


def _base64(text: str, *, length: int) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadFrame("not base64") from error
    if len(raw) != length or base64.b64encode(raw).decode("ascii") != text:
        raise BadFrame("not the right length")
    return raw
