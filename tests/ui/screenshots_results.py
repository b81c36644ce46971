"""Pictures of the results of the weighing: several communes, several years, the form filled, the papers."""

from __future__ import annotations

from datetime import date


def results(camera) -> None:
    """Children of all communes are made for looking; the period is the year."""
    from desktop.application import offices
    from desktop.ui.screens.children.results.feeding import FeedingDialog
    from tests.ui import weighed

    session = camera.window.session
    communes = offices.communes_of(session.record, on=date(2024, 12, 31))
    for at, commune in enumerate(communes[:9]):
        weighed.fill(session.record, commune.uid, count=30 + 12 * at)
    screen = camera.show("children")
    screen.load()
    screen.show_part("results")
    part = screen.part
    camera.settle()
    camera.take("tre-em-ket-qua")
    part.choose_grouping("ages")
    part.view.forms.selectRow(1)
    camera.take("tre-em-ket-qua-tuoi")
    part.choose_grouping("communes")
    part.view.forms.selectRow(0)
    if camera.window.is_compact:
        part.view.chart_button.click()
        camera.take("tre-em-ket-qua-bieu-do")
        part.view.chart_button.click()
    dialog = FeedingDialog(camera.window, session, unit=None, sessions=None)
    dialog.show()
    camera.settle()
    camera.take("tre-em-lay-vao-bieu", dialog)
    dialog.close()
    screen.show_part("weighing")
