"""Acts against a small register: what ends, begins, changes; what is refused, and why."""

from datetime import date
from itertools import count

import pytest

from desktop.domain.acts import ActKind
from desktop.domain.acts_drafts import Draft, Share, Source, Target
from desktop.domain.acts_planning import plan
from desktop.domain.acts_undo import hindrances, undone
from desktop.domain.units import REFORM, Register, Unit, UnitKind, UnitVersion, shipped_uid

EVE = date(2025, 6, 30)
LATER = date(2027, 3, 1)
BEFORE = date(2027, 2, 28)


def unit(kind, code, name, *, begins=None, ends=None, parent=None, uid=None):
    found = uid or shipped_uid(kind, code, begins)
    return Unit(found, kind, (UnitVersion(begins, ends, code, name, parent),))


PROVINCE = unit(UnitKind.PROVINCE, "15", "Tỉnh Lào Cai")
OTHER = unit(UnitKind.PROVINCE, "08", "Tỉnh Tuyên Quang")
DISTRICT = unit(UnitKind.DISTRICT, "137", "Huyện Mù Cang Chải", ends=EVE, parent=PROVINCE.uid)
NAM_CO = unit(UnitKind.COMMUNE, "04462", "Xã Nậm Có", parent=PROVINCE.uid)
TU_LE = unit(UnitKind.COMMUNE, "04630", "Xã Tú Lệ", parent=PROVINCE.uid)
CAO_PHA = unit(UnitKind.COMMUNE, "04480", "Xã Cao Phạ", ends=EVE, parent=DISTRICT.uid)
NEW = unit(UnitKind.COMMUNE, "04484", "Xã Cao Phạ Mới", begins=REFORM, parent=PROVINCE.uid)
STATION = unit(UnitKind.STATION, None, "Trạm Y tế Nậm Có", parent=NAM_CO.uid, uid="s-1")
REGISTER = Register.of([PROVINCE, OTHER, DISTRICT, NAM_CO, TU_LE, CAO_PHA, NEW, STATION])


def planned(kind, froms, tos, *, on=LATER, register=REGISTER, shares=(), basis="NQ 12/NQ-HĐND", standing=()):
    numbers = count(1)
    draft = Draft(
        ActKind(kind),
        on,
        basis,
        tuple(one if isinstance(one, Source) else Source(one) for one in froms),
        tuple(tos),
        tuple(shares),
    )
    return plan(register, draft, new_uid=lambda: f"new-{next(numbers)}", standing=standing)


def rules(answer):
    return [finding.rule for finding in answer.findings]


def test_a_merger_ends_what_was_joined_and_begins_one_unit():
    answer = planned("merge", ["04462", "04630"], [Target("04462", "Xã Nậm Có", parent="15")])
    after = answer.register
    merged = after.find("04462", LATER)
    assert merged.uid == shipped_uid(UnitKind.COMMUNE, "04462", LATER) != NAM_CO.uid
    assert after.find("04462", BEFORE).uid == NAM_CO.uid
    assert after.find("04630", LATER) is None
    assert {(part.old, part.whole) for part in answer.act.parts} == {(NAM_CO.uid, True), (TU_LE.uid, True)}


def test_the_units_below_follow():
    answer = planned("merge", ["04462", "04630"], [Target("04999", "Xã Mới")])
    station = answer.register.units["s-1"]
    assert station.on(BEFORE).parent == NAM_CO.uid
    assert station.on(LATER).parent == answer.register.find("04999", LATER).uid


def test_a_unit_that_receives_another_is_one_of_those_joined():
    answer = planned("merge", ["04630"], [Target("04462")])
    assert "act_goes_on" in rules(answer)
    assert {part.old for part in answer.act.parts} == {NAM_CO.uid, TU_LE.uid}
    assert answer.register.find("04462", LATER).versions[0].name == "Xã Nậm Có"


