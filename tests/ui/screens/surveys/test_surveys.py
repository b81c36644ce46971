"""The survey page: a file opened, its columns guessed and changed, computed, kept."""

from desktop.exchange.survey_table import Holds
from desktop.ui.places import Place
from tests.domain.growth.practice import DATA
from tests.ui.conftest import opened, settle


def test_a_survey_is_opened_computed_and_kept(qtbot, styled, record, tmp_path):
    window = opened(qtbot, record)
    screen = window.show_place(Place.CHILDREN)
    screen.show_part("surveys")
    part, view = screen.part, screen.part.view
    assert not view.compute.isEnabled()
    small = tmp_path / "điều tra.csv"
    small.write_text("".join((DATA / "commune_input.csv").read_text("utf-8").splitlines(keepends=True)[:401]), "utf-8")
    part.open_file(small)
    settle(qtbot, window)
    assert view.compute.isEnabled()
    assert view.choice.places[Holds.CLUSTER] == part.table.heads.index("cluster")
    view.boxes[Holds.WEIGHT].setCurrentIndex(0)
    view.changed.emit()
    assert not view.compute.isEnabled()
    assert view.lacks.text().startswith("Cần có:")
    part.open_file(small)
    settle(qtbot, window)
    part.compute()
    settle(qtbot, window)
    assert view.score.text().startswith("Điểm SMART")
    assert view.rates.rows[0].rates[0].n > 300
    assert len(view.tests.rows) == 11
    cluster = view.boxes[Holds.CLUSTER]
    held = cluster.currentIndex()
    cluster.setCurrentIndex(0)
    view.changed.emit()
    assert not view.pdf.isEnabled()
    assert "tính lại" in view.told.text()
    cluster.setCurrentIndex(held)
    view.changed.emit()
    assert view.pdf.isEnabled()
    part.save_csv(tmp_path / "ra.csv")
    part.save_pdf(tmp_path / "ra.pdf")
    settle(qtbot, window)
    assert (tmp_path / "ra.csv").read_text("utf-8").startswith("group,index,cutoff")
    assert (tmp_path / "ra.pdf").read_bytes().startswith(b"%PDF")
    window.session.jobs.close()
