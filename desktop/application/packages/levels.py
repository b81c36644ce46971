"""How much of persons a package carries, what of them it releases, and the note of who got which child."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from db import erased_child, release, travel
from db.store import Change
from db.tables import access_log, packages, visits
from db.tables.access_log import Look
from db.tables.partners import Partner
from desktop.application.records import Record
from desktop.exchange.package.manifest import SCOPES, Detail
from desktop.exchange.package.tables import NAMED, UNNAMED
from desktop.wording import Sentence, say

_TABLES = {Detail.TOTALS: travel.RECORD, Detail.UNNAMED: UNNAMED, Detail.FULL: NAMED}


@dataclass(frozen=True, slots=True)
class Level:
    """A level of detail: the scope it is sent in, the tables it carries, and why persons' data leave."""

    detail: Detail
    reason: str | None = None

    @classmethod
    def of(cls, detail: str, reason: str | None) -> Level:
        """A level that was checked before; the reason is kept with single spaces."""
        level = Detail(detail)
        return cls(level, " ".join((reason or "").split()) if level is not Detail.TOTALS else None)

    @property
    def is_of_children(self) -> bool:
        """Whether it carries children at all."""
        return self.detail is not Detail.TOTALS

    @property
    def scope(self) -> str:
        """The scope of its streams."""
        return SCOPES[self.detail]

    @property
    def tables(self) -> frozenset[str]:
        """The tables it carries."""
        return frozenset(_TABLES[self.detail])

    def what(self, name: str) -> Sentence:
        """What history says of the sending."""
        if self.is_of_children:
            return say("Send a list of children to {name}", name=name)
        return say("Send figures to {name}", name=name)

    def release(self, record: Record, change: Change) -> None:
        """Make the visits without names anew where they are what leaves, and release all that is new of children."""
        if self.detail is Detail.UNNAMED:
            visits.refresh(record)
        release.release(record, change, family=release.CHILDREN)

    def disclose(self, record: Record, package: int, to: Partner, sent: Iterable[travel.Row]) -> None:
        """Note which children left with a package, so that an erasure reaches who got them, and who sent them, why."""
        if not self.is_of_children:
            return
        uids = {uid for row in sent for uid in erased_child.speaks_of(row.names | (row.content or {}))}
        packages.put_disclosures(record, package, (("child", uid) for uid in sorted(uids)))
        look = Look(
            record.stamp(), record.actor, "sent", None, f"{to.code or to.office}:{self.detail}", len(uids), self.reason
        )
        access_log.put(record, look)
