"""What tests of the exchange do and ask again and again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.application import keys
from desktop.application import submissions as forms
from desktop.application.packages import (
    PartnerStatus,
    package_status,
)
from tests.application.packages.making import (
    YEAR,
    Pc,
)

Pcs = Callable[..., list[Pc]]


def complete(pc: Pc, commune: int = 1) -> None:
    forms.complete(pc.record, unit=f"0400{commune}", form="commune", period=YEAR, reason="sẽ bổ sung")


def status_of(pc: Pc, partner: Pc) -> PartnerStatus:
    return next(status for status in package_status(pc.record) if status.partner == partner.code)


def bytes_of(pc: Pc) -> tuple[int, list[object]]:
    """Whether anything was written: the newest journal row and the nodes."""
    return pc.record.head(), pc.record.connection.execute("SELECT * FROM node").fetchall()


def exchange_of(sender: Pc, receiver: Pc, file: Path) -> tuple[str, tuple[int, ...]]:
    taken = receiver.take(file)
    sender.take(taken.receipt)
    return taken.result, taken.missing


def seal_of(pc: Pc) -> str:
    return keys.identity(pc.record).private.seal_identity
