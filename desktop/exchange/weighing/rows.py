"""The rows below the headings: children, and what is not one, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from desktop.domain.children import Sex
from desktop.domain.findings import Finding
from desktop.domain.text import fold, squeeze
from desktop.exchange.grid import Raw, Sheet
from desktop.exchange.reading import Skipped
from desktop.exchange.sheets_table import is_number_row
from desktop.exchange.sheets_totals import is_total_label
from desktop.exchange.weighing import cells, dates
from desktop.exchange.weighing.dates import days_in_titles
from desktop.exchange.weighing.headings import digits_of_sex, role_of
from desktop.exchange.weighing.model import ListRow, ListTable, Role
from desktop.exchange.weighing.one_row import Around, is_said, name_of, read_row
from desktop.exchange.weighing.places import commune_of, place_named, village_of
from desktop.exchange.weighing.several import table_of
from desktop.exchange.weighing.table import heading_at
from desktop.wording import Sentence, say

_SIGNATURE: Final = re.compile(
    r"nguoi (?:lap|can|do|tong hop|bao cao|kiem tra|ghi)|can bo (?:phu trach|chuyen trach|thuc hien)|truong tram"
    r"|tram truong|thu truong|giam doc|phu trach|y te thon|cong tac vien"
    r"|xac nhan|^ngay\b.*\bthang\b|,\s*ngay\b.*\bthang\b"
    r"|ky ten|\bky,? (?:ghi )?(?:ro )?ho ten|lanh dao|ubnd|\bky va\b"
)
_NUMBERING: Final = re.compile(r"[\dIVXivxA-Ca-c]{1,4}[.)]?")
_NAMES: Final = re.compile(r"\b(?:ten|name|tre|chau)\b")
_SUMMARY: Final = re.compile(
    r"^(?:so |ty le |tong |cong |trong do|- |\+ |\* )|^(?:tre )?(?:nam|nu)\s*[:=]|danh sach (?:nay )?(?:gom|co)"
    r"|^luu y|^ghi chu"
)
_FIGURES: Final = (Role.WEIGHT, Role.LENHEI, Role.LYING, Role.STANDING, Role.MUAC)
_ABOUT: Final = (
    Role.SEX, Role.MALE, Role.FEMALE, Role.BIRTH, Role.BIRTH_YEAR, Role.BIRTH_MALE, Role.BIRTH_FEMALE, Role.MOTHER,
    Role.AGE, Role.VISIT, *_FIGURES,
)  # fmt: skip


@dataclass(slots=True)
class Rows:
    """What was read and what was not, in the order of the sheet; `tables` are the lists that stand below the first."""

    rows: list[ListRow] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tables: list[ListTable] = field(default_factory=list)


def read_rows(sheet: Sheet, table: ListTable) -> Rows:
    """Every row below the headings, to the end of the sheet."""
    reader = _Reader(sheet, table)
    for row in range(table.bottom + 1, len(sheet.rows) + 1):
        reader.take(row)
    return reader.out


class _Reader:
    """Remembers what lines of their own say of the rows below them: the village, the commune, the day, new headings."""

    def __init__(self, sheet: Sheet, table: ListTable) -> None:
        self.sheet = sheet
        self.out = Rows()
        self.around = Around(sheet, findings=self.out.findings)
        for first, left, last, right in sheet.merged or ():
            if left == right:
                self.around.merged |= {(row, left) for row in range(first + 1, last + 1)}
        self.between: list[str] = []  # what stands above headings that come again
        self.signed = False
        self.until = 0
        self._use(table)

    def _use(self, table: ListTable) -> None:
        self.table = table
        self.tables = [(one, table_of(table, one)) for one in table.beside]
        self.around.sexes = self._digits_of_sex()
        self.around.above.clear()
        self.around.girls_only = bool(table.of(Role.FEMALE)) and not table.of(Role.MALE, Role.SEX)
        self.around.boys_only = bool(table.of(Role.MALE)) and not table.of(Role.FEMALE, Role.SEX)

    def _digits_of_sex(self) -> dict[str, Sex]:
        """What digits in the column of the sex mean: as its heading says, else 0 beside 1 is a girl."""
        columns = self.table.of(Role.SEX)
        for column in columns:
            told = digits_of_sex(self.table.headings.get(column, ""))
            if told:
                return told
        below = range(self.table.bottom + 1, len(self.sheet.rows) + 1)
        seen = {cells.text_of(self.sheet.at(row, column)) for column in columns for row in below}
        return {"0": Sex.FEMALE} if "0" in seen and "2" not in seen else {}

    def take(self, row: int) -> None:
        """Read one row."""
        raw = {column: self.sheet.at(row, column) for column in self.table.columns}
        filled = [cell for cell in self.sheet.rows[row - 1] if is_said(cell)]
        if not filled:
            return
        if row <= self.until or self._begins_again(row, raw, filled):
            self.out.skipped.append(Skipped(row, say("The row repeats the headings.")))
            return
        reason = self._no_child(raw, filled)
        if reason is not None:
            self.out.skipped.append(Skipped(row, reason))
            texts = [text for cell in filled if (text := cells.text_of(cell))]
            self.between += [*texts, " ".join(texts)]
            return
        self.between.clear()
        if self.tables:
            self.out.rows += self._visits(row)
        else:
            self.out.rows.append(read_row(self.around, row, self.table))

    def _begins_again(self, row: int, raw: Mapping[int, Raw], filled: Sequence[Raw]) -> bool:
        """Whether headings stand here: those of a new page, or of another list below the first, maybe of a new layout.

        The lines above them say its commune and day where these change.
        """
        if any(cells.text_of(raw[column]).rstrip(".").isdigit() for column in self.table.of(Role.NUMBER)):
            return False
        # A title stands alone; a row of headings has at least a name and two things about the child.
        if len(filled) < 3 or not any(type(cell) is str and _NAMES.search(fold(cell)) for cell in filled):
            return False
        found = heading_at(self.sheet, row)
        if found is None:
            return False
        self.until, self.signed = found.bottom, False
        if found.columns != self.table.columns or found.beside != self.table.beside:
            self.out.tables.append(found)
            self._use(found)
        days = days_in_titles(self.between)
        self.around.day = days.day or days.month or self.around.day
        place = next((one for text in reversed(self.between) if (one := place_named([text])) is not None), None)
        if place is not None and fold(place) != fold(self.around.commune):
            named = any(self.around.village == village_of(text) for text in self.between if self.around.village)
            self.around.commune, self.around.village = place, self.around.village if named else ""
        self.between.clear()
        return True

    def _visits(self, row: int) -> list[ListRow]:
        """The row once for each session side by side in which something was found; once at least."""
        read = []
        for one, table in self.tables:
            visit = read_row(self.around, row, table)
            session = one.days.day or one.days.month or self.around.day
            read.append(replace(visit, day=visit.day or session, session=session or visit.day))
        found = [one for one in read if one.weight or one.lenhei or one.muac or one.oedema or one.absent]
        dated = [one for one in found or read[:1] if one.day is not None]
        if not dated:
            self.out.skipped.append(Skipped(row, say("Its columns do not say on which day the child was weighed.")))
        return dated

    def _no_child(self, raw: Mapping[int, Raw], filled: Sequence[Raw]) -> Sentence | None:
        """Why a row is no child; a line that names a village or commune is remembered."""
        name = name_of(self.table, raw)
        texts = [squeeze(cell) for cell in filled if type(cell) is str]
        about = [column for column in self.table.of(*_ABOUT) if is_said(raw[column])]
        if is_number_row(filled):
            return say("The row numbers the columns.")
        if self._repeats_headings(raw):
            return say("The row repeats the headings.")
        born_or_sex = self._birth_or_sex(raw)
        # Tống and Cống are family names: a child has a birth date or sex, a total has neither.
        if any(map(is_total_label, (*texts[:1], name))) and not born_or_sex:
            return say("The row is a total.")
        if (
            len(texts) == len(filled)
            and any(_SIGNATURE.search(fold(text)) for text in texts)
            and not (self._figures(raw) or (name and born_or_sex))
        ):
            self.signed = True
            return say("The row belongs to the signatures.")
        if self.signed and not born_or_sex and not self._figures(raw):
            return say("The row belongs to the signatures.")
        said = list(dict.fromkeys(text for text in texts if not _NUMBERING.fullmatch(text)))
        if len(said) == 1 and not born_or_sex and (group := self._group(said[0])) is not None:
            return group
        if not name:
            return say("The row has no name of a child.") if about else say("The row is not a child.")
        if not any(char.isalpha() for char in name):
            return say("Where the name should stand there is none.")
        numbered = any(cells.text_of(raw[column]).rstrip(".").isdigit() for column in self.table.of(Role.NUMBER))
        if not about and (self.signed or not numbered):
            return say("The row has a name and nothing else.")
        if _SUMMARY.search(fold(name)) and not born_or_sex:
            return say("The row is not a child.")
        return None

    def _birth_or_sex(self, raw: Mapping[int, Raw]) -> bool:
        births = self.table.of(Role.BIRTH, Role.BIRTH_YEAR, Role.BIRTH_MALE, Role.BIRTH_FEMALE)
        if any(dates.read_date(raw[column], birth=True).value for column in births):
            return True
        marks = any(
            cells.text_of(raw[column]).casefold() in ("x", "v") for column in self.table.of(Role.MALE, Role.FEMALE)
        )
        # A bare 1 or 2 under the sex may as well be how many there are: it makes no child of a total.
        told = [raw[column] for column in self.table.of(Role.SEX) if not cells.text_of(raw[column]).isdigit()]
        return marks or any(cells.sex(cell).value for cell in told)

    def _figures(self, raw: Mapping[int, Raw]) -> bool:
        return any(any(char.isdigit() for char in cells.text_of(raw[column])) for column in self.table.of(*_FIGURES))

    def _repeats_headings(self, raw: Mapping[int, Raw]) -> bool:
        if any(isinstance(raw[column], (int, float)) for column in self.table.of(Role.NUMBER)):
            return False  # a row that is numbered
        told = [role_of((cell,)) is self.table.columns[at] for at, cell in raw.items() if type(cell) is str and cell]
        return sum(told) >= 3 and sum(told) * 2 > len(told)

    def _group(self, text: str) -> Sentence | None:
        """The line that stands above the children of a village or commune."""
        commune, village = commune_of(text), village_of(text)
        if commune:
            self.around.commune, self.around.village = commune, ""
        elif village:
            self.around.village = village
        else:
            return None
        return say("The row names a village or commune; it was taken for the rows below.")
