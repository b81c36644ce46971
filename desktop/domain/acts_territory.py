"""Acts that change territory: what ends, what begins, what went where, and where the units below belong then."""

from __future__ import annotations

from desktop.domain.acts import WHOLE, ActKind
from desktop.domain.acts_below import Went, follow
from desktop.domain.acts_desk import Desk
from desktop.domain.acts_drafts import Target, fault, note, remark
from desktop.domain.acts_sources import Old, olds, twice, unknown
from desktop.domain.findings import Finding
from desktop.domain.text import fold
from desktop.domain.units import Unit, UnitKind, UnitVersion
from desktop.wording import say


def territory(desk: Desk) -> tuple[list[str], list[str], list[Went]]:
    """Work out an establishment, a merger or a division: uids before and after, and what went where."""
    before = olds(desk)
    news = [] if desk.is_refused else _news(desk, before)
    if desk.is_refused:
        return [], [], []
    went = _went(desk, before, news)
    _agree(desk, went)
    _end(desk, before, news, went)
    if not desk.is_refused:
        follow(desk, before, went)
    return [old.unit.uid for old in before], [unit.uid for unit in news], went


# ---- after


def _news(desk: Desk, olds: list[Old]) -> list[Unit]:
    found: list[Unit] = []
    for target in desk.draft.tos:
        unit = _new(desk, olds, target)
        if unit is not None and unit.uid in {other.uid for other in found}:
            desk.findings.append(twice(target.code or target.name or ""))
        elif unit is not None:
            found.append(unit)
    return found


def _new(desk: Desk, olds: list[Old], target: Target) -> Unit | None:
    day = desk.draft.date
    kind = target.kind or (olds[0].unit.kind if olds else UnitKind.COMMUNE)
    standing = desk.find(target.code, day, kind) if target.code else None
    version = standing.on(day) if standing else None
    if standing is None or version is None:
        return _made(desk, olds, target, kind)
    before = next((old for old in olds if old.unit.uid == standing.uid), None)
    if standing.began == day:
        _compare(desk, target, version)
        return standing
    if desk.draft.is_history:
        return _listed(desk, standing, version, target, before)
    if before is not None:
        return _made(desk, olds, target, kind, like=version)
    desk.findings.append(
        fault(
            "act_code_used",
            say("{name} already has the code {code} on {day}.", name=version.name, code=target.code or "", day=day),
            say("Name it among those that are joined, or give another code."),
            unit=target.code,
        )
    )
    return None


def _compare(desk: Desk, target: Target, version: UnitVersion) -> None:
    """What was said of a unit that the register has already: a wrong parent is refused, another spelling is told."""
    if target.name and fold(target.name) != fold(version.name):
        said = say(
            "The register calls {code} {name}, not {said}.",
            code=target.code or "",
            name=version.name,
            said=target.name,
        )
        desk.findings.append(remark("act_other_name", said, unit=target.code))
    if target.parent:
        above = desk.find(target.parent, desk.draft.date)
        if above is None:
            desk.findings.append(unknown(desk, target.parent, desk.draft.date))
        elif above.uid != version.parent:
            said = say(
                "The register has {name} under another unit than {parent}.", name=version.name, parent=target.parent
            )
            desk.findings.append(remark("act_other_parent", said, unit=target.code))


def _listed(desk: Desk, unit: Unit, version: UnitVersion, target: Target, before: Old | None) -> Unit | None:
    """A unit of the older list came out of the act: from now on it begins with it."""
    if unit.began is not None:
        desk.findings.append(
            fault(
                "act_later_first",
                say("{name} begins on {day} by an act already entered.", name=version.name, day=unit.began),
                say(
                    "Earlier changes of one unit are entered from the latest back: undo that act, enter this one first."
                ),
                unit=target.code,
            )
        )
        return None
    _compare(desk, target, version)
    begun = desk.begin(unit)
    if before is not None:
        first = unit.versions[0]
        name = before.said.name or first.name
        before.unit = desk.make_old(unit.kind, first.code, name, first.parent)
    return begun


