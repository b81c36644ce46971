"""A printed PDF measured in millimetres from the top left corner of the sheet, with PDFium and not with our printer."""

import ctypes
from dataclasses import dataclass
from functools import cached_property

import pypdfium2
from pypdfium2 import raw

MM = 25.4 / 72


@dataclass(frozen=True)
class Line:
    """Text on one baseline without a wide gap: where it stands, its font and size."""

    text: str
    left: float
    right: float
    baseline: float
    top: float
    size: float
    font: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True)
class Rule:
    """A horizontal line drawn by itself."""

    left: float
    right: float
    down: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def length(self) -> float:
        return self.right - self.left


class Sheet:
    """One page."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self.width, self.height = (each * MM for each in page.get_size())

    @cached_property
    def text(self) -> str:
        return self._page.get_textpage().get_text_bounded()

    @cached_property
    def lines(self) -> list[Line]:
        made: list[Line] = []
        run: list[tuple[str, float, float, float, float, float, str]] = []
        for char in self._chars():
            if run and (abs(char[3] - run[-1][3]) > 0.3 or char[1] - run[-1][2] > 4 or char[1] < run[-1][1] - 0.5):
                made.append(_line(run))
                run = []
            run.append(char)
        if run:
            made.append(_line(run))
        return [line for line in made if line.text.strip()]

    def _chars(self):
        page = self._page.get_textpage()
        for at in range(page.count_chars()):
            code = raw.FPDFText_GetUnicode(page.raw, at)
            if code in (10, 13, 0) or raw.FPDFText_IsGenerated(page.raw, at):
                continue
            left, _, right, top = page.get_charbox(at, loose=True)
            across, up = ctypes.c_double(), ctypes.c_double()
            raw.FPDFText_GetCharOrigin(page.raw, at, across, up)
            size = raw.FPDFText_GetFontSize(page.raw, at)
            name = ctypes.create_string_buffer(200)
            raw.FPDFText_GetFontInfo(page.raw, at, name, 200, None)
            down = self.height - up.value * MM
            yield (
                chr(code),
                left * MM,
                right * MM,
                down,
                self.height - top * MM,
                size,
                name.value.decode("utf-8", "replace"),
            )

    @cached_property
    def rules(self) -> list[Rule]:
        found = []
        for item in self._page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = item.get_bounds()
            if (top - bottom) * MM < 1 and (right - left) * MM > 5:
                found.append(Rule(left * MM, right * MM, self.height - (top + bottom) / 2 * MM))
        return found

    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of everything but the page number."""
        boxes = [(line.left, line.baseline - 2, line.right, line.baseline) for line in self.lines if not _number(line)]
        for item in self._page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = item.get_bounds()
            boxes.append((left * MM, self.height - top * MM, right * MM, self.height - bottom * MM))
        return (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )

    @property
    def number(self) -> Line | None:
        return next((line for line in self.lines if _number(line)), None)

    def find(self, text: str) -> Line:
        return next(line for line in self.lines if text in line.text)


def _number(line: Line) -> bool:
    return line.baseline < 19 and line.text.strip().isdigit()


def _line(run) -> Line:
    while len(run) > 1 and run[-1][0] in " \u00a0":
        run.pop()
    return Line(
        "".join(each[0] for each in run).replace("\u00a0", " "),
        run[0][1],
        run[-1][2],
        run[0][3],
        min(each[4] for each in run),
        run[0][5],
        run[0][6],
    )


def sheets(data: bytes) -> list[Sheet]:
    return [Sheet(page) for page in pypdfium2.PdfDocument(data)]


def about(data: bytes) -> dict[str, str]:
    return pypdfium2.PdfDocument(data).get_metadata_dict()
