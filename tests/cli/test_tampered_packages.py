"""Damaged, forged and odd packages through the command line: each has its code, and nothing of the record changes."""

from __future__ import annotations

import copy
import json
import random
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from desktop.application import keys, records
from desktop.exchange.package import archive, sealing
from tests.application.packages.reworking import Parts, opened, packed, rewritten, zipped
from tests.cli.command import told
from tests.cli.test_packages import ON, Office, make_pair

UNITS = ("04456", "04459")


@dataclass
class Desk:
    """A province that is handed files, and all that a forger could know: both records, one good package."""

    province: Office
    district: Office
    good: bytes
    first: bytes

    def open(self, name: str) -> Any:
        return records.open_record(getattr(self, name).record)

    def plain(self, data: bytes | None = None) -> dict[str, bytes]:
        """The entries of a package as they lie in its archive."""
        with self.open("province") as record:
            seals = [one.private.seal_identity for one in keys.identities(record)]
        return zipped(sealing.unseal(self.good if data is None else data, seals))

    def seal(self, entries: dict[str, bytes] | bytes, to: str = "province") -> bytes:
        """What anybody can do: seal something for an office."""
        with self.open(to) as record:
            seal = keys.identity(record).public.seal
        return sealing.seal(entries if isinstance(entries, bytes) else packed(entries), [seal])

    def by_sender(self, change: Callable[[Parts], None]) -> bytes:
        """What only the district can do: sign it again."""
        with self.open("district") as sender, self.open("province") as receiver:
            return rewritten(self.good, change, sender=sender, receiver=receiver)

    def snapshot(self) -> object:
        lists = ("submission", "list", "--period", "2022"), ("package", "status"), ("conflicts",)
        return [self.province.figures(), *(self.province.ask(*words).json for words in lists[:2])]

    def hand_over(self, data: bytes) -> tuple[int, dict[str, Any]]:
        """Exit status and answer of the import, after inspecting, which must foresee it."""
        file = self.province.stick / "x.sotram"
        file.write_bytes(data)
        seen = self.province.ask("package", "inspect", file)
        said = self.province.ask("package", "import", file)
        assert seen.json["code"] == said.json["code"]
        assert seen.json["acceptable"] == (said.json["code"] is None)
        assert seen.code == said.code == int(said.json["code"] is not None)
        return said.code, said.json

    def refused(self, data: bytes) -> str:
        before = self.snapshot()
        status, said = self.hand_over(data)
        assert (status, said["result"], said["changed"], said["taken"]) == (1, "refused", False, 0)
        assert said["error"]["code"] == said["code"]
        assert said["error"]["title"]
        assert said["error"]["advice"]
        assert self.snapshot() == before
        return said["code"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two packages of the district: the first was taken in and acknowledged, the second lies on the stick."""
    folder = make_pair(tmp_path_factory.mktemp("tampered"))
    offices = [Office(folder / f"{name}.sotramdb", folder / "usb") for name in ("province", "district")]
    province, district = offices
    first = district.send("15")
    district.take(province.take(first)["receipt"])
    district.set(77)
    district.told("submission", "complete", "--unit", "04459", "--form", "commune", "--period", "2022")
    return folder, first.read_bytes(), district.send("15").read_bytes()


@pytest.fixture
def desk(made, tmp_path):
    folder, first, good = made
    stick = tmp_path / "usb"
    stick.mkdir()
    for name in ("province", "district"):
        shutil.copy(folder / f"{name}.sotramdb", tmp_path)
    return Desk(
        Office(tmp_path / "province.sotramdb", stick), Office(tmp_path / "district.sotramdb", stick), good, first
    )


def test_the_package_as_it_was_made_is_taken(desk):
    status, said = desk.hand_over(desk.good)
    assert (status, said["result"]) == (0, "accepted")
    assert desk.province.figures() == desk.district.figures()


# ---- what a stick does to a file


def test_damage_anywhere_is_noticed(desk):
    chance = random.Random(7)
    size = len(desk.good)
    for place in (0, 25, 60, 150, 200, size - 1, *(chance.randrange(size) for _ in range(6))):
        changed = bytearray(desk.good)
        changed[place] ^= 1 << chance.randrange(8)
        assert desk.refused(bytes(changed)) == "cannot_open", place


@pytest.mark.parametrize("keep", [0.0, 0.001, 0.1, 0.5, 0.99])
def test_a_file_cut_short_is_noticed(desk, keep):
    assert desk.refused(desk.good[: int(len(desk.good) * keep)]) == "cannot_open"


def test_what_was_added_behind_is_noticed(desk):
    for more in (b"\0", b"x" * 1000, desk.good):
        assert desk.refused(desk.good + more) == "cannot_open"


# ---- what anybody can do who has our key file: seal something for us


def outside(name: str) -> Callable[[Desk], bytes]:
    def made(desk: Desk) -> bytes:
        entries = desk.plain()
        _OUTSIDE[name][1](entries)
        return desk.seal(entries)

    return made


def _flip(path: str) -> Callable[[dict[str, bytes]], None]:
    def change(entries: dict[str, bytes]) -> None:
        content = bytearray(entries[path])
        content[len(content) // 2] ^= 1
        entries[path] = bytes(content)

    return change


def _signature(text: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda entries: entries.update({archive.SIGNATURE: text})


_OUTSIDE: dict[str, tuple[str, Callable[[dict[str, bytes]], Any]]] = {
    "a bit of the manifest": ("bad_signature", _flip(archive.MANIFEST)),
    "a bit of the figures": ("changed", _flip("rows/value.ndjson")),
    "a bit of the summary": ("changed", _flip(archive.COVER)),
    "a row more": (
        "changed",
        lambda e: e.update({"rows/value.ndjson": e["rows/value.ndjson"] + e["rows/value.ndjson"].splitlines(True)[0]}),
    ),
    "a table more": ("changed", lambda e: e.update({"rows/denominator.ndjson": b""})),
    "a table fewer": ("changed", lambda e: e.pop("rows/value.ndjson")),
    "an attachment more": ("changed", lambda e: e.update({"files/" + "0" * 64: b"x"})),
    "no signature": ("bad_signature", lambda e: e.pop(archive.SIGNATURE)),
    "a signature of nonsense": ("bad_signature", _signature(b"untrusted comment: x\nnonsense\n")),
    "an empty signature": ("bad_signature", _signature(b"")),
    "no manifest": ("cannot_open", lambda e: e.pop(archive.MANIFEST)),
    "an entry outside": ("unsafe_archive", lambda e: e.update({"../x": b""})),
    "an entry from the root": ("unsafe_archive", lambda e: e.update({"/etc/passwd": b""})),
    "an entry on a drive": ("unsafe_archive", lambda e: e.update({"C:x": b""})),
    "a backslash": ("unsafe_archive", lambda e: e.update({"rows\\value.ndjson": b""})),
    "another spelling": ("unsafe_archive", lambda e: e.update({"MANIFEST.JSON": b"{}"})),
    "a name nobody knows": ("unsafe_archive", lambda e: e.update({"run.exe": b"MZ"})),
    "a bomb of zeros": ("too_big", lambda e: e.update({"files/" + "1" * 64: bytes(60_000_000)})),
    "too many entries": ("too_big", lambda e: e.update({f"files/{n:064x}": b"" for n in range(10_001)})),
}


@pytest.mark.parametrize("name", _OUTSIDE)
def test_what_a_stranger_changes_is_refused(desk, name):
    assert desk.refused(outside(name)(desk)) == _OUTSIDE[name][0]


def test_the_manifest_of_another_package_does_not_fit(desk):
    first, second = desk.plain(desk.first), desk.plain()
    mixed = second | {name: first[name] for name in (archive.MANIFEST, archive.SIGNATURE)}
    assert desk.refused(desk.seal(mixed)) == "changed"
    half = second | {archive.MANIFEST: first[archive.MANIFEST]}
    assert desk.refused(desk.seal(half)) == "bad_signature"


def test_an_entry_that_stands_twice_is_refused(desk):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in desk.plain().items():
            file.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr(archive.COVER, b"other")
    assert desk.refused(desk.seal(out.getvalue())) == "unsafe_archive"


def test_a_directory_that_lies_about_sizes_is_refused(desk):
    data = packed(desk.plain())
    with zipfile.ZipFile(BytesIO(data)) as file:
        size = file.getinfo("rows/value.ndjson").file_size
    lie = data.replace(size.to_bytes(4, "little"), (size - 1).to_bytes(4, "little"))
    assert desk.refused(desk.seal(lie)) in {"unsafe_archive", "cannot_open"}


def test_content_for_us_cannot_be_sealed_again_for_another(desk, tmp_path):
    third = tmp_path / "third.sotramdb"
    told("office", "create", "--db", third, "--level", "province", "--unit", "22", "--as-of", "2024-12-31")
    key = tmp_path / "137.key"
    shown = told("key", "show", "--db", desk.district.record, "--out", key, *ON)
    told("key", "trust", "--db", third, key, "--fingerprint", shown["fingerprint"], *ON)
    with records.open_record(third) as record:
        seal = keys.identity(record).public.seal
    other = Office(third, desk.province.stick)
    file = other.stick / "y.sotram"
    for data, code in ((sealing.seal(packed(desk.plain()), [seal]), "not_for_us"), (desk.good, "cannot_open")):
        file.write_bytes(data)
        said = other.ask("package", "import", file)
        assert (said.code, said.json["code"]) == (1, code)


def test_a_package_that_its_receiver_opened_and_passes_on_open_is_taken_with_a_warning(desk):
    status, said = desk.hand_over(packed(desk.plain()))
    assert (status, said["result"]) == (0, "accepted")
    assert [finding["rule"] for finding in said["findings"]] == ["not_sealed"]


# ---- what only a sender can do whose key we trust


def _about(**told: Any) -> Callable[[Parts], None]:
    return lambda parts: parts.manifest.update(told)


def _in(member: str, **told: Any) -> Callable[[Parts], None]:
    return lambda parts: parts.manifest[member].update(told)


def _row(**told: Any) -> Callable[[Parts], None]:
    return lambda parts: parts.rows["value"][0].update(told)


def _raw(change: Callable[[bytes], bytes], path: str = "rows/value.ndjson") -> Callable[[Parts], None]:
    """Bytes that no JSON writer makes, listed as they are."""

    def made(parts: Parts) -> None:
        table = path.split("/")[1].split(".", maxsplit=1)[0]
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in parts.rows.pop(table)).encode()
        parts.others[path] = change(lines)

    return made


def _node_of_the_province(parts: Parts) -> None:
    other = next(
        node for node, held in parts.manifest["nodes"].items() if held["office"] == parts.manifest["to"]["office"]
    )
    parts.manifest["stream"]["node"] = parts.manifest["from"]["node"] = other


def _claims_the_provinces_node(parts: Parts) -> None:
    for held in parts.manifest["nodes"].values():
        held["office"] = parts.manifest["from"]["office"]


_SENDER: dict[str, tuple[str, Callable[[Parts], None]]] = {
    "a later format": ("too_new", _about(format=2)),
    "a feature we lack": ("too_new", _about(needs=["braille"])),
    "a later format that reads otherwise": ("too_new", _about(format=3, kind="bundle", stream=[])),
    "a table we lack": ("too_new", lambda p: p.rows.update({"moon_phase": [{"a": 1}]})),
    "a format that is no number": ("bad_content", _about(format="1")),
    "configuration from below": ("not_allowed", _about(kind="config")),
    "a level of detail nobody knows": ("not_allowed", _about(detail="all")),
    "persons without a reason": ("not_allowed", _about(detail="full", scope="children-full")),
    "a scope that does not fit": ("not_allowed", _about(scope="children-full")),
    "for another office": ("not_for_us", _in("to", office="00000000-0000-4000-8000-000000000000")),
    "for another key": ("not_for_us", _in("to", seal="age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqs3290gq")),
    "from another office": ("bad_signature", _in("from", office="00000000-0000-4000-8000-000000000000")),
    "signed by another key": ("bad_signature", _in("from", key="0000000000000000")),
    "our own node": ("not_allowed", _node_of_the_province),
    "our node is theirs": ("not_allowed", _claims_the_provinces_node),
    "two nodes": ("bad_content", _in("stream", node="0123456789abcdef")),
    "number zero": ("bad_content", _in("stream", sequence=0)),
    "a number below zero": ("bad_content", _in("stream", sequence=-4)),
    "a number with a point": ("bad_content", _in("stream", sequence=2.5)),
    "the number of one taken before": ("forked", _in("stream", sequence=1, previous=None)),
    "after another package than the one we have": ("forked", _in("stream", previous="0" * 64)),
    "standing on what never was": ("stands_on_missing", _about(base={"ffffffffffffffff": 3})),
    "made at no time": ("bad_content", _about(made="yesterday")),
    "made without a zone": ("bad_content", _about(made="2024-12-31T08:00:00")),
    "a receipt in a package": ("bad_content", _about(receipt={"for": "0" * 64, "result": "accepted", "seen": {}})),
    "a receipt without an answer": ("bad_content", _about(kind="receipt")),
    "no base": ("bad_content", lambda p: p.manifest.pop("base")),
    "a release nobody released": ("bad_content", _row(version=["0123456789abcdef", 1])),
    "a release above what was seen": ("bad_content", lambda p: _row(version=[p.manifest["from"]["node"], 999])(p)),
    "a release past all numbers": ("bad_content", _row(version=["0123456789abcdef", 2**70])),
    "an amount with an exponent": ("bad_content", _row(state="number", amount="1e5")),
    "an amount too fine": ("bad_content", _row(state="number", amount="0.12345")),
    "an amount past the record": ("bad_content", _row(state="number", amount="9" * 18)),
    "an amount that is a number": ("bad_content", _row(state="number", amount=5)),
    "a state nobody knows": ("bad_content", _row(state="perhaps")),
    "zero with an amount": ("bad_content", _row(state="zero", amount="3")),
    "a period that is none": ("bad_content", _row(period="2025Q9")),
    "a unit without a name": ("bad_content", _row(unit={"uid": "x", "code": None, "name": "", "valid_from": None})),
    "a kind nobody knows": ("bad_content", _row(kind="guess")),
    "a control character": ("bad_content", _row(note="a\u0000b")),
    "a decomposed text": ("bad_content", _row(note="a\u0302")),
    "half a surrogate": ("bad_content", _raw(lambda lines: lines.replace(b'"who": "', b'"who": "\\ud800', 1))),
    "bytes that are no text": ("bad_content", _raw(lambda lines: b"\xff" + lines)),
    "a key that stands twice": ("bad_content", _raw(lambda lines: lines.replace(b'{"version"', b'{"at": "x", "version"', 1))),
    "a line without an end": ("bad_content", _raw(lambda lines: lines + b"{}")),
    "an empty line": ("bad_content", _raw(lambda lines: b"\n" + lines)),
    "not a number": ("bad_content", _raw(lambda lines: lines.replace(b'"state": "', b'"x": NaN, "state": "', 1))),
    "a line too deep": ("bad_content", _row(note=[[[[[[[[[1]]]]]]]]])),
    "a line too long": ("bad_content", _row(later=random.Random(1).randbytes(600_000).hex())),
    "a row told twice": ("bad_content", lambda p: p.rows["submission"].append(dict(p.rows["submission"][0], state="returned"))),
    "erased on no day": ("bad_content", _about(erasures=[{"table": "child", "uid": "x", "at": "then", "basis": "x"}])),
    "persons with a blank reason": ("not_allowed", _about(detail="full", scope="children-full", reason=" ")),
    "a list for a row": ("bad_content", _raw(lambda lines: b"[]\n" + lines)),
    "a form in a state nobody knows": ("bad_content", lambda p: p.rows["submission"][0].update(state="half")),
}  # fmt: skip


@pytest.mark.parametrize("name", _SENDER)
def test_what_a_trusted_sender_may_not_say_is_refused(desk, name):
    code, change = _SENDER[name]
    assert desk.refused(desk.by_sender(change)) == code


def test_what_nobody_here_knows_is_passed_over(desk):
    def more(parts):
        parts.manifest["later"] = {"a": [1, {"b": None}]}
        parts.manifest["stream"]["later"] = "x"
        for row in parts.rows["value"]:
            row["later"] = {"x": True}

    status, said = desk.hand_over(desk.by_sender(more))
    assert (status, said["result"]) == (0, "accepted")
    assert desk.province.figures() == desk.district.figures()


def test_a_jump_in_the_numbers_is_told_and_does_no_harm(desk):
    status, said = desk.hand_over(desk.by_sender(_in("stream", sequence=5)))
    assert (status, said["result"], said["missing"]) == (0, "accepted", [2, 3, 4])


def test_one_number_with_two_contents_is_taken_once(desk):
    assert desk.hand_over(desk.good)[1]["result"] == "accepted"
    assert desk.refused(desk.by_sender(_row(state="number", amount="4321"))) == "forked"
    assert desk.refused(desk.good) == "already_taken"


def test_a_day_to_come_is_doubted_and_decides_nothing(desk):
    status, said = desk.hand_over(desk.by_sender(_about(made="2099-01-01T00:00:00+07:00")))
    assert (status, said["result"]) == (0, "accepted")
    assert [finding["rule"] for finding in said["findings"]] == ["doubtful_clock"]
    assert desk.province.figures() == desk.district.figures()


def test_rows_nobody_can_place_wait_and_the_rest_is_taken(desk):
    def odd(parts):
        first = parts.rows["value"][0]
        unit = {"uid": "nowhere", "code": "99999", "name": "Xã Không Có", "valid_from": None}
        for strange in ({"unit": unit}, {"element": "moons"}):
            parts.rows["value"].append(copy.deepcopy(first) | strange)

    status, said = desk.hand_over(desk.by_sender(odd))
    assert (status, said["result"], said["waiting"]) == (0, "partly", 2)
    assert desk.province.figures() == desk.district.figures()
    assert desk.province.told("check")["ok"]


# ---- receipts


def answer(desk: Desk) -> bytes:
    file = desk.province.stick / "x.sotram"
    file.write_bytes(desk.good)
    return Path(desk.province.told("package", "import", file)["receipt"]).read_bytes()


def test_a_receipt_again_or_for_another_changes_nothing(desk):
    receipt = desk.province.stick / "r.sotram"
    receipt.write_bytes(answer(desk))
    assert desk.province.ask("package", "import", receipt).json["code"] == "cannot_open"
    assert desk.district.take(receipt)["result"] == "accepted"
    before = desk.district.told("package", "status")
    again = desk.district.ask("package", "import", receipt)
    assert (again.code, again.json["code"], again.json["receipt"]) == (1, "already_taken", None)
    assert desk.district.told("package", "status") == before


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_in("receipt", seen={"x": -1}), "bad_content"),
        (_in("receipt", result="perhaps"), "bad_content"),
        (lambda parts: parts.manifest.pop("receipt"), "bad_content"),
        (lambda parts: parts.manifest["receipt"].update({"for": "x"}), "bad_content"),
        (_about(format=9), "too_new"),
    ],
)
def test_a_receipt_that_says_nonsense_is_refused(desk, change, code):
    with desk.open("district") as receiver, desk.open("province") as sender:
        data = rewritten(answer(desk), change, sender=sender, receiver=receiver)
    file = desk.province.stick / "r.sotram"
    file.write_bytes(data)
    before = desk.district.told("package", "status")
    said = desk.district.ask("package", "import", file)
    assert (said.code, said.json["code"], said.json["receipt"]) == (1, code, None)
    assert desk.district.told("package", "status") == before


def test_a_receipt_for_a_package_we_have_no_note_of_is_kept_and_said(desk):
    def other(parts):
        parts.manifest["receipt"]["for"] = "0" * 64

    with desk.open("district") as receiver, desk.open("province") as sender:
        data = rewritten(answer(desk), other, sender=sender, receiver=receiver)
    file = desk.province.stick / "r.sotram"
    file.write_bytes(data)
    said = desk.district.told("package", "import", file)
    assert [finding["rule"] for finding in said["findings"]] == ["answers_unknown"]


def test_pieces_put_together_again_are_the_package(desk):
    """The forger's tools change nothing by themselves."""
    with desk.open("province") as receiver:
        parts = opened(desk.good, receiver)
    assert desk.hand_over(desk.by_sender(lambda _parts: None))[1]["result"] == "accepted"
    assert parts.sealed
