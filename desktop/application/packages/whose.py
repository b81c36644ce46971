"""Whose word counts for a row: the office that holds its form, and whether we have locked it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from db.release import FormKey
from db.tables import partners, submissions
from desktop.application.packages import wire
from desktop.application.packages.incoming import NONE, Nodes, forms_by_element
from desktop.application.packages.wire import Place
from desktop.application.records import Record
from desktop.domain.versions import Version, rank_for

# Of a form's state its holder's word stands, of a judgement that of the office that judged: nobody is asked.
ONE_WORD: Final = frozenset({"submission", "judgement"})


@dataclass(frozen=True, slots=True)
class Handed:
    """A form that has another holder (office uid) since a package of an office below us was taken in."""

    form: FormKey
    before: str
    after: str


@dataclass(slots=True)
class Word:
    """Holders and locks of one record's forms, remembered until submissions are taken; `own` is our office's uid."""

    record: Record
    own: str
    nodes: Nodes
    _forms: Callable[[str, Mapping[str, Any]], list[FormKey]] | None = None
    _holders: dict[FormKey, str] | None = None
    _locked: frozenset[FormKey] | None = None

    def forget(self) -> None:
        """Ask the record again: submissions came in."""
        self._holders = self._locked = None

    def ranked(
        self, table: str, place: Place, alive: Iterable[Version], content: Callable[[Version], object]
    ) -> list[Version]:
        """The living versions, that which stands last: the same answer in every record that knows these."""
        versions = tuple(alive)
        if table == "judgement":
            holder = str(place[-1])  # an office's own word
        elif table == "submission":
            named = {told["holder"] for version in versions if isinstance(told := content(version), Mapping)}
            holder = named.pop() if len(named) == 1 else ""
        else:
            holder = self.holder_of(table, place)
        return sorted(versions, key=rank_for(holder, self.nodes))

    def holder_of(self, table: str, place: Place) -> str:
        """The office that holds the form of a row: what stands here of the form, the same in every record."""
        if self._holders is None:
            self._holders = self.holders()
        names = dict(zip(wire.key_names(table), place[1:], strict=True))
        return next((self._holders[form] for form in self._forms_of(table, names) if form in self._holders), "")

    def _forms_of(self, table: str, names: Mapping[str, Any]) -> list[FormKey]:
        if self._forms is None:
            self._forms = forms_by_element(self.record)
        return self._forms(table, names)

    def holders(self) -> dict[FormKey, str]:
        """Who holds each form that was begun, as it stands now."""
        return {FormKey(form.unit, form.form, form.period): form.holder for form in submissions.of(self.record)}

    def handed(self, before: Mapping[FormKey, str], sender: str) -> list[Handed]:
        """The forms of ours, and of offices beside the sender, that have had another holder since `before`.

        The rule of versions must take such a row, or records would differ for ever; a person must hear of it.
        """
        known = {self.own, *(partner.office for partner in partners.everyone(self.record))} - {sender}
        now = self.holders()
        return [
            Handed(form, holder, now[form])
            for form, holder in before.items()
            if holder in known and now.get(form, holder) != holder
        ]

    def is_locked(self, table: str, names: Mapping[str, Any]) -> bool:
        """Whether we hold the form ourselves and have locked it: rows of others wait until it is opened."""
        if self._locked is None:
            self._locked = frozenset(
                FormKey(form.unit, form.form, form.period)
                for form in submissions.of(self.record)
                if form.holder == self.own and form.state is submissions.Life.LOCKED
            )
        return self._locked != NONE and not self._locked.isdisjoint(self._forms_of(table, names))
