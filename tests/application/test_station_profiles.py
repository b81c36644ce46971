"""Profiles of stations: said from a day on, confirmed each year, read for communes, from Excel, fed into forms."""

from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from db.tables import stations as tables
from db.tables import values as stored
from db.tables.codes import Origin
from desktop.application import history, offices, stations, submissions, values
from desktop.application import station_import as desk
from desktop.application import station_profiles as profiles
from desktop.application import station_writing as writing
from desktop.application.reports import write_report
from desktop.application.station_feeding import differences, feed, feeds
from desktop.application.station_import import Fate
from desktop.application.station_papers import PROFILE, SUMMARY, paper_pdf
from desktop.domain.periods import Period
from desktop.domain.stations.facts import Way, on_day
from desktop.domain.units import UnitKind
from desktop.domain.values import NO, NOT_APPLICABLE, YES, State, Value, number
from desktop.errors import AppError, UsageError

DAY = date(2024, 12, 31)
PAST = date(2023, 12, 31)
YEAR = Period.parse("2024")
HERE = "04459"


@pytest.fixture
def staffed(district):
    stations.add_usual_stations(district, on=DAY)
    return district


@pytest.fixture
def place(staffed):
    return profiles.place_named(staffed, HERE, on=DAY)


def tell(record, place, since=DAY, **answers):
    for item, answer in answers.items():
        writing.say_fact(record, uid=place.uid, item=item, answer=answer, since=since)


def held(record, place, item, on=DAY):
    fact = next(one.fact for one in profiles.sheet(record, uid=place.uid, on=on).lines if one.item.code == item)
    return None if fact is None else fact.value


# ---- saying


def test_what_is_said_holds_from_its_day_and_is_kept(staffed, place):
    tell(staffed, place, date(2023, 3, 1), doctors="1")
    tell(staffed, place, doctors="2")
    assert held(staffed, place, "doctors", PAST) == number(1)
    assert held(staffed, place, "doctors") == number(2)
    assert held(staffed, place, "doctors", date(2023, 2, 28)) is None
    line = next(one for one in profiles.sheet(staffed, uid=place.uid, on=DAY).lines if one.item.code == "doctors")
    assert (line.before, line.old) == (number(1), False)
    told = profiles.history_of(staffed, uid=place.uid, item="doctors")
    assert [(one.since, one.value) for one in told] == [(DAY, number(2)), (date(2023, 3, 1), number(1))]


def test_saying_the_same_in_the_year_changes_nothing_and_later_confirms(staffed, place):
    tell(staffed, place, date(2024, 3, 1), doctors="1")
    assert not writing.say_fact(staffed, uid=place.uid, item="doctors", answer="1", since=DAY).changed
    assert not writing.say_fact(staffed, uid=place.uid, item="nurses", answer="", since=DAY).changed
    assert writing.say_fact(staffed, uid=place.uid, item="doctors", answer="1", since=date(2025, 6, 1)).changed
    assert len(profiles.history_of(staffed, uid=place.uid, item="doctors")) == 2


def test_an_answer_taken_away_is_not_told_from_that_day_on(staffed, place):
    tell(staffed, place, PAST, doctors="1")
    tell(staffed, place, doctors="")
    assert held(staffed, place, "doctors") is None
    assert held(staffed, place, "doctors", PAST) == number(1)
    writing.unsay_fact(staffed, uid=place.uid, item="doctors", since=DAY)
    assert held(staffed, place, "doctors") == number(1)


def test_a_fact_can_get_another_day_and_a_note(staffed, place):
    tell(staffed, place, doctors="1")
    moved = date(2024, 2, 1)
    assert writing.move_fact(staffed, uid=place.uid, item="doctors", since=DAY, to=moved).changed
    assert not writing.move_fact(staffed, uid=place.uid, item="doctors", since=moved, to=moved).changed
    writing.note_fact(staffed, uid=place.uid, item="doctors", since=moved, note="  luân phiên ")
    (fact,) = profiles.history_of(staffed, uid=place.uid, item="doctors")
    assert (fact.since, fact.note) == (moved, "luân phiên")
    tell(staffed, place, doctors="2")
    with pytest.raises(AppError, match="said_then"):
        writing.move_fact(staffed, uid=place.uid, item="doctors", since=moved, to=DAY)
    with pytest.raises(AppError, match="no_fact"):
        writing.note_fact(staffed, uid=place.uid, item="nurses", since=DAY, note="x")
    with pytest.raises(AppError, match="long_note"):
        writing.note_fact(staffed, uid=place.uid, item="doctors", since=DAY, note="x" * 1001)


