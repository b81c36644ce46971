"""Who an office is on paper and on sticks: its keys, the key file it hands out, and the fingerprint read aloud.

An identity is an Ed25519 key that signs, an age X25519 key to which packages are sealed and, if the office wants one, a
second sealing key whose private part lies printed in a drawer (escrow). The key file is JSON; what is signed is its
canonical form (`strict_json.canonical`) without the member `signatures`, which holds minisign signatures as text: one
by the key itself and, when it replaces another key, one by that (`contract/record.md` 8).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any, Final

from desktop.errors import AppError
from desktop.exchange.package import minisign, seal_key, strict_json
from desktop.wording import Sentence, say

FORMAT: Final = 1
LEVELS: Final = ("commune", "district", "area", "province")
LARGEST_FILE: Final = 64 * 1024
FINGERPRINT_DIGITS: Final = 30


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The public half of an identity as its file states it; `replaces` is the id of the signing key before it."""

    office: str
    code: str
    name: str
    level: str
    sign: minisign.PublicKey
    seal: str
    escrow: str | None
    made: str
    serial: int
    replaces: str | None
    data: bytes

    @property
    def fingerprint(self) -> str:
        """Thirty decimal digits in six groups of five, as people read them to each other."""
        return fingerprint(self.sign, self.seal)

    @property
    def recipients(self) -> tuple[str, ...]:
        """To whom a package for this office is sealed."""
        return (self.seal,) if self.escrow is None else (self.seal, self.escrow)


@dataclass(frozen=True, slots=True)
class PrivateKeys:
    """The private half: an Ed25519 seed of 32 bytes with its key id of 8, and an `AGE-SECRET-KEY-1...` text."""

    sign_seed: bytes
    key_id: bytes
    seal_identity: str

    def __repr__(self) -> str:
        """Never the keys: this may end in a log."""
        return f"PrivateKeys({self.public.id})"

    @property
    def public(self) -> minisign.PublicKey:
        """The public key that belongs to the seed."""
        from nacl.signing import SigningKey

        return minisign.PublicKey(self.key_id, bytes(SigningKey(self.sign_seed).verify_key))

    def to_bytes(self) -> bytes:
        """The form in which the store keeps them."""
        held = {"format": FORMAT, "seed": self.sign_seed.hex(), "id": self.key_id.hex(), "seal": self.seal_identity}
        return json.dumps(held).encode("ascii")

    @classmethod
    def from_bytes(cls, data: bytes) -> PrivateKeys:
        """The inverse of `to_bytes`."""
        held = json.loads(data)
        return cls(bytes.fromhex(held["seed"]), bytes.fromhex(held["id"]), held["seal"])

    def sign(self, data: bytes, comment: str) -> bytes:
        """A minisign signature file over these bytes."""
        return minisign.sign(data, seed=self.sign_seed, key_id=self.key_id, comment=comment)


@dataclass(frozen=True, slots=True)
class Identity:
    """A key file and the private keys that belong to it."""

    public: KeyFile
    private: PrivateKeys


def fingerprint(sign: minisign.PublicKey, seal: str) -> str:
    """SHA-256 of the 32 bytes of the Ed25519 key followed by the 32 bytes of the X25519 key, as decimal digits.

    The digest is read as one big-endian number; its last 30 decimal digits are kept, with leading zeros.
    """
    digest = hashlib.sha256(sign.key + seal_key.public_bytes(seal)).digest()
    digits = f"{int.from_bytes(digest, 'big') % 10**FINGERPRINT_DIGITS:0{FINGERPRINT_DIGITS}d}"
    return " ".join(digits[start : start + 5] for start in range(0, FINGERPRINT_DIGITS, 5))


def same_fingerprint(one: str, other: str) -> bool:
    """Whether two fingerprints agree, however their digits are grouped."""
    digits = ["".join(sign for sign in text if sign.isdigit()) for text in (one, other)]
    return digits[0] == digits[1] and len(digits[0]) == FINGERPRINT_DIGITS


