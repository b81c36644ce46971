"""Acts of units travel: the office above decides, an office's own are provisional until then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.tables import acts as tables
from db.tables import offices, units
from desktop.application import acts, entry
from desktop.domain.acts import Act, ActKind
from desktop.domain.acts_drafts import Draft, Source, Target
from desktop.domain.periods import Period
from desktop.domain.values import number
from tests.application.packages.making import COMMUNES, Pc, copies, exchange

Pcs = Callable[..., list[Pc]]
DAY = date(2026, 3, 1)


def merger(*olds: str, code: str = "04001", name: str = "Xã Âu Lâu", day: date = DAY, basis: str = "NQ 1") -> Draft:
    return Draft(ActKind.MERGE, day, basis, tuple(map(Source, olds)), (Target(code, name),))


def rename(code: str, name: str, day: date) -> Draft:
    return Draft(ActKind.RENAME, day, "NQ 2", (Source(code),), (Target(name=name),))


def enter(pc: Pc, *drafts: Draft) -> Act:
    done = acts.enter_acts(pc.record, drafts, source="cli")
    assert done.changes.changed, done.findings
    found = done.answers[-1].act
    assert found is not None
    return found


def named(pc: Pc, code: str, day: date) -> tuple[str, str] | None:
    found = units.register(pc.record).find(code, day)
    version = found.on(day) if found else None
    return (found.uid, version.name) if found and version else None


def rules(taken: object) -> list[str]:
    return [finding.rule for finding in taken.findings]  # type: ignore[attr-defined]


def same_register(one: Pc, other: Pc) -> bool:
    return units.register(one.record).units == units.register(other.record).units


def test_an_act_of_the_province_takes_effect_below(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    act = enter(province, merger("04001", "04002"), rename("04001", "Xã Mới", date(2026, 9, 1)))
    assert not act.provisional
    taken = exchange(province, district, stick)
    assert (taken.waiting, taken.conflicts) == (0, ())
    assert same_register(district, province)
    assert tables.parts(district.record) == tables.parts(province.record)
    assert named(district, "04001", date(2026, 12, 1))[1] == "Xã Mới"
    own = offices.own(district.record, DAY)
    assert own is not None
    served = offices.communes(district.record, own.uid, DAY)
    assert set(served) == {named(district, "04001", DAY)[0], COMMUNES[2].uid}


def test_acts_entered_in_another_order_than_their_dates_take_effect(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    enter(province, rename("04003", "Xã Ba Mới", date(2026, 9, 1)))
    enter(province, rename("04003", "Xã Ba", date(2026, 2, 1)))
    exchange(province, district, stick)
    assert same_register(district, province)


def test_the_same_act_of_both_is_one_and_the_provinces_word_stands(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    mine = enter(district, merger("04001", "04002", basis="dự thảo"))
    theirs = enter(province, merger("04002", "04001", basis="NQ 9"))
    assert (mine.uid, mine.provisional, theirs.provisional) == (theirs.uid, True, False)
    exchange(province, district, stick)
    (act,) = tables.acts(district.record)
    assert (act.provisional, act.basis) == (False, "NQ 9")
    exchange(district, province, stick)
    (act,) = tables.acts(province.record)
    assert (act.provisional, act.basis) == (False, "NQ 9")
    assert same_register(district, province)


def test_the_provinces_act_replaces_another_provisional_one(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    mine = enter(district, merger("04001", "04002"))
    theirs = enter(province, merger("04001", "04002", "04003", code="04009", name="Xã Ba Trong Một"))
    taken = exchange(province, district, stick)
    assert "act_replaced" in rules(taken)
    assert same_register(district, province)
    assert {act.uid: act.undone for act in tables.acts(district.record)} == {mine.uid: True, theirs.uid: False}
    assert {part.act for part in tables.parts(district.record)} == {theirs.uid}


def test_a_provisional_act_on_which_more_was_entered_waits_and_gives_way_later(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    mine = enter(district, merger("04001", "04002"))
    later = enter(district, rename("04001", "Xã Khác", date(2026, 5, 1)))
    enter(province, merger("04001", "04003", code="04001"))
    assert "act_in_the_way" in rules(exchange(province, district, stick))
    assert named(district, "04001", date(2026, 6, 1))[1] == "Xã Khác"
    acts.undo_act(district.record, later.uid, source="cli")
    acts.undo_act(district.record, mine.uid, source="cli")
    province.write(3, "births", 1)
    exchange(province, district, stick)
    assert same_register(district, province)


def test_an_act_of_below_is_provisional_and_the_province_confirms_it(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    enter(district, merger("04001", "04002"))
    exchange(district, province, stick)
    assert same_register(district, province)
    (held,) = tables.acts(province.record)
    assert held.provisional
    done = acts.enter_acts(province.record, [merger("04001", "04002", basis="NQ 9")], source="cli")
    assert done.changes.changed
    exchange(province, district, stick)
    assert [(act.provisional, act.basis) for act in tables.acts(district.record)] == [(False, "NQ 9")]
    assert same_register(district, province)


def test_an_act_of_below_that_differs_from_ours_is_said_and_has_no_effect(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    enter(province, merger("04001", "04003"))
    enter(district, merger("04001", "04002"))
    before = units.register(province.record).units
    assert "act_differs" in rules(exchange(district, province, stick))
    assert {uid: unit for uid, unit in units.register(province.record).units.items() if uid in before} == before


def test_an_act_undone_above_is_undone_below(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    before = units.register(district.record).units
    act = enter(province, merger("04001", "04002"))
    exchange(province, district, stick)
    with pytest.raises(Exception, match="act_received"):
        acts.undo_act(district.record, act.uid, source="cli")
    acts.undo_act(province.record, act.uid, source="cli")
    exchange(province, district, stick)
    assert units.register(district.record).units == before
    assert tables.parts(district.record) == ()


def test_an_act_undone_before_it_was_sent_makes_nothing_wait(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    acts.undo_act(province.record, enter(province, merger("04001", "04002")).uid, source="cli")
    assert exchange(province, district, stick).waiting == 0
    assert same_register(district, province)


def test_an_act_undone_and_entered_again_upon_another_takes_effect(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    act = enter(province, merger("04001", "04002"))
    exchange(province, district, stick)
    acts.undo_act(province.record, act.uid, source="cli")
    enter(province, rename("04002", "Xã Hai", date(2026, 2, 1)))
    assert enter(province, merger("04001", "04002")).uid == act.uid
    exchange(province, district, stick)
    assert same_register(district, province)


def test_figures_of_a_unit_made_by_an_act_come_with_it(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    enter(district, merger("04001", "04002"))
    uid, _ = named(district, "04001", DAY)
    entry.type_value(district.record, unit=uid, period=Period.parse("2026"), element="births", value=number(7))
    taken = exchange(district, province, stick)
    assert (taken.waiting, taken.conflicts) == (0, ())
    (total,) = province.record.connection.execute("SELECT sum(amount) FROM value").fetchone()
    assert total == 70_000


@pytest.mark.parametrize(
    "definition",
    ["7", "[]", '{"froms": 3}', '{"changes": [{"uid": "x"}]}', '{"changes": [7]}', '{"froms": ["no-such"]}'],
)
def test_an_act_of_any_shape_is_read(pcs: Pcs, stick: Path, definition: str) -> None:
    (district,) = pcs("137")
    act = enter(district, merger("04001", "04002"))
    with district.record.change(acts.say("x"), source="cli"):
        district.record.connection.execute("UPDATE unit_act SET definition = ?, act = 'melt'", (definition,))
    assert tables.acts(district.record) == ()
    with district.record.change(acts.say("x"), source="cli"):
        district.record.connection.execute("UPDATE unit_act SET act = 'merge'")
    assert tables.acts(district.record)[0].uid == act.uid


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_the_province_enters_and_undoes_the_district_has_the_same_units(
    template: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("history")
    district, province = copies(template, folder / "pcs", ("137", "15"))
    stick = folder / "stick"
    stick.mkdir()
    days = [date(2026, month, 1) for month in (1, 4, 9)]
    for turn in range(data.draw(st.integers(1, 6), label="acts")):
        standing = acts.standing(province.record)
        if standing and data.draw(st.booleans(), label="undo"):
            act = data.draw(st.sampled_from(standing), label="which")
            if not acts.why_not_undone(province.record, act):
                acts.undo_act(province.record, act.uid, source="cli")
        else:
            day = data.draw(st.sampled_from(days), label="day")
            codes = data.draw(st.lists(st.sampled_from(["04001", "04002", "04003", "04009"]), min_size=2, unique=True))
            draft = data.draw(
                st.sampled_from([
                    merger(*codes, code=codes[0], day=day, name=f"Xã {turn}"),
                    rename(codes[0], f"Xã {turn}", day),
                    Draft(ActKind.SPLIT, day, "NQ", (Source(codes[0]),), (Target(codes[0]), Target(codes[1], "Xã B"))),
                ])
            )  # fmt: skip
            acts.enter_acts(province.record, [draft], source="cli")
        if data.draw(st.booleans(), label="send"):
            province.write(3, "births", turn)
            exchange(province, district, stick)
    province.write(3, "births", 99)
    taken = exchange(province, district, stick)
    assert (taken.waiting, taken.conflicts) == (0, ())
    assert same_register(district, province)
    assert tables.parts(district.record) == tables.parts(province.record)
    district.close()
    province.close()
