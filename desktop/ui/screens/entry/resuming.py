"""A half-typed cell outlives the program: kept on this computer while it is typed, offered again at the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from desktop.domain.periods import BadPeriod, Period
from desktop.domain.values import Kind
from desktop.system import paths
from desktop.system.i18n import _
from desktop.ui.places import Place, Target

if TYPE_CHECKING:
    from desktop.system.half_typed import HalfTyped
    from desktop.ui.screens.entry.screen import EntryScreen
    from desktop.ui.screens.entry.view import EntryView
    from desktop.ui.widgets.typing_grid import TypingGrid

AFTER: Final = 200


class Resuming(QObject):
    """Remembers the cell in hand, and brings it back."""

    def __init__(self, screen: EntryScreen, view: EntryView) -> None:
        super().__init__(screen)
        self.screen = screen
        self.view = view
        self._was_asked = False
        self._offered: HalfTyped | None = None
        self._wait = QTimer(self, singleShot=True, interval=AFTER)
        self._wait.timeout.connect(self._keep)
        self._is_kept = False
        self.watch(view.grid)
        view.offer_take.clicked.connect(self.put_back)
        view.offer_leave.clicked.connect(self.leave)

    def watch(self, grid: TypingGrid) -> None:
        """Remember what is half typed here: in the matrix, and in any way beside it."""
        grid.edited.connect(lambda _text: self._wait.start())
        grid.left.connect(self._forget)

    def _keep(self) -> None:
        grid, place, session = self.screen.ways.grid, self.screen.ways.place_now(), self.screen.session
        if grid is None or place is None or not grid.is_editing or not grid.editor.text().strip():
            return
        unit, element = place.get("unit"), place.get("element")
        at, model = grid.editing_at(), self.screen.model
        if unit is None or element is None or at is None:
            return
        column = model.column_of(element)
        if column is not None and grid.is_words(*at) and not model.is_text(column):
            # A note beside a figure: it would not fit into the figure's cell.
            return
        from desktop.system import half_typed

        self._is_kept = True
        self._offered = None
        self.view.offer.say("")
        half_typed.keep(
            half_typed.HalfTyped(
                record=str(session.path),
                form=self.screen.form,
                period=session.period.id,
                kind=self.screen.kind.value,
                unit=unit,
                element=element,
                text=grid.editor.text(),
                at=session.now().isoformat(timespec="seconds"),
            )
        )

    def _forget(self) -> None:
        self._wait.stop()
        # A text that waits to be offered is not this cell's.
        if self._is_kept:
            from desktop.system import half_typed

            self._is_kept = False
            half_typed.forget()

    # ---- at the start ----

    def offer(self) -> None:
        """Once, when the first figures are shown: what was half typed when the program last stopped."""
        if self._was_asked:
            return
        self._was_asked = True
        if not paths.half_typed().exists():
            return
        from desktop.system import half_typed

        found = half_typed.recall(self.screen.session.path)
        if found is None:
            return
        self._offered = found
        row, column = self.screen.model.row_of(found.unit), self.screen.model.column_of(found.element)
        unit = found.unit if row is None else self.screen.model.rows[row].commune.name
        number = "" if column is None else f" ({self.screen.model.columns[column].number})"
        self.view.offer.say(
            _("“{text}” was half typed when the program stopped: {place}.").format(
                text=found.text, place=f"{unit}{number}"
            )
        )

    def put_back(self) -> None:
        """Open the cell with the text in it, in its own form and period; nothing is written until Enter."""
        found = self._offered
        self.leave()
        if found is None or not self.screen.settle():
            return
        try:
            self.screen.session.choose_period(Period.parse(found.period))
        except BadPeriod:
            return
        self.screen.show_form(found.form, Kind(found.kind))
        self.screen.go(Target(Place.ENTRY, (("way", "matrix"), ("unit", found.unit), ("element", found.element))))
        self.view.grid.begin(found.text)

    def leave(self) -> None:
        """The text is not wanted any more."""
        from desktop.system import half_typed

        self._offered = None
        half_typed.forget()
        self.view.offer.say("")
