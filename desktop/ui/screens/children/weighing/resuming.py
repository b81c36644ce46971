"""A half-typed figure outlives the program: kept on this computer while it is typed, put back into its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from desktop.system import half_typed
from desktop.system.half_typed import OF_CHILDREN, HalfTyped
from desktop.ui.screens.children.weighing.columns import FOUND, Col
from desktop.ui.style.palette import Tone
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.children.weighing.part import WeighingPart

AFTER: Final = 200


class Resuming(QObject):
    """Remembers the figure in hand: child and column by their keys, never a name or a note."""

    def __init__(self, part: WeighingPart) -> None:
        super().__init__(part)
        self.part = part
        self._is_kept = False
        self._was_offered = False
        self._wait = QTimer(self, singleShot=True, interval=AFTER)
        self._wait.timeout.connect(self._keep)
        part.grid.edited.connect(lambda _text: self._wait.start())
        part.grid.left.connect(self._forget)

    def _keep(self) -> None:
        at, row = self.part.grid.editing_at(), self.part.row_in_hand()
        text = self.part.grid.editor.text()
        if at is None or row is None or self.part.held is None or not text.strip():
            return
        if Col(at[1]) not in FOUND or Col(at[1]) is Col.NOTE:
            return
        self._is_kept = True
        half_typed.keep(
            HalfTyped(
                record=str(self.part.session.path),
                form="weighing",
                period=self.part.held.uid,
                kind="",
                unit=row.child.uid,
                element=Col(at[1]).name,
                text=text,
                at=self.part.session.now().isoformat(timespec="seconds"),
            ),
            OF_CHILDREN,
        )

    def _forget(self) -> None:
        self._wait.stop()
        if self._is_kept:
            self._is_kept = False
            half_typed.forget(OF_CHILDREN)

    def put_back(self) -> None:
        """Once, when its session is first shown: the cell is open again with its text; nothing is written yet."""
        if self._was_offered or self.part.held is None:
            return
        found = half_typed.recall(self.part.session.path, OF_CHILDREN)
        if found is None:
            self._was_offered = True
            return
        line = self.part.model.line_of(found.unit)
        if found.period != self.part.held.uid or line is None or found.element not in Col.__members__:
            return
        self._was_offered = self._is_kept = True
        self.part.grid.go(line, Col[found.element])
        self.part.grid.begin(found.text)
        told = say("“{text}” was half typed when the program stopped. Enter writes it, Esc drops it.", text=found.text)
        self.part.session.say(told, Tone.WARN)
