"""Pictures of what an office sets up: units and acts, forms and regimes, denominators, its own pages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.ui.screenshots import Photographer


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


def denominators(camera: Photographer) -> None:
    """Figures to divide by, and what moves."""
    screen = camera.show("denominators")
    camera.take("mau-so")
    screen.propose_forms()
    screen.take_text(screen.view.model.rows[2], "3.500")
    camera.take("mau-so-sap-chon")
    screen.drop()


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
