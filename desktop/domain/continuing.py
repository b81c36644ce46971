"""Series that run through a change of regime: a new element says which old one it continues (design 3.3).

Figures are kept under the element that was entered. Whoever reads a period asks for the codes of today's catalogue, or
for those of then: a code without a figure is answered by the nearest element of its line that has one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from desktop.domain.elements import Element

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lines:
    """For each element of a line the others, nearest first: what it continues, further back, then what continues it."""

    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, elements: Mapping[str, Element]) -> Lines:
        """The lines of a catalogue; an element that continues nothing and is not continued has none."""
        after = {one.continues: code for code, one in elements.items() if one.continues and one.continues in elements}
        before = {code: old for old, code in after.items()}
        found = {}
        for code in before.keys() | after.keys():
            found[code] = tuple(dict.fromkeys([*_walked(code, before), *_walked(code, after)]))
        return cls(found)

    def widened(self, codes: Collection[str]) -> set[str]:
        """The codes and all that may answer for them."""
        return {other for code in codes for other in (code, *self.others.get(code, ()))}

    def carried(self, cells: Mapping[str, T]) -> dict[str, T]:
        """Figures of one unit and period, with those that another element of the line answers for."""
        whole = dict(cells)
        for code, others in self.others.items():
            if code not in cells:
                answer = next((cells[other] for other in others if other in cells), None)
                if answer is not None:
                    whole[code] = answer
        return whole


def _walked(code: str, steps: Mapping[str, str]) -> list[str]:
    """The codes reached step by step; a circle ends where it began."""
    found = [code]
    while (code := steps.get(code, "")) and code not in found:
        found.append(code)
    return found[1:]
