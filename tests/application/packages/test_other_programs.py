"""Partners with another version of the program, and partners who write in the name of another office's record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.application.packages import inspect
from tests.application.packages.exchanging import bytes_of, complete
from tests.application.packages.making import TODAY, Pc, exchange
from tests.application.packages.programs import far_newer, newer, older
from tests.application.packages.reworking import Parts, send_otherwise

Pcs = Callable[..., list[Pc]]
Change = Callable[[Parts], None]


def sent_otherwise(sender: Pc, receiver: Pc, stick: Path, change: Change) -> Path:
    file = sender.send(receiver, stick).file
    send_otherwise(file, change, sender=sender.record, receiver=receiver.record)
    return file


@pytest.mark.parametrize("change", [older, newer])
def test_what_another_version_of_the_same_format_writes_is_read(pcs: Pcs, stick: Path, change: Change) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5, note="ghi chú")
    complete(district)
    taken = province.take(sent_otherwise(district, province, stick, change))
    assert (taken.result, taken.waiting, province.read(1, "births")) == ("accepted", 0, 5)
    assert taken.receipt is not None
    send_otherwise(taken.receipt, change, sender=province.record, receiver=district.record)
    assert dict(district.take(taken.receipt).acknowledged) == province.seen()
    assert exchange(district, province, stick, whole=True).taken == 0


def test_a_row_without_the_fields_that_came_later_is_read(pcs: Pcs, stick: Path) -> None:
    """A form without `completed` was judged by nobody, and a judgement without it speaks of none that was counted."""
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    complete(district)

    def without(parts: Parts) -> None:
        for row in parts.rows["submission"]:
            for name in ("completed", "correction", "reason"):
                row.pop(name, None)

    assert province.take(sent_otherwise(district, province, stick, without)).result == "accepted"
    (begun,) = province.record.connection.execute("SELECT state, completed, correction FROM submission").fetchall()
    assert begun == ("complete", 0, 0)


def test_a_later_format_is_refused_and_the_next_package_in_ours_brings_everything(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)
    file = sent_otherwise(district, province, stick, far_newer)
    assert inspect(province.record, file=file, today=TODAY).code == "too_new"
    refused = province.take(file)
    assert (refused.code, refused.changed, province.read(1, "births")) == ("too_new", False, None)
    told = district.take(refused.receipt)
    assert (told.result, told.code) == ("refused", "too_new")
    taken = exchange(district, province, stick)
    assert (taken.result, taken.missing, province.read(1, "births")) == ("accepted", (1,), 5)


# ---- in the name of another


def refused_without_a_trace(receiver: Pc, file: Path, code: str) -> None:
    seen = receiver.seen()
    rows = receiver.record.connection.execute("SELECT * FROM value").fetchall()
    found = receiver.take(file)
    assert (found.code, found.changed) == (code, False)
    assert (receiver.seen(), receiver.record.connection.execute("SELECT * FROM value").fetchall()) == (seen, rows)


def test_a_partner_cannot_send_under_the_node_of_another(pcs: Pcs, stick: Path) -> None:
    one, other, district = pcs("04001", "04002", "137")
    one.write(1, "births", 5)
    exchange(one, district, stick)
    other.write(2, "births", 9)
    node = one.record.node

    def disguised(parts: Parts) -> None:
        parts.manifest["stream"]["node"] = parts.manifest["from"]["node"] = node

    refused_without_a_trace(district, sent_otherwise(other, district, stick, disguised), "not_allowed")
    one.write(1, "births", 6)
    assert exchange(one, district, stick).result == "accepted"
    assert exchange(other, district, stick).result == "accepted"


def test_a_partner_cannot_say_that_the_node_of_another_is_its_own(pcs: Pcs, stick: Path) -> None:
    one, other, district = pcs("04001", "04002", "137")
    one.write(1, "births", 5)
    exchange(one, district, stick)
    other.write(2, "births", 9)

    def claims(node: str) -> Change:
        return lambda parts: parts.manifest["nodes"].update({node: {"office": other.office, "life": 9}})

    for node in (one.record.node, district.record.node):
        refused_without_a_trace(district, sent_otherwise(other, district, stick, claims(node)), "not_allowed")


def test_nor_of_one_that_is_known_only_through_others(pcs: Pcs, stick: Path) -> None:
    one, other, district, province = pcs("04001", "04002", "137", "15")
    one.write(1, "births", 5)
    exchange(one, district, stick)
    exchange(district, province, stick)
    province.write(2, "deaths", 1)
    node = one.record.node

    def disguised(parts: Parts) -> None:
        parts.manifest["stream"]["node"] = parts.manifest["from"]["node"] = node
        parts.manifest["nodes"] = {node: {"office": district.office, "life": 1}}

    district.write(3, "births", 2)
    refused_without_a_trace(province, sent_otherwise(district, province, stick, disguised), "not_allowed")
    assert other.read(2, "births") is None


def test_a_receipt_cannot_come_from_the_node_of_another(pcs: Pcs, stick: Path) -> None:
    one, district, province = pcs("04001", "137", "15")
    one.write(1, "births", 5)
    exchange(one, district, stick)
    receipt = province.take(district.send(province, stick).file).receipt
    assert receipt is not None
    node = one.record.node

    def disguised(parts: Parts) -> None:
        parts.manifest["stream"]["node"] = parts.manifest["from"]["node"] = node

    send_otherwise(receipt, disguised, sender=province.record, receiver=district.record)
    before = bytes_of(district)
    assert district.take(receipt).code == "not_allowed"
    assert bytes_of(district) == before


def test_a_row_its_sender_has_not_seen_is_refused(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "births", 5)

    def above(parts: Parts) -> None:
        parts.rows["value"][0]["version"] = [province.record.node, 10**9]

    refused_without_a_trace(province, sent_otherwise(district, province, stick, above), "bad_content")