def _made(desk: Desk, olds: list[Old], target: Target, kind: UnitKind, like: UnitVersion | None = None) -> Unit | None:
    name = target.name or (like.name if like else None)
    if not name:
        said, advice = (
            say("The new unit {code} needs a name.", code=target.code or ""),
            say("Give its full name: Xã Tú Lệ."),
        )
        desk.findings.append(fault("act_no_name", said, advice, unit=target.code))
        return None
    parent = _parent_after(desk, olds, target, like)
    if desk.is_refused:
        return None
    return desk.make(kind, target.code, name, parent)


def _parent_after(desk: Desk, olds: list[Old], target: Target, like: UnitVersion | None) -> str | None:
    day = desk.draft.date
    if target.parent:
        above = desk.find(target.parent, day)
        if above is None:
            desk.findings.append(unknown(desk, target.parent, day))
        return above.uid if above else None
    versions = [like] if like else [old.unit.on(desk.draft.eve) for old in olds]
    for version in versions:
        if version and version.parent and desk.unit(version.parent).on(day):
            return version.parent
    return None


# ---- what went where


def _went(desk: Desk, olds: list[Old], news: list[Unit]) -> list[Went]:
    codes = {target.code: unit.uid for target, unit in zip(desk.draft.tos, news, strict=True) if target.code}
    named = {share.old for share in desk.draft.shares}
    known = {old.said.code for old in olds}
    for share in desk.draft.shares:
        if share.old not in known or share.new not in codes:
            said = say("A share names {old} and {new}, which are not of this act.", old=share.old, new=share.new)
            desk.findings.append(
                fault("act_share_place", said, say("Name units of “from” and “to” by the same codes."), unit=share.old)
            )
    found: list[Went] = []
    for old in olds:
        if old.said.code in named:
            found += _shared(desk, old, codes)
        else:
            whole = len(news) == 1 and not old.said.part and desk.draft.kind is not ActKind.SPLIT
            found += [Went(old.unit.uid, new.uid, whole) for new in news]
    return found


def _agree(desk: Desk, went: list[Went]) -> None:
    """What an act of the same day sends whole somewhere cannot go elsewhere too."""
    for act in desk.standing:
        if act.date != desk.draft.date:
            continue
        for part in act.parts:
            other = next((one for one in went if one.old == part.old and one.new != part.new), None)
            if other is None or any(one.old == part.old and one.new == part.new for one in went):
                continue
            if part.whole or other.whole:
                name = desk.unit(part.old).versions[-1].name
                said = say(
                    "{name} already went elsewhere by the act of {day} ({basis}).",
                    name=name,
                    day=act.date,
                    basis=act.basis,
                )
                advice = say("Undo that act first: {id}.", id=act.uid)
                desk.findings.append(fault("act_depends", said, advice, unit=desk.spoken(part.old)))
                return


def _shared(desk: Desk, old: Old, codes: dict[str, str]) -> list[Went]:
    rows = [share for share in desk.draft.shares if share.old == old.said.code and share.new in codes]
    if len({share.new for share in rows}) < len(rows) or sum(share.share or 0 for share in rows) > WHOLE:
        said = say("The shares of {code} are more than the whole.", code=old.said.code)
        advice = say("The shares of one unit are at most 1 together, each successor named once.")
        desk.findings.append(fault("act_share_sum", said, advice, unit=old.said.code))
    for share in rows:
        if share.share is not None and share.share < WHOLE and not share.basis:
            desk.findings.append(
                remark(
                    "act_share_basis",
                    say("The share of {old} in {new} has no basis.", old=share.old, new=share.new),
                    say("Say what it was estimated from: a census, a population list."),
                    unit=share.old,
                )
            )
    found = [
        Went(old.unit.uid, codes[share.new], True)
        if share.share == WHOLE
        else Went(old.unit.uid, codes[share.new], False, share.share, share.basis or None)
        for share in rows
    ]
    return found + _unnamed(desk, old, codes, found)


def _unnamed(desk: Desk, old: Old, codes: dict[str, str], named: list[Went]) -> list[Went]:
    """What goes to successors of whom no share is told: one takes all that is left, of several nobody knows."""
    own = None if desk.unit(old.unit.uid).ended else codes.get(old.said.code or "")
    heirs = list(codes.values()) if desk.draft.kind is ActKind.SPLIT else [own] if own else []
    told = {one.new for one in named}
    heirs = [uid for uid in heirs if uid not in told]
    left = _left(named)
    if left is not None and left <= 0:
        if heirs and desk.draft.kind is ActKind.SPLIT:
            _not_whole(desk, old)
        return []
    share = left if len(heirs) == 1 else None
    return [Went(old.unit.uid, uid, False, share, named[0].basis if share and named else None) for uid in heirs]


