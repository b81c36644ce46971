"""The units below an act: what lay in a unit that ended lies in what followed it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop.domain.acts_desk import Desk
from desktop.domain.acts_drafts import remark
from desktop.domain.acts_sources import Old
from desktop.domain.acts_tree import RANK
from desktop.domain.units import Unit, UnitVersion
from desktop.wording import say


@dataclass(frozen=True, slots=True)
class Went:
    """An old unit (uid) into a new one, wholly or in part; `share` in ten-thousandths."""

    old: str
    new: str
    whole: bool
    share: int | None = None
    basis: str | None = None


def follow(desk: Desk, olds: list[Old], went: list[Went]) -> None:
    """Units below what ended lie under what followed; units below what now begins lay under what was before."""
    day, eve = desk.draft.date, desk.draft.eve
    heirs = {old.unit.uid: heir(one for one in went if one.old == old.unit.uid) for old in olds}
    begun = {unit.uid for unit in desk.units.values() if unit.began == day and unit.uid in desk.register.units}
    origin = {uid: next((one.old for one in went if one.new == uid), None) for uid in begun}
    for unit in list(desk.register.units.values()):
        if unit.uid in heirs or not any(
            version.parent in heirs or version.parent in begun for version in unit.versions
        ):
            continue
        now = desk.unit(unit.uid)
        standing = now.on(day)
        if standing and standing.parent in heirs and (after := heirs[standing.parent]):
            if RANK[desk.unit(after).kind] < RANK[unit.kind]:
                desk.from_date(now, day, parent=after)
                _say_where(desk, unit, standing.parent, went)
        elif (earlier := now.on(eve)) and earlier.parent in begun:
            first = origin[earlier.parent] or desk.unit(earlier.parent).versions[0].parent
            _lay_under(desk, now, first)


def _lay_under(desk: Desk, unit: Unit, parent: str | None) -> None:
    versions: list[UnitVersion] = []
    for version in unit.versions:
        if version.holds_on(desk.draft.eve) and version.holds_on(desk.draft.date):
            versions += [
                replace(version, valid_to=desk.draft.eve, parent=parent),
                replace(version, valid_from=desk.draft.date),
            ]
        else:
            versions.append(version)
    desk.put(replace(unit, versions=tuple(versions)))


def heir(mine: Iterable[Went]) -> str | None:
    """Who takes over what lay under an old unit: what took it whole, else the largest share, else the first named."""
    ranked = sorted(mine, key=lambda one: (not one.whole, -(one.share or 0)))
    return ranked[0].new if ranked else None


def _say_where(desk: Desk, unit: Unit, old: str, went: list[Went]) -> None:
    if sum(one.old == old for one in went) > 1:
        name = unit.versions[-1].name
        after = desk.unit(heir(one for one in went if one.old == old) or "").versions[-1].name
        desk.findings.append(
            remark(
                "act_where",
                say("{name} is taken to lie in {after}.", name=name, after=after),
                say("If it lies elsewhere, enter a move with the same date."),
                unit=desk.spoken(unit.uid),
            )
        )
