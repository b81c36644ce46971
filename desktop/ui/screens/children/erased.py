"""Children that were lawfully erased: asked before one of them is written again; erasing one, with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.application.erasing import ErasedChild, erase_child, erased_before
from desktop.application.records import Record
from desktop.domain.children import Child
from desktop.system.i18n import _
from desktop.ui.dialogs.ask import Choice, choose, confirm
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.session import Session
from desktop.wording import say

LEAVE_OUT = "others"
ALL = "all"
_NAMED = 5


def ask_pasted(parent: QWidget, found: Sequence[tuple[str, date]], *, others: int) -> str | None:
    """What to do with erased children (name, day of the erasure) in a pasted list; None: nothing is pasted."""
    named = [_("{name}, erased on {day}").format(name=name, day=f"{day:%d/%m/%Y}") for name, day in found[:_NAMED]]
    if len(found) > _NAMED:
        named.append(_("and {count} more").format(count=len(found) - _NAMED))
    text = _(
        "They were erased as the law asks, and this list would bring them back. Take them only where there is a "
        "lawful ground to keep them again.\n\n{names}"
    ).format(names="\n".join(named))
    choices = [Choice("none", _("Paste nothing")), Choice(ALL, _("Paste all of them"))]
    if others:
        choices.append(Choice(LEAVE_OUT, _("Paste the others")))
    safe = LEAVE_OUT if others else "none"
    told = choose(parent, _("Bring {count} erased children back?").format(count=len(found)), text, choices, safe=safe)
    return None if told == "none" else told


def may_come_back(parent: QWidget, session: Session, name: str, born: date | None) -> bool:
    """Whether a child may be added: one that was erased here only where a person says so."""
    found = erased_before(session.record, [(name, born)])
    if not found:
        return True
    text = _(
        "A child of this name and birth date was erased on {day} as the law asks. Add it only where there is a lawful "
        "ground to keep it again."
    )
    told = text.format(day=f"{found[0]:%d/%m/%Y}")
    title = _("Add {name} again?").format(name=name)
    return confirm(parent, title, told, deed=_("Add the child"), leave=_("Do not add")) is not None


def ask_erase(parent: QWidget, session: Session, child: Child) -> bool:
    """Ask for the ground, then erase the child from the record for good; False where it was left."""
    text = _(
        "Everything about the child goes: name, measurements, what became of it, and its history. Partners who got it "
        "are told with the next package; new backups no longer hold it. This cannot be undone."
    )
    reason = confirm(
        parent,
        _("Erase {name} for good?").format(name=child.name),
        text,
        deed=_("Erase for good"),
        leave=_("Leave as it was"),
        reason=_("Ground, without names (request number and day)"),
        needs_reason=True,
    )
    if reason is None:
        return False
    _start(parent, session, child.uid, reason)
    return True


def _start(parent: QWidget, session: Session, uid: str, reason: str) -> None:
    """Erase on a worker: the file is written anew, which takes seconds where it is large."""

    def work(record: Record, _step: Step) -> ErasedChild:
        return erase_child(record, uid=uid, reason=reason)

    def told(done: ErasedChild) -> None:
        session.tell(done.changes)
        many = say("The child was erased. Partners told with the next package: {count}.", count=len(done.partners))
        session.say(many if done.partners else say("The child was erased."))

    job = RunningJob(say("Erase a child"), work)
    job.succeeded.connect(told)
    job.failed.connect(session.refuse)
    Progress(parent, job)
    session.jobs.start(job, writes=True)
