"""What is asked and written of a child's care, from its page, the follow-up list and the register."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.application import child_care, children
from desktop.domain.child_care import Treatment
from desktop.domain.children import Measurement
from desktop.system.i18n import _
from desktop.ui.session import Session
from desktop.wording import say


def ask_given(parent: QWidget, session: Session, uid: str) -> None:
    """Note a supplement."""
    from desktop.ui.screens.children.care.giving import GiveDialog

    child = children.child_page(session.record, uid=uid, log=False).child
    asked = GiveDialog(parent, session, child)
    given = asked.given() if asked.exec() else None
    if given is not None:
        today = session.today()
        session.write(lambda record: child_care.give(record, given=[given], today=today))


def ask_treatment(parent: QWidget, session: Session, uid: str, held: Treatment | None = None) -> None:
    """Write a line of the register; a child on it already: its open line is changed."""
    from desktop.ui.screens.children.care.treating import TreatmentDialog

    page = children.child_page(session.record, uid=uid, log=False)
    if held is None:
        known = child_care.care_page(session.record, uid=uid).treatments
        held = next((one for one in known if one.until is None), None)
    asked = TreatmentDialog(parent, session, page, held)
    stay = asked.treatment() if asked.exec() else None
    if stay is None:
        return
    measured, today = asked.measured(), session.today()
    taken = measured if isinstance(measured, Measurement) else None
    session.write(lambda record: child_care.treat(record, treatment=stay, measured=taken, today=today))


def ask_take_back(parent: QWidget, session: Session, stay: Treatment, name: str) -> None:
    """Take a line written by mistake off the register."""
    from desktop.ui.dialogs.ask import confirm

    agreed = confirm(
        parent,
        _("Take {name} off the register?").format(name=name),
        _("For a line written by mistake: its measurements stay. Ctrl+Z brings it back."),
        deed=_("Take it out"),
        leave=_("Leave it"),
    )
    if agreed is not None:
        done = session.write(lambda record: child_care.take_back(record, child=stay.child, since=stay.since))
        if done is not None:
            session.say(say("Taken back. Ctrl+Z writes it again."))
