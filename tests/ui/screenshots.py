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
    from tests.ui.screenshots_catalogue import admin, catalogue, denominators
    from tests.ui.screenshots_children import children
    from tests.ui.screenshots_criteria import criteria
    from tests.ui.screenshots_entry import board, communes_form, entry, kinds, second, typing
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