def test_a_write_is_one_change_that_can_be_undone(staffed, place):
    tell(staffed, place, doctors="1")
    history.undo(staffed, source="window")
    assert held(staffed, place, "doctors") is None
    history.redo(staffed, source="window")
    assert held(staffed, place, "doctors") == number(1)


@pytest.mark.parametrize(
    ("item", "answer", "code"),
    [("nobody", "1", "unknown_item"), ("doctors", "hai", "bad_answer"), ("clean_water", "đỏ", "bad_answer")],
)
def test_what_cannot_be_said_is_refused_with_advice(staffed, place, item, answer, code):
    with pytest.raises(AppError, match=code) as refused:
        tell(staffed, place, **{item: answer})
    assert refused.value.advice is not None


def test_a_point_is_asked_less_than_a_station(staffed, place):
    uid, _ = stations.add_station(
        staffed, name="Điểm trạm Thái", commune=place.commune.uid, valid_from=None, kind=UnitKind.SATELLITE
    )
    with pytest.raises(AppError, match="not_asked"):
        writing.say_fact(staffed, uid=uid, item="distance_km", answer="3", since=DAY)
    point = profiles.place_named(staffed, "điểm trạm thái", on=DAY)
    assert point.uid == uid
    asked = profiles.sheet(staffed, uid=uid, on=DAY).completeness.asked
    assert asked < profiles.sheet(staffed, uid=place.uid, on=DAY).completeness.asked


def test_places_are_named_by_code_name_or_uid(staffed, place):
    stations.change_station(staffed, uid=place.uid, valid_from=date(2020, 1, 1), facility_code="15137")
    for name in (place.uid, f"uid:{place.uid}", "15137", HERE, "trạm y tế xã hồ bốn"):
        assert profiles.place_named(staffed, name, on=DAY).uid == place.uid
    with pytest.raises(AppError, match="unknown_unit"):
        profiles.place_named(staffed, "99999", on=DAY)
    stations.add_station(staffed, name="Trạm hai", commune=place.commune.uid, valid_from=None)
    with pytest.raises(AppError, match="ambiguous_unit"):
        profiles.place_named(staffed, HERE, on=DAY)
    with pytest.raises(AppError, match="unknown_unit"):
        profiles.sheet(staffed, uid="nobody", on=DAY)


def test_the_sheet_marks_what_is_old_and_what_does_not_fit(staffed, place):
    tell(staffed, place, PAST, rooms="9")
    tell(staffed, place, assistant_doctors="2", assistant_doctors_traditional="3", doctors="1")
    sheet = profiles.sheet(staffed, uid=place.uid, on=DAY)
    lines = {one.item.code: one for one in sheet.lines}
    assert lines["rooms"].old
    assert lines["assistant_doctors_traditional"].doubt is not None
    assert sheet.staff[0] == number(3)
    summary = next(one for one in profiles.summaries(staffed, on=DAY) if one.place.uid == place.uid)
    assert (summary.completeness, summary.doubts) == (sheet.completeness, 1)
    assert profiles.a_year_before(date(2024, 2, 29)) == date(2023, 2, 28)


# ---- copying


