"""Pictures of the page of stations: a profile, an item with its choices, Excel before it is taken in, nothing yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.ui.screenshots import Photographer

BEFORE = date(2023, 6, 30)
DAY = date(2024, 12, 31)
OLD = {"rooms": "9", "building_kind": "1", "built_year": "2011", "terrain": "1", "distance_km": "7,5", "villages": "12"}
NOW = {
    "doctors": "1", "assistant_doctors": "3", "assistant_doctors_traditional": "4", "nurses": "2", "midwives": "1",
    "pharmacists": "1", "population_staff": "1", "doctors_working": "1", "doctor_days": "2,5",
    "duty_day_and_night": "x", "floor_area": "412,5", "building_state": "2", "beds": "5", "clean_water": "x",
    "waste_sorted": "x", "solid_waste": "cluster", "wastewater": "k", "ncd_managed": "x", "family_medicine": "k",
    "insurance_contract": "x", "insurance_until": "31/12/2025", "villages_with_worker": "11", "especially_hard": "-",
}  # fmt: skip


def fill(record) -> None:
    """Stations of all communes, some with profiles."""
    from desktop.application import station_writing as writing
    from desktop.application import stations
    from desktop.domain.units import UnitKind

    stations.add_usual_stations(record, on=DAY)
    places = stations.stations(record, on=DAY)
    home = places[0].commune.uid
    stations.add_station(
        record, name="Điểm trạm Thào Chua Chải", commune=home, valid_from=None, kind=UnitKind.SATELLITE
    )
    for at, place in enumerate(places[:6]):
        for item, answer in OLD.items():
            writing.say_fact(record, uid=place.uid, item=item, answer=answer, since=BEFORE)
        for item, answer in list(NOW.items())[: len(NOW) - 4 * at]:
            writing.say_fact(record, uid=place.uid, item=item, answer=answer, since=DAY)


def stations(camera: Photographer) -> None:
    """The page, an item with its choices, the preview of a workbook, the empty page."""
    import openpyxl

    from desktop.application import station_import as desk
    from desktop.domain.periods import Period

    screen = camera.show("stations")
    camera.take("tram-chua-co")
    record = camera.window.session.record
    fill(record)
    screen.load()
    view = screen.view
    camera.take("tram")
    view.grid.go(view.profile.row_of("building_kind"), 2)
    camera.take("tram-loai-nha")
    view.grid.go(view.profile.row_of("assistant_doctors_traditional"), 2)
    view.grid.begin("2")
    camera.take("tram-dang-go")
    view.grid.give_up()
    view.grid.go(view.profile.row_of("villages_with_worker"), 2)
    camera.take("tram-thon")
    book = camera.folder / "Hồ sơ trạm 2024.xlsx"
    book.write_bytes(desk.template_bytes(record, on=DAY, made=DAY))
    held = openpyxl.load_workbook(book)
    sheet = held.worksheets[0]
    for row in range(6, 60):
        if sheet.cell(row, 1).value in ("doctors", "nurses", "clean_water", "rooms"):
            for column in range(4, 12):
                sheet.cell(row, column).value = {"clean_water": "có"}.get(sheet.cell(row, 1).value, 2)
        if sheet.cell(row, 1).value == "midwives":
            sheet.cell(row, 5).value = "-"
            sheet.cell(row, 6).value = "hai"
    held.save(book)
    screen.acting.read_file(book)
    camera.take("tram-nhap-tu-excel")
    view.show_page("sheet")
    camera.window.choose_period(Period.parse("2024"))


def main() -> None:
    """Only these, for the eye: `python -m tests.ui.screenshots_stations OUT`."""
    import os
    import subprocess
    import sys
    import tempfile
    from pathlib import Path

    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    told = os.environ.get("SOTRAM_SHOTS")
    if told is None:
        for ratio in ("1.0", "1.5"):
            env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": ratio, "SOTRAM_SHOTS": ratio}
            with tempfile.TemporaryDirectory() as home:
                command = [sys.executable, "-m", "tests.ui.screenshots_stations", str(out)]
                subprocess.run(command, env=env | {"SOTRAM_HOME": home}, check=True)
        return
    from tests.ui.screenshots import Photographer

    with tempfile.TemporaryDirectory() as folder:
        stations(Photographer(out, float(told), Path(folder), []))
    os._exit(0)


if __name__ == "__main__":
    main()
