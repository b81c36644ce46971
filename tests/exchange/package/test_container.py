"""What a package holds, who can open it, and what its reader is told."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from desktop.errors import AppError
from desktop.exchange.package import archive, container, manifest, sealing
from desktop.exchange.package.manifest import Kind
from desktop.exchange.package.receipt import FormReceipt, Head, Receipt, Result
from desktop.exchange.package.refused import Code
from tests.exchange.package import office
from tests.exchange.package.refusing import STREAM, code


def test_what_is_written_is_what_is_read():
    made = office.written(files={hashlib.sha256(b"scan").hexdigest(): b"scan"})
    opened = container.open_package(made.data, office.trust())
    assert opened.manifest == made.manifest
    assert opened.manifest_sha256 == made.manifest_sha256
    assert opened.sender.code == "137"
    assert opened.is_sealed
    assert opened.findings == ()
    assert opened.missing == ()
    assert opened.tables == ("value",)
    told = [(row.fields["element"], row.fields["amount"], row.version, row.who) for row in opened.rows("value")]
    assert told == [
        ("dan_so", "1234", (office.NODE, 1), "Cán bộ thống kê"),
        ("so_ho", "310", (office.NODE, 1), "Cán bộ thống kê"),
    ]
    assert opened.file(hashlib.sha256(b"scan").hexdigest()) == b"scan"
    assert list(opened.rows("submission")) == []


def test_the_same_rows_give_the_same_signed_bytes():
    assert office.written().manifest_sha256 == office.written().manifest_sha256


def test_the_summary_can_be_read_by_notepad():
    text = office.entries(office.written().data)[archive.COVER]
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.decode("utf-8-sig") == "GÓI DỮ LIỆU\r\nNơi gửi: Trung tâm Y tế huyện Yên Bình\r\n"


def test_the_manifest_lists_every_other_entry():
    content = office.entries(office.written().data)
    told = json.loads(content[archive.MANIFEST])
    assert [entry["path"] for entry in told["files"]] == ["rows/value.ndjson", "DOC_TOI.txt"]
    assert told["files"][0]["rows"] == 2
    assert set(content) == {"rows/value.ndjson", "DOC_TOI.txt", "manifest.json", "manifest.json.minisig"}


def test_a_table_without_rows_is_no_entry():
    assert "rows/plan.ndjson" not in office.entries(office.written(tables={"plan": []}).data)


def test_the_escrow_key_opens_it_too():
    from desktop.exchange.package import keys

    private, recipient = keys.new_escrow()
    sealed = sealing.seal(b"x", [office.identity("15").public.seal, recipient])
    assert sealing.unseal(sealed, [private]) == b"x"


def test_a_former_seal_key_still_opens():
    trust = office.trust()
    newer = office.identity("16")
    trust = replace(trust, seals={newer.public.seal: newer.private.seal_identity, **trust.seals})
    assert container.open_package(office.written().data, trust).manifest.to.code == "15"


def test_totals_without_a_known_key_go_signed_but_open():
    plan = office.about(to=manifest.To(None, "15", None))
    made = office.written(plan, sealed=False)
    assert not made.is_sealed
    opened = container.open_package(made.data, office.trust())
    assert [finding.rule for finding in opened.findings] == ["not_sealed"]
    assert code(made.data, office.trust("16")) == Code.NOT_FOR_US


def test_persons_never_go_unsealed():
    with pytest.raises(AppError) as raised:
        office.written(office.about(detail="full", scope="children-full", reason="hội chẩn"), sealed=False)
    assert raised.value.code == "not_sealed"


def test_an_unconfirmed_key_is_a_warning():
    trust = office.trust()
    sender = next(iter(trust.senders.values()))
    trust = replace(trust, senders={sender.key.id: replace(sender, confirmed=False)})
    assert [f.rule for f in container.open_package(office.written().data, trust).findings] == ["sender_unconfirmed"]


def test_a_gap_is_told_and_not_refused():
    plan = office.about(stream=manifest.Stream(office.NODE, 5, "0" * 64))
    opened = container.open_package(office.written(plan).data, office.trust(taken={STREAM: {1: "a", 2: "b"}}))
    assert opened.missing == (3, 4)
    assert [finding.rule for finding in opened.findings] == ["missing_packages"]


def test_a_package_that_came_late_fills_its_gap():
    plan = office.about(stream=manifest.Stream(office.NODE, 2, "a"))
    opened = container.open_package(office.written(plan).data, office.trust(taken={STREAM: {1: "a", 4: "b"}}))
    assert opened.missing == (3,)


def test_a_receipt_says_what_became_of_a_package():
    answer = Receipt(
        manifest="f" * 64,
        result=Result.PARTLY,
        code=None,
        seen={office.NODE: 3},
        forms=(FormReceipt("uid", "commune", "2025", "e" * 64, same=True),),
        waiting=({"table": "value", "unit": "04294", "why": "unknown_element"},),
        conflicts=({"unit": "04294", "period": "2025", "element": "dan_so"},),
        head=Head(412, "d" * 64),
    )
    plan = office.about("15", "137", kind=Kind.RECEIPT, receipt=answer)
    opened = container.open_package(office.written(plan, {}).data, office.trust("137", "15"))
    assert opened.manifest.receipt == answer
    assert opened.tables == ()
