"""Children looked at one by one, as the rules are written: what the columns of a province are held against."""

from __future__ import annotations

from datetime import date

from db.tables import children as people
from db.tables import weighing as rows
from desktop.application import growth
from desktop.application.children import entries_of, joined, statuses_of, territory
from desktop.application.children_follow import Followed
from desktop.application.children_list import PRESENT, Listed, Measured
from desktop.application.growth_charts import measured
from desktop.application.records import Record
from desktop.application.units import codes_of
from desktop.domain.children import LAST_DAY, Child, Measurement, Presence, is_expected, residence, standing_status
from desktop.domain.children_follow import Seen, Why, case_of
from desktop.domain.text import name_sort_key, sort_key


def kept(record: Record) -> dict[str, Child]:
    merged = people.merged(record)
    return {one.uid: one for one in people.everyone(record) if not one.struck and one.uid not in merged}


def homes(record: Record, day: date) -> dict[str, str]:
    told, known = statuses_of(record, list(kept(record))), kept(record)
    return {uid: residence(child, told.get(uid, ()), day) for uid, child in known.items()}


def expected(record: Record, communes: list[str], day: date) -> dict[str, str]:
    """The commune of each child that is looked for."""
    reached = {old: one for one in communes for old in territory(record, one, day)}
    known, told = kept(record), statuses_of(record, list(kept(record)))
    return {
        uid: reached[home]
        for uid, home in homes(record, day).items()
        if home in reached and is_expected(known[uid], told.get(uid, ()), day)
    }


def visits(
    record: Record, communes: list[str], first: date, last: date, sessions: list[str] | None
) -> dict[str, tuple[str, Measurement]]:
    """The commune and the visit that counts of each child."""
    reached = {old: one for one in communes for old in territory(record, one, last)}
    everyone = {one.uid: one for one in people.everyone(record)}
    told, of_session = people.aliases(record), {one.uid: one for one in rows.sessions(record, struck=True)}
    own = people.statuses(record, list(everyone))
    best: dict[str, tuple[tuple[date, bool, list[int]], str, Measurement]] = {}
    for uid, history in rows.of_children(record, list(everyone), since=first, until=last).items():
        uid_kept = people.resolve(told, uid)
        if everyone[uid].struck or uid_kept not in everyone:
            continue
        for one in history:
            if one.absent or not (one.is_measured or one.oedema):
                continue
            if sessions is not None and one.session not in sessions:
                continue
            place = of_session[one.session].unit if one.session else None
            unit = place or residence(everyone[uid], own.get(uid, ()), one.day)
            rank = (one.day, uid == uid_kept, [-ord(char) for char in uid])
            if uid_kept not in best or rank > best[uid_kept][0]:
                best[uid_kept] = rank, unit, one
    return {uid: (reached[unit], one) for uid, (_, unit, one) in best.items() if unit in reached}


def follow_up(record: Record, communes: list[str], day: date) -> list[Followed]:
    known, here = kept(record), expected(record, communes, day)
    found = []
    for uid, unit in here.items():
        entries = entries_of(record, [uid])[uid]
        histories = rows.of_children(record, entries, until=day)
        seen = {
            entry: [one for one in history if not one.absent and (one.is_measured or one.oedema or one.muac)]
            for entry, history in histories.items()
        }
        last = joined(entries, seen)[-2:]
        scores = growth.scores([measured(known[uid], one) for one in last])
        case = case_of(known[uid], [Seen(*pair) for pair in zip(last, scores, strict=True)], day)
        if case is not None:
            found.append(Followed(case, unit))
    whys = list(Why)
    return sorted(
        found,
        key=lambda one: (
            communes.index(one.unit),
            sort_key(one.case.child.village),
            whys.index(one.case.worst),
            name_sort_key(one.case.child.name),
            str(one.case.child.birth_date),
        ),
    )


def listed(record: Record, communes: list[str] | None, day: date) -> list[Listed]:
    codes = codes_of(record, day=day)
    reached = {old: one for one in communes or () for old in territory(record, one, day)}
    known, told, found = kept(record), statuses_of(record, list(kept(record))), []
    for uid, home in homes(record, day).items():
        place = home if communes is None else reached.get(home)
        if place is not None:
            entries = entries_of(record, [uid])[uid]
            history = joined(entries, rows.of_children(record, entries))
            child = known[uid]
            said = tuple(_measured(child, one) for one in history)
            sex = child.sex.value if child.sex else None
            status = _status(child, told.get(uid, ()), day)
            found.append((place, Listed(uid, codes[place], child.name, sex, child.birth_date, status, said)))
    order = list(codes)
    found.sort(key=lambda one: (order.index(one[0]), name_sort_key(one[1].name or ""), str(one[1].birth_date)))
    return [one for _, one in found]


def _measured(child: Child, one: Measurement) -> Measured:
    position = one.position.value if one.position else None
    age = child.age_on(one.day)
    return Measured(one.day.isoformat(), one.weight, one.lenhei, position, one.oedema, one.absent, age)


def _status(child: Child, statuses: object, day: date) -> str:
    newest = standing_status(statuses, day)  # type: ignore[arg-type]
    age = child.age_on(day)
    if (newest is None or newest.what.is_here) and age is not None and age > LAST_DAY:
        return Presence.TURNED_FIVE
    return newest.what if newest else PRESENT
