"""What every built command answers with --json is as its schema says."""

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from desktop.application import children, records, stations, weighing
from desktop.cli.registry import COMMANDS
from desktop.domain.children import Measurement
from desktop.system.paths import resource
from tests.cli.command import SAMPLES, ask, told
from tests.contract.schemas import faults

ON = ("--today", "2024-12-31")
FORM = ("--unit", "04459", "--form", "commune", "--period", "2024")
CELL = ("--unit", "04456", "--period", "2024", "--element", "population")


@dataclass
class Round:
    """Answers of one long round by command; every one was checked against its schema."""

    folder: Path
    record: Path
    answers: dict[str, object] = field(default_factory=dict)

    def do(self, name: str, *words: object, code: int | None = None, db: Path | None = None):
        said = ask(*name.split(), *words, "--db", db or self.record, *(() if "--today" in words else ON))
        assert said.code in ({0, 1} if code is None else {code}), said
        assert "error" not in said.json or isinstance(said.json, list), said
        assert faults(name.replace(" ", "-"), said.json) == [], name
        self.answers[name] = said.json
        return said.json


def _stations(year: Round) -> None:
    """Profiles of places of care."""
    do, folder = year.do, year.folder
    with records.open_record(year.record) as record:
        stations.add_usual_stations(record, on=date(2024, 12, 31))
    here = ("--station", "04459")
    do("stations set", *here, "--item", "doctors_working", "--answer", "1", "--note", "luân phiên", code=0)
    do("stations set", *here, "--item", "terrain", "--answer", "Miền núi", "--from", "2023-06-01", code=0)
    do("stations set", *here, "--item", "distance_km", "--answer", "7,5", "--from", "2023-06-01", code=0)
    do("stations list", code=0)
    do("stations show", *here, code=0)
    do("stations show", *here, "--item", "terrain", code=0)
    do("stations show", *here, "--commune", code=0)
    do("stations show", *here, "--since", "2023-12-31", code=0)
    do("stations report", *here, "--out", folder / "tram.pdf", code=0)
    do("stations copy", code=0)
    do("stations template", "--out", folder / "tram.xlsx", code=0)
    do("stations import", folder / "tram.xlsx", code=0)
    (folder / "list.csv").write_text("Tên;Đơn vị;Số lượng cần có\nCân trẻ em;cái;2\n", encoding="utf-8")
    do("stations items", "--load", folder / "list.csv", code=0)
    do("stations feed", "--period", "2024", "--dry-run", code=0)


def _office_and_units(year: Round) -> None:
    """An office, its units, an act that is undone and one that is refused."""
    do, folder = year.do, year.folder
    do("office create", "--level", "district", "--unit", "137", "--as-of", "2024-12-31", code=0)
    do("office show", code=0)
    change = folder / "change.json"
    change.write_text('{"symbol": "TTYT", "signers": [{"post": "GIÁM ĐỐC", "name": "Sơn"}]}', encoding="utf-8")
    do("office change", "--from", "2024-01-01", change, code=0)
    do("units list", "--as-of", "2024-12-31", code=0)
    do("units history", "--unit", "04630", "--as-of", "2024-12-31", code=0)
    do("units proposals", code=0)
    act = folder / "act.json"
    to = {"code": "04462", "name": "Xã Nậm Có", "kind": "commune", "parent": "15"}
    told_act = {"act": "merge", "date": "2027-01-01", "basis": "NQ 1", "from": ["04462", "04489"], "to": [to]}
    act.write_text(json.dumps(told_act), encoding="utf-8")
    do("units act", act, "--dry-run", code=0)
    do("units undo", do("units act", act, code=0)["id"], code=0)
    act.write_text(json.dumps(told_act | {"from": ["99999"]}), encoding="utf-8")
    refused = ask("units", "act", act, "--db", year.record, *ON)
    assert (refused.code, faults("units-act", refused.json)) == (1, [])


