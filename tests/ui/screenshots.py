"""Pictures of every page and of the states that matter, for the eye, the tests and the README.

`python -m tests.ui.screenshots OUT [NAME …]`: at 1366 x 768 (1366 x 697 are ours) with 100 % and 150 %, Vietnamese.
Each ratio is a program of its own, because Qt reads it once at the start.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

WIDTH, HEIGHT = 1366, 697
RATIOS = (1.0, 1.5)


def main(words: list[str]) -> int:
    """Take all pictures, or those named."""
    out = Path(words[0])
    out.mkdir(parents=True, exist_ok=True)
    for ratio in RATIOS:
        env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(ratio), "SOTRAM_SHOTS": str(ratio)}
        with tempfile.TemporaryDirectory() as home:
            env["SOTRAM_HOME"] = home
            done = subprocess.run([sys.executable, "-m", "tests.ui.screenshots", *words], env=env, check=False)
        if done.returncode:
            return done.returncode
    return 0


class Photographer:
    """One window on a record made for looking."""

    def __init__(self, out: Path, ratio: float, folder: Path, wanted: list[str]) -> None:
        from desktop.system.settings import Settings
        from desktop.ui import app
        from tests.ui.offices import NOW, TODAY, looked_at

        self.out, self.ratio, self.folder, self.wanted = out, ratio, folder, wanted
        self.record = folder / "so-tram.sotramdb"
        looked_at(self.record, folder)
        self.kept = Settings(
            period="2024", maximised=False, package_folder=str(folder / "usb"), backup_folder=str(folder / "sao-luu")
        )
        self.application = app.make_application(["sotram"], self.kept)
        self.window = app.make_window(self.record, kept=self.kept, now=lambda: NOW, today=TODAY)
        self.window.resize(round(WIDTH / ratio), round(HEIGHT / ratio))
        self.window.show()
        self.pump()
        self.window.open()
        self.settle()

    def pump(self, seconds: float = 0.05) -> None:
        """Let Qt work."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.application.processEvents()

    def settle(self) -> None:
        """Wait until no job runs."""
        self.pump(0.4)
        until = time.monotonic() + 30
        while self.window.session.jobs.is_busy and time.monotonic() < until:
            self.pump()
        self.pump(0.2)

    def take(self, name: str, widget=None) -> None:
        """One picture."""
        self.settle()
        if self.wanted and name not in self.wanted:
            return
        suffix = "" if self.ratio == 1 else f"-{round(self.ratio * 100)}"
        (widget or self.window).grab().save(str(self.out / f"{name}{suffix}.png"))

    def show(self, place: str):
        """Go to a page."""
        from desktop.ui.places import Place

        screen = self.window.show_place(Place(place))
        self.settle()
        return screen


def pictures() -> list[Callable[[Photographer], None]]:
    """What is looked at, in order."""
    from tests.ui.screenshots_children import children
    from tests.ui.screenshots_criteria import criteria
    from tests.ui.screenshots_imports import filling, imports, weighing_lists
    from tests.ui.screenshots_results import results
    from tests.ui.screenshots_stations import stations

    return [
        entry,
        typing,
        communes_form,
        kinds,
        imports,
        filling,
        weighing_lists,
        overview,
        indicators,
        reports,
        exchange,
        keys,
        catalogue,
        board,
        denominators,
        second,
        admin,
        children,
        stations,
        results,
        criteria,
        search,
        dialog,
        guide,
    ]


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


def overview(camera: Photographer) -> None:
    """The state in numbers."""
    camera.show("overview")
    camera.take("tong-quan")


def indicators(camera: Photographer) -> None:
    """Targets and the source of one."""
    screen = camera.show("indicators")
    rows = screen.view.model.rows
    at = next((n for n, row in enumerate(rows) if row.indicator.code == "stunting_rate"), 0)
    screen.view.table.selectRow(at)
    camera.take("chi-tieu")


def reports(camera: Photographer) -> None:
    """The real PDF."""
    screen = camera.show("reports")
    camera.take("bao-cao")
    screen.zoom(75)
    screen.view.pages.go(len(screen.pages) - 1)
    camera.take("bao-cao-phu-luc")
    screen.zoom(0)


def exchange(camera: Photographer) -> None:
    """The desk, before and after writing."""
    screen = camera.show("exchange")
    camera.take("gui-nhan")
    screen.view.finished_only.setChecked(False)
    screen.write()
    camera.take("gui-nhan-da-ghi")


def keys(camera: Photographer) -> None:
    """Our digits and our partners."""
    screen = camera.show("exchange")
    screen.show_tab("keys")
    camera.take("gui-nhan-khoa")
    screen.show_tab("desk")


def catalogue(camera: Photographer) -> None:
    """Units, plans, tasks."""
    screen = camera.show("catalogue")
    camera.take("danh-muc-don-vi")
    units_and_acts(camera, screen.view.units)
    regimes(camera, screen)
    for tab in ("elements", "plans", "tasks"):
        screen.choose(tab)
        camera.take(f"danh-muc-{tab}")


