"""Reading back an answered query sheet: corrected figures, and reasons why a figure is right as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.elements import Catalogue, Element
from desktop.domain.findings import Finding, Severity
from desktop.domain.legacy_text import Encoding
from desktop.domain.text import fold, squeeze
from desktop.domain.values import NOT_REPORTED, Value
from desktop.exchange.cell_readings import Reading
from desktop.exchange.grid import Raw, Sheet, Workbook, column_letter
from desktop.exchange.identity import HIDDEN_SHEET, Marked, Purpose, marked
from desktop.exchange.query_sheet.marks import Mark
from desktop.exchange.reading import Candidate, Layout, Reason, SheetReading, Skipped
from desktop.exchange.template.reading import Asked, UnitCodes, agreed, placed, read_own_cell
from desktop.wording import Sentence, say

DEFAULT_REASON: Final = "Xã xác nhận số liệu đúng"
_CONFIRMS: Final = re.compile(r"(?:so (?:lieu )?)?(?:dung|chinh xac|co that|khong sai|giu nguyen)\b[\s,.:;(-]*")
_CORRECTS: Final = re.compile(r"(?:de nghi )?(?:sua|dinh chinh|sai)\b(?:\s+(?:lai|so|thanh|la|:))*[\s:]*")


def read_queries(workbook: Workbook, *, known: Catalogue, units: UnitCodes, asked: Asked) -> list[SheetReading]:
    """Read every query sheet in a workbook; none where it holds none."""
    found = []
    for sheet in workbook.sheets:
        marks = marked(sheet)
        if sheet.name == HIDDEN_SHEET or marks is None or marks.identity.purpose is not Purpose.QUERY:
            continue
        told = agreed(sheet.name, Layout.QUERY, marks.identity, asked, units)
        if not isinstance(told, SheetReading):
            period, kind, code = told
            reading = SheetReading(sheet.name, Layout.QUERY, period, kind, Encoding.UNICODE)
            told = _Answers(sheet, marks, known, code).read(reading)
        found.append(placed(told, workbook.file))
    return found


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a row answers: a corrected figure, or the figure confirmed; with the words beside it."""

    correction: Reading | None
    confirmed: bool
    reason: str


