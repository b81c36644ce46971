"""Pictures of the ways of entry: matrix, one commune's form, kinds, the board, the second entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.ui.screenshots import Photographer


def entry(camera: Photographer) -> None:
    """The matrix with every state."""
    screen = camera.show("entry")
    screen.view.grid.go(6, 1)
    camera.take("nhap-so-lieu")


def typing(camera: Photographer) -> None:
    """A half-typed cell, and a block."""
    screen = camera.show("entry")
    screen.view.grid.go(4, 4)
    screen.view.grid.begin("196")
    camera.take("nhap-so-lieu-dang-go")
    screen.view.grid.give_up()
    model = screen.model
    from PySide6.QtCore import QItemSelection, QItemSelectionModel

    screen.view.grid.go(7, 8)
    block = QItemSelection(model.index(7, 8), model.index(9, 8))
    screen.view.grid.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    camera.take("nhap-so-lieu-vung-chon")
    from desktop.domain.periods import Period

    camera.window.choose_period(Period.parse("2025"))
    camera.take("nhap-so-lieu-nam-moi")
    camera.window.choose_period(Period.parse("2022"))
    camera.take("nhap-so-lieu-ky-cu")
    camera.window.choose_period(Period.parse("2024"))


def communes_form(camera: Photographer) -> None:
    """One commune's form: with findings, a note being typed, the lists over the page where there is little room."""
    screen = camera.show("entry")
    screen.ways.show("commune")
    way, grid = screen.ways.shown, screen.ways.shown.view.grid
    way.step_finding(1)
    camera.take("bieu-xa")
    grid.go(way.model.row_of("insured"), 8)
    grid.begin("theo BHXH huyện")
    camera.take("bieu-xa-ghi-chu")
    grid.give_up()
    if camera.window.is_compact:
        way.view.open_communes()
        camera.take("bieu-xa-danh-sach")
        way.view.close_communes()
    screen.side.toggle()
    camera.take("bieu-xa-phat-hien" if camera.window.is_compact else "bieu-xa-rong")
    screen.side.toggle()
    screen.ways.show("matrix")
    screen.side.toggle()
    screen.side.panel.rows.show_row(1)
    camera.take("nhap-so-lieu-phat-hien")
    screen.side.toggle()


def kinds(camera: Photographer) -> None:
    """Assigned figures with their decision, a total being divided, estimates and their proposals."""
    from desktop.application import estimates
    from desktop.domain.periods import Period
    from desktop.domain.values import Kind
    from desktop.ui.screens.entry.kinds.decision import DecisionDialog
    from desktop.ui.screens.entry.kinds.distribution import DistributionDialog
    from desktop.ui.screens.entry.kinds.proposals import ProposalsDialog

    screen, session = camera.show("entry"), camera.window.session
    screen.ways.show("commune")
    screen.kinds.choose(Kind.ASSIGNED)
    divided = DistributionDialog(camera.window, session, form="commune", element="insured")
    divided.total.setText("60.000")
    divided.show()
    camera.take("chia-chi-tieu", divided)
    divided.close()
    camera.take("chi-tieu-giao")
    decision = DecisionDialog(camera.window, session, "commune")
    decision.show()
    camera.take("quyet-dinh", decision)
    decision.close()
    camera.window.choose_period(Period.parse("2025"))
    screen.kinds.choose(Kind.ESTIMATE)
    camera.take("uoc-thuc-hien")
    found = estimates.propose(session.record, form="commune", period=session.period)
    proposals = ProposalsDialog(camera.window, session, session.period, found)
    proposals.show()
    camera.take("de-xuat-uoc", proposals)
    proposals.close()
    screen.kinds.choose(Kind.ACTUAL)
    screen.ways.show("matrix")
    camera.window.choose_period(Period.parse("2024"))


def board(camera: Photographer) -> None:
    """The state of the forms: with a deadline, many chosen, and the dialogs it opens."""
    from desktop.application import deadlines
    from desktop.domain.workdays import Rule
    from desktop.ui.screens.board.deadlines import DeadlinesDialog
    from desktop.ui.screens.board.holidays import HolidaysDialog
    from desktop.ui.screens.board.late import LateDialog
    from desktop.ui.screens.board.punctual import PunctualityDialog

    session = camera.window.session
    screen = camera.show("entry")
    screen.ways.show("board")
    session.write(lambda record: deadlines.put_deadline(record, form="commune", rule=Rule(working_days=3)))
    camera.settle()
    way = screen.ways.shown
    way.view.grid.go(6, 0)
    camera.pump(0.3)
    camera.take("tinh-hinh-bieu")
    way.view.grid.selectColumn(0)
    camera.pump(0.3)
    camera.take("tinh-hinh-bieu-nhieu")
    for name, dialog in (
        ("nhac-xa-cham", LateDialog(camera.window, session, 2024)),
        ("tong-hop-dung-han", PunctualityDialog(camera.window, session, form=None)),
        ("han-gui", DeadlinesDialog(camera.window, session, "commune")),
        ("ngay-nghi", HolidaysDialog(camera.window, session, 2024)),
    ):
        dialog.show()
        camera.take(name, dialog)
        dialog.close()
    screen.ways.show("matrix")


def second(camera: Photographer) -> None:
    """Double entry: blind typing, then the comparison."""
    from desktop.application import double_entry
    from desktop.application.entry import Typed
    from desktop.domain.values import number

    session = camera.window.session
    session.write(lambda record: double_entry.put_entered_twice(record, forms=["commune"]))
    screen = camera.show("entry")
    screen.ways.show("second")
    row = screen.model.all_rows[6]
    codes = [column.element.code for column in screen.model.all_columns]
    cells = [Typed(row.commune.uid, code, screen.model.cell_at(row.commune.uid, code).figure.value) for code in codes]
    cells[3] = Typed(row.commune.uid, codes[3], number(4970))
    session.write(lambda record: double_entry.type_second(record, form="commune", period=session.period, cells=cells))
    way = screen.ways.shown
    way.view.communes.selectRow(6)
    camera.take("nhap-lan-hai")
    way.show_page("compare")
    camera.take("nhap-lan-hai-so")
    session.write(lambda record: double_entry.put_entered_twice(record, forms=[]))
