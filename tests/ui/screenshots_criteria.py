"""Pictures of the page of criteria: the ranked heat table, a commune's sheet, recognitions, sets, dialogs."""

from __future__ import annotations


def criteria(camera) -> None:
    """Points and decisions are made for looking."""
    from tests.ui import scored

    session = camera.window.session
    codes = scored.fill(session.record)
    scored.recognise(session.record, today=session.today())
    screen = camera.show("criteria")
    screen.load()
    camera.settle()
    screen.choose_commune(codes[10])
    camera.settle()
    camera.take("tieu-chi")
    screen.open_sheet()
    part = screen.part
    part.grid.go(1, 4)
    camera.take("tieu-chi-phieu-xa")
    part.view.show_side("verdict")
    part.grid.begin("6,")
    camera.take("tieu-chi-dang-go")
    part.grid.give_up()
    part.view.show_side("row")
    screen.show_part("recognised")
    camera.take("tieu-chi-cong-nhan")
    screen.show_part("sets")
    camera.take("tieu-chi-bo")
