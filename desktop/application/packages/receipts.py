"""Receipts: the answer to a package, kept so that a lost one can be written again word for word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from db.tables import packages
from db.tables.partners import Partner
from desktop.application import keys
from desktop.application.offices import OfficeView
from desktop.application.packages import sending
from desktop.application.records import Record
from desktop.exchange.package import names, stick
from desktop.exchange.package.container import Written
from desktop.exchange.package.manifest import Kind, read_manifest
from desktop.exchange.package.receipt import Receipt


def prepare(record: Record, own: OfficeView, to: Partner, answer: Receipt, scope: str) -> Written:
    """Number, sign and seal a receipt inside the change it answers for, in the scope of what it answers.

    Its words are kept, to be written again where the receipt was lost.
    """
    about = replace(sending.header(record, own, to, Kind.RECEIPT, {}, scope=scope), receipt=answer)
    written = sending.sealed(about, {}, to, keys.identity(record).private)
    signed = written.manifest.to_bytes()
    record.connection.execute(
        "INSERT INTO blob (sha256, size, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (written.manifest_sha256, len(signed), signed),
    )
    sending.note(record, written, to, rows=0, answers=answer.manifest, result=answer.result.value, code=answer.code)
    return written


def write(written: Written, folder: Path) -> Path:
    """Put a receipt on disk, after the change was committed."""
    return stick.write_safely(folder, names.package_name(written.manifest), written.data)


def again(record: Record, manifest_sha256: str, to: Partner, folder: Path) -> Path | None:
    """Write the receipt of a package that was taken before once more, sealed for the partner's present key."""
    for sent in packages.of(record, direction="sent", kind="receipt"):
        if sent.answers != manifest_sha256 or sent.result == "refused":
            continue
        held = record.connection.execute("SELECT bytes FROM blob WHERE sha256 = ?", (sent.manifest_sha256,)).fetchone()
        if held is not None:
            about = replace(read_manifest(bytes(held[0])), files=())
            signer = next(one.private for one in keys.identities(record) if one.private.public.id == about.sender.key)
            return write(sending.sealed(about, {}, to, signer), folder)
    return None
