"""Packages taken apart and put together otherwise, signed and sealed anew: other versions of the program, and forgers."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from db.store import Store
from desktop.application import keys
from desktop.exchange.package import archive, sealing
from desktop.exchange.package.keys import PrivateKeys
from desktop.wording import say

COMMENT = "so tram package"


@dataclass
class Parts:
    """A package in pieces: its manifest as JSON, its row files as lists of JSON rows, its other entries as bytes."""

    manifest: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]]
    others: dict[str, bytes]
    sealed: bool = True
    raw: dict[str, bytes] = field(default_factory=dict)
    order: tuple[str, ...] = ()

    def entries(self, signer: PrivateKeys | None, signed: bytes | None = None) -> dict[str, bytes]:
        """Every entry, the list of files made anew, and signed by `signer`; `raw` entries stand as they are given."""
        made = dict(self.others)
        for table, rows in self.rows.items():
            made[f"rows/{table}.ndjson"] = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        self.manifest["files"] = [_entry(path, content) for path, content in made.items()]
        told = json.dumps(self.manifest, ensure_ascii=False, indent=1).encode() if signed is None else signed
        made[archive.MANIFEST] = told
        if signer is not None:
            made[archive.SIGNATURE] = signer.sign(told, COMMENT)
        return made | self.raw


def _entry(path: str, content: bytes) -> dict[str, Any]:
    told: dict[str, Any] = {"path": path, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    return told | ({"rows": content.count(b"\n")} if path.startswith("rows/") else {})


def opened(data: bytes, receiver: Store) -> Parts:
    """A package's pieces, as its receiver can read it."""
    sealed = sealing.is_sealed(data)
    if sealed:
        data = sealing.unseal(data, [one.private.seal_identity for one in keys.identities(receiver)])
    entries = zipped(data)
    about = json.loads(entries.pop(archive.MANIFEST))
    entries.pop(archive.SIGNATURE)
    rows = {
        path.split("/")[1].split(".")[0]: [json.loads(line) for line in entries.pop(path).decode().splitlines()]
        for path in list(entries)
        if path.startswith("rows/")
    }
    return Parts(about, rows, entries, sealed)


def zipped(data: bytes) -> dict[str, bytes]:
    """The entries of an archive."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(entries: Mapping[str, bytes]) -> bytes:
    """An archive of these entries, put together as we do it."""
    writer = archive.Writer()
    for name, content in entries.items():
        writer.add(name, [content])
    return writer.finish()


def rewritten(data: bytes, change: Callable[[Parts], None], *, sender: Store, receiver: Store) -> bytes:
    """A package changed by its own sender, who signs and seals it again."""
    parts = opened(data, receiver)
    change(parts)
    signer = keys.identity(sender).private
    return sealing.seal(packed(parts.entries(signer)), [keys.identity(receiver).public.seal])


def send_otherwise(file: Path, change: Callable[[Parts], None], *, sender: Store, receiver: Store) -> None:
    """The same on the stick, and in the sender's own notes: as if its program had written the package so."""
    before = opened(file.read_bytes(), receiver)
    old = _hash(file.read_bytes(), receiver)
    data = rewritten(file.read_bytes(), change, sender=sender, receiver=receiver)
    file.write_bytes(data)
    told = zipped(sealing.unseal(data, [keys.identity(receiver).private.seal_identity]))[archive.MANIFEST]
    new = hashlib.sha256(told).hexdigest()
    with sender.change(say("Written by another program"), source="package"):
        sender.connection.execute("UPDATE package SET manifest_sha256 = ? WHERE manifest_sha256 = ?", (new, old))
        if before.manifest["kind"] == "receipt":
            sender.connection.execute("INSERT INTO blob (sha256, size, bytes) VALUES (?, ?, ?)", (new, len(told), told))


def _hash(data: bytes, receiver: Store) -> str:
    plain = sealing.unseal(data, [one.private.seal_identity for one in keys.identities(receiver)])
    return hashlib.sha256(zipped(plain)[archive.MANIFEST]).hexdigest()