def regimes(camera: Photographer, screen) -> None:
    """The forms, what is known of the official regimes, and a new regime looked at with and without a first day."""
    from desktop.ui.screens.catalogue.forms.dialog import InstallDialog
    from tests.ui.test_forms_page import regime_file

    screen.choose("forms")
    camera.take("danh-muc-bieu")
    screen.view.forms.choose("regimes")
    camera.take("danh-muc-che-do")
    screen.view.forms.choose("forms")
    file = regime_file(camera.window.session.record, camera.folder / "che-do-2027.xlsx")
    for name, day in (("cai-bieu-loi", ""), ("cai-bieu", "01/03/2027")):
        asked = InstallDialog(camera.window, camera.window.session, file)
        asked.day.setText(day)
        asked.look()
        asked.show()
        camera.take(name, asked)
        asked.close()


def units_and_acts(camera: Photographer, page) -> None:
    """A unit through time, the map's proposals, the guided act."""
    from desktop.ui.screens.catalogue.units.act_dialog import ActDialog

    page.confirm_sure.click()
    page.day.setText("22/11/2026")
    page.day.editingFinished.emit()
    commune = next(item for item in page.tree._items.values() if item.text(0) == "Xã Tú Lệ")
    page.tree.setCurrentItem(commune)
    page.timeline.selectRow(0)
    camera.take("danh-muc-dien-bien")
    page.choose("proposals")
    camera.take("danh-muc-de-xuat")
    page.choose("timeline")
    asked = ActDialog(camera.window, camera.window.session, first="04462")
    asked.day.setText("01/01/2027")
    asked.froms.item(1, 0).setText("04456")
    asked.basis.setText("NQ 12/NQ-HĐND")
    asked.look()
    asked.show()
    camera.take("ghi-quyet-dinh", asked)
    asked.close()


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


def denominators(camera: Photographer) -> None:
    """Figures to divide by, and what moves."""
    screen = camera.show("denominators")
    camera.take("mau-so")
    screen.propose_forms()
    screen.take_text(screen.view.model.rows[2], "3.500")
    camera.take("mau-so-sap-chon")
    screen.drop()


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


def admin(camera: Photographer) -> None:
    """Backups, letterhead, settings."""
    screen = camera.show("admin")
    for tab in ("backup", "office", "letterhead", "stations", "habits", "settings"):
        screen.view.show_tab(tab)
        camera.take(f"quan-tri-{tab}")
    guided = screen.office.dialog(level="area", day=date(2025, 7, 1))
    guided.show()
    for page in range(5):
        camera.take(f"don-vi-{page + 1}", guided)
        guided.show_step(min(page + 1, 4))
    guided.close()


def search(camera: Photographer) -> None:
    """Ctrl+K."""
    camera.show("entry")
    camera.window.header.search.setFocus()
    camera.window.header.search.setText("la pan")
    camera.window.search("la pan")
    camera.take("tim")
    camera.window.search("")
    camera.window.show_help()
    camera.take("huong-dan", camera.window.help_window)
    camera.window.help_window.close()


def dialog(camera: Photographer) -> None:
    """A decision, and a key to trust."""
    from desktop.system.i18n import _
    from desktop.ui.dialogs.ask import Ask, Choice
    from desktop.ui.screens.exchange.keys import TrustDialog

    asked = Ask(
        camera.window,
        _("Reopen the form of {communes}?").format(communes="Xã Chế Tạo"),
        _("It becomes a correction; the next package carries it."),
        (Choice("leave", _("Leave as it is")), Choice("deed", _("Reopen"))),
        safe="leave",
        reason=_("Reason (needed)"),
        reason_text="Trạm báo nhầm số trẻ tiêm đủ liều",
        needs_reason=True,
    )
    asked.show()
    camera.take("hop-thoai", asked)
    asked.close()
    trust = TrustDialog(camera.window, "Sở Y tế tỉnh Yên Bái", "12345 67890 12345 67890 12345 67890", may_skip=True)
    trust.digits.setText("12345 67890")
    trust.show()
    camera.take("hop-thoai-khoa", trust)
    trust.close()


def guide(camera: Photographer) -> None:
    """The first start, three pages."""
    from desktop.ui import app
    from tests.ui.offices import NOW, TODAY

    window = app.make_window(camera.folder / "moi.sotramdb", kept=camera.kept, now=lambda: NOW, today=TODAY)
    window.resize(camera.window.size())
    window.show()
    app.begin(window)
    camera.window, kept = window, camera.window
    camera.settle()
    view = window.guide.view
    view.search.setText("mu cang")
    camera.take("bat-dau-1")
    for step in (2, 3):
        view.show_step(step - 1)
        camera.take(f"bat-dau-{step}")
    window.session.jobs.stop_all()
    window.hide()
    camera.window = kept


def shoot(words: list[str]) -> int:
    """Take the pictures of one ratio, in this program."""
    from desktop.system import i18n
    from desktop.ui.dialogs.faults import record

    i18n.use("vi")
    faults: list[BaseException] = []
    sys.excepthook = lambda kind, fault, trace: (
        faults.append(fault),
        record(kind, fault, trace),
        sys.__excepthook__(kind, fault, trace),
    )
    with tempfile.TemporaryDirectory() as folder:
        camera = Photographer(Path(words[0]), float(os.environ["SOTRAM_SHOTS"]), Path(folder), words[1:])
        for picture in pictures():
            picture(camera)
        camera.window.session.jobs.stop_all()
        camera.window.session.let_go()
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(shoot(sys.argv[1:]) if "SOTRAM_SHOTS" in os.environ else main(sys.argv[1:]))
