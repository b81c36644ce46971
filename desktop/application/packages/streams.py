"""Who we exchange with and how far we are: streams, what was taken, what the partner has acknowledged."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from db.tables import packages, partners, settings
from db.tables.packages import Package
from db.tables.partners import Partner
from desktop.application.keys import identities, key_file_of, known_partners
from desktop.application.offices import OfficeView
from desktop.application.records import Record
from desktop.application.shipped import REGISTER_FILES
from desktop.domain.versions import Acknowledged, base_for, newest_receipt
from desktop.exchange.register_file import VERSION as REGISTER_VERSION
from desktop.system.paths import resource
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.exchange.package.trust import Trust

SCOPE: Final = "record"
_NODES: Final = "nodes"


@cache
def register_told() -> dict[str, str]:
    """The shipped register as a manifest names it: the day of its newest list and the hash over its files."""
    told = hashlib.sha256()
    for name in REGISTER_FILES:
        told.update(resource("units", name).read_bytes())
    return {"version": REGISTER_VERSION, "sha256": told.hexdigest()}


def settle(record: Record) -> None:
    """Let the record draw its new node, if it was copied or restored, before a number of its stream is asked for."""
    with record.change(say("Begin a new stream"), source="system"):
        pass


def of_office(
    record: Record, office: str, *, direction: str | None = None, kind: str | None = None, scope: str | None = None
) -> list[Package]:
    """Packages and receipts exchanged with an office under all its keys, oldest first; of one scope or of all."""
    ids = {partner.id for partner in partners.everyone(record) if partner.office == office}
    found = packages.of(record, direction=direction, kind=kind)
    return [package for package in found if package.partner in ids and scope in (None, package.scope)]


def next_number(record: Record, office: str, *, receipt: bool, scope: str = SCOPE) -> tuple[int, str | None]:
    """The next number of our stream to an office in a scope, and the hash of the manifest before it.

    Counted over all keys of the office: a new key does not begin a new stream.
    """
    stream = [
        package
        for package in of_office(record, office, direction="sent")
        if package.node == record.node and package.scope == scope and (package.kind == "receipt") == receipt
    ]
    if not stream:
        return 1, None
    last = max(stream, key=lambda package: package.sequence)
    return last.sequence + 1, last.manifest_sha256


def acknowledged(record: Record, office: str, scope: str = SCOPE) -> Acknowledged | None:
    """What the partner's newest receipt says it has seen in a scope; None before the first."""
    newest = None
    for receipt in of_office(record, office, direction="taken", kind="receipt", scope=scope):
        newest = newest_receipt(newest, Acknowledged(receipt.node, receipt.sequence, receipt.seen))
    return newest


def acknowledged_head(record: Record, office: str, scope: str = SCOPE) -> int:
    """The journal sequence up to which the partner's receipts have acknowledged packages; 0 before the first."""
    answers = of_office(record, office, direction="taken", kind="receipt", scope=scope)
    good = {receipt.answers for receipt in answers if receipt.result in ("accepted", "partly")}
    sent = of_office(record, office, direction="sent", kind="package", scope=scope)
    return max((p.head["sequence"] for p in sent if p.head and p.manifest_sha256 in good), default=0)


def base_of(record: Record, office: str, scope: str = SCOPE) -> dict[str, int]:
    """What the next package to an office stands on in a scope."""
    return base_for(acknowledged(record, office, scope))


def nodes(record: Record, own: str) -> dict[str, tuple[str, int]]:
    """Office and number of life of every node we know: our own in the order they began, others as they were told."""
    found = {node: (office, life) for node, (office, life) in settings.get(record, _NODES, {}).items()}
    lives = record.connection.execute("SELECT uid FROM node ORDER BY id")
    return found | {uid: (own, life) for life, (uid,) in enumerate(lives, 1)}


def keep_nodes(record: Record, told: Mapping[str, tuple[str, int]]) -> None:
    """Remember the nodes of a manifest, inside a change. A node never changes its office: the first word counts."""
    held = settings.get(record, _NODES, {})
    own = {uid for (uid,) in record.connection.execute("SELECT uid FROM node")}
    new = {node: list(life) for node, life in told.items() if node not in own and node not in held}
    if new:
        settings.put(record, _NODES, held | new)


def trust(record: Record, own: OfficeView, today: date) -> Trust:
    """What the reader must know of us: who we are, whom we know, what we have taken."""
    from desktop.exchange.package.manifest import SCOPES, Kind
    from desktop.exchange.package.trust import Sender, StreamId, Trust

    senders = {}
    for partner in known_partners(record):
        key = key_file_of(partner).sign
        revoked = date.fromisoformat(partner.revoked_from) if partner.revoked_from else None
        senders[key.id] = Sender(
            partner.office, partner.code or "", partner.name, partner.role, key, partner.confirmed, revoked
        )
    taken: dict[StreamId, dict[int, str]] = {}
    for package in packages.of(record, direction="taken"):
        stream = StreamId(package.node, Kind(package.kind), package.scope)
        taken.setdefault(stream, {})[package.sequence] = package.manifest_sha256
    seals = {one.public.seal: one.private.seal_identity for one in identities(record)}
    seen = {scope: packages.seen(record, scope) for scope in SCOPES.values()}
    known = {node: office for node, (office, _) in nodes(record, own.uid).items()}
    return Trust(own.uid, own.code or own.uid[:8], seals, senders, today, seen, taken, known)


def partner_of(record: Record, office: str) -> Partner | None:
    """The newest key of an office we know."""
    found = [p for p in partners.everyone(record) if p.office == office]
    current = [p for p in found if p.replaced_by is None]
    return next(iter(reversed(current or found)), None)


def answerable(record: Record, office: str, today: date) -> Partner | None:
    """The key under which an office is answered; None where its newest was revoked or none is known."""
    partner = partner_of(record, office)
    if partner is None or not partner.key_file:
        return None
    return None if partner.revoked_from is not None and partner.revoked_from <= today.isoformat() else partner
