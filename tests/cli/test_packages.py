"""District to province and back on files: the round, repeats, losses and refusals."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.command import SAMPLES, ask, told

ON = ("--today", "2024-12-31")


@dataclass
class Office:
    """One office at its own computer: a record, and what it says to the others."""

    record: Path
    stick: Path

    def told(self, *words):
        return told(*words, "--db", self.record, *ON)

    def ask(self, *words):
        return ask(*words, "--db", self.record, *ON)

    def figures(self, period="2022"):
        rows = self.told("values", "--period", period)
        return {(row["unit"], row["element"]): (row["state"], row["value"]) for row in rows}

    def set(self, value, unit="04456", element="population"):
        self.told("value", "set", "--unit", unit, "--period", "2022", "--element", element, str(value))

    def send(self, to, *words):
        return Path(self.told("package", "export", "--to", to, "--out", self.stick, *words)["file"])

    def take(self, file):
        return self.told("package", "import", file)


def make_pair(folder):
    """A district and a province that know each other's keys, the district with one sample year."""
    for name, words in {"district": ("district", "137"), "province": ("province", "15")}.items():
        level, unit = words
        record = folder / f"{name}.sotramdb"
        told("office", "create", "--db", record, "--level", level, "--unit", unit, "--as-of", "2024-12-31")
    for mine, other in (("district", "province"), ("province", "district")):
        shown = told("key", "show", "--db", folder / f"{other}.sotramdb", "--out", folder / f"{other}.key", *ON)
        told(
            *("key", "trust", "--db", folder / f"{mine}.sotramdb", folder / f"{other}.key"),
            *("--fingerprint", shown["fingerprint"], *ON),
        )
    told("import", "--db", folder / "district.sotramdb", SAMPLES / "tong-hop-2022.xlsx", *ON)
    return folder


@pytest.fixture(scope="module")
def made_pair(tmp_path_factory):
    return make_pair(tmp_path_factory.mktemp("pair"))


@pytest.fixture
def pair(made_pair, tmp_path):
    stick = tmp_path / "USB của trạm"
    stick.mkdir()
    return tuple(
        Office(Path(shutil.copy(made_pair / f"{name}.sotramdb", tmp_path)), stick) for name in ("district", "province")
    )


def test_a_year_goes_to_the_province_and_its_receipt_comes_back(pair):
    district, province = pair
    file = district.send("15")
    seen = province.told("package", "inspect", file)
    assert (seen["signature"], seen["acceptable"], seen["code"]) == ("ok", True, None)
    assert province.figures() == {}
    taken = province.take(file)
    assert (taken["kind"], taken["result"], taken["waiting"], taken["conflicts"]) == ("package", "accepted", 0, [])
    assert taken["taken"] >= 238
    assert province.figures() == district.figures()
    back = district.take(taken["receipt"])
    assert back["kind"] == "receipt"
    assert back["acknowledged"]
    status = district.told("package", "status")[0]
    assert (status["partner"], status["sent"], status["acknowledged"], status["pending"]) == ("15", 1, 1, 0)


def test_nothing_more_to_send_makes_no_file(pair):
    district, province = pair
    district.take(province.take(district.send("15"))["receipt"])
    before = sorted(district.stick.iterdir())
    said = district.ask("package", "export", "--to", "15", "--out", district.stick)
    assert (said.code, said.error) == (1, "nothing_to_send")
    assert sorted(district.stick.iterdir()) == before


def test_the_same_package_again_is_harmless_and_writes_its_receipt_again(pair):
    district, province = pair
    file = district.send("15")
    receipt = Path(province.take(file)["receipt"])
    receipt.unlink()
    figures = province.figures()
    said = province.ask("package", "import", file)
    assert (said.code, said.json["code"], said.json["changed"]) == (1, "already_taken", False)
    assert province.figures() == figures
    assert district.take(said.json["receipt"])["kind"] == "receipt"


def test_a_lost_package_is_contained_in_the_next_and_reported_missing(pair):
    district, province = pair
    district.send("15").unlink()
    district.set(77)
    taken = province.take(district.send("15"))
    assert taken["missing"] == [1]
    assert province.figures() == district.figures()


def test_a_small_change_makes_a_small_package(pair):
    district, province = pair
    district.take(province.take(district.send("15"))["receipt"])
    district.set(77)
    sent = district.told("package", "export", "--to", "15", "--out", district.stick)
    assert sent["forms"] == 1
    assert sent["sequence"] == 2
    assert len(sent["previous"]) == 64
    assert province.take(sent["file"])["result"] == "accepted"
    assert province.figures()["04456", "population"] == ("number", "77")


