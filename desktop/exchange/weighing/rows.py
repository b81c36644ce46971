"""The rows below the headings: children, and what is not one, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeVar

from desktop.domain.children import Position, Sex
from desktop.domain.findings import Finding, Severity
from desktop.domain.text import fold, squeeze
from desktop.exchange.grid import Raw, Sheet, column_letter
from desktop.exchange.reading import Skipped
from desktop.exchange.sheets_table import is_number_row
from desktop.exchange.sheets_totals import is_total_label
from desktop.exchange.weighing import cells, dates
from desktop.exchange.weighing.cells import Said
from desktop.exchange.weighing.headings import role_of
from desktop.exchange.weighing.model import ListRow, ListTable, Role
from desktop.exchange.weighing.several import table_of
from desktop.wording import Sentence, say

T = TypeVar("T")

_SIGNATURE: Final = re.compile(
    r"nguoi (?:lap|can|do|tong hop|bao cao|kiem tra|ghi)|can bo (?:phu trach|chuyen trach|thuc hien)|truong tram"
    r"|tram truong|thu truong|giam doc|phu trach|y te thon|cong tac vien"
    r"|xac nhan|^ngay\b.*\bthang\b|,\s*ngay\b.*\bthang\b"
    r"|ky ten|\bky,? (?:ghi )?(?:ro )?ho ten|lanh dao|ubnd|\bky va\b"
)
_GROUP: Final = re.compile(
    r"^(?:[\divx]+\s*[.)\-:/]\s*)?"
    r"(?:thon|ban|to dan pho|to|ap|buon|lang|khu pho|khu|khom|xom|tdp|xa|phuong|thi tran)\b[\s:]"
)
_NUMBERING: Final = re.compile(r"[\dIVXivxA-Ca-c]{1,4}[.)]?")
_GROUP_MARK: Final = re.compile(r"^\s*[\dIVXivx]+\s*[.)\-:/]\s*")
_NUMBER_IN_NAME: Final = re.compile(r"^\d{1,4}\s*[.):/\-]\s*(?=[^\W\d_])")
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
    """What was read and what was not, in the order of the sheet."""

    rows: list[ListRow] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_rows(sheet: Sheet, table: ListTable) -> Rows:
    """Every row below the headings, to the end of the sheet."""
    reader = _Reader(sheet, table)
    for row in range(table.bottom + 1, len(sheet.rows) + 1):
        reader.take(row)
    return reader.out


class _Reader:
    """Remembers the village or commune that a line of its own names for the rows below it."""

    def __init__(self, sheet: Sheet, table: ListTable) -> None:
        self.sheet = sheet
        self.table = table
        self.tables = [(one, table_of(table, one)) for one in table.beside]
        self.out = Rows()
        self.village = self.commune = ""
        self.signed = False
        self.nought = self._counts_from_nought()
        self.girls_only = bool(table.of(Role.FEMALE)) and not table.of(Role.MALE, Role.SEX)
        self.boys_only = bool(table.of(Role.MALE)) and not table.of(Role.FEMALE, Role.SEX)

    def _counts_from_nought(self) -> bool:
        below = range(self.table.bottom + 1, len(self.sheet.rows) + 1)
        told = {cells.text_of(self.sheet.at(row, column)) for column in self.table.of(Role.SEX) for row in below}
        return "0" in told and "2" not in told

    def take(self, row: int) -> None:
        """Read one row."""
        raw = {column: self.sheet.at(row, column) for column in self.table.columns}
        filled = [
            cell for cell in self.sheet.rows[row - 1] if cell != "" and not (type(cell) is str and not squeeze(cell))
        ]
        if not filled:
            return
        reason = self._no_child(raw, filled)
        if reason is not None:
            self.out.skipped.append(Skipped(row, reason))
            return
        if self.tables:
            self.out.rows += self._visits(row)
        else:
            self.out.rows.append(_Row(self, row, self.table).read())

    def _visits(self, row: int) -> list[ListRow]:
        """The row once for each session side by side in which something was found; once at least."""
        read = []
        for one, table in self.tables:
            visit = _Row(self, row, table).read()
            session = one.days.day or one.days.month
            read.append(replace(visit, day=visit.day or session, session=session or visit.day))
        found = [one for one in read if one.weight or one.lenhei or one.muac or one.oedema or one.absent]
        dated = [one for one in found or read[:1] if one.day is not None]
        if not dated:
            self.out.skipped.append(Skipped(row, say("Its columns do not say on which day the child was weighed.")))
        return dated

    def _no_child(self, raw: Mapping[int, Raw], filled: Sequence[Raw]) -> Sentence | None:
        """Why a row is no child; a line that names a village or commune is remembered."""
        name = self.name_of(raw)
        texts = [squeeze(cell) for cell in filled if type(cell) is str]
        about = [column for column in self.table.of(*_ABOUT) if _is_said(raw[column])]
        if is_number_row(filled):
            return say("The row numbers the columns.")
        if self._repeats_headings(raw):
            return say("The row repeats the headings.")
        # Tống and Cống are family names: a child has a birth date or sex, a total has neither.
        if any(map(is_total_label, (*texts[:1], name))) and not self._birth_or_sex(raw):
            return say("The row is a total.")
        if (
            len(texts) == len(filled)
            and any(_SIGNATURE.search(fold(text)) for text in texts)
            and not self._figures(raw)
        ):
            self.signed = True
            return say("The row belongs to the signatures.")
        if self.signed and not self._birth_or_sex(raw) and not self._figures(raw):
            return say("The row belongs to the signatures.")
        said = list(dict.fromkeys(text for text in texts if not _NUMBERING.fullmatch(text)))
        if len(said) == 1 and len(texts) == len(filled) and (group := self._group(said[0])) is not None:
            return group
        if not name:
            return say("The row has no name of a child.") if about else say("The row is not a child.")
        if not any(char.isalpha() for char in name):
            return say("Where the name should stand there is none.")
        numbered = any(cells.text_of(raw[column]).rstrip(".").isdigit() for column in self.table.of(Role.NUMBER))
        if not about and (self.signed or not numbered):
            return say("The row has a name and nothing else.")
        if _SUMMARY.search(fold(name)) and not self._birth_or_sex(raw):
            return say("The row is not a child.")
        return None

    def name_of(self, raw: Mapping[int, Raw]) -> str:
        """The name, of one column or put together of two."""
        told = [cells.text_of(raw[column]) for column in self.table.of(Role.NAME)]
        return _NUMBER_IN_NAME.sub("", " ".join(dict.fromkeys(part for part in told if part)))

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
        if not _GROUP.search(fold(text)):
            return None
        named = _GROUP_MARK.sub("", text).strip(" :")
        kind = fold(named).split()[0]
        if kind in ("xa", "phuong", "thi"):
            self.commune, self.village = named, ""
        else:
            self.village = named
        return say("The row names a village or commune; it was taken for the rows below.")


def _is_said(raw: Raw) -> bool:
    return raw != "" and not (type(raw) is str and not squeeze(raw))


class _Row:
    """One child."""

    def __init__(self, reader: _Reader, row: int, table: ListTable) -> None:
        self.reader = reader
        self.table = table
        self.row = row
        self.columns: dict[str, str] = {}

    def at(self, column: int) -> Raw:
        return self.reader.sheet.at(self.row, column)

    def first(self, *roles: Role) -> int | None:
        """The first column of one of these that holds something; else the first there is."""
        columns = self.table.of(*roles)
        if len(columns) < 2:
            return columns[0] if columns else None
        return next((column for column in columns if _is_said(self.at(column))), columns[0])

    def words(self, *roles: Role) -> str:
        column = self.first(*roles)
        return cells.text_of(self.at(column)) if column else ""

    def note(self, finding: Finding, column: int | None, element: str | None = None) -> None:
        letter = column_letter(column) if column else None
        placed = replace(finding, sheet=self.reader.sheet.name, row=self.row, column=letter, element=element)
        self.reader.out.findings.append(placed)

    def kept(self, said: Said[T], column: int | None, element: str) -> T | None:
        """What a cell says; its finding is placed, and where it stands is remembered."""
        if column:
            self.columns[element] = column_letter(column)
        if said.finding is not None:
            self.note(said.finding, column, element)
        return said.value

    def read(self) -> ListRow:
        raw = {column: self.at(column) for column in self.table.of(Role.NAME)}
        sex = self._sex()
        weight, lenhei, position, absent = self._measured()
        muac_at, oedema_at, age_at = self.first(Role.MUAC), self.first(Role.OEDEMA), self.first(Role.AGE)
        muac = self.kept(cells.arm(self.at(muac_at)), muac_at, "muac") if muac_at else None
        oedema = self.kept(cells.oedema(self.at(oedema_at)), oedema_at, "oedema") if oedema_at else None
        note = self._note(absent=absent)
        months = cells.months(self.at(age_at)) if age_at and _in_months(self.heading(age_at)) else None
        birth, of = self._birth()
        name_at = self.first(Role.NAME)
        self.columns["name"] = column_letter(name_at) if name_at else ""
        return ListRow(
            self.row,
            self.reader.name_of(raw),
            sex or of,
            birth,
            self.words(Role.VILLAGE) or self.reader.village,
            self.words(Role.COMMUNE) or self.reader.commune,
            self.words(Role.ETHNIC_GROUP),
            self.words(Role.MOTHER),
            self._day(),
            weight,
            lenhei,
            position,
            oedema,
            muac,
            absent and weight is None and lenhei is None and muac is None,
            note,
            months,
            columns=self.columns,
        )

    def heading(self, column: int | None) -> str:
        return self.table.headings.get(column or 0, "")

    def _sex(self) -> Sex | None:
        column = self.first(Role.SEX)
        if column and _is_said(self.at(column)):
            told = cells.sex(self.at(column), nought=self.reader.nought)
            if told.value is not None or told.finding is not None:
                return self.kept(told, column, "sex")
        boys, girls = self.table.of(Role.MALE), self.table.of(Role.FEMALE)
        boy, girl = any(self._ticked(at) for at in boys), any(self._ticked(at) for at in girls)
        if self.reader.girls_only:
            boy = not girl
        if self.reader.boys_only:
            girl = not boy
        place = next(iter((*boys, *girls)), column)
        if place:
            self.columns["sex"] = column_letter(place)
        if boy != girl:
            return Sex.MALE if boy else Sex.FEMALE
        if boy and girl:
            message = say("The row is marked as a boy and as a girl; the sex was left open.")
            self.note(Finding("import.list_sex", Severity.ERROR, message, _SEX_ADVICE), place, "sex")
        elif not self.table.of(Role.BIRTH_MALE, Role.BIRTH_FEMALE):
            message = say("The row does not say whether it is a boy or a girl.")
            self.note(Finding("import.list_sex", Severity.WARNING, message, _SEX_ADVICE), place, "sex")
        return None

    def _ticked(self, column: int) -> bool:
        raw = self.at(column)
        if cells.is_mark(raw):
            return True
        told = fold(cells.text_of(raw)).strip(" .")
        return bool(told) and told not in ("0", "-", "khong", "o") and cells.sex(raw).value is not None

    def _birth(self) -> tuple[date | None, Sex | None]:
        """The birth date, and the sex where the column in which it stands says it."""
        split = self.table.of(Role.BIRTH_YEAR)
        if split and not self.table.of(Role.BIRTH):
            days, months = self.table.of(Role.BIRTH_DAY), self.table.of(Role.BIRTH_MONTH)
            day = self.at(days[0]) if days else ""
            told = dates.parts(day, self.at(months[0]) if months else "", self.at(split[0]))
            return self.kept(told, split[0], "birth_date"), None
        column = self.first(Role.BIRTH, Role.BIRTH_MALE, Role.BIRTH_FEMALE)
        if column is None:
            return None, None
        of = {Role.BIRTH_MALE: Sex.MALE, Role.BIRTH_FEMALE: Sex.FEMALE}.get(self.table.columns[column])
        said = _is_said(self.at(column))
        return self.kept(dates.read_date(self.at(column), birth=True), column, "birth_date"), of if said else None

    def _day(self) -> date | None:
        column = self.first(Role.VISIT)
        return self.kept(dates.read_date(self.at(column), birth=False), column, "day") if column else None

    def _measured(self) -> tuple[int | None, int | None, Position | None, bool]:
        weight_at = self.first(Role.WEIGHT)
        weight = cells.weight(self.at(weight_at), self.heading(weight_at)) if weight_at else Said[int]()
        lenhei_at = self.first(Role.LENHEI, Role.LYING, Role.STANDING)
        lenhei = cells.length(self.at(lenhei_at), self.heading(lenhei_at)) if lenhei_at else Said[int]()
        position_at = self.first(Role.POSITION)
        position = self.kept(cells.position(self.at(position_at)), position_at, "position") if position_at else None
        role = self.table.columns[lenhei_at] if lenhei_at else None
        several = bool(self.table.of(Role.LYING)) and bool(self.table.of(Role.STANDING))
        if position is None and lenhei.value is not None and several:
            position = {Role.LYING: Position.LYING, Role.STANDING: Position.STANDING}.get(role or Role.LENHEI)
        absent = weight.absent or lenhei.absent or any(map(self._says_absent, self._absent_columns()))
        grams, millimetres = self.kept(weight, weight_at, "weight"), self.kept(lenhei, lenhei_at, "lenhei")
        return grams, millimetres, position if millimetres is not None else None, absent

    def _absent_columns(self) -> Iterator[int]:
        yield from self.table.of(Role.ABSENT, Role.NOTE, Role.MUAC, Role.RESULT)

    def _says_absent(self, column: int) -> bool:
        ticked = self.table.columns[column] is Role.ABSENT and cells.is_mark(self.at(column))
        lone_v = fold(cells.text_of(self.at(column))).strip(" .") == "v" and self.table.columns[column] is Role.RESULT
        return (ticked or cells.is_absent(self.at(column))) and not lone_v

    def _note(self, *, absent: bool) -> str:
        told = [cells.text_of(self.at(column)) for column in self.table.of(Role.NOTE)]
        words = [one for one in told if one and not (absent and cells.is_absent(one))]
        return "; ".join(words)


_SEX_ADVICE: Final = say("Correct the cell and import the file again, or say it on the child's page.")


def _in_months(heading: str) -> bool:
    folded = fold(heading)
    return "thang" in folded or "month" in folded
