"""What waits for another package, and the keys that go along."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from db.tables import catalogue, packages
from desktop.application import keys
from desktop.application import submissions as forms
from desktop.application.packages import (
    package_status,
    place_waiting,
)
from desktop.exchange.package import archive, sealing
from desktop.exchange.package import keys as key_files
from desktop.system.i18n import render
from desktop.wording import say
from tests.application.packages.exchanging import Pcs, complete, exchange_of, seal_of
from tests.application.packages.making import (
    LATE,
    OWN,
    TODAY,
    YEAR,
    Pc,
    exchange,
    make_office,
    refusal,
)


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