def _plans_and_files(year: Round) -> None:
    """Catalogue and plans, workbooks in and out, figures against targets."""
    do, folder = year.do, year.folder
    for name in ("plan list", "elements", "indicators", "forms", "report list"):
        do(name, code=0)
    for plan in do("plan list"):
        for name in ("plan targets", "plan tasks", "plan outline"):
            do(name, plan["code"], code=0)
    do("import", *(SAMPLES / f"tong-hop-{one}.xlsx" for one in ("2021-tcvn3", "2022", "2023", "2024")), code=0)
    do("import", SAMPLES / "can-do-tre-2024-06.xlsx", "--dry-run")
    do("template", *FORM, "--out", folder / "t.xlsx", code=0)
    do("import", folder / "t.xlsx", "--dry-run", code=0)
    do("fill", SAMPLES / "tong-hop-2024.xlsx", "--period", "2024", "--out", folder / "f.xlsx", code=0)
    plans = resource("catalogue", "plans")
    do("plan install", plans / "200-KH-UBND-bac-ninh.yaml", code=0)
    (folder / "plan.yaml").write_text("format: sotram-plan/1\ncode: x\n", encoding="utf-8")
    do("plan install", folder / "plan.yaml", code=1)
    do("plan status", "62-NQ/TU", "--period", "2024", code=0)
    do("plan status", "62-NQ/TU", "--period", "2024", "--unit", "04456", code=0)
    do("plan status", "62-NQ/TU", "--period", "2019", code=0)
    do("values", "--period", "2024", "--all", code=0)
    do("values", "--period", "2024", "--unit", "137", code=0)
    do("values", "--period", "2024", "--boundaries", "2025-07-01", code=0)
    do("plan status", "62-NQ/TU", "--period", "2024", "--boundaries", "2025-07-01", code=0)


def _figures(year: Round) -> None:
    """A cell typed six times, undone and done again; findings."""
    do = year.do
    for value in ("5690", "0", "na", "", "5690", "12.5"):
        do("value set", *CELL, value, code=0)
    do("values", "--period", "2024", code=0)
    do("undo", code=0)
    do("redo", code=0)
    do("history", code=0)
    do("history", *CELL, code=0)
    do("submission list", "--period", "2024", code=0)
    do("findings", "--period", "2024", code=1)
    errors = [row for row in year.answers["findings"] if row["severity"] == "error"]
    do("findings keep", errors[0]["id"], "--reason", "đã đối chiếu", "--user", "Sơn", code=0)
    do("findings", "--period", "2024")


def _forms_life(year: Round) -> None:
    """A form from complete to locked and back; when it is due."""
    do = year.do
    do("submission complete", *FORM, "--received", "2025-01-14", code=0)
    do("submission list", "--period", "2024", code=0)
    do("submission return", *FORM, "--reason", "xem lại", code=0)
    do("submission complete", *FORM, code=0)
    do("submission check", *FORM, code=0)
    do("submission lock", *FORM, code=0)
    do("submission reopen", *FORM, "--reason", "đính chính", code=0)
    do("deadline list", code=0)
    do("deadline set", "--form", "commune", "--working-days", "5", code=0)
    do("deadline set", "--form", "commune", "--unit", "04459", "--day", "15/1", code=0)
    do("deadline list", "--period", "2024", code=0)


def _denominators(year: Round) -> None:
    """What rates divide by."""
    do, folder = year.do, year.folder
    kind = ("--year", "2024", "--population", "average")
    do("denominators choose", *kind, "--dry-run", code=0)
    do("denominators choose", *kind, code=0)
    (folder / "ds.csv").write_text("Mã;Xã;Dân số trung bình\n04456;Thị trấn Mù Căng Chải;6000\n", encoding="utf-8")
    do("denominators choose", *kind, "--from", folder / "ds.csv", "--source", "Cục Thống kê", "--official")
    do("denominators list", "--year", "2024", code=0)
    do("denominators list", *kind, code=0)
    do("denominators clear", *kind, code=0)


def _forms_and_checks(year: Round) -> None:
    """The record, a report, forms of the office's own."""
    do, folder = year.do, year.folder
    do("check", code=0)
    do("check", "--rules", code=1)
    do("report", "targets", "--period", "2024", "--format", "pdf", "--out", folder / "r.pdf")
    forms = folder / "forms.yaml"
    forms.write_text(FORMS, encoding="utf-8")
    do("forms install", forms, "--dry-run", code=0)
    do("forms install", forms, code=0)
    forms.write_text(FORMS + "    nonsense: x\n", encoding="utf-8")
    do("forms install", forms, code=1)
    do("forms template", "--out", folder / "regime.xlsx", code=0)
    do("forms", code=0)
    do("forms regimes", code=0)
    do("elements", code=0)


