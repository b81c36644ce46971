"""The answer to a package: what became of it, and what the receiver has now seen (`contract/package.md`, Receipt)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from desktop.exchange.package import reading
from desktop.exchange.package.reading import BadMember, Object


@dataclass(frozen=True, slots=True)
class Head:
    """The sender's chain of changes: the last change's sequence and chain hash."""

    sequence: int
    chain: str


class Result(StrEnum):
    """What became of a package."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FormReceipt:
    """A form of the package as it stands with the receiver; `same` when both sides hold the same rows."""

    unit: str
    form: str
    period: str
    digest: str
    same: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a package.

    `manifest` is the hash of the manifest it answers, `seen` ours after it, `waiting` and `conflicts` are objects of
    {table, unit, period, element, why} as far as they apply, `reads` the formats that we can read. What the sender
    holds acknowledged is the `seen` of the newest receipt, and may go down when we were restored.
    """

    manifest: str
    result: Result
    code: str | None
    seen: Mapping[str, int]
    forms: tuple[FormReceipt, ...] = ()
    waiting: tuple[Mapping[str, Any], ...] = ()
    conflicts: tuple[Mapping[str, Any], ...] = ()
    head: Head | None = None
    reads: tuple[int, ...] = (1,)

    def to_json(self) -> dict[str, Any]:
        """The member `receipt` of a manifest."""
        return {
            "for": self.manifest,
            "result": self.result.value,
            "code": self.code,
            "seen": dict(sorted(self.seen.items())),
            "forms": [asdict(form) for form in self.forms],
            "waiting": [dict(item) for item in self.waiting],
            "conflicts": [dict(item) for item in self.conflicts],
            "head": asdict(self.head) if self.head else None,
            "reads": list(self.reads),
        }


def read_receipt(found: Object) -> Receipt:
    """A receipt from its JSON; BadMember otherwise."""
    result = reading.text(found, "result", longest=20)
    reads = found.get("reads", [1])
    if result not in list(Result) or not isinstance(reads, list):
        raise BadMember("receipt")
    return Receipt(
        manifest=reading.sha256(found, "for"),
        result=Result(result),
        code=reading.text_or_none(found, "code", longest=40),
        seen=reading.releases(found, "seen"),
        forms=reading.many(found, "forms", _form_receipt),
        waiting=reading.many(found, "waiting", dict),
        conflicts=reading.many(found, "conflicts", dict),
        head=read_head(found),
        reads=tuple(number for number in reads if isinstance(number, int)),
    )


def _form_receipt(found: Object) -> FormReceipt:
    same = found.get("same")
    if not isinstance(same, bool):
        raise BadMember("same")
    unit, form, period, digest = (reading.text(found, name) for name in ("unit", "form", "period", "digest"))
    return FormReceipt(unit, form, period, digest, same)


def read_head(content: Object) -> Head | None:
    """The member `head`, None where it is missing or null."""
    if content.get("head") is None:
        return None
    found = reading.member(content, "head")
    return Head(reading.whole(found, "sequence"), reading.text(found, "chain", longest=64))
