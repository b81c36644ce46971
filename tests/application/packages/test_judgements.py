"""A receiver's word about a form: it travels, never changes the holder's state, and ends with the next completion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db import check
from db.tables import packages, units
from db.tables import submissions as table
from desktop.application import entry, submissions
from desktop.application.judging import FormJudgement
from desktop.application.packages.incoming import NOT_FOR_A_CHILD
from desktop.application.submissions import SubmissionRow
from desktop.errors import AppError
from desktop.wording import say
from tests.application.packages.exchanging import complete
from tests.application.packages.making import YEAR, Pc, exchange, refusal

Pcs = Callable[..., list[Pc]]
FORM = {"unit": "04001", "form": "commune", "period": YEAR}


def row(pc: Pc) -> SubmissionRow:
    return next(one for one in submissions.rows(pc.record, period=YEAR) if one.commune.code == "04001")


def word(pc: Pc) -> tuple[str, str | None, str] | None:
    told = row(pc).judgement
    return (told.verdict, told.reason, told.office) if told else None


@pytest.fixture
def sent(pcs: Pcs, stick: Path) -> tuple[Pc, Pc]:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    complete(district)
    exchange(district, province, stick)
    return district, province


def send_back(pc: Pc, reason: str = "kiểm tra lại số sinh", **told: str) -> bool:
    return submissions.give_back(pc.record, **FORM, reason=reason, **told).changed


def test_a_check_by_the_receiver_stands_beside_the_holders_state(sent: tuple[Pc, Pc], stick: Path) -> None:
    district, province = sent
    assert row(province).may == {"check", "return"}
    assert submissions.check(province.record, **FORM).changed
    assert (row(province).state, row(province).holder) == ("complete", district.office)
    assert word(province) == ("checked", None, province.office)
    assert row(province).may == {"return"}
    assert not submissions.check(province.record, **FORM).changed
    exchange(province, district, stick)
    assert (row(district).state, word(district)) == ("complete", ("checked", None, province.office))


def test_a_returned_form_goes_back_to_entry_at_its_holder(sent: tuple[Pc, Pc], stick: Path) -> None:
    district, province = sent
    send_back(province)
    assert row(province).state == "complete"
    taken = exchange(province, district, stick)
    assert [(found.rule, found.severity, found.unit) for found in taken.findings] == [("returned", "note", "04001")]
    found = row(district)
    assert (found.state, found.reason, found.may) == ("returned", "kiểm tra lại số sinh", {"complete"})
    assert found.judgement == FormJudgement(
        "returned", "kiểm tra lại số sinh", province.office, "Sở Y tế tỉnh Lào Cai", "package"
    )
    (kept,) = table.of(district.record)
    assert kept.returned_by == "package"
    for pc in sent:
        assert check.check(pc.record) == []


def test_a_completion_after_the_return_ends_it_on_both_sides(sent: tuple[Pc, Pc], stick: Path) -> None:
    district, province = sent
    send_back(province)
    exchange(province, district, stick)
    district.write(1, "births", 6)
    assert word(district) is not None
    complete(district)
    assert word(district) is None
    exchange(district, province, stick)
    assert (row(province).state, word(province), province.read(1, "births")) == ("complete", None, 6)
    assert row(province).may == {"check", "return"}
    send_back(province, "vẫn thiếu")
    exchange(province, district, stick)
    assert (row(district).state, row(district).reason) == ("returned", "vẫn thiếu")


def test_completing_again_without_a_change_ends_it_too(sent: tuple[Pc, Pc], stick: Path) -> None:
    district, province = sent
    for _ in range(2):
        send_back(province, "đúng chưa")
        exchange(province, district, stick)
        assert row(district).state == "returned"
        complete(district)
        exchange(district, province, stick)
        assert (row(province).state, word(province)) == ("complete", None)


def test_a_return_that_comes_after_a_new_completion_changes_nothing(sent: tuple[Pc, Pc], stick: Path) -> None:
    district, province = sent
    send_back(province)
    late = province.send(district, stick).file
    district.write(1, "births", 6)
    complete(district)
    district.take(late)
    assert (row(district).state, word(district)) == ("complete", None)


def test_a_return_and_the_holders_state_cross_on_the_way(sent: tuple[Pc, Pc], stick: Path) -> None:
    district, province = sent
    send_back(province)
    down = province.send(district, stick).file
    submissions.check(district.record, **FORM)
    up = district.send(province, stick).file
    assert province.take(up).conflicts == ()
    assert district.take(down).conflicts == ()
    assert (row(district).state, row(province).state) == ("returned", "checked")
    exchange(district, province, stick)
    assert (row(province).state, word(province)) == ("returned", ("returned", "kiểm tra lại số sinh", province.office))


def test_a_locked_form_stays_locked_until_its_leader_opens_it(sent: tuple[Pc, Pc], stick: Path) -> None:
    district, province = sent
    submissions.check(district.record, **FORM)
    submissions.lock(district.record, **FORM)
    send_back(province)
    taken = exchange(province, district, stick)
    assert [(found.rule, found.severity) for found in taken.findings] == [("returned_locked", "warning")]
    assert (row(district).state, word(district)) == ("locked", ("returned", "kiểm tra lại số sinh", province.office))
    submissions.reopen(district.record, **FORM, reason="trả lại từ tỉnh")
    assert (row(district).state, row(district).correction) == ("in_entry", 1)


def test_a_form_returned_by_phone_says_so_at_its_holder(sent: tuple[Pc, Pc], stick: Path) -> None:
    district, province = sent
    send_back(province, by="phone")
    exchange(province, district, stick)
    (kept,) = table.of(district.record)
    assert kept.returned_by == "phone"
    assert refusal(lambda: send_back(province, by="pigeon")) == "unknown_way"


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (submissions.complete, {"reason": "x"}),
        (submissions.lock, {}),
        (submissions.reopen, {"reason": "x"}),
    ],
)
def test_what_only_the_holder_may_do_is_refused_and_said_who_may(
    sent: tuple[Pc, Pc], act: Callable[..., object], told: dict[str, str]
) -> None:
    _, province = sent
    before = province.record.head()
    with pytest.raises(AppError) as refused:
        act(province.record, **FORM, **told)
    assert refused.value.code == "not_holder"
    assert "Trung tâm Y tế huyện Trấn Yên" in str(refused.value.title) + str(refused.value.advice)
    assert province.record.head() == before


def test_a_form_still_in_entry_elsewhere_cannot_be_judged(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    exchange(district, province, stick)
    assert row(province).may == frozenset()
    assert refusal(lambda: submissions.check(province.record, **FORM)) == "form_state"
    assert refusal(lambda: send_back(province)) == "form_state"
    assert refusal(lambda: send_back(province, "  ")) == "reason_needed"


def test_typing_into_another_offices_complete_form_leaves_its_state_alone(sent: tuple[Pc, Pc], stick: Path) -> None:
    district, province = sent
    province.write(1, "births", 7, note="sửa theo sổ của tỉnh")
    assert row(province).state == "complete"
    exchange(province, district, stick)
    assert (row(district).state, district.read(1, "births")) == ("complete", 7)
    submissions.check(district.record, **FORM)
    exchange(district, province, stick)
    with pytest.raises(AppError) as refused:
        province.write(1, "births", 8)
    assert refused.value.code == "not_holder"


def test_the_districts_word_about_a_communes_form_reaches_the_province_and_the_commune(pcs: Pcs, stick: Path) -> None:
    commune, district, province = pcs("04001", "137", "15")
    commune.write(1, "births", 5)
    complete(commune)
    exchange(commune, district, stick)
    submissions.check(district.record, **FORM)
    exchange(district, province, stick)
    assert (row(province).state, word(province)) == ("complete", ("checked", None, district.office))
    send_back(province, "hỏi lại trạm")
    assert word(province) == ("returned", "hỏi lại trạm", province.office)
    exchange(province, district, stick)
    assert (row(district).state, word(district)) == ("complete", ("checked", None, district.office))
    exchange(district, commune, stick)
    assert (row(commune).state, row(commune).reason) == ("returned", "hỏi lại trạm")


def test_those_below_cannot_return_a_form_of_ours(sent: tuple[Pc, Pc], stick: Path) -> None:
    district, province = sent
    province.write(2, "births", 3)
    submissions.complete(province.record, unit="04002", form="commune", period=YEAR, reason="chưa có")
    exchange(province, district, stick)
    submissions.give_back(district.record, unit="04002", form="commune", period=YEAR, reason="không đồng ý")
    exchange(district, province, stick)
    (held,) = [one for one in table.of(province.record) if one.unit == "commune-2"]
    assert held.state is table.Life.COMPLETE


def test_what_was_returned_is_typed_again_through_the_usual_way(sent: tuple[Pc, Pc], stick: Path) -> None:
    district, province = sent
    send_back(province)
    exchange(province, district, stick)
    found = entry.matrix(district.record, form="commune", period=YEAR)
    assert found.rows[0].state == "returned"
    district.write(1, "births", 6)
    assert row(district).state == "in_entry"


def test_a_word_from_below_returns_nothing_with_a_later_package_either(sent: tuple[Pc, Pc], stick: Path) -> None:
    district, province = sent
    province.write(2, "births", 3)
    submissions.complete(province.record, unit="04002", form="commune", period=YEAR, reason="chưa có")
    exchange(province, district, stick)
    submissions.give_back(district.record, unit="04002", form="commune", period=YEAR, reason="không đồng ý")
    exchange(district, province, stick)
    district.write(1, "births", 6)
    complete(district)
    assert exchange(district, province, stick).waiting == 0
    (held,) = [one for one in table.of(province.record) if one.unit == "commune-2"]
    assert held.state is table.Life.COMPLETE


def rewrite(pc: Pc, commune: int, **told: Any) -> None:
    """What another program, or a mistake, might write over a form that another office holds."""
    (held,) = [one for one in table.of(pc.record) if one.unit == f"commune-{commune}"]
    with pc.record.change(say("Write over a form"), source="system"):
        table.put(pc.record, replace(held, **told))


def test_it_is_said_when_those_below_make_themselves_the_holder_of_our_form(sent: tuple[Pc, Pc], stick: Path) -> None:
    district, province = sent
    province.write(2, "births", 3)
    exchange(province, district, stick)
    rewrite(district, 2, holder=district.office)
    (found,) = exchange(district, province, stick).findings
    assert (found.rule, found.severity, found.unit, found.period) == ("handed_over", "warning", "04002", YEAR.id)
    told = dict(found.message.values)
    assert (told["before"], told["after"]) == ("Sở Y tế tỉnh Lào Cai", "Trung tâm Y tế huyện Trấn Yên")


def test_it_is_said_when_one_commune_takes_over_the_form_of_another(pcs: Pcs, stick: Path) -> None:
    first, second, district = pcs("04001", "04002", "137")
    for pc, commune in ((first, 1), (second, 2)):
        pc.write(commune, "births", 5)
        complete(pc, commune)
        exchange(pc, district, stick)
    exchange(district, second, stick)
    rewrite(second, 1, holder=second.office)
    assert [found.rule for found in exchange(second, district, stick).findings] == ["handed_over"]


def test_an_office_may_give_its_own_form_to_one_below_it(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    exchange(district, province, stick)
    rewrite(district, 1, holder="office-04001")
    assert exchange(district, province, stick).findings == ()
    (held,) = table.of(province.record)
    assert held.holder == "office-04001"


def test_which_unit_stands_for_another_is_not_for_those_below_to_say(sent: tuple[Pc, Pc], stick: Path) -> None:
    district, province = sent
    with district.record.change(say("Take one unit for another"), source="system"):
        units.put_alias(district.record, "commune-3", "commune-2")
    for waiting in (1, 0):
        assert exchange(district, province, stick).waiting == waiting
        assert units.aliases(province.record) == {}
        district.write(1, "births", 6 + waiting)
    assert [one.why for one in packages.waiting(province.record)] == [NOT_FOR_A_CHILD]
