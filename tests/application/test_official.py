"""Official totals: what another office sends before it is complete stands in the list and not in the sums."""

import shutil
from datetime import date

import pytest

from desktop.application import entry, keys, offices, packages, records, submissions, values
from desktop.application.scopes import Scope
from desktop.domain.periods import Period
from desktop.domain.values import NOT_REPORTED, number
from tests.application.conftest import TODAY

P = Period.parse("2024")
CELL = {"period": P, "element": "population"}


@pytest.fixture
def above(tmp_path):
    path = tmp_path / "tỉnh.sotramdb"
    offices.create_office(path, level="province", unit="15", today=TODAY, as_of=date(2024, 12, 31))
    with records.open_record(path) as record:
        yield record


def send(record, above, folder):
    ours, theirs = keys.own_key(record, on=TODAY), keys.own_key(above, on=TODAY)
    keys.trust(record, data=theirs.public.encode(), on=TODAY)
    keys.trust(above, data=ours.public.encode(), on=TODAY)
    sent = packages.export_package(record, partner="15", folder=folder, today=TODAY)
    packages.take_package(above, file=sent.file, today=TODAY)
    shutil.rmtree(folder)


def total_of(record):
    return values.value_rows(record, unit="137", **CELL)[0]


def test_a_form_in_entry_counts_at_home_and_not_above(district, above, tmp_path):
    commune = offices.communes_of(district, on=P.last)[0]
    entry.type_value(district, unit=commune.uid, value=number(5945), **CELL)
    send(district, above, tmp_path / "usb")
    assert total_of(district).value == number(5945)
    assert values.value_rows(above, unit=commune.code, **CELL)[0].value == number(5945)
    found = total_of(above)
    assert (found.value, found.reported, found.expected) == (NOT_REPORTED, 0, 14)
    assert all(total.reported == 0 for total in entry.matrix(above, form="commune", period=P).totals)
    submissions.complete(district, unit=commune.code, form="commune", period=P, reason="xã chưa gửi")
    send(district, above, tmp_path / "usb")
    assert total_of(above).value == number(5945)
    one = list(Scope.of(above, "137", P).view.cells(P).values())
    assert [cells["population"] for cells in one if cells] == [number(5945)]
