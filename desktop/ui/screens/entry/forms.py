"""The life of a form, for the communes chosen: complete, check, return, lock, reopen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.application.steps import allowed
from desktop.domain.values import NOT_REPORTED
from desktop.system.i18n import _

if TYPE_CHECKING:
    from desktop.ui.screens.entry.screen import EntryScreen
    from desktop.ui.screens.entry.view import EntryView


class FormActs:
    """Acts on the forms of the chosen rows."""

    def __init__(self, screen: EntryScreen, view: EntryView) -> None:
        self.screen = screen
        self.view = view

    def _chosen_rows(self) -> list[int]:
        block = self.view.grid.block()
        return list(range(block.top(), block.bottom() + 1)) if self.screen.model.rows else []

    def allow_acts(self) -> None:
        """Only the steps that one of the chosen forms can take."""
        chosen = [self.screen.model.rows[row] for row in self._chosen_rows()]
        may = frozenset().union(*(allowed(row.state, is_ours=row.is_ours) for row in chosen))
        for name, action in self.view.actions_of.items():
            action.setEnabled(name in may)

    def act_on_forms(self, act: str) -> None:
        """Complete, check, return, lock or reopen the forms of the chosen communes."""
        from desktop.application.stepping import Place, Said
        from desktop.ui.screens.entry.stepping import take_with_many

        rows = self._chosen_rows()
        named = ", ".join(self.screen.model.rows[row].commune.name for row in rows[:3]) + (
            ", …" if len(rows) > 3 else ""
        )
        reason: str | None = ""
        if act in ("return", "reopen", "complete"):
            reason = self._reason_for(act, named, rows)
            if reason is None:
                return
        session = self.screen.session
        places = [Place(self.screen.model.rows[row].commune.code, self.screen.form, session.period) for row in rows]
        said = Said(reason or None, if_unknown=session.today())
        take_with_many(self.view, session, act, places, said)

    def _reason_for(self, act: str, named: str, rows: list[int]) -> str | None:
        from desktop.ui.dialogs.ask import confirm

        model = self.screen.model
        # All columns of the form, also those that are not shown.
        cells = (
            model.cell_at(model.rows[row].commune.uid, known.element.code)
            for row in rows
            for known in model.all_columns
        )
        missing = sum(cell is None or cell.figure.value == NOT_REPORTED for cell in cells)
        if act == "complete":
            if not missing:
                return ""
            return confirm(
                self.view,
                _("Complete the form of {communes}?").format(communes=named),
                _("{count} cells are not reported. The form may be complete all the same, with a reason.").format(
                    count=missing
                ),
                deed=_("Complete"),
                leave=_("Not yet"),
                reason=_("Reason (needed)"),
                needs_reason=True,
            )
        is_return = act == "return"
        return confirm(
            self.view,
            (_("Return the form of {communes}?") if is_return else _("Reopen the form of {communes}?")).format(
                communes=named
            ),
            _("It goes back into entry.") if is_return else _("It becomes a correction; the next package carries it."),
            deed=_("Return") if is_return else _("Reopen"),
            leave=_("Leave as it is"),
            reason=_("Reason (needed)"),
            needs_reason=True,
        )