def test_last_year_is_confirmed_where_nobody_said_otherwise(staffed, place):
    tell(staffed, place, date(2022, 5, 1), rooms="9", beds="4", doctors="1")
    tell(staffed, place, date(2024, 2, 1), doctors="2")
    tell(staffed, place, date(2024, 3, 1), beds="")
    done = writing.copy_facts(staffed, from_day=PAST, to_day=DAY)
    assert (done.facts, done.kept) == (1, 2)
    assert (held(staffed, place, "rooms"), held(staffed, place, "doctors")) == (number(9), number(2))
    assert held(staffed, place, "beds") is None
    assert profiles.history_of(staffed, uid=place.uid, item="rooms")[0].way is Way.COPIED
    assert not writing.copy_facts(staffed, from_day=PAST, to_day=DAY).changes.changed
    with pytest.raises(AppError, match="bad_days"):
        writing.copy_facts(staffed, from_day=DAY, to_day=DAY)


def test_another_stations_profile_is_taken_over_where_nothing_is_told(staffed, place):
    other = profiles.place_named(staffed, "04465", on=DAY)
    tell(staffed, place, rooms="9", beds="4", clean_water="x")
    tell(staffed, other, beds="2")
    done = writing.copy_facts(
        staffed, from_day=DAY, to_day=DAY, places=[other.uid], from_place=place.uid, items=["rooms", "beds"]
    )
    assert (done.facts, done.kept) == (1, 1)
    assert (held(staffed, other, "rooms"), held(staffed, other, "beds")) == (number(9), number(2))
    assert held(staffed, other, "clean_water") is None


# ---- communes and zones


def test_a_communes_facts_and_zone_are_read_from_its_places(staffed, place):
    tell(staffed, place, doctors_working="1", terrain="miền núi", distance_km="7,5", family_medicine="k")
    facts = profiles.commune_facts(staffed, commune=place.commune.uid, on=DAY)
    assert facts["doctors_working"].value == number(1)
    assert facts["family_medicine"].value == NO
    assert facts["nurses"].value is None
    assert profiles.zone_of(staffed, commune=place.commune.uid, on=DAY).zone == 3
    zones = profiles.zones_of(staffed, on=DAY)
    assert len(zones) == 14
    assert [uid for uid, found in zones.items() if found.zone] == [place.commune.uid]
    assert profiles.facts_of_communes(staffed, on=DAY)[place.commune.uid] == facts
    stations.add_station(staffed, name="Điểm trạm", commune=place.commune.uid, valid_from=None, kind=UnitKind.SATELLITE)
    facts = profiles.commune_facts(staffed, commune=place.commune.uid, on=DAY)
    assert facts["doctors_working"].value is None
    assert facts["distance_km"].value == number(Decimal("7.5"))


def test_a_decided_zone_stands_beside_the_rule(staffed, place):
    from db.tables import units

    assert profiles.decided_zones(staffed, on=DAY) == {}
    with staffed.change(stations.say("x"), source="criteria"):
        units.put_attribute(staffed, unit=place.commune.uid, name="zone", value="2", valid_from=PAST)
    assert profiles.decided_zones(staffed, on=DAY) == {place.commune.uid: 2}


# ---- Excel


def filled(record, folder, answers):
    """The template with answers typed into a station's column."""
    file = folder / "Hồ sơ trạm.xlsx"
    file.write_bytes(desk.template_bytes(record, on=DAY, made=DAY))
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    (column,) = [at for at in range(1, 30) if sheet.cell(5, at).value == "Trạm Y tế xã Hồ Bốn"]
    for row in range(6, sheet.max_row + 1):
        if sheet.cell(row, 1).value in answers:
            sheet.cell(row, column).value = answers[sheet.cell(row, 1).value]
    book.save(file)
    return file


def test_a_workbook_is_shown_then_written_and_a_second_time_changes_nothing(staffed, place, tmp_path):
    tell(staffed, place, PAST, rooms="9", beds="4")
    tell(staffed, place, doctors="1")
    file = filled(staffed, tmp_path, {"doctors": 3, "nurses": 2, "rooms": 9, "beds": 6, "clean_water": "có"})
    plan = desk.read_file(staffed, name=file.name, data=file.read_bytes(), on=DAY)
    assert {one.answer.item.code: one.fate for one in plan.rows} == {
        "doctors": Fate.KEPT, "nurses": Fate.NEW, "rooms": Fate.CONFIRMED, "beds": Fate.OTHER, "clean_water": Fate.NEW,
    }  # fmt: skip
    assert plan.findings == ()
    assert desk.apply_plan(staffed, plan=plan).changed
    assert (held(staffed, place, "doctors"), held(staffed, place, "beds")) == (number(1), number(6))
    again = desk.read_file(staffed, name=file.name, data=file.read_bytes(), on=DAY)
    assert not desk.apply_plan(staffed, plan=again).changed
    assert desk.apply_plan(staffed, plan=again, replace_typed=True).changed
    assert held(staffed, place, "doctors") == number(3)