def test_only_complete_forms_are_sent_when_asked(pair):
    district, _ = pair
    district.told("submission", "complete", "--unit", "04459", "--form", "commune", "--period", "2022")
    assert district.told("package", "export", "--to", "15", "--out", district.stick, "--only", "complete")["forms"] == 1
    assert {unit for unit, _ in district.figures()} > {"04459"}


def test_a_dry_run_takes_nothing_in(pair):
    district, province = pair
    file = district.send("15")
    before = sorted(district.stick.iterdir())
    shown = province.told("package", "import", file, "--dry-run")
    assert not shown["changed"]
    assert shown["taken"] >= 238
    assert province.figures() == {}
    assert sorted(district.stick.iterdir()) == before


def test_the_receipt_is_written_where_it_is_wanted(pair, tmp_path):
    district, province = pair
    taken = province.told("package", "import", district.send("15"), "--receipt", tmp_path / "receipts")
    assert Path(taken["receipt"]).parent == tmp_path / "receipts"
    assert "-R" in Path(taken["receipt"]).name


def test_an_unconfirmed_sender_is_taken_with_a_warning(made_pair, pair, tmp_path):
    district, _ = pair
    record = tmp_path / "other.sotramdb"
    shutil.copy(made_pair / "province.sotramdb", record)
    fresh = tmp_path / "fresh.sotramdb"
    told("office", "create", "--db", fresh, "--level", "province", "--unit", "15", "--as-of", "2024-12-31")
    told("key", "trust", "--db", fresh, made_pair / "district.key", *ON)
    key = tmp_path / "fresh.key"
    told("key", "show", "--db", fresh, "--out", key, *ON)
    office = told("key", "trust", "--db", district.record, key, *ON)["office"]
    file = district.send(office)
    said = ask("package", "import", "--db", fresh, file, *ON)
    assert said.code == 0
    assert any(finding["severity"] == "warning" for finding in said.json["findings"])
    assert said.err.strip()


# ---- refusals ----


def refused(office, file):
    before = office.figures()
    said = office.ask("package", "import", file)
    assert said.code == 1
    assert said.error == said.json["code"]
    assert (said.json["result"], said.json["changed"]) == ("refused", False)
    seen = office.ask("package", "inspect", file)
    assert (seen.code, seen.json["acceptable"], seen.json["code"]) == (1, False, said.json["code"])
    assert office.figures() == before
    return said.json["code"]


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04", b"age-encryption.org/v1\n", bytes(1000)])
def test_what_is_no_package_is_refused(pair, tmp_path, content):
    file = tmp_path / "x.sotram"
    file.write_bytes(content)
    assert refused(pair[1], file) == "cannot_open"


