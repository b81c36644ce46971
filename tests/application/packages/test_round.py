"""Packages and receipts go their round; some are lost or come twice."""

from __future__ import annotations

from pathlib import Path

from db.tables import catalogue, submissions, units
from desktop.application import figures, offices
from desktop.application.packages import (
    inspect,
    streams,
    taking,
)
from desktop.domain.units import Unit, UnitKind, UnitVersion
from desktop.domain.values import NOT_APPLICABLE, NOT_REPORTED
from desktop.exchange.package.container import open_package
from desktop.wording import say
from tests.application.packages.exchanging import Pcs, bytes_of, complete, exchange_of, status_of
from tests.application.packages.making import (
    DISTRICT,
    OWN,
    TODAY,
    YEAR,
    Pc,
    exchange,
    refusal,
)


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