def _growth_and_children(year: Round) -> None:
    """Growth, a child weighed, cared for and erased."""
    do, folder = year.do, year.folder
    months = SAMPLES.parent / "growth" / "months_input.csv"
    for name in ("growth zscores", "growth prevalence"):
        do(name, months, folder / "growth.csv", code=0)
    do("growth plausibility", months, code=0)
    uid = weighed(year.record)
    for words in ((), ("--unit", "04456"), ("--session", "2024-06-01")):
        do("children", *words, code=0)
    do("children sessions", code=0)
    do("children give", "--child", uid, "--what", "iron", "--date", "2024-06-01", code=0)
    stay = ("--since", "2024-06-01", "--degree", "severe", "--care", "outpatient", "--muac", "113")
    do("children treat", "--child", uid, *stay, code=0)
    do("children register", "--period", "2024", code=0)
    do("children results", "--period", "2024", code=0)
    do("children follow", "--as-of", "2024-12-31", code=0)
    do("children feed", "--period", "2023", "--dry-run", code=0)
    do("erase", "--child", uid, "--reason", "đơn số 12", code=0)


def _criteria(year: Round) -> None:
    """Points, recognition, an own table, zones and areas."""
    do, folder = year.do, year.folder
    points = folder / "points.csv"
    points.write_text("code,self\n" + "".join(f"{n},2\n" for n in range(1, 11)), encoding="utf-8")
    commune = ("--unit", "04456", "--year", "2024")
    do("criteria sets", code=0)
    do("criteria score", *commune, points, code=0)
    do("criteria recognise", *commune, "--decision", "1626/QĐ-UBND", "--date", "2024-06-15", code=0)
    do("criteria show", *commune, code=0)
    do("criteria columns", "--office", "Trung tâm chấm", code=0)
    do("criteria template", folder / "criteria.xlsx", code=0)
    do("criteria install", folder / "criteria.xlsx", "--dry-run", code=1)
    filled = openpyxl.load_workbook(folder / "criteria.xlsx")
    filled["Bộ tiêu chí"]["B7"] = 2030
    filled["Bảng điểm"]["A5"], filled["Bảng điểm"]["B5"], filled["Bảng điểm"]["C5"] = "1.1", "Một", 14
    filled.save(folder / "criteria.xlsx")
    loaded = do("criteria install", folder / "criteria.xlsx", code=0)
    do("criteria carry", *commune, "--set", "1300", code=0)
    do("criteria remove", "--set", loaded["table"], code=0)
    do("criteria list", "--year", "2024", code=0)
    do("criteria propose", *commune, code=0)
    do("criteria evidence", *commune, code=0)
    do("criteria zone", "--unit", "04456", "--zone", "3", "--from", "2024-01-01", code=0)
    do("units area", "--unit", "04456", "--area", "III", "--from", "2024-01-01", code=0)
    do("units areas", code=0)
    do("criteria renewals", code=0)


def _backups(year: Round) -> None:
    """A copy, verified and restored."""
    do, folder = year.do, year.folder
    made = do("backup", "--to", folder / "backups", code=0)
    do("backup verify", made["file"], code=0)
    do("restore", made["file"], "--to", folder / "again.sotramdb", code=0)
    do("restore", made["file"], "--to", folder / "again.sotramdb", "--dry-run", code=0)


PARTS = (
    _office_and_units,
    _plans_and_files,
    _figures,
    _forms_life,
    _denominators,
    _stations,
    _forms_and_checks,
    _growth_and_children,
    _criteria,
    _backups,
)


@pytest.fixture(scope="module")
def office_round(tmp_path_factory):
    """One office's year through every command that needs no partner."""
    folder = tmp_path_factory.mktemp("round")
    year = Round(folder, folder / "office.sotramdb")
    for part in PARTS:
        part(year)
    return year


def weighed(record: Path) -> str:
    """A child of the first commune, measured on 1 June 2024; its uid."""
    day = date(2024, 6, 1)
    with records.open_record(record, today=day) as opened:
        new = children.NewChild(children.meant(opened, unit="04456", day=day)[0], "Cứ A Dê", None, date(2022, 5, 19))
        (uid,) = children.register(opened, new=[new]).uids
        weighing.measure(opened, measurements=[Measurement(uid, day, None, 9800, 812)])
    return uid


