"""Days as people type them."""

from __future__ import annotations

from datetime import date, datetime


def read_day(text: str, today: date) -> date | None:
    """14/01/2025, 14/1/25, 14/1 (the latest such day that is not in the future); None for anything else."""
    parts = text.replace("-", "/").replace(".", "/").split("/")
    if not all(part.strip().isdigit() for part in parts) or len(parts) not in (2, 3):
        return None
    numbers = [int(part) for part in parts]
    year = numbers[2] if len(numbers) == 3 else today.year
    try:
        found = datetime(year + 2000 if year < 100 else year, numbers[1], numbers[0]).date()  # noqa: DTZ001 - a day
        return found.replace(year=found.year - 1) if len(numbers) == 2 and found > today else found
    except ValueError:
        return None
