"""Above and below the form: whose it is and where it stands; how full it is and the steps of its life."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QMenu, QProgressBar, QPushButton, QWidget

from desktop.application.commune_form import CommuneForm, FormLife, Timing
from desktop.application.steps import STEPS
from desktop.domain.elements import Section
from desktop.system.i18n import _
from desktop.ui import statuses, words
from desktop.ui.style.palette import Tone
from desktop.ui.style.sheet import mark
from desktop.ui.style.signs import TONES, Sign
from desktop.ui.widgets.parts import Elided, Tag, button, label, row

HEIGHT: Final = 38


def act_words() -> dict[str, str]:
    """The steps of a form's life as buttons say them."""
    names = (_("Complete"), _("Check"), _("Return…"), _("Lock"), _("Reopen…"))
    return dict(zip(STEPS, names, strict=True))


def due_words(timing: Timing) -> str:
    """When it is due, and whether that is sure."""
    if timing.due is None:
        return ""
    day = words.day(timing.due.day)
    if timing.due.provisional:
        return _("Due {day}; a holiday nobody has entered may move it").format(day=day)
    return _("Due {day}").format(day=day)


class FormHeader(QWidget):
    """Commune, form and period; state, lateness and the day of receipt; the way to a section."""

    received_asked = Signal()
    section_chosen = Signal(int)
    communes_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self._said: list[str] = []
        self.communes = button(_("List of communes"), self.communes_asked.emit, kind="small")
        self.communes.hide()
        self.name = label("", "subject")
        self.about = Elided()
        self.about.setProperty("kind", "second")
        self.received = button("", self.received_asked.emit, kind="link", tip=_("Day of receipt"))
        self.state, self.late = Tag(), Tag()
        self.sections = QComboBox()
        self.sections.setAccessibleName(_("Go to section"))
        self.sections.setFixedWidth(128)
        self.sections.activated.connect(self.section_chosen)
        whole = row(self.communes, self.name, gap=8, margins=(11, 0, 8, 0))
        whole.addWidget(self.about, 1)
        self._room = QWidget()
        self._room.hide()
        whole.addWidget(self._room, 1)
        for part in (self.received, self.late, self.state, self.sections):
            whole.addWidget(part)
        self.setLayout(whole)

    def show_form(self, form: CommuneForm, sections: list[Section]) -> None:
        """Another form."""
        self.name.setText(words.unit_name(form.commune.name))
        self._said = [words.named(form.form.name_vi, form.form.name_en), words.period_name(form.period)]
        if form.life.holder:
            self._said.append(form.life.holder)
        self.sections.clear()
        for section in sections:
            self.sections.addItem(f"{section.number}. {words.named(section.name_vi, section.name_en)}")
        self.sections.view().setMinimumWidth(260)
        self.show_life(form.life)

    def show_life(self, life: FormLife) -> None:
        """Where it stands, since when it is here, who holds it."""
        sign = statuses.SIGNS[life.state]
        text = statuses.word(life.state)
        if life.correction:
            text = _("{state}, correction {count}").format(state=text, count=life.correction)
        self.state.show_status(sign, text, TONES[sign])
        why = [_("Entered by {office}").format(office=life.holder)] if life.holder else []
        if life.reason:
            why.append(_("Reason: {reason}").format(reason=life.reason))
        self.state.setToolTip("\n".join(why))
        self.state.setAccessibleDescription(". ".join(why))
        returned = life.state == "returned" and life.reason
        said = _("Returned because: {reason}").format(reason=life.reason) if returned else " · ".join(self._said)
        mark(self.about, tone=Tone.BAD.value if returned else "")
        self.about.setText(said)
        self.about.setToolTip("\n".join([" · ".join(self._said), *why]))
        received = life.received_on
        self.received.setText(_("Received {day}").format(day=words.day(received)) if received else _("Day of receipt…"))

    def show_steps(self, *, has_life: bool) -> None:
        """Estimates and assigned figures are neither received nor complete."""
        self.received.setVisible(has_life)
        self.state.setVisible(has_life)

    def show_timing(self, timing: Timing | None) -> None:
        """How many days late; nothing where it is in time or no deadline is known."""
        days = timing.days_late if timing else 0
        self.late.setVisible(bool(days))
        if timing and timing.due and days:
            text = _("{count} days late").format(count=days) if days > 1 else _("1 day late")
            self.late.show_status(Sign.LATE, text, Tone.BAD)
            self.late.setToolTip(due_words(timing))

    def set_compact(self, compact: bool) -> None:
        """The list of communes behind a button; only what must be seen."""
        self.about.setVisible(not compact)
        self._room.setVisible(compact)
        self.sections.setVisible(not compact)


class FormFoot(QFrame):
    """How many cells are answered, what stands in the way, the steps. A step that may not be taken says why."""

    act_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        self.setFixedHeight(43)
        self._has_life, self._is_compact = True, False
        self.said = label()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(96)
        self.due = label("", "hint")
        self.buttons: dict[str, QPushButton] = {}
        whole = row(self.said, self.bar, self.due, None, gap=8, margins=(11, 0, 8, 0))
        for name, text in act_words().items():
            made = button(text, partial(self.act_asked.emit, name))
            self.buttons[name] = made
            whole.addWidget(made)
        self.menu_button = button(_("Form of the commune"), icon="checkmark_16_regular")
        self.menu_button.setProperty("kind", "menu")
        self.menu = QMenu(self.menu_button)
        self.actions_of = {name: self.menu.addAction(text) for name, text in act_words().items()}
        for name, action in self.actions_of.items():
            action.triggered.connect(lambda _on=False, name=name: self.act_asked.emit(name))
        self.menu_button.setMenu(self.menu)
        self.menu_button.hide()
        whole.addWidget(self.menu_button)
        self.setLayout(whole)

    def show_count(self, done: int, whole: int) -> None:
        """How many cells are answered."""
        self.said.setText(_("{done}/{all} cells").format(done=done, all=whole))
        self.bar.setRange(0, max(whole, 1))
        self.bar.setValue(done)
        self.bar.setAccessibleName(self.said.text())

    def show_due(self, timing: Timing | None) -> None:
        """The day it must be here."""
        due = timing.due if timing else None
        self.due.setText(_("due {day}").format(day=words.day(due.day)) if due else "")
        self.due.setToolTip(due_words(timing) if timing else "")
        self.due.setVisible(due is not None)

    def show_acts(self, why_not: Callable[[str], str]) -> None:
        """What may be done now; the next step forward is the filled button, the others say why not."""
        following = next((name for name in ("complete", "check", "lock") if not why_not(name)), "")
        for name, made in self.buttons.items():
            why = why_not(name)
            # Not disabled: whoever asks must be told why, also by keyboard.
            mark(made, kind="primary" if name == following else "", refused=bool(why))
            made.setToolTip(why)
            made.setAccessibleDescription(why)
            self.actions_of[name].setEnabled(not why)
            self.actions_of[name].setToolTip(why)

    def show_steps(self, *, has_life: bool) -> None:
        """Estimates and assigned figures have no steps."""
        self._has_life = has_life
        self.set_compact(self._is_compact)

    def set_compact(self, compact: bool) -> None:
        """One menu for all steps."""
        self._is_compact = compact
        for made in self.buttons.values():
            made.setVisible(self._has_life and not compact)
        self.menu_button.setVisible(self._has_life and compact)
