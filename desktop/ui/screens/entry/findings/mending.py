"""One click mends: what the button of a finding says, and how its figures are written into the form shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from desktop.application import mending
from desktop.application.changes import Changes
from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.domain.periods import Period
from desktop.domain.values import Kind
from desktop.system.i18n import _, grouped
from desktop.ui import figures
from desktop.ui.screens.entry.findings.model import Breach
from desktop.ui.style.palette import Tone
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.entry.screen import EntryScreen


def mend_words(finding: Finding, columns: Mapping[str, int], name_of: Callable[[str], str]) -> str:
    """What the button does, in few words; empty where nothing is proposed."""
    mend = finding.mend
    if not mend or finding.kept is not None:
        return ""
    if any(one.value.amount is None for one in mend):
        return (
            _("Take the figure away")
            if len(mend) == 1
            else _("Take {count} figures away").format(count=grouped(len(mend)))
        )
    others = [one.unit for one in mend if one.unit != finding.unit]
    if others:
        return _("Exchange with {unit}").format(unit=name_of(others[0]))
    if len(mend) == 1:
        return _("Correct to {figure}").format(figure=figures.figure(mend[0].value))
    first, second = sorted(columns.get(one.element, 0) for one in mend)
    return _("Exchange ({first}) and ({second})").format(first=first, second=second)


def mend(screen: EntryScreen, breach: Breach) -> bool:
    """Write what a finding proposes as one change; False where it was refused, and the status bar says why."""
    finding, session = breach.first, screen.session
    if not screen.settle():
        return False
    if not _stands(screen, breach):
        session.say(say("The figures have changed since the checks. They are checked again."), Tone.WARN)
        screen.checking.check_again()
        return False
    wanted = mending.cells(finding.mend, session.communes)
    told = [(cell.unit, cell.element, cell.value) for cell in wanted]
    done = screen.write_figures(told, partial(_write, finding, session.period, screen.kind))
    if done:
        session.say(say("Corrected. Ctrl+Z takes it back."))
    return done


def _stands(screen: EntryScreen, breach: Breach) -> bool:
    """Whether the cells of a breach are as the checks saw them: a cell that was written since has no findings."""
    uids = {commune.code: commune.uid for commune in screen.session.communes}
    cells = [screen.model.cell_at(uids.get(one.unit or "", ""), one.element or "") for one in breach.findings]
    return all(cell is not None and cell.findings for cell in cells)


def _write(finding: Finding, period: Period, kind: Kind, record: Record) -> Changes:
    return mending.mend(record, finding=finding, period=period, kind=kind)
