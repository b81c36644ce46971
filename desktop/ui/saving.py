"""Writing a made document to a file a person named: whole or not at all."""

from __future__ import annotations

from pathlib import Path

from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.wording import say


def save_bytes(session: Session, out: Path, data: bytes) -> bool:
    """Write the bytes beside the file, then put them in its place; the status bar says how it went."""
    part = out.with_name(out.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(out)
    except OSError:
        part.unlink(missing_ok=True)
        session.say(say("{file} could not be written. Close it if another program shows it.", file=out.name), Tone.BAD)
        return False
    session.say(say("Saved {file}.", file=out.name))
    return True
