"""Progress of a long job: none under 0,4 s; then a bar, what is being done, the rest of time, and "Stop"."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from desktop.system.i18n import _, render
from desktop.ui.jobs import RunningJob
from desktop.ui.widgets.parts import button, column, label, row

PATIENCE: Final = 400


class Progress(QDialog):
    """Follows one job; shows itself only when the job takes long, goes away when it ends."""

    def __init__(self, parent: QWidget | None, job: RunningJob) -> None:
        super().__init__(parent)
        self._job = job
        self._began = time.monotonic()
        self.setModal(True)
        self.setMinimumWidth(420)
        self.setWindowTitle(render(job.what))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(render(job.what))
        self.rest = label("", "hint")
        self.stop = button(_("Stop"), self._stop, kind="small")
        self.stop.setVisible(job.stopping is not None)
        meaning = label(render(job.stopping) if job.stopping else "", "hint", wrap=True)
        head = label(render(job.what), "subject", wrap=True)
        body = column(head, self.bar, gap=10, margins=(20, 18, 20, 16))
        body.addLayout(row(self.rest, None, self.stop))
        body.addWidget(meaning)
        self.setLayout(body)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._appear)
        job.progressed.connect(self.follow)
        job.ended.connect(self._leave)
        self._timer.start(PATIENCE)

    def follow(self, done: int, total: int) -> None:
        """Move the bar and say how long it will take."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        spent = time.monotonic() - self._began
        if done and total > done and spent > 1:
            left = round(spent * (total - done) / done)
            self.rest.setText(
                _("{percent}%, about {seconds} seconds left").format(percent=done * 100 // total, seconds=max(left, 1))
            )
        else:
            self.rest.setText(_("{percent}%").format(percent=done * 100 // max(total, 1)))

    def reject(self) -> None:
        """Esc asks to stop; the dialog goes when the job has ended."""
        self._stop()

    def _stop(self) -> None:
        if self._job.stopping is None:
            return
        self.stop.setEnabled(False)
        self.stop.setText(_("Stopping…"))
        self._job.stop()

    def _appear(self) -> None:
        if not self._job.is_over:
            self.show()

    def _leave(self) -> None:
        self._timer.stop()
        self.accept()
        self.deleteLater()
