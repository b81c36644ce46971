"""A paper of the office: who issues it and where stands at its head; who gets it, keeps it and signs at its foot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from desktop.reports.model import Agency, Annex, Block, Document, Orientation, Paragraph, Signature
from desktop.reports.targets_input import Office

REPORT: Final = ("BÁO CÁO", "BC")
LISTING: Final = ("DANH SÁCH", "DS")


def agency(office: Office) -> Agency:
    """The office as the head of its papers names it, below the one above it."""
    return Agency(office.headline, office.symbol, office.parent)


def office_paper(
    office: Office,
    *,
    year: int,
    kind: tuple[str, str],
    subject: str,
    blocks: Iterable[Block],
    closing: str,
    addressees: tuple[str, ...] = (),
    recipients: tuple[str, ...] = (),
    orientation: Orientation = Orientation.PORTRAIT,
    annexes: tuple[Annex, ...] = (),
) -> Document:
    """A document the office issues and keeps a copy of; `kind` is its type and the abbreviation in its symbol.

    Whoever it is addressed to gets it first ("Như trên", Decree 30/2020, annex I), then `recipients`.
    """
    word, symbol = kind
    return Document(
        agency=agency(office),
        place=office.place,
        year=year,
        type=word,
        type_symbol=symbol,
        subject=subject,
        addressees=addressees,
        blocks=tuple(blocks),
        closing=Paragraph((closing,)),
        recipients=(*(("Như trên",) if addressees else ()), *recipients, f"Lưu: {office.archive}"),
        signature=Signature(office.posts, office.signer),
        annexes=annexes,
        orientation=orientation,
    )
