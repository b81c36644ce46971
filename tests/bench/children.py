"""Children of a province: importing their lists, finding one, a commune's session, the whole province at once.

Yardsticks in the same process: reading the same rows with the bare driver, and reading the workbook's cells alone. At a
tenth of a province in the usual table; `--edge` does the whole: 150.000 children with a million measurements.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from db.store import Store
from desktop.application import children, children_follow, children_list, imports, nutrition, offices, weighing
from desktop.application.children_import import ListWish, apply_lists, lists_of
from desktop.application.children_matching import suggest_duplicates
from desktop.application.nutrition_sessions import session_points
from desktop.domain.children import Sex
from desktop.domain.periods import Period
from desktop.errors import Cancelled
from desktop.exchange.workbook import read_workbook
from tests.bench import children_record
from tests.bench.children_record import LAST, TODAY, Size
from tests.bench.table import Row, seconds

TENTH, PROVINCE = Size(15_000, 3), Size(150_000, 8)
PART = 1500
"""Children in the list that is imported: a large commune's."""
DAY = date(2026, 11, 1)
YEAR = Period.of_year(2026)


LIMIT = 0.1
"""Seconds that a window may stand still; of a commune with 150 children."""


LIMITS = {"results of the year": 2, "the list with every measurement": 4, "follow-up of all communes": 5}
"""How often as long as reading the same rows bare: what is read in columns must not become nouns again."""


def measure(folder: Path, size: Size = TENTH) -> list[Row]:
    path = children_record.make(folder / "children.sotramdb", size)
    with closing(children_record.open_record(path)) as store:
        return [*_of_one(store, folder, LIMIT if size is TENTH else None), *_of_all(store)]


def _of_one(store: Store, folder: Path, limit: float | None) -> list[Row]:
    """What the window does on its own thread: one commune, one name."""
    communes = [commune.uid for commune in offices.communes_of(store, on=LAST)]
    newest = weighing.sessions(store, communes=communes[:1])[-1]
    deeds: dict[str, Callable[[], object]] = {
        "a commune's children": lambda: children.children_of(store, communes=communes[:1], day=DAY),
        "a child by words of its name": lambda: children.find(store, text="giang a chu", today=DAY),
        "a session's list": lambda: weighing.sheet(store, session=newest.uid),
        "a commune's follow-up": lambda: children_follow.follow_up(store, communes=communes[:1], day=DAY),
    }
    rows = []
    for name, deed in deeds.items():
        deed()
        taken = median(seconds(deed) for _ in range(5))
        count = len(children.children_of(store, communes=communes[:1], day=DAY))
        rows.append(
            Row(
                f"children: {name}",
                taken,
                limit,
                "a window that stands still",
                f"{count} children in the commune",
                unit=" s",
            )
        )
    return [*rows, *_imported(store, folder)]


def _of_all(store: Store) -> list[Row]:
    """What runs off the window's thread: the whole record, with its steps; how long between two of them."""
    communes = [commune.uid for commune in offices.communes_of(store, on=LAST)]
    (count,) = store.connection.execute("SELECT count(*) FROM measurement").fetchone()
    bare = seconds(lambda: store.connection.execute("SELECT * FROM measurement").fetchall())
    bare += seconds(lambda: store.connection.execute("SELECT * FROM child").fetchall())
    steps = Steps()
    deeds: dict[str, Callable[[], object]] = {
        "results of the year": lambda: nutrition.results(store, unit=None, period=YEAR, step=steps),
        "the rounds of all sessions": lambda: session_points(store, communes=communes, last=YEAR.last, step=steps),
        "who is expected on a day": lambda: children.children_of(store, communes=communes, day=DAY),
        "the list with every measurement": lambda: children_list.listed(store, today=DAY, step=steps),
        "follow-up of all communes": lambda: children_follow.follow_up(store, communes=communes, day=DAY, step=steps),
        "entries that may be one child": lambda: suggest_duplicates(store, communes=None, day=DAY),
    }
    note = f"{count:,} measurements".replace(",", ".")
    rows = []
    for name, deed in deeds.items():
        steps.begin()
        taken = seconds(deed)
        limit = LIMITS.get(name)
        waits = f"; at most {steps.longest:.2f} s between two steps" if steps.count else ""
        note_here = f"{taken:.1f} s; {note}{waits}"
        rows.append(Row(f"children: {name}", taken / bare, limit, "reading the rows bare", note_here))
    return rows


class Steps:
    """Hears the steps of a job, and how long the longest of them took."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self.count, self.longest, self._last = 0, 0.0, perf_counter()

    def __call__(self, _done: int, _total: int) -> None:
        now = perf_counter()
        self.count, self.longest, self._last = self.count + 1, max(self.longest, now - self._last), now


def _imported(store: Store, folder: Path) -> list[Row]:
    """A large commune's list: read, compared, written, and what a stop costs."""
    file = _workbook(folder / "danh sách.xlsx", store)
    begun = perf_counter()
    plan = lists_of(store, files=imports.read_files(store, files=[file]).files, wish=ListWish(), today=TODAY)
    read = perf_counter() - begun
    cells = seconds(lambda: read_workbook(file.read_bytes(), file.name))
    stopped = seconds(lambda: _stopped(store, plan))
    written = seconds(lambda: apply_lists(store, plan=plan))
    rate = f"{PART / (read + written):.0f} rows a second, {read:.2f} s to read and compare, {written:.2f} s to write"
    return [
        Row(
            f"children: import of a list of {PART} children", (read + written) / cells, None, "reading the cells", rate
        ),
        Row("children: an import that is stopped", stopped, None, "", "rolled back, nothing written", unit=" s"),
    ]


def _stopped(store: Store, plan: object) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    head = store.head()
    with suppress(Cancelled):
        apply_lists(store, plan=plan, step=stop)  # type: ignore[arg-type]
    assert store.head() == head


def _workbook(path: Path, store: Store) -> Path:
    """The children of a commune half a year later, most of them known."""
    import openpyxl

    commune = offices.communes_of(store, on=LAST)[1]
    known = children.children_of(store, communes=[commune.uid], day=LAST)
    day = LAST + timedelta(days=180)
    day = min(day, TODAY)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(commune.name[:31])
    sheet.append([f"DANH SÁCH CÂN ĐO TRẺ EM DƯỚI 5 TUỔI {commune.name.upper()}"])
    sheet.append([f"Ngày cân đo: {day:%d/%m/%Y}"])
    sheet.append(["STT", "Họ và tên", "Ngày sinh", "Giới", "Thôn", "Dân tộc", "Họ tên mẹ", "Cân nặng", "Chiều cao"])
    for at in range(PART):
        child = known[at % len(known)].child
        born = child.birth_date or LAST
        new = at >= len(known)
        name = f"{child.name} {at // len(known)}" if new else child.name
        months = max((day - born).days / 30.4, 0)
        sheet.append(
            [at + 1, name.replace(" 1", " Nhất").replace(" 2", " Nhì"), f"{born:%d/%m/%Y}",
             "Nam" if child.sex is Sex.MALE else "Nữ", child.village, child.ethnic_group, child.mother,
             f"{3.4 + 0.2 * months:.1f}".replace(".", ","), f"{52 + 0.85 * months:.1f}".replace(".", ",")]
        )  # fmt: skip
    book.save(path)
    book.close()
    return path