def test_a_workbook_of_another_day_and_for_a_point_is_warned_of(staffed, place):
    stations.add_station(
        staffed, name="Điểm trạm Thái", commune=place.commune.uid, valid_from=None, kind=UnitKind.SATELLITE
    )
    text = "Tính đến ngày 31/12/2023;\n;Điểm trạm Thái\nBác sĩ;1\nSố thôn;3\n"
    plan = desk.read_file(staffed, name="a.csv", data=text.encode(), on=DAY)
    assert [one.answer.item.code for one in plan.rows] == ["doctors"]
    assert [one.rule for one in plan.findings] == ["stations.not_asked", "stations.other_day"]


def test_without_stations_nothing_is_read_and_the_template_is_empty(district):
    with pytest.raises(AppError, match="no_stations"):
        desk.read_file(district, name="a.csv", data=b"x", on=DAY)
    assert desk.template_bytes(None, on=DAY, made=DAY).startswith(b"PK")


def test_an_offices_list_is_asked_and_counted(staffed, place):
    text = "Tên;Đơn vị;Số lượng cần có\nCân trẻ em;cái;2\nTủ lạnh;cái;1\n"
    looked = desk.load_list(staffed, kind="equipment", name="ds.csv", data=text.encode(), dry_run=True)
    assert (looked.added, looked.changes.changed) == (2, False)
    loaded = desk.load_list(staffed, kind="equipment", name="ds.csv", data=text.encode())
    assert loaded.changes.changed
    tell(staffed, place, **{"equipment:can_tre_em": "3", "equipment:tu_lanh": "0"})
    assert held(staffed, place, "equipment_listed") == number(2)
    assert held(staffed, place, "equipment_present") == number(1)
    with pytest.raises(AppError, match="counted"):
        tell(staffed, place, equipment_present="2")
    plan = desk.read_file(
        staffed, name="a.csv", data=";Trạm Y tế xã Hồ Bốn\nTrang thiết bị hiện có;7\nBác sĩ;1\n".encode(), on=DAY
    )
    assert [one.rule for one in plan.findings] == ["stations.not_asked"]
    shorter = "Tên;Đơn vị;Số lượng cần có\nCân trẻ em;cái;2\n"
    assert desk.load_list(staffed, kind="equipment", name="ds.csv", data=shorter.encode()).dropped == 1
    assert held(staffed, place, "equipment_present") == number(1)
    assert desk.drop_list(staffed, kind="equipment").changed
    assert held(staffed, place, "equipment_present") is None
    with pytest.raises(AppError, match="unknown_list"):
        desk.load_list(staffed, kind="cars", name="a.csv", data=b"x")


# ---- forms


def test_forms_are_fed_with_what_was_confirmed_in_the_year(staffed, place):
    tell(staffed, place, doctors_working="2", family_medicine="x")
    tell(staffed, place, PAST, ncd_managed="x")
    differing, lacking = differences(staffed, period=YEAR, units=[place.commune.uid])
    assert {one.element.code: one.told for one in differing} == {"doctors": number(2), "family_medicine": YES}
    assert [one.element.code for one in lacking] == ["ncd_managed"]
    done = feed(staffed, period=YEAR)
    assert len(done.written) == 2
    assert len(done.lacking) == 14 * 3 - 2
    (cell,) = stored.cells(staffed, periods=["2024"], units=[place.commune.uid], elements=["doctors"])
    assert (cell.value, cell.origin) == (number(2), Origin.LIST)
    assert not feed(staffed, period=YEAR).changes.changed
    tell(staffed, place, doctors_working="3")
    assert len(feed(staffed, period=YEAR).written) == 1


