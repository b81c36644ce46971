"""Pictures of the results of the weighing: several communes, several years, the form filled, the papers."""

from __future__ import annotations

from datetime import date


def results(camera) -> None:
    """Children of all communes are made for looking; the period is the year."""
    from desktop.application import offices
    from desktop.ui.screens.children.results.areas import AreasDialog
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
        part.view.choose_page("groups")
        camera.take("tre-em-ket-qua-nhom")
        part.view.choose_page("chart")
        camera.take("tre-em-ket-qua-bieu-do")
    part.view.as_chart.click()
    camera.take("tre-em-ket-qua-dien-bien")
    part.view.as_table.click()
    part.view.choose_page("groups")
    part.choose_grouping("areas")
    camera.take("tre-em-ket-qua-vung")
    part.choose_grouping("communes")
    asked = AreasDialog(camera.window, session)
    asked.show()
    for key in ("3", "K"):
        asked.acts[key].click()
    camera.take("tre-em-khai-vung", asked)
    asked.close()
    part.view.choose_page("whole")
    dialog = FeedingDialog(camera.window, session, unit=None, sessions=None)
    dialog.show()
    camera.settle()
    camera.take("tre-em-lay-vao-bieu", dialog)
    dialog.close()
    screen.show_part("weighing")
    care(camera, screen)


def care(camera, screen) -> None:
    """Supplements ticked, children on the register, a child's page with both, the dialogs."""
    from desktop.application import child_care, children
    from desktop.domain.child_care import Care, Degree, Outcome, Treatment
    from desktop.domain.children import Measurement
    from desktop.ui.screens.children.care.giving import GiveDialog
    from desktop.ui.screens.children.care.treating import TreatmentDialog
    from desktop.ui.screens.children.weighing.columns import Col

    session, part = camera.window.session, screen.part
    rows = part.model.all_rows
    part.giving.mark("a", rows[:18])
    part.giving.mark("k", rows[3:7])
    part.grid.go(4, Col.CARE)
    camera.take("tre-em-vi-chat")
    today = session.today()
    for at, (arm, since) in enumerate(((112, date(2024, 11, 4)), (121, date(2024, 12, 3)), (118, date(2024, 9, 2)))):
        uid = rows[at * 4].child.uid
        degree = Degree.SEVERE if arm < 115 else Degree.MODERATE
        done = at == 2
        stay = Treatment(
            uid,
            since,
            degree,
            Care.OUTPATIENT,
            date(2024, 11, 20) if done else None,
            Outcome.RECOVERED if done else None,
        )
        measured = Measurement(uid, since, None, 8100 + at * 300, 790 + at * 9, muac=arm)
        child_care.treat(session.record, treatment=stay, measured=measured, today=today)
    screen.load()
    screen.show_part("care")
    camera.take("tre-em-so-dieu-tri")
    screen.open_child(rows[0].child.uid)
    camera.take("tre-em-trang-dieu-tri")
    page = children.child_page(session.record, uid=rows[5].child.uid, log=False)
    for name, dialog in (
        ("tre-em-ghi-dieu-tri", TreatmentDialog(camera.window, session, page)),
        ("tre-em-ghi-vi-chat", GiveDialog(camera.window, session, page.child)),
    ):
        dialog.show()
        camera.take(name, dialog)
        dialog.close()
    screen.show_part("follow")
    camera.take("tre-em-theo-doi-in")
    screen.part.open_paper()
    camera.settle()
    camera.take("tre-em-in-theo-doi", camera.application.activeModalWidget())
    camera.application.activeModalWidget().reject()
