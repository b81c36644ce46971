"""The Windows side, tried on Linux."""

from steps.shell import Fault


def run(words: list[str]) -> None:
    """Not there yet."""
    raise Fault(f"Not built yet: wine {' '.join(words)}")
