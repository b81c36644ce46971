"""Under any sequence of acts the register is a tree on every day, and undo restores every answer."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.acts import WHOLE, ActKind
from desktop.domain.acts_drafts import Draft, Share, Source, Target
from desktop.domain.acts_planning import plan
from desktop.domain.acts_tree import faults, first_day, last_day
from desktop.domain.acts_undo import hindrances, undone
from desktop.domain.units import Register, Unit, UnitKind, UnitVersion, shipped_uid

DAYS = [date(2018, 1, 1), date(2020, 2, 1), date(2024, 12, 1), date(2025, 7, 1), date(2026, 4, 30), date(2027, 1, 1)]
CODES = [f"{number:05}" for number in range(1, 8)]
PROVINCES = ["01", "02"]


def _unit(kind, code, parent):
    return Unit(shipped_uid(kind, code, None), kind, (UnitVersion(None, None, code, f"{kind} {code}", parent),))


def _start():
    provinces = [_unit(UnitKind.PROVINCE, code, None) for code in PROVINCES]
    communes = [_unit(UnitKind.COMMUNE, code, provinces[place % 2].uid) for place, code in enumerate(CODES[:5])]
    stations = [
        Unit(f"s-{place}", UnitKind.STATION, (UnitVersion(None, None, None, f"Trạm {place}", commune.uid),))
        for place, commune in enumerate(communes)
    ]
    return Register.of([*provinces, *communes, *stations])


codes = st.sampled_from([*CODES, *PROVINCES, "uid:s-0", "uid:s-3"])
names = st.sampled_from(["Xã Một", "Xã Hai", "commune 00001", None])
sources = st.builds(
    Source, codes, names, st.sampled_from([UnitKind.COMMUNE, None]), st.sampled_from(["01", None]), st.booleans()
)
targets = st.builds(
    Target,
    st.sampled_from([*CODES, None]),
    names,
    st.sampled_from([*UnitKind, None]),
    st.sampled_from([*PROVINCES, None]),
)
shares = st.builds(Share, codes, codes, st.sampled_from([None, 1, 4000, WHOLE]), st.just("điều tra"))
drafts = st.builds(
    Draft,
    st.sampled_from(ActKind),
    st.sampled_from(DAYS),
    st.just("NQ 1"),
    st.lists(sources, max_size=3).map(tuple),
    st.lists(targets, max_size=3).map(tuple),
    st.lists(shares, max_size=2).map(tuple),
)
commune = st.sampled_from(CODES)
fitting = st.tuples(
    st.sampled_from(ActKind),
    st.sampled_from(DAYS),
    st.lists(st.integers(0, 20), min_size=1, max_size=3),
    st.lists(commune, min_size=1, max_size=3, unique=True),
    st.sampled_from([None, 2500]),
    st.booleans(),
)
plays = st.lists(st.one_of(fitting, fitting, drafts), max_size=8)


def _fitted(register, told):
    """A draft that speaks of units that stand the day before."""
    kind, day, picks, news, share, keeps = told
    eve = day - timedelta(days=1)
    standing = [version.code for unit, version in register.on(eve) if unit.kind is UnitKind.COMMUNE and version.code]
    if not standing:
        return None
    olds = list(dict.fromkeys(standing[pick % len(standing)] for pick in picks))
    if kind in (ActKind.RENAME, ActKind.RECODE, ActKind.MOVE):
        olds = olds[:1]
        to = Target(news[0] if kind is ActKind.RECODE else None, f"Xã {day}", None, PROVINCES[picks[0] % 2])
        return Draft(kind, day, "NQ", tuple(map(Source, olds)), (to,))
    olds = olds[:1] if kind is ActKind.SPLIT else [] if kind is ActKind.ESTABLISH else olds
    if kind is ActKind.DISSOLVE:
        return Draft(kind, day, "NQ", tuple(map(Source, olds)))
    if keeps and olds:
        news = list(dict.fromkeys([olds[0], *news]))
    tos = tuple(Target(code, f"Xã {code} {day}", None, None if olds else "01") for code in news[: 3 if not olds else 2])
    shares = (Share(olds[-1], tos[0].code, share, "b"),) if share and olds else ()
    return Draft(kind, day, "NQ", tuple(map(Source, olds)), tos, shares)


def _answers(register):
    found = {}
    for day in (*DAYS, *(day - timedelta(days=1) for day in DAYS)):
        found[day] = {
            (unit.uid, unit.kind, version.code, version.name, version.parent) for unit, version in register.on(day)
        }
    return found


def _play(told):
    register, done = _start(), []
    for place, one in enumerate(told):
        draft = one if isinstance(one, Draft) else _fitted(register, one)
        if draft is None:
            continue
        serial = iter(range(100))
        answer = plan(
            register,
            draft,
            new_uid=lambda serial=serial, place=place: f"new-{place}-{next(serial)}",
            standing=[act for _, act, _ in done],
        )
        if answer.act is not None:
            done.append((register, answer.act, answer.register))
            register = answer.register
    return register, done


@given(plays)
def test_on_every_day_the_register_is_a_tree(told):
    register, _ = _play(told)
    assert faults(register, register.units) == {}
    for day in (*DAYS, date(1990, 1, 1), date(2090, 1, 1)):
        standing = {unit.uid: version for unit, version in register.on(day)}
        for uid, version in standing.items():
            seen = {uid}
            while version.parent is not None:
                assert version.parent not in seen
                seen.add(version.parent)
                version = standing[version.parent]
            assert register.units[uid].kind is UnitKind.PROVINCE or len(seen) > 1
        coded = [(register.units[uid].kind, version.code) for uid, version in standing.items() if version.code]
        assert len(coded) == len(set(coded))


@given(plays)
def test_versions_of_a_unit_never_overlap_and_leave_no_gap(told):
    register, _ = _play(told)
    for unit in register.units.values():
        for version in unit.versions:
            assert first_day(version) <= last_day(version)
        for before, after in zip(unit.versions, unit.versions[1:], strict=False):
            assert last_day(before) + timedelta(days=1) == first_day(after)


@given(plays)
def test_undoing_from_the_last_restores_every_answer(told):
    register, done = _play(told)
    standing = [act for _, act, _ in done]
    for before, act, _ in reversed(done):
        assert hindrances(register, act, standing) == ()
        register = undone(register, act)
        standing.remove(act)
        assert _answers(register) == _answers(before)


@given(plays, st.data())
def test_an_act_that_may_be_undone_leaves_a_tree(told, data):
    register, done = _play(told)
    standing = [act for _, act, _ in done]
    while standing:
        act = data.draw(st.sampled_from(standing))
        if hindrances(register, act, standing):
            break
        register = undone(register, act)
        standing.remove(act)
        assert faults(register, register.units) == {}
        known = set(register.units)
        for other in standing:
            assert set(other.froms) | set(other.tos) <= known


@given(plays)
def test_parts_go_forward_in_time_and_never_exceed_the_whole(told):
    register, done = _play(told)
    for _, act, _ in done:
        for old in {part.old for part in act.parts}:
            mine = [part for part in act.parts if part.old == old]
            assert len(mine) == 1 or not any(part.whole for part in mine)
            assert sum(part.share or 0 for part in mine) <= WHOLE
        for part in act.parts:
            assert part.old != part.new
            assert register.units[part.old].on(act.date - timedelta(days=1)) is not None
            assert register.units[part.old].on(act.date) is None
            assert register.units[part.new].on(act.date) is not None
            assert register.units[part.new].on(act.date - timedelta(days=1)) is None
