"""Receipts: the answer to a package, kept so that a lost one can be written again word for word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from db.tables import packages
from db.tables.partners import Partner
from desktop.application.offices import OfficeView
from desktop.application.packages import sending
from desktop.application.records import Record
from desktop.exchange.package import names, stick
from desktop.exchange.package.manifest import Kind, read_manifest
from desktop.exchange.package.receipt import Receipt


def write(record: Record, own: OfficeView, to: Partner, answer: Receipt, folder: Path) -> Path:
    """Write a receipt into a folder; its number is noted before, its words are kept."""
    about = replace(sending.header(record, own, to, Kind.RECEIPT, {}), receipt=answer)
    written = sending.seal_receipt(record, about, to)
    signed = written.manifest.to_bytes()
    with record.writing():
        record.connection.execute(
            "INSERT INTO blob (sha256, size, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (written.manifest_sha256, len(signed), signed),
        )
    sending.note(
        record,
        written,
        to,
        direction="sent",
        rows=0,
        answers=answer.manifest,
        result=answer.result.value,
        code=answer.code,
    )
    return stick.write_safely(folder, names.package_name(written.manifest), written.data)


def again(record: Record, manifest_sha256: str, to: Partner, folder: Path) -> Path | None:
    """Write the receipt of a package that was taken before once more, sealed for the partner's present key."""
    for sent in packages.of(record, direction="sent", kind="receipt"):
        if sent.answers != manifest_sha256 or sent.result == "refused":
            continue
        held = record.connection.execute("SELECT bytes FROM blob WHERE sha256 = ?", (sent.manifest_sha256,)).fetchone()
        if held is None:
            continue
        about = replace(read_manifest(bytes(held[0])), files=())
        written = sending.seal_receipt(record, about, to)
        return stick.write_safely(folder, names.package_name(written.manifest), written.data)
    return None
