"""What was lawfully erased in one office is erased in those that got it; nothing erased comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from db import check, redact, release
from db.store import Store
from db.tables import values
from desktop.application.packages import inspect
from tests.application.packages.making import TODAY, YEAR, Pc, clock, exchange, refusal

Pcs = Callable[..., list[Pc]]
SECRET = "cháu Nguyễn Văn Kín"


def note_of(pc: Pc, commune: int = 1) -> str | None:
    found = values.one(pc.record, unit=f"commune-{commune}", period=YEAR.id, element="births")
    return found.note if found else None


def erase_note(pc: Pc, commune: int = 1) -> None:
    (key,) = pc.record.connection.execute(
        "SELECT json_array(v.period, v.unit, v.element, v.category, v.kind) FROM value v "
        "JOIN unit u ON u.id = v.unit WHERE u.uid = ?",
        (f"commune-{commune}",),
    ).fetchone()
    redact.erase(pc.record, [("value", key)], basis="đơn số 12")


def holds(pc: Pc, text: str) -> bool:
    """Whether any byte of the record's files still tells it."""
    pc.close()
    raw = text.encode()
    files = (pc.path, pc.path.with_name(pc.path.name + "-wal"))
    return any(raw in file.read_bytes() for file in files if file.exists())


@pytest.fixture
def told(pcs: Pcs, stick: Path) -> tuple[Pc, Pc]:
    district, province = pcs("137", "15")
    district.write(1, "births", 5, note=SECRET)
    exchange(district, province, stick)
    assert note_of(province) == SECRET
    return district, province


def test_an_erasure_reaches_the_office_that_got_the_row(told: tuple[Pc, Pc], stick: Path) -> None:
    district, province = told
    erase_note(district)
    sent = district.send(province, stick)
    about = inspect(province.record, file=sent.file, today=TODAY).manifest
    assert about is not None
    assert [(one.table, one.basis, json.loads(one.uid)["unit"]) for one in about.erasures] == [
        ("value", "đơn số 12", "commune-1")
    ]
    assert SECRET not in about.to_bytes().decode()
    taken = province.take(sent.file)
    district.take(taken.receipt)
    assert [(found.rule, found.severity) for found in taken.findings] == [("erased", "note")]
    assert (taken.result, province.read(1, "births"), note_of(province)) == ("accepted", 5, None)
    for pc in told:
        assert check.check(pc.record) == []
        assert release.drafts(pc.record) == []
        assert not holds(pc, SECRET)
    again = exchange(district, province, stick, whole=True)
    assert (again.taken, again.findings) == (0, ())


def test_an_erasure_travels_on_and_is_never_repeated(pcs: Pcs, stick: Path) -> None:
    commune, district, province = pcs("04001", "137", "15")
    commune.write(1, "births", 5, note=SECRET)
    exchange(commune, district, stick)
    exchange(district, province, stick)
    erase_note(commune)
    for below, above in ((commune, district), (district, province)):
        exchange(below, above, stick)
        assert refusal(lambda below=below, above=above: below.send(above, stick)) == "nothing_to_send"  # type: ignore[misc]
    for pc in (commune, district, province):
        assert check.check(pc.record) == []
        assert len(redact.erasures(pc.record)) == 1
        assert not holds(pc, SECRET)


def test_a_package_from_before_the_erasure_brings_nothing_back(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5, note=SECRET)
    late = district.send(province, stick).file
    erase_note(district)
    exchange(district, province, stick)
    province.take(late)
    assert note_of(province) is None
    assert not holds(province, SECRET)


def test_what_lies_at_the_conflict_desk_is_erased_too(told: tuple[Pc, Pc], stick: Path) -> None:
    district, province = told
    district.write(1, "births", 6)
    province.write(1, "births", 7)
    assert district.take(province.send(district, stick).file).conflicts != ()
    erase_note(district)
    assert province.take(district.send(province, stick).file).result != "refused"
    for pc in told:
        assert check.check(pc.record) == []
        assert not holds(pc, SECRET)


def test_those_below_cannot_erase_in_a_form_of_ours(told: tuple[Pc, Pc], stick: Path) -> None:
    district, province = told
    province.write(2, "births", 3, note="ghi chú của tỉnh")
    exchange(province, district, stick)
    erase_note(district, 2)
    taken = exchange(district, province, stick)
    assert [found.rule for found in taken.findings] == ["not_erased"]
    assert redact.erasures(province.record) == []


def test_an_erased_row_nobody_here_knows_is_remembered(told: tuple[Pc, Pc], stick: Path) -> None:
    district, province = told
    with district.record.change(redact.WHAT, source="system") as change:
        redact.erase_in(
            district.record,
            change,
            [redact.Erasure("value", '{"unit":"nơi khác"}', change.at, "b"), redact.Erasure("unit", "u", "a", "b")],
        )
    exchange(district, province, stick)
    assert [(one.table, one.uid) for one in redact.erasures(province.record)] == [("value", '{"unit":"nơi khác"}')]
    assert check.check(province.record) == []


def test_an_erasure_alone_is_something_to_send_until_it_is_acknowledged(told: tuple[Pc, Pc], stick: Path) -> None:
    district, province = told
    with district.record.change(redact.WHAT, source="system") as change:
        redact.erase_in(district.record, change, [redact.Erasure("value", '{"unit":"x"}', change.at, "b")])
    first = district.send(province, stick)
    assert first.rows == 0
    exchange(district, province, stick)
    assert refusal(lambda: district.send(province, stick)) == "nothing_to_send"
    assert len(redact.erasures(province.record)) == 1


@pytest.mark.parametrize("uid", ["{", "[1,2", '{"unit":[1]}', "[]", "x", '{"period":"2025","unit":"commune-1"}'])
def test_a_list_that_says_nonsense_does_no_harm(told: tuple[Pc, Pc], uid: str) -> None:
    _, province = told
    with province.record.change(redact.WHAT, source="system") as change:
        wanted = redact.incoming(province.record, [redact.Erasure("value", uid, "a", "b")])
        redact.erase_in(province.record, change, wanted)
    assert note_of(province) == SECRET
    with Store.open(province.path, now=clock, memory=province.memory) as store:
        assert check.check(store) == []
