"""District to province and back: the round, losses, repeats, restores, keys, refusals."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from db import check
from db.store import Store
from db.tables import catalogue, packages, submissions, units
from desktop.application import figures, keys, offices, records
from desktop.application import submissions as forms
from desktop.application.packages import (
    PartnerStatus,
    export_package,
    inspect,
    package_status,
    place_waiting,
    streams,
    taking,
)
from desktop.application.packages.desk import decide, open_conflicts
from desktop.domain.units import Unit, UnitKind, UnitVersion
from desktop.domain.values import NOT_APPLICABLE, NOT_REPORTED
from desktop.exchange.package import archive, sealing
from desktop.exchange.package import keys as key_files
from desktop.exchange.package.container import open_package
from desktop.system.i18n import render
from desktop.wording import say
from tests.application.packages.making import (
    COMMUNES,
    DISTRICT,
    LATE,
    OWN,
    TODAY,
    YEAR,
    Pc,
    clock,
    exchange,
    make_office,
    refusal,
)

Pcs = Callable[..., list[Pc]]


def complete(pc: Pc, commune: int = 1) -> None:
    forms.complete(pc.record, unit=f"0400{commune}", form="commune", period=YEAR, reason="sẽ bổ sung")


def status_of(pc: Pc, partner: Pc) -> PartnerStatus:
    return next(status for status in package_status(pc.record) if status.partner == partner.code)


def bytes_of(pc: Pc) -> tuple[int, list[object]]:
    """Whether anything was written: the newest journal row and the nodes."""
    return pc.record.head(), pc.record.connection.execute("SELECT * FROM node").fetchall()


# ---- the round


def test_a_year_goes_up_and_its_receipt_comes_back(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    district.write(2, "deaths", NOT_APPLICABLE)
    taken = province.take(district.send(province, stick).file)
    assert (taken.result, taken.waiting, taken.conflicts, taken.missing) == ("accepted", 0, (), ())
    assert (province.read(1, "births"), province.read(2, "deaths")) == (5, "not_applicable")
    back = district.take(taken.receipt)
    assert (back.kind, back.result, dict(back.acknowledged)) == ("receipt", "accepted", province.seen())
    status = status_of(district, province)
    assert (status.sent, status.acknowledged, status.pending, status.missing) == (1, 1, 0, ())


def test_the_receipt_proves_that_both_hold_the_same_forms(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    taken = province.take(district.send(province, stick).file)
    assert taken.receipt is not None
    answer = inspect(district.record, file=taken.receipt, today=TODAY).manifest
    assert answer is not None
    assert answer.receipt is not None
    assert [(form.unit, form.form, form.period, form.same) for form in answer.receipt.forms] == [
        ("commune-1", "commune", "2025", True)
    ]


def test_a_communes_figures_go_through_the_district_to_the_province_under_its_own_name(pcs: Pcs, stick: Path) -> None:
    commune, district, province = pcs("04001", "137", "15")
    commune.write(1, "births", 5)
    complete(commune)
    exchange(commune, district, stick)
    exchange(district, province, stick)
    assert province.read(1, "births") == 5
    (begun,) = submissions.of(province.record)
    assert (begun.holder, begun.state) == (commune.office, submissions.Life.COMPLETE)
    (row,) = province.record.connection.execute(
        "SELECT v.node FROM released r JOIN release v ON v.id = r.release WHERE r.tbl = 27"
    ).fetchall()
    assert row == (commune.record.node,)


def test_a_cleared_cell_arrives_as_not_reported(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    exchange(district, province, stick)
    district.write(1, "births", NOT_REPORTED)
    exchange(district, province, stick)
    assert province.read(1, "births") == "not_reported"


def test_nothing_to_send_makes_no_file_and_no_number(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    exchange(district, province, stick)
    before, files = bytes_of(district), sorted(stick.iterdir())
    assert refusal(lambda: district.send(province, stick)) == "nothing_to_send"
    assert (bytes_of(district), sorted(stick.iterdir())) == (before, files)


def test_only_complete_forms_leave_when_asked_and_what_belongs_to_no_form_leaves_too(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    district.write(2, "births", 6)
    complete(district, 2)
    with district.record.change(say("Say what a unit is"), source="window"):
        units.put_attribute(district.record, unit="commune-3", name="zone", value="3")
    exchange(district, province, stick, only_complete=True)
    assert (province.read(1, "births"), province.read(2, "births")) == (None, 6)
    assert units.attributes(province.record, TODAY)["commune-3"] == {"zone": "3"}


def test_while_a_draft_is_open_what_was_last_complete_is_sent(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    complete(district)
    district.write(1, "births", 6)
    sent = district.send(province, stick, only_complete=True)
    told = inspect(province.record, file=sent.file, today=TODAY).manifest
    assert told is not None
    assert [form.state for form in told.forms] == ["complete"]
    province.take(sent.file)
    assert province.read(1, "births") == 5


def test_own_elements_and_units_travel_with_the_figures_that_use_them(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    area = Unit("area-uid", UnitKind.AREA, (UnitVersion(None, None, "KV1", "Khu vực 1", DISTRICT.uid),))
    station = Unit("station-uid", UnitKind.STATION, (UnitVersion(None, None, None, "Điểm trạm Nậm Có", area.uid),))
    with district.record.change(say("Add"), source="window"):
        units.put_units(district.record, [area, station])
        catalogue.put(district.record, OWN)
    district.write(1, "own", 7)
    from desktop.application import entry
    from desktop.domain.values import number

    entry.type_value(district.record, unit="station-uid", period=YEAR, element="own", value=number(3))
    taken = exchange(district, province, stick)
    assert (taken.result, taken.waiting) == ("accepted", 0)
    assert province.read(1, "own") == 7
    assert units.register(province.record).units["station-uid"].versions == station.versions
    assert "own" in catalogue.load(province.record).forms


def test_forms_in_entry_elsewhere_are_kept_out_of_official_totals_until_complete(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")

    def total(pc: Pc) -> tuple[object, int, int]:
        found = figures.figures(pc.record, period=YEAR)
        communes = offices.communes_of(pc.record, on=TODAY)
        told = figures.summed(communes, figures.official(pc.record, YEAR, found), "births")
        return told.value.amount, told.reported, told.expected

    district.write(1, "births", 5)
    district.write(2, "births", 6)
    complete(district, 2)
    exchange(district, province, stick)
    assert total(district) == (110_000, 2, 3)
    assert total(province) == (60_000, 1, 3)
    complete(district, 1)
    exchange(district, province, stick)
    assert total(province) == (110_000, 2, 3)


# ---- losses and repeats


def test_a_lost_package_is_in_the_next_one_and_reported(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    first = district.send(province, stick)
    district.write(2, "births", 6)
    second = district.send(province, stick)
    assert second.previous == first.manifest_sha256
    taken = province.take(second.file)
    assert taken.missing == (1,)
    assert (province.read(1, "births"), province.read(2, "births")) == (5, 6)
    late = province.take(first.file)
    assert (late.code, late.taken, late.missing) == (None, 0, ())
    assert province.read(2, "births") == 6


def test_the_same_package_again_changes_nothing_and_brings_the_same_receipt(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    sent = district.send(province, stick)
    lost = province.take(sent.file).receipt
    assert lost is not None
    first = inspect(district.record, file=lost, today=TODAY).manifest
    lost.unlink()
    before = bytes_of(province)
    again = province.take(sent.file)
    assert (again.code, again.changed, bytes_of(province)) == ("already_taken", False, before)
    assert again.receipt is not None
    second = inspect(district.record, file=again.receipt, today=TODAY).manifest
    assert first == second
    assert district.take(again.receipt).result == "accepted"
    assert district.take(again.receipt).code == "already_taken"


def test_a_receipt_that_could_not_be_written_is_written_when_the_package_is_given_again(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    sent = district.send(province, stick)
    pulled = stick.parent / "no folder"
    pulled.write_text("a file stands where the stick was", encoding="utf-8")
    assert refusal(lambda: province.take(sent.file, receipt_folder=pulled)) == "cannot_write"
    assert province.read(1, "births") == 5
    assert district.take(province.take(sent.file).receipt).result == "accepted"


def test_a_number_is_used_up_even_if_the_stick_cannot_be_written(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    stick.write_text("a file stands where the stick was", encoding="utf-8")
    assert refusal(lambda: district.send(province, stick)) == "cannot_write"
    stick.unlink()
    sent = district.send(province, stick)
    assert sent.sequence == 2
    assert exchange_of(district, province, sent.file) == ("accepted", (1,))


def exchange_of(sender: Pc, receiver: Pc, file: Path) -> tuple[str, tuple[int, ...]]:
    taken = receiver.take(file)
    sender.take(taken.receipt)
    return taken.result, taken.missing


def test_packages_in_the_wrong_order_end_with_the_newest(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    sent = []
    for value in (5, 6, 7):
        district.write(1, "births", value)
        sent.append(district.send(province, stick).file)
    for file in (sent[2], sent[0], sent[1]):
        assert province.take(file).code is None
    assert province.read(1, "births") == 7


def test_two_windows_cannot_take_the_same_package_in_twice(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    file = district.send(province, stick).file
    own = offices.office(province.record, on=TODAY)
    opened = open_package(file.read_bytes(), streams.trust(province.record, own, TODAY))
    province.take(file)
    before = bytes_of(province)
    assert (
        refusal(
            lambda: taking._take_rows(
                province.record,
                own,
                opened,
                taking._partner(province.record, opened),
                file,
                stick,
                TODAY,
                dry_run=False,
            )
        )
        == "already_taken"
    )
    assert bytes_of(province) == before


# ---- restores and copies


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


# ---- two sides


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


# ---- what waits


def test_rows_of_an_unknown_unit_wait_and_are_placed_when_it_becomes_known(pcs: Pcs, stick: Path) -> None:
    commune, district, province = pcs("04001", "137", "15")
    commune.learn(LATE)
    commune.write(1, "births", 5)
    commune.write(4, "births", 6)
    taken = exchange(commune, district, stick)
    assert (taken.result, taken.waiting, district.read(1, "births")) == ("partly", 2, 5)
    assert [render(finding.message, "en") for finding in taken.findings] == [
        "2 rows wait: the unit Xã Đào Thịnh is not known here, or is called otherwise."
    ]
    assert refusal(lambda: commune.send(district, stick)) == "nothing_to_send"
    assert exchange(district, province, stick).waiting == 2
    province.learn(LATE)
    assert place_waiting(province.record) == 2
    assert province.read(4, "births") == 6
    district.learn(LATE)
    district.write(1, "deaths", 1)
    assert exchange(district, province, stick).conflicts == ()
    assert (district.read(4, "births"), province.read(4, "births")) == (6, 6)
    assert packages.waiting(district.record) == []


def test_rows_of_an_unknown_element_wait(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    with district.record.change(say("Add"), source="window"):
        catalogue.put(district.record, OWN)
    district.write(1, "own", 7)
    sent = district.send(province, stick)
    broken = without(sent.file, province, district, {"rows/element.ndjson", "rows/form.ndjson"})
    taken = province.take(broken)
    assert (taken.waiting, [finding.rule for finding in taken.findings]) == (
        2,
        ["waiting_unknown_form", "waiting_unknown_element"],
    )
    with province.record.change(say("Add"), source="window"):
        catalogue.put(province.record, OWN)
    assert place_waiting(province.record) == 2
    assert province.read(1, "own") == 7


def without(file: Path, receiver: Pc, sender: Pc, paths: set[str]) -> Path:
    """The same package without some of its files, signed and sealed again by its sender."""
    from dataclasses import replace

    from desktop.exchange.package.manifest import read_manifest

    opened = zipfile.ZipFile(io.BytesIO(sealing.unseal(file.read_bytes(), [seal_of(receiver)])))
    about = read_manifest(opened.read(archive.MANIFEST))
    left = replace(about, files=tuple(entry for entry in about.files if entry.path not in paths))
    signed = left.to_bytes()
    made = archive.Writer()
    for entry in left.files:
        made.add(entry.path, [opened.read(entry.path)])
    made.add(archive.MANIFEST, [signed])
    made.add(archive.SIGNATURE, [keys.identity(sender.record).private.sign(signed, "x")])
    out = file.with_name(f"less-{file.name}")
    out.write_bytes(sealing.seal(made.finish(), [keys.identity(receiver.record).public.seal]))
    return out


def seal_of(pc: Pc) -> str:
    return keys.identity(pc.record).private.seal_identity


def test_a_locked_form_waits_until_its_holder_opens_it(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    exchange(district, province, stick)
    province.write(1, "births", 7)
    correction = province.send(district, stick).file
    complete(district)
    forms.check(district.record, unit="04001", form="commune", period=YEAR)
    forms.lock(district.record, unit="04001", form="commune", period=YEAR)
    taken = district.take(correction)
    assert (taken.result, taken.waiting, district.read(1, "births")) == ("partly", 1, 5)
    assert [finding.rule for finding in taken.findings] == ["waiting_locked"]
    forms.reopen(district.record, unit="04001", form="commune", period=YEAR, reason="đính chính")
    assert packages.waiting(district.record) == []
    assert district.read(1, "births") == 7


# ---- keys


def test_new_keys_go_on_with_the_stream_and_the_old_ones_still_open(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    exchange(district, province, stick)
    province.write(2, "births", 6)
    under_way = province.send(district, stick).file
    keys.replace_own(district.record, on=TODAY)
    district.write(1, "births", 7)
    sent = district.send(province, stick)
    assert sent.sequence == 2
    refused = province.take(sent.file)
    assert (refused.code, refused.receipt) == ("unknown_sender", None)
    view = keys.own_key(district.record, on=TODAY)
    trusted, _ = keys.trust(province.record, data=view.public.encode("utf-8"), on=TODAY)
    assert trusted.confirmed
    assert exchange_of(district, province, sent.file) == ("accepted", ())
    assert district.take(under_way).result == "accepted"
    assert district.read(2, "births") == 6
    district.write(1, "births", 8)
    assert exchange(district, province, stick).missing == ()
    assert [key.revoked_from for key in keys.list_keys(province.record)] == [None, None]


def test_a_replaced_key_given_again_stays_replaced(pcs: Pcs) -> None:
    district, province = pcs("137", "15")
    old = keys.own_key(district.record, on=TODAY)
    keys.replace_own(district.record, on=TODAY)
    new = keys.own_key(district.record, on=TODAY)
    for view in (new, old):
        keys.trust(province.record, data=view.public.encode("utf-8"), on=TODAY)
    assert keys.key_file_of(keys.find_partner(province.record, "137")).fingerprint == new.fingerprint


def test_a_receipt_given_again_after_new_keys_still_opens(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    sent = district.send(province, stick)
    province.take(sent.file)
    keys.replace_own(province.record, on=TODAY)
    keys.replace_own(district.record, on=TODAY)
    province.trust(district)
    assert district.take(province.take(sent.file).receipt).result == "accepted"


def test_a_revoked_key_is_neither_read_nor_written_to(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    sent = district.send(province, stick)
    keys.revoke(province.record, name="137", from_day=TODAY, reason="mất máy")
    refused = province.take(sent.file)
    assert (refused.code, refused.changed, refused.receipt) == ("revoked_sender", False, None)
    province.write(1, "births", 6)
    assert refusal(lambda: province.send(district, stick)) == "revoked_partner"


def test_the_receivers_second_key_opens_a_package_too(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    printed, recipient = key_files.new_escrow()
    own = keys.identity(province.record)
    with_escrow = key_files.new_identity(
        office=province.office, code="15", name="Sở Y tế", level="province", made=province.record.stamp(),
        escrow=recipient, replacing=own,
    )  # fmt: skip
    keys.trust(district.record, data=with_escrow.public.data, on=TODAY)
    district.write(1, "births", 5)
    sealed = district.send(province, stick).file.read_bytes()
    for identity in (printed, with_escrow.private.seal_identity):
        assert zipfile.ZipFile(io.BytesIO(sealing.unseal(sealed, [identity]))).testzip() is None


def test_an_office_whose_key_is_not_known_gets_an_open_package_and_its_stream_goes_on(
    stick: Path, tmp_path: Path
) -> None:
    district, province = (Pc(code, make_office(tmp_path, code), tmp_path / f"machine-{code}") for code in ("137", "15"))
    try:
        district.write(1, "births", 5)
        assert refusal(lambda: district.send(province, stick)) == "unknown_partner"
        sent = district.send(province, stick, unsealed=True)
        assert (sent.sealed, sent.file.name.endswith(".sotram.zip"), sent.sequence) == (False, True, 1)
        assert keys.list_keys(district.record) == []
        province.trust(district)
        taken = province.take(sent.file)
        assert (taken.result, [finding.rule for finding in taken.findings]) == ("accepted", ["not_sealed"])
        district.trust(province)
        assert district.take(taken.receipt).result == "accepted"
        district.write(1, "births", 6)
        later = district.send(province, stick)
        assert (later.sealed, later.sequence, later.previous) == (True, 2, sent.manifest_sha256)
        assert [status.partner for status in package_status(district.record)] == ["15"]
    finally:
        district.close()
        province.close()


# ---- refusals and looking


def test_looking_at_a_package_changes_nothing(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    file = district.send(province, stick).file
    before = bytes_of(province)
    seen = inspect(province.record, file=file, today=TODAY)
    assert (seen.signature, seen.acceptable, seen.code) == ("ok", True, None)
    dry = province.take(file, dry_run=True)
    assert (dry.changed, dry.taken, dry.receipt) == (False, 2, None)
    assert (bytes_of(province), province.read(1, "births"), sorted(stick.iterdir())) == (before, None, [file])


def test_a_dry_run_of_a_receipt_changes_nothing(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    receipt = province.take(district.send(province, stick).file).receipt
    before = bytes_of(district)
    dry = district.take(receipt, dry_run=True)
    assert (dry.changed, bytes_of(district), status_of(district, province).acknowledged) == (
        False,
        before,
        0,
    )


def test_a_package_for_another_office_is_refused_with_a_receipt_where_it_opens(pcs: Pcs, stick: Path) -> None:
    commune, other, district = pcs("04001", "04002", "137")
    commune.write(1, "births", 5)
    sent = commune.send(district, stick)
    assert other.take(sent.file).code == "cannot_open"
    seal = keys.identity(other.record).public.seal
    plain = sealing.unseal(sent.file.read_bytes(), [seal_of(district)])
    resealed = sent.file.with_name("resealed.sotram")
    resealed.write_bytes(sealing.seal(plain, [seal]))
    other.trust(commune)
    refused = other.take(resealed)
    assert (refused.code, refused.changed) == ("not_for_us", False)
    assert refused.receipt is not None


def test_a_fork_is_refused_and_the_sender_is_told(pcs: Pcs, stick: Path, tmp_path: Path) -> None:
    """Two files of one node: only a copied memory of the computer makes that possible."""
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    exchange(district, province, stick)
    district.close()
    twin = Pc("137", tmp_path / "twin" / "137.sotramdb", tmp_path / "twin" / "machine")
    twin.path.parent.mkdir()
    shutil.copyfile(district.path, twin.path)
    district.write(1, "births", 6)
    with Store.open(twin.path, now=clock, memory=tmp_path / "m", actor="x") as record:
        record._life._node = record._life.newest_node()  # as if the computer had not noticed
        fork = export_package(record, partner="15", folder=stick / "fork", today=TODAY, whole=True)
    province.take(district.send(province, stick).file)
    refused = province.take(fork.file)
    assert (refused.code, refused.changed) == ("forked", False)
    told = district.take(refused.receipt)
    assert (told.result, told.code) == ("refused", "forked")


@pytest.mark.parametrize("place", [0, -1, 200])
def test_a_changed_file_is_refused_and_nothing_changes(pcs: Pcs, stick: Path, place: int) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    file = district.send(province, stick).file
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    before = bytes_of(province)
    refused = province.take(file)
    assert (refused.code, refused.changed, refused.receipt) == ("cannot_open", False, None)
    assert bytes_of(province) == before


def test_refusals_are_answered_with_numbered_receipts(pcs: Pcs, stick: Path, tmp_path: Path) -> None:
    district, province = pcs("137", "15")
    backup = province.back_up(tmp_path / "backups")
    district.write(1, "births", 5)
    exchange(district, province, stick)
    province.restore(backup)
    district.write(1, "births", 6)
    file = district.send(province, stick).file
    receipts = [province.take(file).receipt for _ in range(2)]
    answers = [inspect(district.record, file=path, today=TODAY).manifest for path in receipts if path]
    assert [(told.stream.sequence, told.receipt and told.receipt.code) for told in answers if told] == [
        (1, "stands_on_missing"),
        (2, "stands_on_missing"),
    ]


def test_a_belated_receipt_of_the_same_stream_does_not_take_the_place_of_a_newer_one(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    old = province.take(district.send(province, stick).file).receipt
    district.write(1, "births", 6)
    new = province.take(district.send(province, stick).file).receipt
    district.take(new)
    known = streams.acknowledged(district.record, province.office)
    district.take(old)
    assert streams.acknowledged(district.record, province.office) == known


def test_task_progress_and_what_units_are_travel_by_names_every_record_knows(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    for pc in (district, province):
        with pc.record.change(say("Add a plan"), source="window"):
            for number in range(1 + (pc is province)):  # other integers in the other record
                pc.record.connection.execute(
                    "INSERT INTO plan (code, title, issuer, kind, definition) VALUES (?, 'x', 'x', 'plan', '{}')",
                    (f"P{number}",),
                )
            pc.record.connection.execute(
                "INSERT INTO task (id, uid, plan, position, definition) VALUES (?, 'task-uid', 1, 1, '{}')",
                (7 if pc is province else 1,),
            )
    with district.record.change(say("Report progress"), source="window"):
        district.record.connection.execute("INSERT INTO task_progress (task, occurrence, state) VALUES (1, '', 'done')")
    assert exchange(district, province, stick).result == "accepted"
    assert province.record.connection.execute("SELECT task, state FROM task_progress").fetchall() == [(7, "done")]


# ---- stock programs


@pytest.mark.tool("age", "minisign")
def test_stock_age_opens_and_minisign_verifies_what_the_application_sends(
    pcs: Pcs, stick: Path, tmp_path: Path
) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    sent = district.send(province, stick)
    (tmp_path / "identity.txt").write_text(seal_of(province) + "\n", encoding="ascii")
    opened = run("age", "-d", "-i", tmp_path / "identity.txt", sent.file)
    with zipfile.ZipFile(io.BytesIO(opened)) as content:
        for name in (archive.MANIFEST, archive.SIGNATURE):
            (tmp_path / name).write_bytes(content.read(name))
    public = keys.identity(district.record).public.sign.text
    told = run("minisign", "-V", "-P", public, "-m", tmp_path / archive.MANIFEST)
    assert b"Signature and comment signature verified" in told


def run(*words: object) -> bytes:
    return subprocess.run([str(word) for word in words], capture_output=True, check=True).stdout


def test_the_small_offices_are_like_real_ones(pcs: Pcs) -> None:
    (district,) = pcs("137")
    view = offices.office(district.record, on=TODAY)
    assert (view.level, view.code, view.unit) == ("district", "137", "137")
    assert [commune.uid for commune in offices.communes_of(district.record, on=TODAY)] == [u.uid for u in COMMUNES]
    assert isinstance(district.record, records.Record)
