"""Pictures of the page of children: the weighing list, a cell being typed, findings, follow-up, a child's page."""

from __future__ import annotations

from datetime import date


def children(camera) -> None:
    """Children and sessions are made for looking, in the first commune."""
    from desktop.application import offices
    from tests.ui import weighed

    session = camera.window.session
    unit = offices.communes_of(session.record, on=date(2024, 12, 31))[0].uid
    weighed.fill(session.record, unit, count=60)
    screen = camera.show("children")
    screen.load()
    part = screen.part
    part.grid.go(9, 6)
    camera.take("tre-em")
    part.grid.go(6, 6)
    part.grid.begin("7,")
    camera.take("tre-em-dang-go")
    part.grid.give_up()
    part.grid.go(len(part.model.shown), 1)
    camera.take("tre-em-them-tre")
    if camera.window.is_compact:
        part.view.side_button.click()
        camera.take("tre-em-ben-phai")
        part.view.side_button.click()
    else:
        part.view.side.show_page("findings")
        camera.take("tre-em-phat-hien")
        part.view.side.show_page("child")
    screen.show_part("follow")
    camera.take("tre-em-theo-doi")
    screen.show_part("listed")
    camera.take("tre-em-danh-sach")
    _dialogs(camera, screen, unit)
    screen.choose_commune(session.communes[1].uid)
    camera.take("tre-em-danh-sach-trong")
    screen.show_part("weighing")
    camera.take("tre-em-chua-co-dot")
    screen.choose_commune(unit)


def _dialogs(camera, screen, unit: str) -> None:
    from desktop.application import children as people
    from desktop.application.children import NewChild
    from desktop.ui.screens.children.listed.doubles import DoublesDialog
    from desktop.ui.screens.children.listed.particulars import ParticularsDialog
    from desktop.ui.screens.children.listed.status import StatusDialog
    from desktop.ui.screens.children.weighing.sessions import SessionDialog

    session, child = camera.window.session, screen.part.view.page.page.child
    twin = NewChild(unit, child.name.replace("ị", "i"), child.sex, child.birth_date, "Làng Sang", mother=child.mother)
    people.register(session.record, new=[twin])
    screen.load()
    for name, dialog in (
        ("tre-em-mo-dot", SessionDialog(camera.window, session, screen.commune)),
        ("tre-em-sua", ParticularsDialog(camera.window, session, child)),
        ("tre-em-tinh-trang", StatusDialog(camera.window, session, child)),
        ("tre-em-trung", DoublesDialog(camera.window, session, [unit])),
    ):
        dialog.show()
        camera.settle()
        camera.take(name, dialog)
        dialog.close()
