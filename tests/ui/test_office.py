"""Our office through the reform, by its key events; stations and their points."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.application import offices
from desktop.application.office_settings import dated_settings
from desktop.domain.periods import Period
from desktop.domain.units import UnitKind
from desktop.ui.places import Place
from desktop.ui.screens.admin.office.dialog import COMMUNES, PREVIEW, OfficeDialog
from desktop.ui.screens.admin.stations.dialogs import JoinDialog, StationDialog
from desktop.ui.screens.overview.todo import todos
from tests.ui.conftest import opened, settle

REFORM = date(2025, 7, 1)


@pytest.fixture
def admin(qtbot, window):
    screen = window.show_place(Place.ADMIN)
    settle(qtbot, window)
    screen.view.show_tab("office")
    return screen


@pytest.fixture
def dialog(qtbot, admin):
    made = admin.office.dialog(level="area", day=REFORM)
    qtbot.addWidget(made)
    made.show()
    return made


def walk(qtbot, dialog: OfficeDialog, steps: int) -> None:
    for _step in range(steps):
        qtbot.mouseClick(dialog.next, Qt.MouseButton.LeftButton)


def test_our_office_shows_what_holds_now_and_offers_the_reform(admin):
    page = admin.view.office
    assert page.model.rowCount() == 1
    assert page.parts["communes"].text().count(",") == 13
    assert page.reform.text() == "Chuyển thành Trung tâm Y tế khu vực…"
    assert not page.back.isEnabled()


def test_five_pages_make_an_area_office_as_one_change(qtbot, window, admin, dialog):
    dialog.day.decree.setText("Quyết định 01/QĐ-UBND")
    walk(qtbot, dialog, 1)
    assert dialog.names.text("name") == "Trung tâm Y tế khu vực Mù Cang Chải"
    assert dialog.names.seat == "15"
    assert dialog.names.text("place") == "Mù Cang Chải"
    dialog.names.fields["code"].setText("TTKV-MCC")
    walk(qtbot, dialog, 1)
    assert len(dialog.communes.codes) == 7
    tu_le = dialog.communes.list.item(6)
    assert "từ nơi khác: Xã Tú Lệ" in tu_le.text()
    tu_le.setCheckState(Qt.CheckState.Unchecked)
    walk(qtbot, dialog, 1)
    dialog.papers.head_name.setText("Hoàng Văn Sơn")
    dialog.papers.deputy_post.setText("KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC")
    dialog.papers.deputy_name.setText("Lò Thị Mai")
    before = dated_settings(window.session.record)
    walk(qtbot, dialog, 1)
    assert dialog.step == PREVIEW
    assert dated_settings(window.session.record) == before
    assert dialog.preview.model.rowCount() >= 5
    walk(qtbot, dialog, 1)
    office = offices.office(window.session.record, on=REFORM)
    assert (office.level, office.code, office.letterhead.signer_name) == ("area", "TTKV-MCC", "Hoàng Văn Sơn")
    assert len(offices.communes_of(window.session.record, on=REFORM)) == 6
    assert [one.role for one in office.letterhead.signers] == ["head", "deputy"]
    assert admin.view.office.model.rowCount() == 2
    assert not admin.view.office.reform.isVisible()
    window.session.choose_period(Period.parse("2025NineMonths"))
    assert window.session.office.name == "Trung tâm Y tế khu vực Mù Cang Chải"
    window.step_history("undo")
    assert dated_settings(window.session.record) == before


def test_an_office_whose_unit_ended_says_so_everywhere_with_the_way_out(qtbot, window):
    assert "kết thúc" not in window.header.office.basis.text()
    window.choose_period(Period.parse("2025NineMonths"))
    overview = window.show_place(Place.OVERVIEW)
    settle(qtbot, window)
    assert window.header.office.basis.text() == "Huyện Mù Căng Chải kết thúc 30/06/2025 · 3 xã"
    assert "Đơn vị của tôi" in window.header.office.toolTip()
    first = todos(overview.picture, today=date(2025, 10, 1), has_own_parent=False)[0]
    overview.open_todo(first)
    settle(qtbot, window)
    assert window.screens[Place.ADMIN].view.office.isVisible()
    assert todos(overview.picture, today=REFORM - timedelta(days=1), has_own_parent=False)[0] != first


def test_it_is_taken_back_from_its_row(qtbot, window, admin, dialog, monkeypatch):
    before = dated_settings(window.session.record)
    walk(qtbot, dialog, 5)
    monkeypatch.setattr("desktop.ui.screens.admin.office.part.confirm", lambda *_told, **_more: "")
    qtbot.mouseClick(admin.view.office.back, Qt.MouseButton.LeftButton)
    assert dated_settings(window.session.record) == before


def test_what_stands_against_it_is_said_and_nothing_can_be_done(qtbot, dialog):
    walk(qtbot, dialog, 1)
    dialog.names.fields["code"].setText("04465")
    walk(qtbot, dialog, 3)
    assert dialog.step == PREVIEW
    assert "Xã Khao Mang" in dialog.preview.text.text()
    assert not dialog.next.isEnabled()


def test_a_day_that_is_none_and_an_empty_list_go_no_further(qtbot, dialog):
    dialog.day.day.setText("32/07/2025")
    assert not dialog.next.isEnabled()
    dialog.day.day.setText("1/7/2025")
    walk(qtbot, dialog, 2)
    assert dialog.step == COMMUNES
    for at in range(dialog.communes.list.count()):
        dialog.communes.list.item(at).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.next.isEnabled()
    dialog.communes.all.setChecked(True)
    dialog.communes.filter.setText("nghia lo")
    shown = [at for at in range(dialog.communes.list.count()) if not dialog.communes.list.item(at).isHidden()]
    assert shown


def test_stations_are_made_joined_and_changed(qtbot, window, admin, dialog):
    admin.view.show_tab("stations")
    page = admin.view.stations
    assert page.empty.isVisible()
    admin.stations.add_usual()
    assert page.model.rowCount() == 14
    walk(qtbot, dialog, 5)
    window.session.choose_period(Period.parse("2025NineMonths"))
    admin.load()
    assert page.join.isVisible()
    from desktop.application import stations

    found = stations.joinings(window.session.record, on=REFORM)
    asked = JoinDialog(admin.view, found, "01/07/2025")
    qtbot.addWidget(asked)
    assert len(asked.chosen) == 4
    window.session.write(lambda record: stations.join_stations(record, on=REFORM, chosen=asked.chosen))
    assert not page.join.isVisible()
    assert [row.kind for row in page.model.rows].count(UnitKind.STATION) == 7
    page.filter.setText("ho bon")
    assert [row.name for row in page.model.rows] == ["Trạm Y tế xã Hồ Bốn"]
    one = StationDialog(admin.view, title="x", communes=window.session.communes, day="", held=page.model.rows[0])
    qtbot.addWidget(one)
    assert (one.kind, one.save.isEnabled()) == (UnitKind.SATELLITE, False)
    one.day.setText("01/08/2025")
    assert one.save.isEnabled()


def test_a_station_follows_its_commune_in_four_pages(qtbot, styled, tmp_path):
    path = tmp_path / "so-tram.sotramdb"
    offices.create_office(path, level="commune", unit="04459", today=date(2025, 1, 14))
    window = opened(qtbot, path)
    admin = window.show_place(Place.ADMIN)
    settle(qtbot, window)
    assert admin.view.office.reform.text() == "Sau sáp nhập xã…"
    made = admin.office.dialog(level="commune", day=REFORM)
    qtbot.addWidget(made)
    walk(qtbot, made, 1)
    assert (made.names.seat, made.names.text("name")) == ("04465", "Trạm Y tế xã Khao Mang")
    walk(qtbot, made, 1)
    assert made.papers.lines == ("Sở Y tế tỉnh Lào Cai",)
    walk(qtbot, made, 2)
    record = window.session.record
    assert offices.office(record, on=REFORM).name == "Trạm Y tế xã Khao Mang"
    assert [one.code for one in offices.communes_of(record, on=REFORM)] == ["04465"]
    assert [one.code for one in offices.communes_of(record, on=date(2024, 12, 31))] == ["04459"]
    window.session.jobs.close()
