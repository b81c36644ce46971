"""Danh mục › Biểu: a regime is read, looked at and installed by a person; what is known of the official ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.application import catalogue
from desktop.domain.elements import Catalogue, Form, Section, Status
from desktop.domain.findings import Severity
from desktop.domain.regime_facts import Certainty
from desktop.exchange.regime.writing import regime_xlsx
from desktop.ui.places import Place
from desktop.ui.screens.catalogue.forms import part as forms_part
from desktop.ui.screens.catalogue.forms.dialog import InstallDialog
from tests.ui.conftest import settle
from tests.ui.test_pages import shown


@pytest.fixture
def page(qtbot, window):
    screen = shown(qtbot, window, Place.CATALOGUE)
    screen.choose("forms")
    return screen.view.forms


@pytest.fixture
def part(window, page):
    return window.show_place(Place.CATALOGUE)._pages["forms"]


@pytest.fixture
def file(window, tmp_path):
    return regime_file(window.session.record, tmp_path / "chế độ 2027.xlsx")


def regime_file(record, out, *, continues="insured"):
    """An invented regime without any first day."""
    old = catalogue.catalogue(record).elements
    cards = replace(old["insured"], code="cards", name_vi="Thẻ BHYT còn hạn", continues=continues, synonyms=())
    form = Form("commune_new", "Biểu năm mới", "", "commune", "year", False, 10, "Thông tư (thử)", Status.UNVERIFIED,
                (Section("I", "Chung", "", ("cards",)),), "commune")  # fmt: skip
    told = Catalogue({"cards": cards}, {"commune_new": form})
    out.write_bytes(regime_xlsx(told, source="Thông tư (thử)", status="unverified", made=date(2026, 11, 22)))
    return out


def rows(page):
    return page.forms.rows_model.rows


def test_the_forms_stand_with_their_days(page):
    assert [one.code for one in rows(page)] == ["commune"]
    assert page.panel.title.text() == "Biểu: 1"


def test_a_file_is_looked_at_given_a_first_day_and_installed_by_keys(qtbot, window, page, part, file, monkeypatch):
    seen = []

    def execute(dialog):
        dialog.show()
        settle(qtbot, window)
        assert not dialog.save.isEnabled()
        assert {card.finding.rule for card in dialog.findings.cards} == {"regime.no_first_day"}
        dialog.day.setFocus()
        qtbot.keyClicks(dialog.day, "01/03/2027")
        assert not dialog.save.isEnabled()
        qtbot.waitUntil(dialog.save.isEnabled)
        seen.extend((line.code, line.deed.value, line.day) for line in dialog.lines.rows_model.rows)
        qtbot.keyClick(dialog.save, Qt.Key.Key_Space)
        return dialog.result()

    monkeypatch.setattr(InstallDialog, "exec", execute)
    monkeypatch.setattr(forms_part.QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    page.install.setFocus()
    qtbot.keyClick(page.install, Qt.Key.Key_Space)
    settle(qtbot, window)
    assert seen == [
        ("commune_new", "new", date(2027, 3, 1)),
        ("commune", "ends", date(2027, 2, 28)),
        ("cards", "new", date(2027, 3, 1)),
    ]
    assert [(one.code, one.valid_from, one.valid_to) for one in rows(page)] == [
        ("commune_new", date(2027, 3, 1), None),
        ("commune", None, date(2027, 2, 28)),
    ]


def test_errors_are_told_by_sheet_and_row_and_nothing_can_be_installed(qtbot, window, page, tmp_path):
    wrong = regime_file(window.session.record, tmp_path / "sai.xlsx", continues="nobody")
    dialog = InstallDialog(window, window.session, wrong)
    qtbot.addWidget(dialog)
    dialog.day.setText("01/03/2027")
    dialog.look()
    settle(qtbot, window)
    assert not dialog.save.isEnabled()
    assert dialog.preview is None
    assert [card.finding.severity for card in dialog.findings.cards] == [Severity.ERROR]
    assert "chưa cài được" in dialog.state.text()


@pytest.mark.parametrize("name", ["a.xlsx", "không có.yaml"])
def test_a_file_that_is_no_regime_says_why(qtbot, window, page, tmp_path, name):
    if name == "a.xlsx":
        (tmp_path / name).write_bytes(b"PK x")
    dialog = InstallDialog(window, window.session, tmp_path / name)
    qtbot.addWidget(dialog)
    settle(qtbot, window)
    assert not dialog.save.isEnabled()
    assert name in dialog.state.text()
    dialog.day.setText("mai")
    dialog.look()
    assert "mai" in dialog.state.text()


@pytest.mark.parametrize("empty", [True, False])
def test_what_is_installed_is_written_as_a_spreadsheet(qtbot, window, page, part, tmp_path, monkeypatch, empty):
    out = tmp_path / "biểu.xlsx"
    monkeypatch.setattr(forms_part, "choose", lambda *_args, **_told: "empty" if empty else "held")
    monkeypatch.setattr(forms_part.QFileDialog, "getSaveFileName", lambda *_args: (str(out), ""))
    page.write.setFocus()
    qtbot.keyClick(page.write, Qt.Key.Key_Space)
    settle(qtbot, window)
    dialog = InstallDialog(window, window.session, out)
    qtbot.addWidget(dialog)
    settle(qtbot, window)
    assert dialog.preview is not None
    assert dialog.lines.rows_model.rows == ()


def test_gaps_and_recollections_are_seen_as_such(qtbot, page, part):
    qtbot.mouseClick(page.tabs["regimes"], Qt.MouseButton.LeftButton)
    known = page.regimes.rows_model.rows
    assert next(one.regime.code for one in known if one.is_head) == "tt15_2026"
    told = page.regimes.rows_model.columns[2]
    for one in known:
        if one.gap:
            assert told.text(one) == "không tìm thấy"
        elif one.fact and one.fact.certainty is Certainty.MEMORY:
            assert "trí nhớ" in told.text(one)
    part.narrow("suc khoe tre em")
    assert [one.regime.code for one in page.regimes.rows_model.rows if one.is_head] == ["tt27_2014"]
    part.narrow("khong co gi nhu the")
    assert page.panel.title.text() == "Chế độ báo cáo: 0"