def test_what_is_left_of_a_unit_is_a_unit_of_its_own():
    shares = [Share("04630", "04462", 4000, "danh sách dân số")]
    answer = planned("merge", ["04462", "04630"], [Target("04462", "Xã Nậm Có")], shares=shares)
    rest = answer.register.find("04630", LATER)
    assert rest.uid != TU_LE.uid
    told = {(part.old, part.new): (part.whole, part.share) for part in answer.act.parts}
    assert told[TU_LE.uid, rest.uid] == (False, 6000)
    assert told[NAM_CO.uid, answer.register.find("04462", LATER).uid] == (True, None)


def test_a_division_gives_parts_and_the_code_may_go_on():
    answer = planned("split", ["04462"], [Target("04462", "Xã Nậm Có"), Target("04463", "Xã Nậm Mới")])
    assert all(not part.whole and part.share is None for part in answer.act.parts)
    assert answer.register.find("04462", LATER).uid != NAM_CO.uid
    assert "act_where" in rules(answer)


@pytest.mark.parametrize(
    ("kind", "target", "field", "value"),
    [
        ("rename", Target(name="Phường Nậm Có"), "name", "Phường Nậm Có"),
        ("recode", Target(code="04777"), "code", "04777"),
        ("move", Target(parent="08"), "parent", OTHER.uid),
    ],
)
def test_name_code_and_parent_change_on_a_day_and_the_unit_stays(kind, target, field, value):
    answer = planned(kind, ["04462"], [target])
    unit = answer.register.units[NAM_CO.uid]
    assert getattr(unit.on(LATER), field) == value
    assert unit.on(BEFORE) == UnitVersion(None, BEFORE, "04462", "Xã Nậm Có", PROVINCE.uid)
    assert answer.act.parts == ()
    assert [child.uid for child, _ in answer.register.children(NAM_CO.uid, LATER)] == ["s-1"]


def test_a_dissolved_unit_ends_without_parts():
    answer = planned("dissolve", ["04630"], [])
    assert answer.register.find("04630", LATER) is None
    assert answer.act.parts == ()


def test_a_unit_with_units_in_it_is_not_dissolved():
    answer = planned("dissolve", ["04462"], [])
    assert answer.act is None
    assert rules(answer) == ["act_has_below"]


def test_units_of_the_register_are_taken_where_the_act_begins_with_them():
    answer = planned("merge", ["04480"], [Target("04484", "Xã Cao Phạ Mới")], on=REFORM)
    assert answer.act.changes == ()
    assert [(part.old, part.new, part.whole) for part in answer.act.parts] == [(CAO_PHA.uid, NEW.uid, True)]


def test_one_whole_unit_of_the_same_code_and_name_is_no_act():
    answer = planned("merge", ["04462"], [Target("04462", "xã Nậm Có")], on=REFORM)
    assert answer.act is None
    assert rules(answer) == ["act_same"]


HISTORY = date(2020, 3, 1)


def test_history_is_entered_backward_and_the_listed_unit_begins_with_the_act():
    olds = [
        Source("04462", "Xã Nậm Có Cũ", UnitKind.COMMUNE, "137"),
        Source("04465", "Xã Khao", UnitKind.COMMUNE, "137"),
    ]
    answer = planned("merge", olds, [Target("04462", "Xã Nậm Có")], on=HISTORY)
    assert answer.act is not None, rules(answer)
    after = answer.register
    assert after.find("04462", HISTORY).uid == NAM_CO.uid
    old = after.find("04462", date(2019, 1, 1))
    assert (old.uid != NAM_CO.uid, old.versions[0].name) == (True, "Xã Nậm Có Cũ")
    assert after.find("04465", date(2019, 1, 1)).on(HISTORY) is None
    assert after.units["s-1"].on(date(2019, 1, 1)).parent == old.uid
    assert len(answer.act.parts) == 2