def test_a_typed_figure_stays_unless_asked_and_is_told(staffed, place):
    values.set_value(staffed, unit=HERE, period=YEAR, element="doctors", text="1")
    tell(staffed, place, doctors_working="2")
    done = feed(staffed, period=YEAR)
    assert (done.written, len(done.kept)) == ((), 1)
    assert len(feed(staffed, period=YEAR, replace_typed=True).written) == 1


def test_a_closed_form_refuses_the_feed(staffed, place):
    values.set_value(staffed, unit=HERE, period=YEAR, element="doctors", text="1")
    told = {"unit": HERE, "form": "commune", "period": YEAR}
    submissions.complete(staffed, reason="chưa đủ số", **told)
    submissions.check(staffed, **told)
    tell(staffed, place, ncd_managed="x")
    with pytest.raises(AppError, match="form_checked"):
        feed(staffed, period=YEAR)


def test_only_elements_the_profile_knows_are_fed(staffed):
    assert feeds(staffed).keys() == {"doctors", "ncd_managed", "family_medicine"}
    assert differences(staffed, period=Period.parse("202403")) == ([], [])


# ---- paper


def test_papers_are_printed_and_the_same_record_gives_the_same_bytes(staffed, place):
    tell(staffed, place, PAST, terrain="1", distance_km="7,5", built_year="2011", insurance_until="31/12/2025")
    tell(staffed, place, doctors="1", clean_water="x", wastewater="k", beds="-", address="Bản Thái")
    for name in (PROFILE, SUMMARY):
        data, pages = paper_pdf(staffed, name=name, station=place.uid, on=DAY, today=DAY)
        assert data == paper_pdf(staffed, name=name, station=place.uid, on=DAY, today=DAY)[0]
        assert pages >= 1
    with pytest.raises(UsageError):
        paper_pdf(staffed, name=PROFILE, station=None, on=DAY, today=DAY)


def test_answers_are_printed_as_on_our_forms():
    from desktop.application.station_papers import answer_text
    from desktop.application.station_profiles import shipped_profile

    items = shipped_profile().items
    told = [
        (items["doctors"], None, "…"),
        (items["doctors"], NOT_APPLICABLE, "x"),
        (items["doctors"], number(1234), "1.234"),
        (items["built_year"], number(2011), "2011"),
        (items["insurance_until"], Value(State.TEXT, text="2025-12-31"), "31/12/2025"),
        (items["insurance_until"], Value(State.TEXT, text="sớm"), "sớm"),
        (items["building_state"], Value(State.TEXT, text="good"), "Tốt"),
        (items["clean_water"], YES, "có"),
    ]
    assert [answer_text(item, value) for item, value, _ in told] == [text for *_, text in told]


def test_a_stations_own_office_prints_its_summary_before_anything_is_listed(tmp_path):
    path = tmp_path / "trạm.sotramdb"
    offices.create_office(path, level="commune", unit="04459", today=DAY, name="Trạm Y tế xã Hồ Bốn", actor="a")
    from desktop.application import records

    with records.open_record(path, actor="a") as record:
        assert paper_pdf(record, name=SUMMARY, station=None, on=DAY, today=DAY)[1]


def test_papers_of_stations_are_reports_too(staffed, place, tmp_path):
    made = {}
    for name, unit in ((PROFILE, HERE), (SUMMARY, None), (SUMMARY, "137")):
        out = tmp_path / f"{name}.pdf"
        told = write_report(staffed, name=name, unit=unit, period=YEAR, format="pdf", out=out, today=DAY)
        made[name] = out.read_bytes()
        assert told.pages >= 1
    assert made[PROFILE] == paper_pdf(staffed, name=PROFILE, station=place.uid, on=DAY, today=DAY)[0]
    for name, unit, code in ((PROFILE, None, "station_needed"), (SUMMARY, HERE, "unit_not_meant")):
        with pytest.raises(UsageError, match=code):
            write_report(staffed, name=name, unit=unit, period=YEAR, format="pdf", out=tmp_path / "x.pdf", today=DAY)