def _left(mine: list[Went]) -> int | None:
    """What the shares leave of the whole; None where one of them is not told."""
    shares = [WHOLE if one.whole else one.share for one in mine]
    told = [share for share in shares if share is not None]
    return WHOLE - sum(told) if len(told) == len(shares) else None


def _not_whole(desk: Desk, old: Old) -> None:
    said = say("The shares of {code} do not make the whole.", code=old.said.code)
    advice = say("The shares of one unit make 1 together; one that is not told takes the rest.")
    desk.findings.append(fault("act_share_sum", said, advice, unit=old.said.code))


def _end(desk: Desk, olds: list[Old], news: list[Unit], went: list[Went]) -> None:
    for old in olds:
        unit, version = desk.unit(old.unit.uid), old.unit.on(desk.draft.eve)
        if unit.ended is not None and unit.ended <= desk.draft.eve:
            _tell_rest(desk, old, [one for one in went if one.old == unit.uid])
            continue
        ended = desk.end(unit)
        if ended is None or desk.went_later(unit):
            desk.findings.append(goes_on(desk, unit))
            continue
        if desk.draft.is_history and unit.ended is not None:
            said = say("The official list of 2025 still has {name}.", name=unit.versions[-1].name)
            desk.findings.append(remark("act_listed_later", said, unit=old.said.code))
        mine = [one for one in went if one.old == unit.uid]
        if version is None or _is_exhausted(mine):
            continue
        if not _has_its_code(news, unit, desk):
            _rest(desk, unit, version, mine, went)
        elif (_left(mine) or 0) > 0:
            _not_whole(desk, old)


def _tell_rest(desk: Desk, old: Old, mine: list[Went]) -> None:
    shares = [one.share for one in mine if one.share is not None]
    if shares and len(shares) == len(mine) and sum(shares) < WHOLE:
        said = say("Nothing is said of the rest of {code}.", code=old.said.code)
        advice = say("Enter where it went: another act of the same date, or further shares.")
        desk.findings.append(remark("act_share_rest", said, advice, unit=old.said.code))


def goes_on(desk: Desk, unit: Unit) -> Finding:
    """The finding for a unit that cannot end now, because the register has it later, or an act speaks of it later."""
    name, spoken = unit.versions[-1].name, desk.spoken(unit.uid)
    later = desk.went_later(unit)
    if later is not None:
        said = say("{name} is also part of the act of {day} ({basis}).", name=name, day=later.date, basis=later.basis)
        return fault("act_depends", said, say("Undo that act first: {id}.", id=later.uid), unit=spoken)
    since = unit.versions[-1].valid_from or desk.draft.date
    said = say(
        "{name} cannot end on {day}: the register has it from {later} too.", name=name, day=desk.draft.eve, later=since
    )
    return fault("act_depends", said, say("Undo the later act first."), unit=spoken)


def _is_exhausted(mine: list[Went]) -> bool:
    """Whether nothing of the old unit is left: all of it, or the one part said, went elsewhere."""
    if not mine or any(one.whole for one in mine):
        return True
    shares = [one.share for one in mine if one.share is not None]
    if len(shares) == len(mine):
        return sum(shares) >= WHOLE
    return len(mine) > 1


def _has_its_code(news: list[Unit], unit: Unit, desk: Desk) -> bool:
    code = unit.versions[-1].code
    return code is not None and any(
        (version := desk.unit(new.uid).on(desk.draft.date)) and version.code == code for new in news
    )


def _rest(desk: Desk, unit: Unit, version: UnitVersion, mine: list[Went], went: list[Went]) -> None:
    """What is left of a unit is a unit of its own under the same code and name."""
    rest = desk.make(unit.kind, version.code, version.name, version.parent)
    known = [one.share for one in mine if one.share is not None]
    left = WHOLE - sum(known) if len(known) == len(mine) else None
    went.append(Went(unit.uid, rest.uid, False, left, mine[0].basis if left is not None else None))
    said = say("{name} goes on with less land; its figures before and after do not compare.", name=version.name)
    desk.findings.append(note("act_rest", said, unit=version.code))