def test_earlier_history_of_one_unit_comes_after_its_later_history():
    olds = ["04462", Source("04465", "Xã Khao", UnitKind.COMMUNE)]
    first = planned("merge", olds, [Target("04462")], on=HISTORY)
    earlier = [Source("04461", "Xã Xưa", UnitKind.COMMUNE), Source("04466", "Xã Nọ", UnitKind.COMMUNE)]
    second = planned("merge", earlier, [Target("04462")], on=date(2012, 1, 1), register=first.register)
    assert second.act is not None, rules(second)
    wrong_way = planned("merge", olds, [Target("04462")], on=date(2022, 1, 1), register=first.register)
    assert "act_later_first" in rules(wrong_way)


def test_an_earlier_name_is_told_with_the_act():
    answer = planned("rename", [Source("04462", "Xã Tên Cũ")], [Target("04462", "Xã Nậm Có")], on=HISTORY)
    assert answer.register.units[NAM_CO.uid].on(date(2019, 1, 1)).name == "Xã Tên Cũ"
    assert answer.register.units[NAM_CO.uid].on(HISTORY).name == "Xã Nậm Có"
    assert rules(planned("rename", ["04462"], [Target("04462", "Xã Nậm Có")], on=HISTORY)) == ["act_nothing_before"]


@pytest.mark.parametrize(
    ("kind", "froms", "tos", "rule"),
    [
        ("merge", ["99999", "04462"], [Target("04462")], "act_unknown"),
        ("merge", ["04480", "04462"], [Target("04462")], "act_unknown"),  # ended years before
        ("merge", ["04462", "04462"], [Target("04999", "Xã Mới")], "act_twice"),
        ("merge", ["04462", "04630"], [Target("04484", "Xã Mới")], None),  # it stood: it is one of those joined
        ("merge", ["04462", "04630"], [Target("04999")], "act_no_name"),
        ("merge", ["04462", "04630"], [Target("04999", "Xã Mới", parent="137")], "act_unknown"),
        ("merge", [], [Target("04999", "Xã Mới")], "act_froms"),
        ("merge", ["04462", "04630"], [], "act_tos"),
        ("split", ["04462"], [Target("04462")], "act_tos"),
        ("split", ["04462", "04630"], [Target("04462"), Target("04630")], "act_froms"),
        ("dissolve", ["04630"], [Target("04462")], "act_tos"),
        ("establish", [], [Target("04630", "Xã Mới", parent="15")], "act_code_used"),
        ("establish", [], [Target("04999", "Xã Mới")], "act_no_parent"),
        ("recode", ["04462"], [Target(code="04630")], "act_code_twice"),
        ("move", ["04462"], [Target(parent="04630")], "act_rank"),
        ("move", ["15"], [Target(parent="04630")], "act_rank"),
        ("rename", ["04462", "04630"], [Target(name="Một")], "act_tos"),
        ("rename", ["04462"], [Target(name="Xã Nậm Có")], "act_nothing"),
        ("establish", [], [Target("04462")], "act_code_used"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(kind, froms, tos, rule):
    answer = planned(kind, froms, tos)
    if rule is None:
        assert answer.act is not None
        return
    assert answer.act is None
    assert rule in rules(answer)
    assert answer.register is REGISTER


def test_shares_over_the_whole_are_refused():
    shares = [Share("04462", "04462", 7000, "b"), Share("04462", "04463", 4000, "b")]
    answer = planned("split", ["04462"], [Target("04462"), Target("04463", "Xã B")], shares=shares)
    assert rules(answer) == ["act_share_sum"]
    stray = planned("merge", ["04462", "04630"], [Target("04462")], shares=[Share("1", "2", 1, "b")])
    assert "act_share_place" in rules(stray)


def test_another_parent_than_the_registers_is_told_and_an_unknown_one_refused():
    told = planned("merge", ["04480"], [Target("04484", "Xã Cao Phạ Mới", parent="08")], on=REFORM)
    assert (told.act is not None, rules(told)) == (True, ["act_other_parent"])
    refused = planned("merge", ["04480"], [Target("04484", "Xã Cao Phạ Mới", parent="99")], on=REFORM)
    assert (refused.act, rules(refused)) == (None, ["act_unknown"])


def test_a_share_of_a_unit_that_ended_asks_for_the_rest():
    half = [Share("04480", "04484", 5000, "dân số")]
    answer = planned("merge", ["04480"], [Target("04484")], on=REFORM, shares=half)
    assert (answer.act is not None, rules(answer)) == (True, ["act_share_rest"])


def test_no_act_without_a_basis():
    assert rules(planned("dissolve", ["04630"], [], basis=" ")) == ["act_basis"]


def test_undo_gives_the_register_back():
    answer = planned("merge", ["04462", "04630"], [Target("04462")])
    assert undone(answer.register, answer.act).units == REGISTER.units
    assert hindrances(answer.register, answer.act, [answer.act]) == ()


def test_undo_is_refused_while_a_later_act_stands_on_it():
    first = planned("merge", ["04462", "04630"], [Target("04462")])
    later = planned("rename", ["04462"], [Target(name="Xã Khác")], on=date(2028, 1, 1), register=first.register)
    (why,) = hindrances(later.register, first.act, [first.act, later.act])
    assert (why.rule, later.act.uid in str(why.advice.values)) == ("act_depends", True)
    assert hindrances(later.register, later.act, [first.act, later.act]) == ()


def test_the_same_act_has_the_same_uid_everywhere_and_is_not_entered_twice():
    answer = planned("merge", ["04462", "04630"], [Target("04462")])
    again = planned("merge", ["04630", "04462"], [Target("04462")])
    assert again.act.uid == answer.act.uid
    twice = planned("merge", ["04462", "04630"], [Target("04462")], register=answer.register, standing=[answer.act])
    assert rules(twice) == ["act_known"]


def test_a_successor_without_a_share_takes_what_the_others_leave():
    new = Share("04462", "04463", 3333, "dân số")
    answer = planned("split", ["04462"], [Target("04462"), Target("04463", "Xã B")], shares=[new])
    assert sorted(part.share for part in answer.act.parts) == [3333, 6667]
    assert {part.old for part in answer.act.parts} == {answer.act.froms[0]}
    assert {part.new for part in answer.act.parts} == set(answer.act.tos)


def test_of_several_successors_without_a_share_nobody_knows_how_much():
    targets = [Target("04462"), Target("04463", "Xã B"), Target("04464", "Xã C")]
    answer = planned("split", ["04462"], targets, shares=[Share("04462", "04463", 2000, "dân số")])
    assert [part.share for part in sorted(answer.act.parts, key=lambda part: part.share or 0)] == [None, None, 2000]


def test_shares_of_a_division_that_leave_something_to_nobody_are_refused():
    shares = [Share("04462", "04462", 6000, "b"), Share("04462", "04463", 3000, "b")]
    assert rules(planned("split", ["04462"], [Target("04462"), Target("04463", "Xã B")], shares=shares)) == [
        "act_share_sum"
    ]
    all_of_it = [Share("04462", "04463", 10_000, "b")]
    assert "act_share_sum" in rules(
        planned("split", ["04462"], [Target("04462"), Target("04463", "Xã B")], shares=all_of_it)
    )


def test_what_went_whole_cannot_go_elsewhere_by_another_act_of_the_day():
    first = planned("merge", ["04462", "04630"], [Target("04462", "Xã Nậm Có Mới")])
    after = {"register": first.register, "standing": (first.act,)}
    again = planned("split", ["04462"], [Target("04463", "Xã B"), Target("04464", "Xã C")], basis="NQ 2", **after)
    assert (again.act, rules(again)) == (None, ["act_depends"])
    assert first.act.uid in str(again.findings[0].advice.values)
