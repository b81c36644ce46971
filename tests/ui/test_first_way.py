"""Which way of entering an office begins with, and whether the list of findings stands open as it was left."""

from desktop.application import offices
from desktop.ui.places import Place
from tests.ui.conftest import opened
from tests.ui.offices import TODAY


def test_a_commune_begins_with_its_own_form(qtbot, styled, tmp_path):
    path = tmp_path / "xa.sotramdb"
    offices.create_office(path, level="commune", unit="04456", today=TODAY, actor="Trạm")
    window = opened(qtbot, path)
    screen = window.screens[Place.ENTRY]
    assert screen.ways.name == "commune"
    assert screen.ways.shown.view.isVisible()
    assert screen.ways.shown.model.form.commune == window.session.communes[0]
    screen.ways.show("matrix")
    screen.load()
    assert screen.ways.name == "matrix"
    window.session.jobs.close()


def test_an_office_of_many_communes_begins_with_the_matrix(window):
    assert window.screens[Place.ENTRY].ways.name == "matrix"


def test_the_list_of_findings_stands_as_it_was_left(qtbot, styled, record):
    window = opened(qtbot, record)
    side = window.screens[Place.ENTRY].side
    assert not side.panel.isVisible()
    side.toggle()
    kept = window.session.settings.findings
    assert kept == {"commune": "open", "matrix": "open"}
    window.close()
    again = opened(qtbot, record, findings=kept)
    assert again.screens[Place.ENTRY].side.panel.isVisible()
    again.session.jobs.close()