class _Answers:
    """The rows of one sheet."""

    def __init__(self, sheet: Sheet, marks: Marked, known: Catalogue, unit: str) -> None:
        self.sheet, self.marks, self.known, self.unit = sheet, marks, known, unit
        self.columns = {name: marks.columns.get(name) for name in ("answer", "correct", "reason")}
        self.candidates: dict[str, Candidate] = {}
        self.reasons: list[Reason] = []
        self.skipped: list[Skipped] = []
        self.findings: list[Finding] = []
        self.answered = 0

    def read(self, reading: SheetReading) -> SheetReading:
        """All answers."""
        for row, text in self.marks.rows:
            mark = Mark.of(text)
            element = self.known.elements.get(mark.element) if mark else None
            if mark and element:
                self._row(row, mark, element)
        kept = tuple(one for one in self.reasons if one.element not in self.candidates)
        return replace(
            reading,
            candidates=tuple(self.candidates.values()),
            accepted=self.answered,
            skipped=tuple(self.skipped),
            findings=tuple(self.findings),
            reasons=kept,
        )

    def _row(self, row: int, mark: Mark, element: Element) -> None:
        answer = self._answer(row, element)
        if answer is None:
            self.skipped.append(Skipped(row, say("No answer yet")))
            return
        value = answer.correction.value if answer.correction else None
        if answer.correction and value is None:
            self.findings += [self._placed(one, row, "correct", element) for one in answer.correction.findings]
        elif value is not None and value != mark.value:
            if answer.confirmed:
                self._say(row, element, "answer_two_ways", _TWO_WAYS, _CHOOSE)
            else:
                self._correct(row, mark, element, value, answer)
        elif not (answer.confirmed or answer.reason or value is not None):
            self._say(row, element, "answer_without_figure", _NO_FIGURE, _WRITE_FIGURE)
        else:
            self._confirm(row, mark, element, answer.reason)

    def _correct(self, row: int, mark: Mark, element: Element, value: Value, answer: _Answer) -> None:
        place = self._place(row, "correct")
        found = answer.correction.findings if answer.correction else ()
        candidate = Candidate(
            self.unit,
            element.code,
            value,
            *place,
            squeeze(str(self._cell(row, "correct") or self._cell(row, "answer"))),
            tuple(self._placed(one, row, "correct", element) for one in found),
            answer.reason or None,
            mark.value,
        )
        earlier = self.candidates.setdefault(element.code, candidate)
        if earlier.value != value:
            message = say("The figure is corrected twice in different ways; row {row} was read.", row=str(earlier.row))
            self._say(row, element, "answer_twice", message, _CHOOSE)
            return
        self.answered += 1

    def _confirm(self, row: int, mark: Mark, element: Element, reason: str) -> None:
        """The figure is right; for one that nobody has given, the reason why there is none."""
        self.answered += 1
        place = self._place(row, "reason")
        if mark.value == NOT_REPORTED:
            note = reason or None
            self.candidates.setdefault(
                element.code,
                Candidate(self.unit, element.code, NOT_REPORTED, *place, reason, (), note, NOT_REPORTED),
            )
        elif mark.rules:
            self.reasons.append(
                Reason(self.unit, element.code, mark.rules, mark.value, reason or DEFAULT_REASON, *place)
            )

    def _answer(self, row: int, element: Element) -> _Answer | None:
        """What the three cells of a row say together; None where they say nothing."""
        raw, words = self._cell(row, "answer"), squeeze(str(self._cell(row, "answer")))
        beside, reason = self._cell(row, "correct"), squeeze(str(self._cell(row, "reason")))
        if not words and not reason and not squeeze(str(beside)):
            return None
        key = fold(words)
        correction = read_own_cell(beside, element) if squeeze(str(beside)) else None
        confirms, corrects = _CONFIRMS.match(key), _CORRECTS.match(key)
        if confirms:
            rest = words[confirms.end() :] if len(key) == len(words) else ""
            return _Answer(correction, confirmed=True, reason=_joined(rest, reason))
        if corrects:
            rest = words[corrects.end() :] if len(key) == len(words) else ""
            if correction is None and rest:
                correction = read_own_cell(rest, element)
            return _Answer(correction, confirmed=False, reason=reason)
        if words and correction is None:  # the right figure written as the answer, or an explanation
            figure = read_own_cell(raw, element)
            if figure.value is not None and figure.value.is_reported and figure.value.text is None:
                return _Answer(figure, confirmed=False, reason=reason)
        return _Answer(correction, confirmed=False, reason=_joined(words, reason))

    def _cell(self, row: int, name: str) -> Raw:
        column = self.columns[name]
        return self.sheet.at(row, column) if column else ""

    def _place(self, row: int, name: str) -> tuple[int, str]:
        return row, column_letter(self.columns[name] or 1)

    def _placed(self, finding: Finding, row: int, name: str, element: Element) -> Finding:
        _, column = self._place(row, name)
        return replace(finding, row=row, column=column, unit=self.unit, element=element.code)

    def _say(self, row: int, element: Element, rule: str, message: Sentence, advice: Sentence) -> None:
        finding = Finding(f"import.{rule}", Severity.ERROR, message, advice)
        self.findings.append(self._placed(finding, row, "answer", element))


_TWO_WAYS: Final = say("The answer says the figure is right, but another figure stands beside it; nothing was read.")
_CHOOSE: Final = say("Ask the commune which of them is meant.")
_NO_FIGURE: Final = say("The answer says the figure is wrong, but the right one is not written.")
_WRITE_FIGURE: Final = say("Ask the commune for the right figure.")


def _joined(*parts: str) -> str:
    return "; ".join(part for part in (squeeze(part).strip(" .,;()") for part in parts) if part)
