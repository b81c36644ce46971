"""An office keeps its keys through the reform: packages of both sides go, under the name it had when they were trusted."""

from datetime import date
from pathlib import Path

import pytest

from desktop.application import keys, offices, packages, records, values
from desktop.application.office_changing import change_settings
from desktop.domain.office_change import OfficeChange
from desktop.domain.periods import Period

OLD, NEW = Period.parse("2024"), Period.parse("2025NineMonths")
BEFORE, AFTER = date(2025, 1, 14), date(2026, 1, 15)
AREA = OfficeChange("area", "15", "TTYT khu vực Mù Cang Chải", "TTKV-MCC", communes=("04456", "04465"))


@pytest.fixture
def both(tmp_path, empty_district):
    above = tmp_path / "sở.sotramdb"
    offices.create_office(above, level="province", unit="15", today=AFTER, actor="Sở")
    own = tmp_path / "sổ.sotramdb"
    own.write_bytes(Path(empty_district).read_bytes())
    with (
        records.open_record(own, actor="thống kê", today=AFTER) as district,
        records.open_record(above, actor="Sở", today=AFTER) as province,
    ):
        for one, other, role in ((district, province, "parent"), (province, district, "child")):
            told = keys.own_key(other, on=BEFORE)
            keys.trust(one, data=told.public.encode(), role=role, fingerprint=told.fingerprint, on=BEFORE)
        yield district, province


def population(record, period):
    return {row.unit: row.value.amount for row in values.value_rows(record, period=period, element="population")}


def send(sender, receiver, folder):
    made = packages.export_package(sender, partner="15", folder=folder, today=AFTER)
    taken = packages.take_package(receiver, file=made.file, today=AFTER)
    assert taken.receipt is not None
    packages.take_package(sender, file=taken.receipt, today=AFTER)
    return taken


def test_packages_of_both_sides_of_the_reform_go(both, tmp_path):
    district, province = both
    values.set_value(district, unit="04459", period=OLD, element="population", text="2820")
    first = send(district, province, tmp_path / "usb")
    change_settings(district, valid_from=date(2025, 7, 1), change=AREA)
    values.set_value(district, unit="04465", period=NEW, element="population", text="5622")
    values.set_value(district, unit="04459", period=OLD, element="population", text="2821")
    second = send(district, province, tmp_path / "usb")
    assert (first.findings, second.findings) == ((), ())
    assert population(province, OLD) == {"04459": 28_210_000}
    assert population(province, NEW) == {"04465": 56_220_000}
    assert [key.code for key in keys.list_keys(province)] == ["137"]


def test_the_new_name_comes_with_the_key_file_without_another_call(both):
    district, province = both
    change_settings(district, valid_from=date(2025, 7, 1), change=AREA)
    told = keys.own_key(district, on=AFTER)
    view, _ = keys.trust(province, data=told.public.encode(), on=AFTER)
    assert (view.code, view.name, view.confirmed) == ("TTKV-MCC", AREA.name, True)
    assert len(keys.list_keys(province)) == 1