def new_escrow() -> tuple[str, str]:
    """A second sealing key: the private text to be printed and put away, and the recipient for the key file."""
    from pyrage import x25519

    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def new_identity(
    *,
    office: str,
    code: str,
    name: str,
    level: str,
    made: str,
    escrow: str | None = None,
    replacing: Identity | None = None,
) -> Identity:
    """Draw new keys for an office and write its key file; a replaced key signs the new one too.

    `made` is an ISO time with zone, for people only.
    """
    from pyrage import x25519

    identity = x25519.Identity.generate()
    private = PrivateKeys(secrets.token_bytes(32), secrets.token_bytes(8), str(identity))
    content = {
        "format": FORMAT,
        "office": office,
        "code": code,
        "name": name,
        "level": level,
        "sign": private.public.text,
        "seal": str(identity.to_public()),
        "escrow": escrow,
        "made": made,
        "serial": replacing.public.serial + 1 if replacing else 1,
        "replaces": replacing.private.public.id if replacing else None,
        "reads": [FORMAT],
    }
    return Identity(read_key_file(_signed(content, private, replacing.private if replacing else None)), private)


def rewritten(identity: Identity, *, code: str, name: str, level: str, made: str) -> Identity:
    """The same keys in a new file, after the office changed its name, code or level."""
    content = _content(identity.public.data)[0] | {"code": code, "name": name, "level": level, "made": made}
    return Identity(read_key_file(_signed(content, identity.private, None)), identity.private)


def _signed(content: dict[str, Any], private: PrivateKeys, before: PrivateKeys | None) -> bytes:
    content = json.loads(strict_json.canonical(content))
    comment = f"so tram key {content['office']} serial {content['serial']}"
    keys = [private] if before is None else [private, before]
    signatures = [key.sign(strict_json.canonical(content), comment).decode() for key in keys]
    return (json.dumps({**content, "signatures": signatures}, ensure_ascii=False, indent=1) + "\n").encode()


def read_key_file(data: bytes) -> KeyFile:
    """Read and verify a key file; AppError `bad_key_file` says what is wrong with it."""
    content, signatures = _content(data)
    try:
        sign = minisign.read_public_key(_text(content, "sign", 100))
        seal, escrow = _text(content, "seal", 100), content.get("escrow")
        for recipient in (seal, escrow):
            if recipient is not None:
                seal_key.public_bytes(recipient)
        found = KeyFile(
            office=_text(content, "office", 64),
            code=_text(content, "code", 40),
            name=_text(content, "name", 300),
            level=_text(content, "level", 20),
            sign=sign,
            seal=seal,
            escrow=escrow,
            made=_text(content, "made", 40),
            serial=content["serial"],
            replaces=content.get("replaces"),
            data=data,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _bad(say("This is not a key file.")) from error
    if found.level not in LEVELS or not isinstance(found.serial, int) or not isinstance(found.replaces, str | None):
        raise _bad(say("This is not a key file."))
    if not _signed_by(sign, content, signatures):
        raise _bad(say("The key file has been changed: its own signature is wrong."))
    if found.replaces is not None and not any(signature.id == found.replaces for signature in signatures):
        raise _bad(say("The key file replaces another key, but that key has not signed it."))
    return found


def is_signed_by(key_file: KeyFile, before: minisign.PublicKey) -> bool:
    """Whether the key that this file replaces is this one, and has signed it."""
    content, signatures = _content(key_file.data)
    return key_file.replaces == before.id and _signed_by(before, content, signatures)


def _signed_by(key: minisign.PublicKey, content: dict[str, Any], signatures: list[minisign.Signature]) -> bool:
    signed = strict_json.canonical(content)
    return any(minisign.verifies(signature, signed, key) for signature in signatures)


def _content(data: bytes) -> tuple[dict[str, Any], list[minisign.Signature]]:
    if len(data) > LARGEST_FILE:
        raise _bad(say("This is not a key file."))
    try:
        content = strict_json.read_document(data)
        signatures = [minisign.read_signature(text.encode()) for text in content.pop("signatures")]
        newer = content.get("format") != FORMAT
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _bad(say("This is not a key file.")) from error
    if newer:
        raise _bad(say("This key file was made by a newer version of the program."))
    return content, signatures


def _text(content: dict[str, Any], name: str, longest: int) -> str:
    text = content[name]
    if not isinstance(text, str) or not text or len(text) > longest:
        raise ValueError(name)
    return text


def _bad(title: Sentence) -> AppError:
    return AppError("bad_key_file", title, say("Ask the other office to write its key file again."))