FORMS = """\
format: sotram-catalogue/1
source: Quyết định của Sở
elements:
  - code: new_element
    name_vi: Mục mới
    type: count
    behaviour: flow
    level: commune
forms:
  - code: new_form
    name_vi: Biểu mới
    level: commune
    periods: quarter
    sections:
      - number: I
        name_vi: Phần một
        elements: [new_element]
"""


def test_every_answer_of_an_offices_year_is_as_its_row_says(office_round):
    assert len(office_round.answers) > 30


def test_a_plan_status_speaks_of_every_target(office_round):
    assert len(office_round.answers["plan status"]) == len(told("plan", "targets", "62-NQ/TU"))


def test_what_was_installed_is_there(office_round):
    assert "new_element" in {row["code"] for row in office_round.answers["elements"]}
    assert "new_form" in {row["code"] for row in office_round.answers["forms"]}


@pytest.fixture(scope="module")
def exchange_round(tmp_path_factory):
    """Keys and packages between a district and its province, refusals among them."""
    folder = tmp_path_factory.mktemp("exchange")
    both = Round(folder, folder / "district.sotramdb")
    do, province = both.do, folder / "province.sotramdb"
    do("office create", "--level", "district", "--unit", "137", "--as-of", "2024-12-31", code=0)
    do("office create", "--level", "province", "--unit", "15", "--as-of", "2024-12-31", db=province, code=0)
    do("key show", "--out", folder / "district.key", code=0)
    digits = do("key show", "--out", folder / "province.key", db=province, code=0)["fingerprint"]
    do("key trust", folder / "district.key", db=province, code=0)
    do("key trust", folder / "province.key", "--as", "parent", code=0)
    do("key confirm", "15", "--fingerprint", digits, code=0)
    do("key list", code=0)
    do("import", SAMPLES / "tong-hop-2023.xlsx", code=0)
    sent = do("package export", "--to", "15", "--out", folder, code=0)
    do("package inspect", sent["file"], db=province, code=0)
    taken = do("package import", sent["file"], db=province, code=0)
    do("package import", taken["receipt"], code=0)
    do("package status", code=0)
    do("package status", db=province, code=0)
    do("value set", "--unit", "04456", "--period", "2023", "--element", "population", "1", db=province, code=0)
    do("value set", "--unit", "04456", "--period", "2023", "--element", "population", "2", code=0)
    do("package import", do("package export", "--to", "15", "--out", folder)["file"], db=province, code=0)
    (folder / "x.sotram").write_bytes(b"x")
    for name in ("package inspect", "package import"):
        for file in (sent["file"], folder / "x.sotram"):
            said = ask(*name.split(), file, "--db", province, *ON)
            assert said.code == 1
            assert faults(name.replace(" ", "-"), said.json) == []
            assert faults("error", said.json) == []
    do("key revoke", "137", "--from", "2025-01-01", "--reason", "mất máy", db=province, code=0)
    do("key replace", db=province, code=0)
    return both


def test_every_answer_between_two_offices_is_as_its_row_says(exchange_round):
    assert len(exchange_round.answers) >= 12


def test_a_refusal_is_as_the_contract_says():
    for words in (("nosuch",), ("office", "show", "--db", "no.sotramdb"), ("hub", "load", "x")):
        assert faults("error", ask(*words).json) == []


@pytest.fixture(scope="module")
def demo_round(tmp_path_factory):
    """The demo in a folder with spaces and Vietnamese letters."""
    both = Round(tmp_path_factory.mktemp("demo"), Path("unused"))
    both.do("demo", both.folder / "Chạy thử Sổ Trạm", code=0)
    return both


def test_the_demo_leaves_everything_it_names(demo_round):
    made = {name: path for name, path in demo_round.answers["demo"].items() if name != "changed"}
    assert all(Path(path).is_file() for path in made.values())
    assert Path(made["report"]).read_bytes().startswith(b"%PDF")
    assert told("check", "--db", made["record"])["ok"]
    status = told("package", "status", "--db", made["record"])
    assert [(one["sent"], one["acknowledged"], one["pending"]) for one in status] == [(1, 1, 0)]


def test_the_demo_wants_an_empty_folder(demo_round):
    said = ask("demo", demo_round.folder / "Chạy thử Sổ Trạm")
    assert (said.code, said.error) == (1, "not_empty")


def test_every_built_command_was_asked(office_round, exchange_round, demo_round):
    asked = office_round.answers.keys() | exchange_round.answers.keys() | demo_round.answers.keys()
    assert {command.name for command in COMMANDS} - asked == set()
