"""What stands on an office's papers, as dated settings: name lines, symbol, place, who signs from which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

HEAD: Final = "head"
ROLES: Final = (HEAD, "deputy", "by_order", "other")


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who may sign, from a day on ("" or an ISO day) to a day inclusive; `post` may have several lines.

    Roles: the head; a deputy ("KT. GIÁM ĐỐC"); somebody by order ("TL. GIÁM ĐỐC"); others (Decree 30/2020, annex I).
    """

    post: str
    name: str = ""
    role: str = HEAD
    valid_from: str = ""
    valid_to: str = ""

    def signs_on(self, day: date) -> bool:
        """Whether this person signs on a day."""
        told = day.isoformat()
        return self.valid_from <= told and (not self.valid_to or told <= self.valid_to)


def signer_on(signers: Iterable[Signer], day: date, role: str | None = None) -> Signer | None:
    """Who signs on a day: of the role asked for, else the head, else the first of those told; the latest begun wins."""
    standing = [one for one in signers if one.signs_on(day)]
    for wanted in (role,) if role else (HEAD, None):
        found = [one for one in standing if wanted in (None, one.role)]
        if found:
            # The first told of those who began last.
            latest = max(one.valid_from for one in found)
            return next(one for one in found if one.valid_from == latest)
    return None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands on the office's papers: dated settings, all data of the office.

    `name_line` is the office's name as printed where it differs from its full name; `signer_post` and `signer_name`
    are the head's where no list of signers is kept; `also_above` names further offices it reports to.
    """

    parent_line: str = ""
    symbol: str = ""
    place: str = ""
    signer_post: str = ""
    signer_name: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    drafting_unit: str = ""
    name_line: str = ""
    signers: tuple[Signer, ...] = ()
    also_above: tuple[str, ...] = ()

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Letterhead:
        """From what the record holds; unknown fields are a newer program's."""
        known: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in told.items()
            if name in cls.__dataclass_fields__
        }
        if "signers" in known:
            known["signers"] = tuple(_signer(one) for one in known["signers"])
        return cls(**known)

    def signed_on(self, day: date, role: str | None = None) -> Letterhead:
        """The same with post and name of whoever signs on a day."""
        found = signer_on(self.signers, day, role)
        return self if found is None else replace(self, signer_post=found.post, signer_name=found.name)

    @property
    def name_lines(self) -> tuple[str, ...]:
        """The lines over the number of a paper, the superior office first; the last is empty: the office's own name."""
        return (*(line for line in self.parent_line.split("\n") if line), self.name_line)


def _signer(told: Mapping[str, Any] | Signer) -> Signer:
    if isinstance(told, Signer):
        return told
    return Signer(**{name: str(value) for name, value in told.items() if name in Signer.__dataclass_fields__})
