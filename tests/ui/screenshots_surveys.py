"""Pictures of the survey page and of what leaves with a package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.domain.growth.practice import DATA

if TYPE_CHECKING:
    from tests.ui.screenshots import Photographer


def surveys(camera: Photographer) -> None:
    """Nothing open, a file with its columns guessed, the results; the exchange page with children leaving."""
    screen = camera.show("children")
    screen.show_part("surveys")
    camera.take("dieu-tra-trong")
    part = screen.part
    part.open_file(DATA / "commune_input.csv")
    camera.settle()
    box = part.view.by[0]
    box.setCurrentIndex(box.findText("area"))
    camera.take("dieu-tra-cot")
    part.compute()
    camera.take("dieu-tra")
    part.save_pdf(camera.out / "dieu-tra.pdf")
    camera.settle()
    exchange = camera.show("exchange")
    exchange.view.detail_choice.choose("unnamed")
    camera.take("gui-nhan-danh-sach-tre")
