"""Restored and copied records, and two sides that wrote without sight of each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import check
from db.tables import submissions
from desktop.application import submissions as forms
from desktop.application.packages.desk import decide, open_conflicts
from desktop.wording import say
from tests.application.packages.exchanging import Pcs, complete, status_of
from tests.application.packages.making import (
    YEAR,
    Pc,
    exchange,
    refusal,
)


def test_a_restored_receiver_says_what_it_has_and_the_next_package_repairs_it(
    pcs: Pcs, stick: Path, tmp_path: Path
) -> None:
    district, province = pcs("137", "15")
    backup = province.back_up(tmp_path / "backups")
    district.write(1, "births", 5)
    exchange(district, province, stick)
    province.restore(backup)
    district.write(2, "births", 6)
    refused = province.take(district.send(province, stick).file)
    assert (refused.code, refused.changed) == ("stands_on_missing", False)
    status = status_of(district, province)
    assert status.acknowledged == 1
    assert dict(district.take(refused.receipt).acknowledged) == {}
    status = status_of(district, province)
    assert (status.acknowledged, status.pending > 0) == (0, True)
    assert exchange(district, province, stick).result == "accepted"
    assert (province.read(1, "births"), province.read(2, "births")) == (5, 6)


def test_a_restored_sender_begins_a_new_stream_and_gets_its_own_figures_back(
    pcs: Pcs, stick: Path, tmp_path: Path
) -> None:
    district, province = pcs("137", "15")
    backup = district.back_up(tmp_path / "backups")
    district.write(1, "births", 5)
    exchange(district, province, stick)
    node = district.record.node
    district.restore(backup)
    assert district.read(1, "births") is None
    district.write(2, "births", 6)
    taken = exchange(district, province, stick)
    assert (taken.result, taken.missing) == ("accepted", ())
    assert district.record.node != node
    province.write(3, "births", 7)
    exchange(province, district, stick)
    assert (district.read(1, "births"), district.read(3, "births")) == (5, 7)
    assert check.check(district.record) == []


def test_a_record_copied_to_another_computer_goes_on_as_another_node(pcs: Pcs, stick: Path, tmp_path: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    exchange(district, province, stick)
    second = district.copied(tmp_path / "laptop.sotramdb", tmp_path / "machine-2")
    try:
        district.write(2, "births", 6)
        second.write(3, "births", 7)
        ours, theirs = district.send(province, stick), second.send(province, stick)
        assert (ours.sequence, theirs.sequence) == (2, 1)
        assert province.take(ours.file).code is None
        assert province.take(theirs.file).code is None
        assert (province.read(2, "births"), province.read(3, "births")) == (6, 7)
    finally:
        second.close()


def test_a_copy_that_only_refuses_draws_its_own_node_too(pcs: Pcs, stick: Path, tmp_path: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    file = district.send(province, stick).file
    province.take(file)
    second = province.copied(tmp_path / "laptop.sotramdb", tmp_path / "machine-2")
    try:
        assert second.take(file).code == "already_taken"
        district.write(1, "births", 6)
        district.take(province.take(district.send(province, stick).file).receipt)
        district.write(1, "births", 7)
        refused = second.take(district.send(province, stick).file)
        assert refused.code == "stands_on_missing"
        assert refused.receipt is not None
        told = district.take(refused.receipt)
        assert (told.kind, told.refusal, told.code) == ("receipt", None, "stands_on_missing")
    finally:
        second.close()


def test_everything_can_be_sent_again(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    exchange(district, province, stick)
    taken = exchange(district, province, stick, whole=True)
    assert (taken.result, taken.taken) == ("accepted", 0)


def test_the_holders_word_stands_on_both_sides_and_the_other_is_kept(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    exchange(district, province, stick)
    district.write(1, "births", 6)
    province.write(1, "births", 7)
    up, down = district.send(province, stick), province.send(district, stick)
    for pc, file in ((province, up.file), (district, down.file)):
        taken = pc.take(file)
        assert taken.result == "partly"
        (conflict,) = taken.conflicts
        assert (conflict.unit, conflict.period, conflict.element) == ("04001", "2025", "births")
        assert (conflict.holder["amount"], conflict.other["amount"]) == ("6", "7")
        assert pc.read(1, "births") == 6
        (shown,) = open_conflicts(pc.record)
        assert (shown.stands["amount"], shown.other["amount"]) == ("6", "7")


def in_conflict(district: Pc, province: Pc, stick: Path) -> None:
    district.write(1, "births", 5)
    exchange(district, province, stick)
    district.write(1, "births", 6)
    province.write(1, "births", 7)
    up, down = district.send(province, stick), province.send(district, stick)
    province.take(up.file)
    district.take(down.file)


@pytest.mark.parametrize(("take_other", "value"), [(True, 7), (False, 6)])
def test_a_decision_travels_and_ends_the_conflict_everywhere(
    pcs: Pcs, stick: Path, *, take_other: bool, value: int
) -> None:
    district, province = pcs("137", "15")
    in_conflict(district, province, stick)
    (shown,) = open_conflicts(district.record)
    assert refusal(lambda: decide(district.record, conflict=shown.uid, take_other=take_other, reason=" ")) == (
        "reason_needed"
    )
    decide(district.record, conflict=shown.uid, take_other=take_other, reason="xã xác nhận qua điện thoại")
    assert refusal(lambda: decide(district.record, conflict=shown.uid, take_other=True, reason="x")) == "no_conflict"
    assert exchange(district, province, stick).conflicts == ()
    for pc in (district, province):
        assert (pc.read(1, "births"), open_conflicts(pc.record)) == (value, [])


def test_typing_again_and_sending_decides_too(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    in_conflict(district, province, stick)
    district.write(1, "births", 8)
    exchange(district, province, stick)
    for pc in (district, province):
        assert (pc.read(1, "births"), open_conflicts(pc.record)) == (8, [])


def test_a_form_in_conflict_cannot_be_locked(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    in_conflict(district, province, stick)
    complete(district)
    district.write(1, "deaths", 1)
    province.write(1, "deaths", 2)
    up, down = district.send(province, stick), province.send(district, stick)
    province.take(up.file)
    district.take(down.file)
    with district.record.change(say("Begin"), source="window"):
        (begun,) = submissions.of(district.record)
        submissions.put(
            district.record,
            submissions.Submission(begun.unit, begun.form, begun.period, submissions.Life.CHECKED, begun.holder),
        )
    assert refusal(
        lambda: forms.lock(district.record, unit="04001", form="commune", period=YEAR)
    ) == "in_conflict"  # fmt: skip


def test_a_draft_stays_when_something_newer_arrives_and_is_shown_as_a_conflict(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    exchange(district, province, stick)
    province.write(1, "births", 7)
    file = province.send(district, stick).file
    district.write(1, "births", 6)
    taken = district.take(file)
    (conflict,) = [one for one in taken.conflicts if one.element]
    assert (conflict.holder["amount"], conflict.other["amount"]) == ("6", "7")
    assert district.read(1, "births") == 6
    exchange(district, province, stick)
    for pc in (district, province):
        assert (pc.read(1, "births"), open_conflicts(pc.record)) == (6, [])


def test_two_offices_that_typed_the_same_have_nothing_to_decide(pcs: Pcs, stick: Path) -> None:
    commune, district = pcs("04001", "137")
    for pc in (commune, district):
        pc.write(1, "births", 5)
    up, down = commune.send(district, stick), district.send(commune, stick)
    for pc, file in ((district, up.file), (commune, down.file)):
        assert [one for one in pc.take(file).conflicts if one.element] == []
        assert pc.read(1, "births") == 5
