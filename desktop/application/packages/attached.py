"""Files that travel along: evidence of points, in sealed packages, up to a size that a mail still takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from db import travel
from db.tables import blobs
from db.tables import criteria as tables
from desktop.application.records import Record
from desktop.exchange.evidence_file import LARGEST, media_of
from desktop.exchange.package.container import Opened

EVIDENCE: Final = "criteria_evidence"
MOST: Final = 20 * 1024 * 1024
"""Bytes together. What is left out is told by its row, and can be handed over as a ZIP of the commune."""


def outgoing(record: Record, rows: Iterable[travel.Row]) -> dict[str, bytes]:
    """The files of evidence among rows going out, by SHA-256, as long as they fit together."""
    found: dict[str, bytes] = {}
    room = MOST
    for row in rows:
        name = str(row.names.get("file"))
        if row.table != EVIDENCE or row.content is None or name in found or int(row.content["size"]) > room:
            continue
        held = blobs.get(record, name)
        if held is not None and len(held) <= room:
            found[name] = held
            room -= len(held)
    return found


def take(record: Record, opened: Opened) -> int:
    """Keep the files whose rows stand here now, inside the change that took the rows; how many came.

    The reader has proved each by its hash; what is of no kind that is kept as evidence is left out.
    """
    if EVIDENCE not in opened.tables:
        return 0
    told = {str(row.fields["file"]) for row in opened.rows(EVIDENCE) if not row.gone}
    wanted = told & {one.file for one in tables.evidence_of(record)}
    came = 0
    for name in sorted(wanted - blobs.held(record, wanted)):
        content = opened.file(name)
        if content is not None and 0 < len(content) <= LARGEST and media_of(content) is not None:
            blobs.put(record, content)
            came += 1
    return came
