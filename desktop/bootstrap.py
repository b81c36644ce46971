"""The composition root of the window: paths, settings, language, record, window."""

from __future__ import annotations

import gc
import os
import sys
from datetime import date, datetime

from desktop.system import settings


def main(arguments: list[str] | None = None) -> int:
    """Open the window; `SOTRAM_RECORD` names another record than the user's, `SOTRAM_TODAY` another day."""
    gc.disable()  # what a start makes stays: looking through it for garbage again and again only costs time
    kept = settings.load()
    from desktop.ui import app

    return app.run(
        sys.argv[:1] if arguments is None else arguments,
        path=settings.record_path(kept),
        kept=kept,
        now=clock,
        today=named_day(),
    )


def clock() -> datetime:
    """Now, with the offset of this place."""
    return datetime.now().astimezone()


def named_day() -> date | None:
    """The day everything is measured from, where one is named."""
    named = os.environ.get("SOTRAM_TODAY")
    return date.fromisoformat(named) if named else None