def test_a_file_that_does_not_fit_what_holds_is_warned_of(staffed, place):
    tell(staffed, place, assistant_doctors="3")
    data = "Trạm;Y sĩ y học cổ truyền;Năm xây dựng\nHồ Bốn;4;2024\nNậm Có;1;2030\n".encode()
    plan = desk.read_file(staffed, name="a.csv", data=data, on=DAY)
    doubtful = [(one.element, one.row) for one in plan.findings if one.rule == "stations.doubt"]
    assert doubtful == [("assistant_doctors_traditional", 2), ("built_year", 3)]


def test_a_station_is_meant_by_its_communes_name_too(staffed, place):
    for name in ("Hồ Bốn", "xã hồ bốn", "TYT Hồ Bốn"):
        assert profiles.place_named(staffed, name, on=DAY).uid == place.uid
    with pytest.raises(AppError, match="unknown_item"):
        writing.copy_facts(staffed, to_day=DAY, from_day=PAST, items=["zzz"])


def test_a_new_station_takes_over_the_villages_of_the_old_ones(staffed, place):
    other = profiles.place_named(staffed, "04462", on=DAY)
    new, _ = stations.add_station(staffed, name="Trạm mới", commune=place.commune.uid, valid_from=None)
    tell(staffed, place, **{"village:Bản A": "1", "doctors": "2"})
    tell(staffed, other, **{"village:Bản B": "k", "doctors": "1"})
    for old in (place, other):
        writing.copy_facts(staffed, to_day=DAY, from_day=DAY, places=[new], from_place=old.uid)
    sheet = profiles.sheet(staffed, uid=new, on=DAY)
    told = {one.item.code: one.fact.value for one in sheet.lines if one.fact is not None}
    assert (told["villages"], told["villages_with_worker"], told["doctors"]) == (number(2), number(1), number(2))
    whole = profiles.commune_facts(staffed, commune=place.commune.uid, on=DAY)
    assert whole["villages"].value == number(3)


def test_what_holds_is_the_same_read_whole_or_from_the_last_facts(staffed, place):
    days = [date(2023, 1, 1), date(2023, 6, 1), date(2024, 1, 1)]
    for at, (first, second, third) in enumerate([("1", "2", ""), ("1", "", "3"), ("", "-", "2"), ("4", "4", "4")]):
        for day, answer in zip(days, (first, second, third), strict=True):
            tell(staffed, place, day, **{("doctors", "nurses", "midwives", "rooms")[at]: answer})
    for on in [date(2022, 1, 1), *days, date(2023, 12, 31), DAY]:
        read = tables.standing(staffed, [place.uid], on=on)[place.uid]
        assert read == on_day(tables.facts(staffed, [place.uid])[place.uid], on)
        some = tables.standing(staffed, [place.uid], on=on, items=["rooms"])[place.uid]
        assert some == {code: fact for code, fact in read.items() if code == "rooms"}


def test_what_a_line_of_the_offices_list_asks_is_not_asked_twice(staffed, place):
    tell(staffed, place, ultrasound="k")
    data = "Tên;Đơn vị;Số lượng cần có\nMáy siêu âm;máy;1\nGiường khám;cái;1\n".encode()
    desk.load_list(staffed, kind="equipment", name="ds.csv", data=data)
    assert held(staffed, place, "ultrasound") is None
    with pytest.raises(AppError, match="counted"):
        tell(staffed, place, ultrasound="x")
    tell(staffed, place, **{"Máy siêu âm": "2"})
    assert held(staffed, place, "equipment:may_sieu_am") == number(2)
    assert held(staffed, place, "ultrasound") == YES
    assert profiles.commune_facts(staffed, commune=place.commune.uid, on=DAY)["ultrasound"].value == YES
    plan = desk.read_file(staffed, name="a.csv", data="Trạm;Máy siêu âm;Số phòng\nHồ Bốn;0;9\n".encode(), on=DAY)
    assert [one.answer.item.code for one in plan.rows] == ["equipment:may_sieu_am", "rooms"]