def test_a_package_cut_short_or_changed_is_refused(pair):
    district, province = pair
    whole = district.send("15").read_bytes()
    file = district.stick / "x.sotram"
    for content in (whole[:-1], whole[: len(whole) // 2], bytes([*whole[:-5], whole[-5] ^ 1, *whole[-4:]])):
        file.write_bytes(content)
        assert refused(province, file) == "cannot_open"


def test_a_package_for_another_is_refused(pair):
    district, _ = pair
    assert refused(district, district.send("15")) in {"cannot_open", "not_for_us"}


def test_an_unknown_sender_is_refused(made_pair, pair, tmp_path):
    _, province = pair
    record = tmp_path / "stranger.sotramdb"
    told("office", "create", "--db", record, "--level", "district", "--unit", "133", "--as-of", "2024-12-31")
    stranger = Office(record, province.stick)
    stranger.told("key", "trust", made_pair / "province.key")
    unit = told("units", "list", "--under", "133", "--as-of", "2024-12-31")[0]["code"]
    stranger.set(1, unit=unit)
    assert refused(province, stranger.send("15")) == "unknown_sender"


def test_a_revoked_sender_is_refused(pair):
    district, province = pair
    file = district.send("15")
    province.told("key", "revoke", "137", "--from", "2024-01-01", "--reason", "mất máy")
    assert refused(province, file) == "revoked_sender"


def test_a_package_on_what_a_restored_record_no_longer_has_is_refused_then_repaired(pair):
    district, province = pair
    backup = province.told("backup", "--to", province.stick / "backup")["file"]
    district.take(province.take(district.send("15"))["receipt"])
    district.set(5)
    file = district.send("15")
    province.told("restore", backup, "--to", province.record)
    assert refused(province, file) == "stands_on_missing"
    receipt = province.ask("package", "import", file).json["receipt"]
    district.take(receipt)
    assert province.take(district.send("15"))["result"] == "accepted"
    assert province.figures() == district.figures()


def test_files_and_partners_that_are_not_there_are_refused(pair):
    district, _ = pair
    for words in (("import", "no.sotram"), ("inspect", "no.sotram")):
        assert district.ask("package", *words).error == "no_file"
    assert district.ask("package", "export", "--to", "99", "--out", district.stick).error == "unknown_partner"
    assert district.ask("package", "export", "--to", "15", "--out", district.stick, "--detail", "full").error == (
        "reason_needed"
    )
    full = ("--detail", "full", "--reason", "theo yêu cầu")
    assert district.ask("package", "export", "--to", "15", "--out", district.stick, *full).error == "nothing_to_send"


def test_two_sides_that_wrote_unseen_are_in_conflict(pair):
    district, province = pair
    district.take(province.take(district.send("15"))["receipt"])
    province.set(1)
    district.set(2)
    taken = province.take(district.send("15"))
    assert [(one["unit"], one["period"], one["element"]) for one in taken["conflicts"]] == [
        ("04456", "2022", "population")
    ]
    assert [(one["holder"]["value"], one["other"]["value"]) for one in taken["conflicts"]] == [("2", "1")]


def test_an_office_whose_key_is_not_known_gets_an_open_package_with_a_warning(made_pair, pair, tmp_path):
    district, _ = pair
    assert district.ask("package", "export", "--to", "99", "--out", district.stick).error == "unknown_partner"
    said = district.ask("package", "export", "--to", "99", "--out", district.stick, "--unsealed")
    assert said.code == 0
    assert (said.json["sealed"], Path(said.json["file"]).name.endswith(".sotram.zip")) == (False, True)
    assert said.err.strip()
    sealed = district.ask("package", "export", "--to", "15", "--out", district.stick, "--unsealed")
    assert sealed.json["sealed"]


def test_everything_goes_again_when_asked(pair):
    district, province = pair
    district.take(province.take(district.send("15"))["receipt"])
    assert district.ask("package", "export", "--to", "15", "--out", district.stick).error == "nothing_to_send"
    again = province.take(district.send("15", "--whole"))
    assert (again["result"], again["taken"]) == ("accepted", 0)


# ---- a form that is returned ----

FORM = ("--unit", "04459", "--form", "commune", "--period", "2022")


def listed(office):
    (found,) = [row for row in office.told("submission", "list", "--period", "2022") if row["unit"] == "04459"]
    return found


def test_a_form_that_the_province_returns_is_open_again_in_the_district(pair):
    district, province = pair
    district.told("submission", "complete", *FORM)
    district.take(province.take(district.send("15"))["receipt"])
    assert listed(province)["state"] == "complete"
    for step, word in (("lock", ()), ("reopen", ("--reason", "x")), ("complete", ("--reason", "x"))):
        assert province.ask("submission", step, *FORM, *word).error == "not_holder"
    assert province.ask("submission", "return", *FORM).error == "reason_needed"
    said = province.told("submission", "return", *FORM, "--reason", "xem lại cột 3")
    assert (said["changed"], said["state"], said["judgement"]["verdict"]) == (True, "complete", "returned")
    assert not province.told("submission", "return", *FORM, "--reason", "xem lại cột 3")["changed"]
    taken = district.take(province.send("137"))
    assert [finding["rule"] for finding in taken["findings"]] == ["returned"]
    now = listed(district)
    assert (now["state"], now["reason"], now["judgement"]["by"]) == ("returned", "xem lại cột 3", "package")
    province.take(taken["receipt"])
    _, population = district.figures()["04459", "population"]
    district.set(int(population) + 1, unit="04459")
    district.told("submission", "complete", *FORM)
    assert listed(district)["judgement"] is None
    district.take(province.take(district.send("15"))["receipt"])
    assert (listed(province)["state"], listed(province)["judgement"]) == ("complete", None)
    assert province.told("submission", "check", *FORM)["judgement"]["verdict"] == "checked"
    assert listed(province)["state"] == "complete"
    assert province.told("check")["ok"]


def test_how_a_form_was_returned_is_kept(pair):
    district, _ = pair
    district.told("submission", "complete", *FORM)
    assert district.ask("submission", "return", *FORM, "--reason", "x", "--by", "bird").code == 2
    district.told("submission", "return", *FORM, "--reason", "x", "--by", "paper")
    rows = district.told("history", "--unit", "04459", "--period", "2022")
    assert rows[0]["after"]["returned_by"] == "paper"
