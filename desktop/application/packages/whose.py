"""Whose word counts for a row: the office that holds its form, and whether we have locked it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from db.release import FormKey
from db.tables import offices, partners, submissions
from db.tables.submissions import Life, Submission
from desktop.application.packages import wire
from desktop.application.packages.incoming import Nodes, forms_by_element
from desktop.application.packages.wire import Place
from desktop.application.records import Record
from desktop.domain.versions import Version, rank_for

# Of a form's state its holder's word stands, of a judgement that of the office that judged, of an act that of the
# office above: nobody is asked.
ONE_WORD: Final = frozenset({"submission", "judgement", "unit_act"})

# The commune scores itself, the centre checks, the province appraises and recognises: their word stands in a conflict.
_SCORER: Final = {
    "self": frozenset({"commune"}),
    "office": frozenset({"district", "area"}),
    "province": frozenset({"province"}),
}
_GIVEN_BY: Final[Mapping[str, Callable[[Place], frozenset[str]]]] = {
    "criteria_score": lambda place: _SCORER.get(str(place[5]), frozenset()),
    "criteria_evidence": lambda place: _SCORER.get(str(place[5]), frozenset()),
    "recognition": lambda _: _SCORER["province"],
}
# An office knows the levels of its neighbours only; who wrote beyond them stands two levels away.
_BEYOND: Final = {"commune": "province", "province": "commune"}


@dataclass(frozen=True, slots=True)
class Handed:
    """A form that has another holder (office uid) since a package of an office below us was taken in."""

    form: FormKey
    before: str
    after: str


@dataclass(slots=True)
class Word:
    """Holders and locks of the forms asked about, remembered until submissions are taken; `own` is our office's uid."""

    record: Record
    own: str
    nodes: Nodes
    _forms: Callable[[str, Mapping[str, Any]], list[FormKey]] | None = None
    _levels: tuple[dict[str, str], str] | None = None
    _begun: dict[FormKey, Submission | None] = field(default_factory=dict)

    def forget(self) -> None:
        """Ask the record again: submissions came in."""
        self._begun.clear()

    def ranked(
        self, table: str, place: Place, alive: Iterable[Version], content: Callable[[Version], object]
    ) -> list[Version]:
        """The living versions, that which stands last: the same answer in every record that knows these."""
        versions = tuple(alive)
        if table == "unit_act":
            rank = rank_for("", self.nodes)
            return sorted(versions, key=lambda version: (_is_decided(content(version)), rank(version)))
        if table == "judgement":
            holder = str(place[-1])  # an office's own word
        elif table == "submission":
            named = {told["holder"] for version in versions if isinstance(told := content(version), Mapping)}
            if len(named) > 1:  # who keeps a unit's figures as history gives way to the office that reports them
                from desktop.application.lineages import keepers  # a start has no use for it

                named -= keepers(self.record).get(str(place[1]), frozenset())
            holder = named.pop() if len(named) == 1 else ""
        elif table in _GIVEN_BY:
            holder = self._giver(_GIVEN_BY[table](place), versions)
        else:
            holder = self.holder_of(table, place)
        return sorted(versions, key=rank_for(holder, self.nodes))

    def _giver(self, levels: frozenset[str], versions: Iterable[Version]) -> str:
        """The office whose column or decision it is, among those that wrote: the only one of its level."""
        if self._levels is None:
            own = offices.own(self.record, date.max)
            known = {partner.office: partner.level for partner in partners.everyone(self.record)}
            known |= {own.uid: own.level} if own is not None else {}
            self._levels = known, _BEYOND.get(own.level, "") if own is not None else ""
        return giver(levels, {self.nodes.get(version.node, ("", 0))[0] for version in versions}, *self._levels)

    def holder_of(self, table: str, place: Place) -> str:
        """The office that holds the form of a row: what stands here of the form, the same in every record."""
        names = dict(zip(wire.key_names(table), place[1:], strict=True))
        return next((begun.holder for begun in self._begun_of(table, names)), "")

    def _begun_of(self, table: str, names: Mapping[str, Any]) -> Iterator[Submission]:
        """Those of a row's forms that were begun here."""
        for form in self._forms_of(table, names):
            if form not in self._begun:
                found = submissions.one(self.record, unit=form.unit, form=form.form, period=form.period)
                # An alias finds the form of another unit, which is not the one the row speaks of.
                self._begun[form] = found if found is not None and found.unit == form.unit else None
            begun = self._begun[form]
            if begun is not None:
                yield begun

    def _forms_of(self, table: str, names: Mapping[str, Any]) -> list[FormKey]:
        if self._forms is None:
            self._forms = forms_by_element(self.record)
        return self._forms(table, names)

    def handed(self, since: int, sender: str) -> list[Handed]:
        """The forms of ours, and of offices beside the sender, with another holder since a journal sequence.

        The rule of versions must take such a row, or records would differ for ever; a person must hear of it. Whoever
        keeps the unit's figures as history never reported it: nothing was taken from them.
        """
        from desktop.application.lineages import keepers  # a start has no use for it

        kept = keepers(self.record)
        known = {self.own, *(partner.office for partner in partners.everyone(self.record))} - {sender}
        return [
            Handed(FormKey(form.unit, form.form, form.period), before, form.holder)
            for form, before in submissions.handed(self.record, since)
            if before in known and before not in kept.get(form.unit, ())
        ]

    def is_locked(self, table: str, names: Mapping[str, Any]) -> bool:
        """Whether we hold the form ourselves and have locked it: rows of others wait until it is opened."""
        return any(form.holder == self.own and form.state is Life.LOCKED for form in self._begun_of(table, names))


def settles(told: object, typed: object) -> bool:
    """Whether a row that comes leaves nothing to decide about our draft: the same, or the word above on our own act."""
    return told == typed or (_is_decided(told) and not _is_decided(typed))


def _is_decided(content: object) -> bool:
    """Whether it is an act, and more than an office's own, provisional one."""
    return isinstance(content, Mapping) and content.get("provisional") == 0


def giver(levels: frozenset[str], wrote: Iterable[str], known: Mapping[str, str], beyond: str) -> str:
    """The only office of these levels among those that wrote, else empty; `beyond`: level of the unknown."""
    found = [office for office in set(wrote) if known.get(office, beyond) in levels]
    return found[0] if len(found) == 1 else ""
