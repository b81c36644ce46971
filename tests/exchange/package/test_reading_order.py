"""What is refused, in the order in which a package is read."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.values import amount_value
from desktop.errors import AppError
from desktop.exchange.package import archive, container, manifest
from desktop.exchange.package.manifest import Kind
from desktop.exchange.package.refused import Code, Refused
from desktop.exchange.package.tables import scaled
from desktop.exchange.package.trust import StreamId
from tests.exchange.package import office
from tests.exchange.package.refusing import STREAM, code, refusal


def test_too_big_by_size_of_the_file(tmp_path):
    path = tmp_path / "big.sotram"
    with path.open("wb") as file:
        file.truncate(archive.LARGEST_FILE + 1)
    with pytest.raises(Refused) as raised:
        container.read_file(path)
    assert raised.value.code == Code.TOO_BIG


def test_a_file_that_went_away_is_no_refusal(tmp_path):
    with pytest.raises(AppError) as raised:
        container.read_file(tmp_path / "gone.sotram")
    assert raised.value.code == "cannot_read"


def test_too_big_by_what_it_would_unpack_to():
    assert code(office.sealed(office.zipped({archive.MANIFEST: b" " * 10_000_000}))) == Code.TOO_BIG


def test_too_big_by_number_of_entries():
    many = {f"files/{number:064x}": b"" for number in range(10_001)}
    assert code(office.sealed(office.zipped(many))) == Code.TOO_BIG


@pytest.mark.parametrize("damage", [slice(0, -1), slice(0, 200), slice(0, 0), slice(1, None)])
def test_what_is_cut_cannot_be_opened(damage):
    assert code(office.written().data[damage]) == Code.CANNOT_OPEN


@pytest.mark.parametrize("data", [b"", b"PK", b"hello", b"PK\x05\x06" + b"\0" * 18, "Sổ Trạm".encode()])
def test_what_is_no_package_cannot_be_opened(data):
    assert code(data) == Code.CANNOT_OPEN


def test_what_was_sealed_for_another_cannot_be_opened():
    data = office.written().data
    assert code(data, office.trust("16")) == Code.CANNOT_OPEN
    assert code(data, replace(office.trust(), seals={})) == Code.CANNOT_OPEN


def test_an_unknown_sender_is_refused_but_shown():
    refused = refusal(office.written().data, office.trust("15", "99"))
    assert refused.code == Code.UNKNOWN_SENDER
    assert refused.signature == "unknown"
    assert refused.manifest == office.written().manifest


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 11, 1), Code.REVOKED_SENDER), (date(2026, 11, 22), Code.REVOKED_SENDER), (date(2026, 11, 23), None)],
)
def test_a_revoked_key_counts_from_its_day(day, expected):
    trust = office.trust()
    sender = next(iter(trust.senders.values()))
    trust = replace(trust, senders={sender.key.id: replace(sender, revoked_from=day)})
    if expected:
        assert code(office.written().data, trust) == expected
    else:
        assert container.open_package(office.written().data, trust)


def test_a_package_dated_after_the_revocation_is_refused_whatever_our_day():
    trust = office.trust(today=date(2026, 11, 1))
    sender = next(iter(trust.senders.values()))
    trust = replace(trust, senders={sender.key.id: replace(sender, revoked_from=date(2026, 11, 10))})
    assert code(office.written().data, trust) == Code.REVOKED_SENDER


def test_a_changed_manifest_has_a_bad_signature():
    content = office.entries(office.written().data)
    content[archive.MANIFEST] = content[archive.MANIFEST].replace(b'"sequence": 1', b'"sequence": 2')
    refused = refusal(office.sealed(office.zipped(content)))
    assert refused.code == Code.BAD_SIGNATURE
    assert refused.signature == "bad"


def test_a_missing_or_garbled_signature_is_bad():
    content = office.entries(office.written().data)
    for signature in (None, b"", b"\xff\xfe", b"a\nb\nc\nd\n"):
        other = {name: data for name, data in content.items() if name != archive.SIGNATURE}
        if signature is not None:
            other[archive.SIGNATURE] = signature
        assert code(office.sealed(office.zipped(other))) == Code.BAD_SIGNATURE


def test_a_known_key_may_not_speak_for_another_office():
    told = office.about().to_json()["from"]
    assert code(office.forged(**{"from": told | {"office": "office-99"}})) == Code.BAD_SIGNATURE
    assert code(office.forged(**{"from": told | {"key": "0" * 16}})) == Code.BAD_SIGNATURE


def test_signed_content_cannot_be_sealed_again_for_another():
    stolen = office.sealed(office.zipped(office.entries(office.written().data)), "16")
    refused = refusal(stolen, office.trust("16"))
    assert refused.code == Code.NOT_FOR_US
    assert refused.signature == "ok"


@pytest.mark.parametrize("to", [{"office": "office-16"}, {"seal": "age1other"}, {"seal": None}, {"office": None}])
def test_office_and_seal_key_must_both_be_ours(to):
    assert code(office.forged(to=office.about().to_json()["to"] | to)) == Code.NOT_FOR_US


def test_a_child_sends_no_configuration_and_a_parent_may():
    data = office.forged(kind="config")
    assert code(data) == Code.NOT_ALLOWED
    trust = office.trust()
    sender = next(iter(trust.senders.values()))
    above = replace(trust, senders={sender.key.id: replace(sender, role="parent")})
    assert container.open_package(data, above).manifest.kind == Kind.CONFIG


@pytest.mark.parametrize(
    "members",
    [
        {"detail": "everything"},
        {"scope": "children-full"},
        {"detail": "full", "scope": "children-full"},
        {"detail": "unnamed", "scope": "record", "reason": "điều tra"},
    ],
)
def test_levels_of_detail_are_known_and_have_a_reason(members):
    assert code(office.forged(**members)) == Code.NOT_ALLOWED


def test_totals_carry_no_persons():
    assert code(office.forged(tables={"rows/child.ndjson": b"{}\n"})) == Code.NOT_ALLOWED


def test_what_needs_a_newer_program_is_too_new():
    assert code(office.forged(format=2)) == Code.TOO_NEW
    assert code(office.forged(format=2, stream="another shape")) == Code.TOO_NEW
    assert code(office.forged(needs=["shares"])) == Code.TOO_NEW
    assert code(office.forged(tables={"rows/weather.ndjson": b"{}\n"})) == Code.TOO_NEW


def test_unknown_members_are_ignored():
    assert container.open_package(office.forged(weather={"sky": "blue"}), office.trust())


def test_content_that_differs_from_the_list_is_changed():
    content = office.entries(office.written().data)
    value = content["rows/value.ndjson"]
    swapped = value.replace(b'"1234"', b'"4321"')
    for other in (
        content | {"rows/value.ndjson": swapped},
        content | {"rows/value.ndjson": value + value},
        content | {"rows/plan.ndjson": b""},
        {name: data for name, data in content.items() if name != "rows/value.ndjson"},
        content | {archive.COVER: b"Xin ch\xc3\xa0o"},
    ):
        assert code(office.sealed(office.zipped(other))) == Code.CHANGED


def test_a_wrong_count_of_rows_is_changed():
    content = office.entries(office.written().data)
    told = json.loads(content[archive.MANIFEST])
    for rows in (1, 3, None):
        told["files"][0]["rows"] = rows
        assert code(office.sealed(office.zipped(office.signed(content, told)))) == Code.CHANGED


def test_an_attachment_bears_its_own_hash():
    content = office.entries(office.written().data)
    told = json.loads(content[archive.MANIFEST])
    name = f"files/{'0' * 64}"
    told["files"].append(office.listed(name, b"scan"))
    assert code(office.sealed(office.zipped(office.signed(content | {name: b"scan"}, told)))) == Code.CHANGED


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"[]\n",
        b'{"version":["n",1]}\n',
        b"\xff\n",
        b'{"version":["n",1],"who":"x","at":"y","gone":true}\n',
    ],
)
def test_rows_that_cannot_be_read_are_bad_content(line):
    good = office.entries(office.written().data)["rows/value.ndjson"]
    data = office.forged(tables={"rows/value.ndjson": good + line + (b"{" if not line else b"")})
    refused = refusal(data)
    assert refused.code == Code.BAD_CONTENT
    assert "rows/value.ndjson" in str(refused) or line == b""


def test_a_manifest_that_contradicts_itself_is_bad_content():
    assert code(office.forged(stream={"node": "n", "sequence": 0, "previous": None})) == Code.BAD_CONTENT
    assert code(office.forged(seen={"n": -1})) == Code.BAD_CONTENT
    assert code(office.forged(kind="receipt")) == Code.BAD_CONTENT
    assert code(office.forged(made="yesterday")) == Code.BAD_CONTENT
    assert code(office.forged(made="2026-11-21")) == Code.BAD_CONTENT


def test_a_manifest_with_a_key_twice_is_bad_content():
    content = office.entries(office.written().data)
    data = content[archive.MANIFEST].replace(b'"kind": "package"', b'"kind": "config", "kind": "package"')
    content |= {archive.MANIFEST: data, archive.SIGNATURE: office.identity("137").private.sign(data, "x")}
    assert code(office.sealed(office.zipped(content))) == Code.BAD_CONTENT


def test_the_same_package_again_is_already_taken():
    made = office.written()
    refused = refusal(made.data, office.trust(taken={STREAM: {1: made.manifest_sha256}}))
    assert refused.code == Code.ALREADY_TAKEN
    assert refused.manifest_sha256 == made.manifest_sha256


def test_the_same_number_with_another_content_is_forked():
    assert code(office.written().data, office.trust(taken={STREAM: {1: "f" * 64}})) == Code.FORKED


def test_a_package_that_follows_another_one_than_we_took_is_forked():
    plan = office.about(stream=manifest.Stream(office.NODE, 2, "a" * 64))
    assert code(office.written(plan).data, office.trust(taken={STREAM: {1: "f" * 64}})) == Code.FORKED


def test_a_receipt_has_a_stream_of_its_own():
    trust = office.trust(taken={StreamId(office.NODE, Kind.RECEIPT, "record"): {1: "f" * 64}})
    assert container.open_package(office.written().data, trust)


def test_a_base_that_we_lost_is_refused():
    plan = office.about(base={"77aa": 12, office.NODE: 1})
    data = office.written(plan).data
    assert code(data, office.trust(seen={"record": {"77aa": 11, office.NODE: 5}})) == Code.STANDS_ON_MISSING
    assert container.open_package(data, office.trust(seen={"record": {"77aa": 12, office.NODE: 5}}))
    assert code(data, office.trust(seen={"children-full": {"77aa": 12, office.NODE: 5}})) == Code.STANDS_ON_MISSING


def test_reasons_come_in_the_contracts_order():
    """Of two faults the earlier one in the order is told."""
    other = office.trust("15", "99")
    assert code(office.forged(format=2), other) == Code.UNKNOWN_SENDER
    assert code(office.forged(to={"office": "x", "code": "x", "seal": "x"}, format=2)) == Code.NOT_FOR_US
    assert code(office.forged(kind="config", needs=["x"])) == Code.NOT_ALLOWED
    assert code(office.forged(needs=["x"], files=[])) == Code.TOO_NEW
    made = office.written(office.about(base={"77aa": 1}))
    assert code(made.data, office.trust(taken={STREAM: {1: made.manifest_sha256}})) == Code.ALREADY_TAKEN
    assert code(made.data, office.trust(taken={STREAM: {1: "f" * 64}})) == Code.FORKED


@settings(max_examples=2 * settings.default.max_examples)
@given(st.integers(0, 10**6))
def test_a_flipped_bit_is_never_taken(place):
    made = office.written()
    place %= len(made.data) * 8
    flipped = bytearray(made.data)
    flipped[place // 8] ^= 1 << place % 8
    assert code(bytes(flipped)) == Code.CANNOT_OPEN


@settings(max_examples=3 * settings.default.max_examples)
@given(st.integers(0, 10**6))
def test_a_flipped_bit_in_an_open_package_is_never_taken_for_something_else(place):
    made = office.written(office.about(to=manifest.To(None, "15", None)), sealed=False)
    place %= len(made.data) * 8
    flipped = bytearray(made.data)
    flipped[place // 8] ^= 1 << place % 8
    try:
        opened = container.open_package(bytes(flipped), office.trust())
    except Refused:
        return
    # Times and the like of the ZIP are read by nobody: then all that is read is as it was signed.
    assert opened.manifest_sha256 == made.manifest_sha256
    assert [row.fields["amount"] for row in opened.rows("value")] == ["1234", "310"]


@settings(max_examples=settings.default.max_examples)
@given(
    st.lists(st.integers(-(10**14), 10**14), max_size=30),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
)
def test_any_values_and_notes_arrive(amounts, note):
    rows = [office.value_row(f"e{i}", amount_value(amount), note=note or None) for i, amount in enumerate(amounts)]
    opened = container.open_package(office.written(tables={"value": rows}).data, office.trust())
    assert [scaled(row.fields["amount"]) for row in opened.rows("value")] == amounts
    assert {row.fields.get("note") for row in opened.rows("value")} <= {unicodedata.normalize("NFC", note) or None}


@pytest.mark.slow
@pytest.mark.posix
def test_a_year_of_values_needs_little_memory():
    """36.000 values, written and read in a process of its own under 150 MB."""
    import subprocess
    import sys
    from pathlib import Path

    program = (
        "import re\n"
        "from pathlib import Path\n"
        "from desktop.exchange.package import container\n"
        "from tests.exchange.package import office\n"
        "rows = (office.value_row(f'e{i}') for i in range(36_000))\n"
        "made = office.written(tables={'value': rows})\n"
        "opened = container.open_package(made.data, office.trust())\n"
        "assert sum(1 for _ in opened.rows('value')) == 36_000\n"
        # Not getrusage: its peak begins with that of the process that started this one.
        "status = Path('/proc/self/status').read_text(encoding='ascii')\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+) kB', status)[1]) // 1024)\n"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 150


def test_a_package_larger_than_anybody_takes_is_not_written(monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_UNPACKED", 100)
    with pytest.raises(AppError) as raised:
        office.written()
    assert raised.value.code == "too_big"


def test_every_code_has_its_words():
    from desktop.system.i18n import render

    for reason in Code:
        refused = Refused(reason)
        assert refused.code == reason.value
        assert refused.advice is not None
        assert render(refused.title) != refused.title.msgid
        assert render(refused.advice) != refused.advice.msgid
