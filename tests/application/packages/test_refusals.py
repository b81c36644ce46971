"""What is refused and what is only looked at; programs that need not be ours."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from db.store import Store
from desktop.application import keys, offices, records
from desktop.application.packages import (
    export_package,
    inspect,
    streams,
)
from desktop.exchange.package import archive, sealing
from desktop.wording import say
from tests.application.packages.exchanging import Pcs, bytes_of, seal_of, status_of
from tests.application.packages.making import (
    COMMUNES,
    TODAY,
    Pc,
    clock,
    exchange,
)


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
