"""A step of the life of many forms: one change on the writer's thread, then how many took it and which did not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.application import stepping
from desktop.application.offices import Commune
from desktop.application.records import Record
from desktop.application.stepping import RECEIVE, Place, Said, Taken
from desktop.errors import AppError
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.dialogs import faults
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.wording import Sentence, say

TOLD = 3
"""So many refusals are told in the status bar."""


def take_with_many(
    page: QWidget,
    session: Session,
    act: str,
    places: Sequence[Place],
    said: Said,
    *,
    stopped: Callable[[], None] = lambda: None,
) -> None:
    """Take a step with forms, all as one change, and tell what came of it."""

    def work(record: Record, step: Step) -> Taken:
        return stepping.take(record, act=act, places=places, said=said, step=step)

    def done(taken: Taken) -> None:
        session.tell(taken.changes)
        _tell(session, act, taken)

    job = RunningJob(_WHAT[act], work, stopping=say("Nothing has been written."))
    job.succeeded.connect(done)
    job.cancelled.connect(stopped)
    job.failed.connect(lambda fault: faults.show(page, fault))
    Progress(page, job)
    session.jobs.start(job, writes=True)


def _tell(session: Session, act: str, taken: Taken) -> None:
    if not taken.done and len({fault.title for _commune, fault in taken.refused}) == 1:
        session.refuse(taken.refused[0][1])  # one reason for all of them: with its advice
        return
    told = render(say("{count} forms done.", count=taken.done) if taken.done != 1 else say("1 form done."))
    if taken.refused:
        first = "; ".join(_refusal(*one) for one in taken.refused[:TOLD])
        more = "; …" if len(taken.refused) > TOLD else ""
        rest = _("{count} not done: {what}").format(count=len(taken.refused), what=first + more)
        session.say(f"{told} {rest}", Tone.BAD)
    else:
        session.say(f"{told} {render(_BACK[act])}".strip(), Tone.GOOD)


def _refusal(commune: Commune, fault: AppError) -> str:
    return f"{words.unit_name(commune.name)}: {render(fault.title)}"


_WHAT: dict[str, Sentence] = {
    "complete": say("Complete the forms"),
    "check": say("Check the forms"),
    "return": say("Return the forms"),
    "lock": say("Lock the forms"),
    "reopen": say("Reopen the forms"),
    RECEIVE: say("Save the day of receipt"),
}
_BACK: dict[str, Sentence] = {
    "complete": say("“Return” takes it back."),
    "check": say("“Return” takes it back."),
    "return": say("“Complete” takes it back."),
    "lock": say("“Reopen” makes a correction of it."),
    "reopen": say("They are in entry as corrections."),
    RECEIVE: say("Ctrl+Z takes all of them back."),
}
"""How a step is taken back: only the day of receipt by undo, a form's life goes on by its own steps."""
