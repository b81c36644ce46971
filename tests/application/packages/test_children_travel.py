"""Lists of children between offices: three levels of detail, nothing personal in the first two, erased everywhere."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import check, redact, release
from db.tables import children as people
from db.tables import visits, weighing
from desktop.application import access, child_care, children, history, keys
from desktop.application import weighing as sessions
from desktop.application.children import NewChild
from desktop.application.children_list import listed
from desktop.application.children_matching import merge
from desktop.application.erasing import erase_child
from desktop.application.packages import inspect, package_status
from desktop.application.weighing import NewSession
from desktop.domain.child_care import Care, Degree, Given, Supplement, Treatment
from desktop.domain.children import Child, Measurement, Origin, Position, Presence, Sex, Status
from desktop.errors import AppError
from desktop.exchange.package import sealing
from tests.application.packages.making import TODAY, Pc, exchange, make_offices, refusal

Pcs = Callable[..., list[Pc]]
JUNE = date(2026, 6, 1)
REASON = "Công văn số 12/SYT-NVY"
NEW = NewChild(
    "commune-1",
    "Giàng Thị Kín",
    Sex.FEMALE,
    date(2023, 12, 24),
    "bản Mỏ Vàng",
    "Mông",
    "Lý Thị Mờ",
    "012345678901",
    "gần suối Lạnh",
)
SECRETS = (
    "Giàng Thị Kín", "giang thi kin", "Kín", "2023-12-24", "24/12/2023", "20231224", "Mỏ Vàng", "Lý Thị Mờ",
    "ly thi mo", "012345678901", "suối Lạnh", "ghi chú cân",
)  # fmt: skip


def born(pc: Pc, new: NewChild = NEW) -> str:
    """A child that was weighed in June and again in September; its uid."""
    (uid,) = children.register(pc.record, new=[new]).uids
    held, _ = sessions.open_session(pc.record, new=NewSession(new.unit, JUNE, name="Chiến dịch"))
    sessions.measure(
        pc.record,
        measurements=[
            Measurement(uid, JUNE, held.uid, 9800, 812, Position.LYING, note="ghi chú cân"),
            Measurement(uid, date(2026, 9, 3), None, 10200, 834, Position.STANDING, muac=138),
        ],
    )
    children.say_status(pc.record, status=Status(uid, date(2026, 2, 1), Presence.TEMPORARY, note="ghi chú cân"))
    given = Given(uid, JUNE, Supplement.VITAMIN_A, note="ghi chú cân")
    child_care.give(pc.record, given=[given], today=TODAY)
    stay = Treatment(uid, date(2026, 9, 3), Degree.SEVERE, Care.OUTPATIENT, note="ghi chú cân")
    child_care.treat(pc.record, treatment=stay, today=TODAY)
    return uid


def opened(pc: Pc, file: Path) -> dict[str, bytes]:
    """Every entry of a package in clear, as only its receiver can see it."""
    seals = [one.private.seal_identity for one in keys.identities(pc.record)]
    with zipfile.ZipFile(io.BytesIO(sealing.unseal(file.read_bytes(), tuple(seals)))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def told(pc: Pc) -> list[tuple[Child, list[Measurement], list[Status], child_care.CarePage]]:
    """What a record holds of every child, wherever it came from."""
    known = {child.uid: child for child in people.everyone(pc.record)}
    measured, statuses = weighing.of_children(pc.record, list(known)), people.statuses(pc.record, list(known))
    cared = child_care.care_of(pc.record, list(known))
    return [
        (
            child,
            [replace(one, origin=Origin.RECEIVED) for one in measured.get(uid, [])],
            statuses.get(uid, []),
            cared[uid],
        )
        for uid, child in sorted(known.items())
    ]


def attempt(job: Callable[[], object]) -> None:
    """Do what may be refused: nothing to send, nothing to undo, changed since."""
    with suppress(AppError):
        job()


@pytest.fixture
def two(pcs: Pcs) -> tuple[Pc, Pc]:
    district, province = pcs("137", "15")
    return district, province


def test_totals_are_the_default_and_carry_no_child(two: tuple[Pc, Pc], stick: Path) -> None:
    district, province = two
    born(district)
    assert refusal(lambda: district.send(province, stick)) == "nothing_to_send"
    district.write(1, "births", 5)
    entries = opened(province, district.send(province, stick).file)
    assert not [name for name in entries if "child" in name or "visit" in name or "measurement" in name]
    for secret in SECRETS:
        assert not any(secret.encode() in content for content in entries.values()), secret


def test_without_names_no_byte_tells_who_it_is(two: tuple[Pc, Pc], stick: Path) -> None:
    district, province = two
    uid = born(district)
    assert refusal(lambda: district.send(province, stick, detail="unnamed")) == "reason_needed"
    sent = district.send(province, stick, detail="unnamed", reason=REASON)
    entries = opened(province, sent.file)
    assert [name for name in entries if name.startswith("rows/")] == ["rows/unnamed_visit.ndjson"]
    for name, content in entries.items():
        for secret in SECRETS:
            assert secret.encode() not in content, (name, secret)
        assert b"2026-06-01" not in content  # day and age together would give the birth date back
    assert (sent.rows, sent.sequence) == (2, 1)
    taken = province.take(sent.file)
    assert (taken.result, taken.taken, taken.waiting) == ("accepted", 2, 0)
    found = visits.received(province.record)
    assert [(one.child, one.age_days, one.unit, one.month, one.weight, one.sex) for one in found] == [
        (uid, 890, "commune-1", "2026-06", 9800, "f"),
        (uid, 984, "commune-1", "2026-09", 10200, "f"),
    ]
    assert people.everyone(province.record) == []
    district.take(taken.receipt)
    assert refusal(lambda: district.send(province, stick, detail="unnamed", reason=REASON)) == "nothing_to_send"


def test_children_without_names_are_listed_by_commune(two: tuple[Pc, Pc], stick: Path) -> None:
    district, province = two
    for at in range(6):
        born(district, replace(NEW, unit=f"commune-{at % 2 + 1}", name=f"Giàng A {at}", personal_id=""))
    exchange(district, province, stick, detail="unnamed", reason=REASON)
    units = [one.unit for one in listed(province.record, today=TODAY)]
    assert len(units) == 6
    assert units == sorted(units)


def test_the_full_list_arrives_whole_and_is_acknowledged(two: tuple[Pc, Pc], stick: Path) -> None:
    district, province = two
    uid = born(district)
    other = born(district, replace(NEW, name="Giang Thi Kin", village=""))
    merge(district.record, keep=uid, other=other)
    assert refusal(lambda: district.send(province, stick, detail="full", reason=" ")) == "reason_needed"
    sent = district.send(province, stick, detail="full", reason=REASON)
    about = inspect(province.record, file=sent.file, today=TODAY).manifest
    assert about is not None
    assert (about.scope, about.detail, about.reason) == ("children-full", "full", REASON)
    taken = exchange(district, province, stick / "..", detail="full", reason=REASON)
    assert (taken.result, taken.waiting, taken.conflicts) == ("accepted", 0, ())
    assert told(province) == told(district)
    assert people.aliases(province.record) == {other: uid}
    assert (
        children.find(province.record, text="giang kin", today=TODAY)[0].child
        == people.by_uid(district.record, [uid])[uid]
    )
    assert refusal(lambda: district.send(province, stick, detail="full", reason=REASON)) == "nothing_to_send"
    for pc in two:
        assert check.check(pc.record) == []
        assert release.drafts(pc.record, release.CHILDREN) == []


def test_each_level_counts_its_own_packages(two: tuple[Pc, Pc], stick: Path) -> None:
    district, province = two
    born(district)
    district.write(1, "births", 5)
    for told_ in ({}, {"detail": "unnamed", "reason": REASON}, {"detail": "full", "reason": REASON}):
        taken = exchange(district, province, stick, **told_)
        assert (taken.result, taken.missing) == ("accepted", ())
    assert province.read(1, "births") == 5
    district.write(1, "births", 6)
    sent = district.send(province, stick)
    assert sent.sequence == 2
    status = next(one for one in package_status(district.record) if one.role == "parent")
    assert (status.sent, status.acknowledged, status.pending) == (2, 1, 1)


def test_children_never_count_as_figures_not_received(two: tuple[Pc, Pc], stick: Path) -> None:
    district, province = two
    district.write(1, "births", 5)
    exchange(district, province, stick)
    born(district)
    exchange(district, province, stick, detail="full", reason=REASON)
    status = next(one for one in package_status(district.record) if one.role == "parent")
    assert status.pending == 0


def test_what_changed_since_travels_and_nothing_else(two: tuple[Pc, Pc], stick: Path) -> None:
    district, province = two
    uid = born(district)
    born(district, replace(NEW, name="Lù Thị Kía"))
    exchange(district, province, stick, detail="full", reason=REASON)
    held = children.child_page(district.record, uid=uid, log=False).child
    children.correct(district.record, child=replace(held, birth_date=date(2023, 12, 23)))
    sessions.measure(district.record, measurements=[Measurement(uid, date(2026, 9, 3))])
    sent = district.send(province, stick, detail="full", reason=REASON)
    assert sent.rows == 2
    district.take(province.take(sent.file).receipt)
    assert told(province) == told(district)


def test_a_corrected_birth_date_moves_the_visits_without_names(two: tuple[Pc, Pc], stick: Path) -> None:
    district, province = two
    uid = born(district)
    exchange(district, province, stick, detail="unnamed", reason=REASON)
    held = children.child_page(district.record, uid=uid, log=False).child
    children.correct(district.record, child=replace(held, birth_date=date(2023, 12, 20)))
    exchange(district, province, stick, detail="unnamed", reason=REASON)
    assert [one.age_days for one in visits.received(province.record)] == [894, 988]


def test_visits_without_names_travel_on(pcs: Pcs, stick: Path) -> None:
    commune, district, province = pcs("04001", "137", "15")
    born(commune)
    for below, above in ((commune, district), (district, province)):
        exchange(below, above, stick, detail="unnamed", reason=REASON)
    assert visits.received(province.record) == visits.received(district.record) != []
    exchange(commune, district, stick, detail="full", reason=REASON)
    assert told(district) == told(commune)
    assert visits.received(district.record) == []
    assert refusal(lambda: district.send(province, stick, detail="unnamed", reason=REASON)) == "nothing_to_send"


def test_who_got_which_child_is_noted_with_the_reason(two: tuple[Pc, Pc], stick: Path) -> None:
    district, province = two
    uid = born(district)
    exchange(district, province, stick, detail="unnamed", reason=REASON)
    look = access.log(district.record, limit=1)[0]
    assert (look.what, look.about, look.rows, look.reason) == ("sent", "15:unnamed", 1, REASON)
    assert erase_child(district.record, uid=uid, reason="đơn số 3").partners == ("15",)


def test_a_package_of_children_is_never_written_without_a_seal(two: tuple[Pc, Pc], stick: Path) -> None:
    district, _ = two
    born(district)
    with pytest.raises(Exception, match="seal"):
        district.send(replace(district, code="999"), stick, detail="full", reason=REASON, unsealed=True)
    assert not stick.exists()


# ---- erased everywhere ----


def holds(pc: Pc) -> list[str]:
    pc.close()
    files = [path for path in pc.path.parent.glob(pc.path.name + "*") if path.is_file()]
    return [secret for secret in SECRETS if any(secret.encode() in file.read_bytes() for file in files)]


@pytest.mark.parametrize("later", ["totals", "unnamed", "full"])
def test_an_erasure_reaches_everybody_who_got_the_child(pcs: Pcs, stick: Path, later: str) -> None:
    commune, district, province = pcs("04001", "137", "15")
    uid = born(commune)
    exchange(commune, district, stick, detail="full", reason=REASON)
    exchange(district, province, stick, detail="full", reason=REASON)
    exchange(district, province, stick, detail="unnamed", reason=REASON)
    assert erase_child(commune.record, uid=uid, reason="đơn số 3").partners == ("137",)
    level = {} if later == "totals" else {"detail": later, "reason": REASON}
    for below, above in ((commune, district), (district, province)):
        taken = exchange(below, above, stick, **level)
        assert [found.rule for found in taken.findings] == ["erased"]
        assert refusal(lambda below=below, above=above: below.send(above, stick, **level)) == "nothing_to_send"  # type: ignore[misc]
    for pc in (commune, district, province):
        assert people.everyone(pc.record) == []
        assert visits.received(pc.record) == []
        assert check.check(pc.record) == []
        assert [(one.table, one.uid) for one in redact.erasures(pc.record)] == [("child", uid)]
        assert holds(pc) == []


def test_a_package_from_before_brings_the_child_back_to_nobody(two: tuple[Pc, Pc], stick: Path) -> None:
    district, province = two
    uid = born(district)
    early = [district.send(province, stick, detail=level, reason=REASON).file for level in ("full", "unnamed")]
    erase_child(district.record, uid=uid, reason="đơn số 3")
    exchange(district, province, stick)
    for file in early:
        assert province.take(file).waiting == 0
    assert people.everyone(province.record) == []
    assert visits.received(province.record) == []
    assert holds(province) == []


def test_a_child_may_be_erased_above_and_goes_below_too(two: tuple[Pc, Pc], stick: Path) -> None:
    district, province = two
    uid = born(district)
    exchange(district, province, stick, detail="full", reason=REASON)
    erase_child(province.record, uid=uid, reason="đơn số 3")
    exchange(province, district, stick)
    assert people.everyone(district.record) == []
    assert holds(district) == []


def test_a_lost_receipt_is_written_again_after_an_erasure_too(two: tuple[Pc, Pc], stick: Path) -> None:
    district, province = two
    uid = born(district)
    sent = district.send(province, stick, detail="full", reason=REASON)
    province.take(sent.file)
    erase_child(province.record, uid=uid, reason="đơn số 3")
    again = province.take(sent.file)
    assert (again.code, again.receipt is not None) == ("already_taken", True)
    assert district.take(again.receipt).result == "accepted"


def test_both_sides_may_write_and_the_same_word_stands(two: tuple[Pc, Pc], stick: Path) -> None:
    district, province = two
    uid = born(district)
    exchange(district, province, stick, detail="full", reason=REASON)
    for pc, note in ((district, "huyện"), (province, "tỉnh")):
        held = children.child_page(pc.record, uid=uid, log=False).child
        children.correct(pc.record, child=replace(held, note=note))
    for _ in range(2):
        exchange(district, province, stick, detail="full", reason=REASON, whole=True)
        exchange(province, district, stick, detail="full", reason=REASON, whole=True)
    notes = {children.child_page(pc.record, uid=uid, log=False).child.note for pc in two}
    assert len(notes) == 1
    erase_child(district.record, uid=uid, reason="đơn số 3")
    exchange(district, province, stick)
    assert [holds(pc) for pc in two] == [[], []]


# ---- any life ----


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_whatever_is_written_and_lost_both_hold_the_same_in_the_end(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    chance = random.Random(seed)
    folder = make_offices(tmp_path_factory.mktemp("leben"), ("137", "15"))
    stick = folder / "usb"
    stick.mkdir()
    pcs = [Pc(code, folder / f"{code}.sotramdb", folder / f"machine-{code}") for code in ("137", "15")]
    known: list[str] = []
    for _ in range(24):
        pc = chance.choice(pcs)
        deed = chance.choice("new new measure correct strike merge erase send send lose undo".split())
        here = [child.uid for child in people.everyone(pc.record) if child.uid in known]
        if deed == "new":
            known.append(born(pc, replace(NEW, name=f"Trẻ {len(known)}", unit=f"commune-{chance.randint(1, 3)}")))
        elif deed == "measure" and here:
            day = JUNE + timedelta(days=chance.randint(0, 9))
            uid = chance.choice(here)
            sessions.measure(pc.record, measurements=[Measurement(uid, day, None, chance.choice([None, 9000, 9100]))])
        elif deed == "correct" and here:
            held = people.by_uid(pc.record, here)[chance.choice(here)]
            children.correct(pc.record, child=replace(held, note=f"lần {chance.randint(1, 99)}"))
        elif deed == "strike" and here:
            children.strike(pc.record, uid=chance.choice(here))
        elif deed == "merge" and len(here) > 1:
            one, other = chance.sample(here, 2)
            if people.group(pc.record, one)[0] != people.group(pc.record, other)[0]:
                merge(pc.record, keep=one, other=other)
        elif deed == "erase" and here:
            erase_child(pc.record, uid=chance.choice(here), reason="đơn")
        elif deed == "send":
            attempt(partial(exchange, pc, pcs[1 - pcs.index(pc)], stick, detail="full", reason=REASON))
        elif deed == "lose":
            attempt(partial(pc.send, pcs[1 - pcs.index(pc)], stick, detail="full", reason=REASON))
        elif deed == "undo":
            attempt(partial(history.undo, pc.record, source="window"))
    for _ in range(3):
        for sender, receiver in (pcs, pcs[::-1]):
            attempt(partial(exchange, sender, receiver, stick, detail="full", reason=REASON))
            attempt(partial(exchange, sender, receiver, stick))
    assert told(pcs[0]) == told(pcs[1])
    assert people.aliases(pcs[0].record) == people.aliases(pcs[1].record)
    for pc in pcs:
        assert check.check(pc.record) == []
        pc.close()
