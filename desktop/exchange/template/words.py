"""The words of the four states in our own sheets, the same when written and when read.

On paper 0 is 0, not applicable is x, not reported is … (design 3.3). In a column of yes and no an x means yes, as in
every workbook of an office, so there the empty states are written out.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from desktop.domain.elements import Element, ValueType
from desktop.domain.values import State, Value, plain

YES_TEXT: Final = "có"
NO_TEXT: Final = "không"
NOT_APPLICABLE_TEXT: Final = "không áp dụng"
NOT_REPORTED_TEXT: Final = "chưa báo cáo"
SHORT_NOT_APPLICABLE: Final = "x"
SHORT_NOT_REPORTED: Final = "…"
LEGEND: Final = (
    "Cách ghi: có phát sinh thì ghi số; không phát sinh ghi 0; không áp dụng ghi x; chưa có số liệu để trống "
    "hoặc ghi … (nêu lý do ở cột Ghi chú). Mục có/không: chọn trong danh sách."
)
_DIGITS: Final = 15


def cell_of(value: Value | None, element: Element) -> int | Decimal | str | None:
    """What a cell of our sheets holds for a value: a number, a text, or None for nothing."""
    if value is None:
        return None
    words = element.type in (ValueType.YES_NO, ValueType.TEXT)
    states = {
        State.YES: YES_TEXT,
        State.NO: NO_TEXT,
        State.NOT_APPLICABLE: NOT_APPLICABLE_TEXT if words else SHORT_NOT_APPLICABLE,
        State.NOT_REPORTED: NOT_REPORTED_TEXT if words else SHORT_NOT_REPORTED,
    }
    if value.state in states:
        return states[value.state]
    if value.amount is None:
        return value.text
    exact = Decimal(plain(value) or "0")
    if len(exact.as_tuple().digits) > _DIGITS:
        return plain(value)
    return int(exact) if exact == exact.to_integral_value() else exact
