"""Evidence of points: files kept in the record by their content, listed, taken out again, packed into one ZIP."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from db.tables import blobs
from db.tables import criteria as tables
from db.tables.criteria import Evidence as Kept
from desktop.application.changes import NOTHING, Changes, Subject, changed
from desktop.application.criteria_places import commune_in
from desktop.application.criteria_scores import set_with
from desktop.application.records import Record
from desktop.application.sheets_of_ours import put_file
from desktop.domain.criteria.scoring import By
from desktop.domain.text import nfc
from desktop.errors import AppError
from desktop.exchange.evidence_file import KINDS, LARGEST, media_of, safe_name
from desktop.exchange.evidence_file import pack as packed
from desktop.wording import say


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that proves points of a row in one column; `is_here` false: its row came without the file itself."""

    uid: str
    criteria_set: str
    code: str
    by: By
    name: str
    size: int
    media: str
    sha256: str
    added: date
    note: str | None
    is_here: bool = True


def evidence(record: Record, *, unit: str, year: int) -> tuple[Evidence, ...]:
    """The files of a commune and year, by row and column."""
    commune = commune_in(record, unit, year)
    held = tables.evidence_of(record, year=year, unit=commune.uid)
    here = blobs.held(record, [one.file for one in held])
    return tuple(_told(one, is_here=one.file in here) for one in held)


def _told(one: Kept, *, is_here: bool) -> Evidence:
    return Evidence(
        _uid(one), one.criteria_set, one.line, By(one.by), one.name, one.size, one.media, one.file, one.added, one.note,
        is_here,
    )  # fmt: skip


def _uid(one: Kept) -> str:
    place = (one.unit, str(one.year), one.criteria_set, one.line, one.by, one.file)
    return hashlib.sha256("\x1f".join(place).encode()).hexdigest()[:16]


def add(
    record: Record,
    *,
    unit: str,
    year: int,
    code: str,
    by: By,
    path: Path,
    today: date,
    note: str | None = None,
    criteria_set: str | None = None,
    source: str = "criteria",
) -> tuple[Evidence, Changes]:
    """Keep a file as evidence of a row; the same bytes again change nothing and tell what is there.

    AppErrors: `unknown_row`, `evidence_too_big`, `evidence_kind`, `no_file`.
    """
    commune = commune_in(record, unit, year)
    one, _ = set_with(record, commune, year, code, criteria_set)
    content, media = _read(path)
    name = safe_name(nfc(path.name), media)
    kept = Kept(commune.uid, year, one.code, code, by.value, hashlib.sha256(content).hexdigest(), name, len(content),
                media, today, nfc(note).strip() if note else None)  # fmt: skip
    there = {_uid(held): held for held in tables.evidence_of(record, year=year, unit=commune.uid)}.get(_uid(kept))
    if there is not None:
        kept = replace(kept, name=there.name, note=kept.note or there.note, added=there.added)
        if kept == there and blobs.held(record, [there.file]):
            return _told(there, is_here=True), NOTHING
    with record.change(say("Add evidence for {commune}", commune=commune.name), source=source) as change:
        blobs.put(record, content)
        tables.put_evidence(record, kept)
    return _told(kept, is_here=True), changed(change.rows, Subject.CRITERIA)


def _read(path: Path) -> tuple[bytes, str]:
    try:
        size = path.stat().st_size
        content = path.read_bytes() if 0 < size <= LARGEST else b""
    except OSError as fault:
        raise AppError(
            "no_file",
            say("{file} cannot be read.", file=path.name),
            say("Look whether it is still there and not open elsewhere."),
        ) from fault
    if not size:
        raise AppError(
            "evidence_kind",
            say("{file} is empty.", file=path.name),
            say("Save or scan it again."),
        )
    if size > LARGEST:
        raise AppError(
            "evidence_too_big",
            say("{file} is larger than {most} MB.", file=path.name, most=LARGEST // 1024 // 1024),
            say("Scan it in black and white or with fewer dots, or divide it."),
        )
    media = media_of(content)
    if media is None:
        raise AppError(
            "evidence_kind",
            say("{file} is of no kind that is kept as evidence.", file=path.name),
            say("Kept are {kinds} without macros; what counts is the content, not the name.", kinds=KINDS),
        )
    return content, media


def _one(record: Record, uid: str) -> Kept:
    for held in tables.evidence_of(record):
        if _uid(held) == uid:
            return held
    raise AppError(
        "unknown_evidence",
        say("There is no evidence {uid}.", uid=uid),
        say("“sotram criteria evidence” lists the files of a commune and year."),
    )


def remove(record: Record, *, uid: str, source: str = "criteria") -> Changes:
    """Take a file away from its row; it can be undone until the record is tidied. AppError `unknown_evidence`."""
    kept = _one(record, uid)
    with record.change(say("Take evidence away: {name}", name=kept.name), source=source) as change:
        tables.drop_evidence(record, kept)
    return changed(change.rows, Subject.CRITERIA) if change.rows else NOTHING


def content(record: Record, uid: str) -> bytes:
    """The bytes of a file, proved by their hash. AppErrors: `unknown_evidence`, `evidence_not_here`."""
    kept = _one(record, uid)
    return _bytes(record, kept)


def _bytes(record: Record, kept: Kept) -> bytes:
    held = blobs.get(record, kept.file)
    if held is None or hashlib.sha256(held).hexdigest() != kept.file:
        raise AppError(
            "evidence_not_here",
            say("The file {name} is not in this record.", name=kept.name),
            say("Ask the office that added it to send it."),
        )
    return held


def extract(record: Record, uid: str, folder: Path) -> Path:
    """Write a file into a folder under its own name, beside what lies there; its place."""
    kept = _one(record, uid)
    held = _bytes(record, kept)
    return put_file(_free(folder, kept.name), held)


def _free(folder: Path, name: str) -> Path:
    place, stem, number = folder / name, Path(name), 1
    while place.exists():
        number += 1
        place = folder / f"{stem.stem} ({number}){stem.suffix}"
    return place


def pack(record: Record, *, unit: str, year: int, file: Path) -> int:
    """Write the files of a commune and year into one ZIP with a list of them; how many. What is not here is listed."""
    commune = commune_in(record, unit, year)
    files, listed, taken = [], [], Counter[str]()
    for kept in tables.evidence_of(record, year=year, unit=commune.uid):
        held = blobs.get(record, kept.file)
        stem = Path(kept.name)
        path = f"{kept.line}/{kept.by}-{kept.name}"
        taken[path] += 1
        if taken[path] > 1:
            path = f"{kept.line}/{kept.by}-{stem.stem} ({taken[path]}){stem.suffix}"
        if held is not None:
            files.append((path, held))
        listed.append((kept.line, kept.by, path if held is not None else "", kept.name, str(kept.size), kept.media,
                       kept.added.isoformat(), kept.file, kept.note or ""))  # fmt: skip
    put_file(file, packed(files, listed))
    return len(files)
