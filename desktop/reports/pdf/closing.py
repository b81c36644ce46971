"""The end: the last lines of the text, "Nơi nhận" and the signature, which never stand on a page without text.

Boxes 7 and 9b of Decree 30/2020, annex I. Room of 30 mm is left between post and name for signature and seal.
"""

from __future__ import annotations

from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Paragraph as PrintedParagraph
from reportlab.platypus.flowables import Flowable

from desktop.reports.model import Signature
from desktop.reports.pdf.fonts import BOLD, BOLD_ITALIC, REGULAR, clean, wrap, wrap_evenly
from desktop.reports.pdf.text import BETWEEN, BODY_LEADING

RECIPIENTS_ROOM: Final = 72 * mm
SIGNER_COLUMN: Final = 90 * mm
SIGNER_SIZE: Final = 14
SIGNING_ROOM: Final = 30 * mm
HEAD_SIZE: Final = 12
LIST_SIZE: Final = 11
ABOVE: Final = 14
TEXT_LINES: Final = 2


class SigningBlock(Flowable):
    """Recipients at the left, level with the signer's post at the right; in minutes below the secretary's name."""

    def __init__(self, recipients: tuple[str, ...], signature: Signature, secretary: Signature | None = None) -> None:
        """Break both columns into lines."""
        super().__init__()
        self._recipients = _recipient_lines(recipients)
        self._posts, self._name = _post_lines(signature), clean(signature.name)
        self._secretary = _post_lines(secretary) if secretary else ()
        self._left_name = clean(secretary.name) if secretary else ""

    def wrap(self, wide: float, _high: float) -> tuple[float, float]:
        """As high as the higher column."""
        recipients = HEAD_SIZE * 1.25 + len(self._recipients) * LIST_SIZE * 1.2
        left = ABOVE + self._lead() + (recipients if self._recipients else 0)
        right = ABOVE + len(self._posts) * SIGNER_SIZE * 1.2 + SIGNING_ROOM + SIGNER_SIZE * 1.2
        self.width, self.height = wide, max(left, right) + 2
        return self.width, self.height

    def _lead(self) -> float:
        """Height of the signature at the left with the gap below it."""
        return len(self._secretary) * SIGNER_SIZE * 1.2 + SIGNING_ROOM + SIGNER_SIZE * 2.4 if self._secretary else 0

    def draw(self) -> None:
        """Both columns from the same first baseline."""
        first = self.height - ABOVE - SIGNER_SIZE
        self._signed(self.width - SIGNER_COLUMN / 2, first, self._posts, self._name)
        if self._secretary:
            self._signed((self.width - SIGNER_COLUMN) / 2, first, self._secretary, self._left_name)
            first -= self._lead()
        if not self._recipients:
            return
        self.canv.setFont(BOLD_ITALIC, HEAD_SIZE)
        self.canv.drawString(0, first, "Nơi nhận:")
        self.canv.setFont(REGULAR, LIST_SIZE)
        for place, line in enumerate(self._recipients):
            self.canv.drawString(0, first - HEAD_SIZE * 1.25 - place * LIST_SIZE * 1.2, line)

    def _signed(self, middle: float, first: float, posts: tuple[str, ...], name: str) -> None:
        self.canv.setFont(BOLD, SIGNER_SIZE)
        for place, post in enumerate(posts):
            self.canv.drawCentredString(middle, first - place * SIGNER_SIZE * 1.2, post)
        down = first - (len(posts) - 1) * SIGNER_SIZE * 1.2 - SIGNING_ROOM - SIGNER_SIZE
        self.canv.drawCentredString(middle, down, name)


def _post_lines(signature: Signature) -> tuple[str, ...]:
    return tuple(
        line
        for post in signature.posts
        for line in wrap_evenly(clean(post), BOLD, SIGNER_SIZE, SIGNER_COLUMN, ("CHỦ TỊCH", "GIÁM ĐỐC"))
    )


class Closing(Flowable):
    """The last paragraphs and the signing block; at least two lines of text stay with the signature."""

    def __init__(self, paragraphs: list[Flowable], signing: SigningBlock) -> None:
        """Hold the paragraphs that must stay with the signature."""
        super().__init__()
        self._paragraphs, self._signing = paragraphs, signing
        self.spaceBefore = BETWEEN

    def wrap(self, wide: float, high: float) -> tuple[float, float]:
        """All together."""
        self.width = wide
        self.height = sum(each.wrap(wide, high)[1] for each in self._paragraphs) + self._signing.wrap(wide, high)[1]
        self.height += BETWEEN * (len(self._paragraphs) - 1)
        return self.width, self.height

    def split(self, wide: float, high: float) -> list[Flowable]:
        """Leave lines of the first paragraph behind where enough of them stay with the signature."""
        first = self._paragraphs[0]
        first.wrap(wide, high)
        lines = round(first.height / BODY_LEADING)
        for left in range(min(lines - TEXT_LINES, int(high // BODY_LEADING)), TEXT_LINES - 1, -1):
            pieces = first.split(wide, left * BODY_LEADING + 0.5)
            if len(pieces) == 2:
                return [pieces[0], Closing([pieces[1], *self._paragraphs[1:]], self._signing)]
        return []

    def least(self, wide: float) -> float:
        """The least height with which it can begin on a page: two lines where it can leave them, else all of it."""
        if _lines(self._paragraphs[0], wide) >= 2 * TEXT_LINES:
            return TEXT_LINES * BODY_LEADING
        return float(self.wrap(wide, 10_000)[1])

    def draw(self) -> None:
        """From the top: paragraphs, then the block."""
        down = self.height
        for each in self._paragraphs:
            down -= each.height
            each.drawOn(self.canv, 0, down)
            down -= BETWEEN
        self._signing.drawOn(self.canv, 0, 0)


def close(body: list[Flowable], last: PrintedParagraph, signing: SigningBlock, wide: float) -> None:
    """Put the closing behind the body; a last paragraph of one line takes the paragraph before it along."""
    kept: list[Flowable] = [last]
    lines = _lines(last, wide)
    while lines < TEXT_LINES and body and type(body[-1]) is PrintedParagraph:
        kept.insert(0, body.pop())
        lines += _lines(kept[0], wide)
    body.append(Closing(kept, signing))


def _lines(paragraph: Flowable, wide: float) -> int:
    return round(float(paragraph.wrap(wide, 10_000)[1]) / BODY_LEADING)


def _recipient_lines(recipients: tuple[str, ...]) -> tuple[str, ...]:
    lines: list[str] = []
    for place, each in enumerate(recipients, 1):
        end = "." if place == len(recipients) else ";"
        first, *rest = wrap(f"- {clean(each)}{end}", REGULAR, LIST_SIZE, RECIPIENTS_ROOM)
        lines += [first, *(f"  {line}" for line in rest)]
    return tuple(lines)
