"""How far the exchange with each partner is, and how many changes the parent has not received."""

from __future__ import annotations

from dataclasses import dataclass

from db import pending
from db.tables import partners
from desktop.application.packages import streams
from desktop.application.records import Record
from desktop.domain.versions import missing_sequences, not_stood_on


@dataclass(frozen=True, slots=True)
class PartnerStatus:
    """Highest number sent and acknowledged, rows it has not received, numbers of its stream that never came."""

    partner: str
    name: str
    role: str
    sent: int
    acknowledged: int
    pending: int
    missing: tuple[int, ...]
    confirmed: bool


def package_status(record: Record) -> list[PartnerStatus]:
    """Each partner once, under its newest key, in the order in which it was trusted."""
    offices = dict.fromkeys(partner.office for partner in partners.everyone(record))
    return [found for office in offices if (found := _status(record, office))]


def _status(record: Record, office: str) -> PartnerStatus | None:
    partner = streams.partner_of(record, office)
    if partner is None:
        return None
    sent = streams.of_office(record, office, direction="sent", kind="package", scope=streams.SCOPE)
    known = streams.acknowledged(record, office)
    seen = known.seen if known else {}
    arrived = [package for package in sent if not not_stood_on(package.seen, seen)]
    taken = streams.of_office(record, office, direction="taken", kind="package", scope=streams.SCOPE)
    newest_node = taken[-1].node if taken else ""
    come = {package.sequence for package in taken if package.node == newest_node}
    return PartnerStatus(
        partner.code or office,
        partner.name,
        partner.role,
        sent[-1].sequence if sent else 0,
        arrived[-1].sequence if arrived else 0,
        pending.count(record, streams.base_of(record, office)).rows,
        missing_sequences(come, max(come)) if come else (),
        partner.confirmed,
    )


def pending_changes(record: Record) -> int:
    """Rows the parent has not received; without a parent, everything that was ever written."""
    parent = next((partner for partner in partners.everyone(record) if partner.role == "parent"), None)
    return pending.count(record, streams.base_of(record, parent.office) if parent else {}).rows
