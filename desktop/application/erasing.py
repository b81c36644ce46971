"""Lawful erasure of a child (Law 91/2025/QH15; `contract/record.md` 3): here, in new backups, at all who got it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db import backup, redact
from db.redact import Erasure
from db.tables import children, erased_traces, partners
from desktop.application import access
from desktop.application.changes import Changes, Subject, changed
from desktop.application.children import one
from desktop.application.records import Record
from desktop.domain.text import fold, words
from desktop.errors import AppError
from desktop.wording import say


@dataclass(frozen=True, slots=True)
class ErasedChild:
    """What an erasure did: the uids of all entries of the child, journal rows redacted, partners (codes) that got it.

    `scrubbed` is false while another window reads the record: the last traces in its log go when that one is closed.
    """

    entries: tuple[str, ...]
    journal_rows: int
    partners: tuple[str, ...]
    scrubbed: bool
    changes: Changes


def erase_child(record: Record, *, uid: str, reason: str, source: str = "window") -> ErasedChild:
    """Erase a child with all its entries, measurements and history; the reason is kept and travels.

    AppError `no_child`, `reason_needed`, and `reason_names` where the reason repeats the child's or its mother's name.
    """
    basis = " ".join(reason.split())
    if not basis:
        raise AppError("reason_needed", say("A reason is needed."), say("Say in a few words why."))
    entries = children.group(record, uid)
    known = children.by_uid(record, entries)
    if not known and not _is_erased(record, uid):
        one(record, uid)
    for child in known.values():
        if _names(basis, child.name) or _names(basis, child.mother):
            raise AppError(
                "reason_names",
                say("The reason must not repeat a name: it is kept and travels."),
                say("Write the number and day of the request instead."),
            )
    with record.change(redact.WHAT, source=source) as change:
        done = redact.erase_in(record, change, [Erasure("child", entry, change.at, basis) for entry in entries])
    # First the lists: what is cut off from here on is still marked as to be done, and done at the next opening.
    backup.spread_erasures(record)
    scrubbed = redact.finish(record)
    access.look(record, what="erased", about=entries[0], rows=len(entries), reason=basis)
    told = {partner.id: partner.code or partner.office for partner in partners.everyone(record)}
    got = tuple(dict.fromkeys(told[number] for number in done.partners if number in told))
    return ErasedChild(entries, done.journal_rows, got, scrubbed, changed(change.rows, Subject.CHILDREN))


def erased_before(record: Record, asked: Sequence[tuple[str, date | None]]) -> dict[int, date]:
    """Which of some children (name, birth date) were lawfully erased here: by place, the day of the erasure.

    A person is to be asked before one of them comes back; without a birth date nothing can be told.
    """
    dated = [(at, fold(name), str(born)) for at, (name, born) in enumerate(asked) if born is not None]
    found = erased_traces.known(record, [(name, born) for _at, name, born in dated])
    return {dated[place][0]: date.fromisoformat(at[:10]) for place, at in found.items()}


def _is_erased(record: Record, uid: str) -> bool:
    return any((one.table, one.uid) == ("child", uid) for one in redact.erasures(record))


def _names(basis: str, name: str) -> bool:
    """Whether a text repeats a whole name, with or without its marks."""
    asked, told = words(name), words(basis)
    return len(asked) > 1 and any(told[at : at + len(asked)] == asked for at in range(len(told)))
