"""Which column gets which element where headings allow several, and what has to be said about it."""

from __future__ import annotations

from desktop.domain.findings import Finding, Severity
from desktop.exchange.grid import Raw, column_letter
from desktop.exchange.headings import Match
from desktop.wording import say


def assign(
    options: dict[int, list[Match]], shown: dict[int, str], cells: dict[int, tuple[Raw, ...]]
) -> tuple[dict[int, Match], list[Finding]]:
    """Give each element to one column.

    A column that holds anything goes before an empty one, then one without another meaning, then the better fit, then
    the first. `shown` are the headings, `cells` what stands below them.
    """
    left = {column: list(found) for column, found in options.items()}
    chosen: dict[int, Match] = {}
    dropped: list[tuple[int, Match, int]] = []
    for _ in range(sum(map(len, options.values())) + 1):
        chosen = {column: found[0] for column, found in left.items() if found}
        clash = _first_clash(chosen)
        if clash is None:
            break
        loser = _loser(clash, left, chosen, cells)
        lost = left[loser].pop(0)
        if not left[loser]:
            winner = next(column for column in clash if column != loser)
            dropped.append((loser, lost, winner))
    findings = [
        _taken_twice(column, match, winner, shown)
        for column, match, winner in dropped
        if any(cell != "" for cell in cells[column]) and cells[column] != cells[winner]
    ]
    taken = {match.element.code for match in chosen.values()}
    sure: dict[int, Match] = {}
    for column, match in sorted(chosen.items()):
        rivals = [other for other in left[column][1:] if other.rank == match.rank and other.element.code not in taken]
        if rivals:
            findings.append(_two_meanings(column, match, rivals[0], shown))
            continue
        sure[column] = match
        if not match.fit.is_sure:
            findings.append(_doubtful(column, match, shown))
    return sure, findings


def _first_clash(chosen: dict[int, Match]) -> list[int] | None:
    by_element: dict[str, list[int]] = {}
    for column, match in sorted(chosen.items()):
        by_element.setdefault(match.element.code, []).append(column)
    return next((columns for columns in by_element.values() if len(columns) > 1), None)


def _loser(
    clash: list[int], left: dict[int, list[Match]], chosen: dict[int, Match], cells: dict[int, tuple[Raw, ...]]
) -> int:
    taken = {match.element.code for column, match in chosen.items() if column not in clash}

    def keeps(column: int) -> tuple[bool, bool, tuple[int, int], int]:
        has_other = any(match.element.code not in taken and match.fit.is_sure for match in left[column][1:])
        return (any(cell != "" for cell in cells[column]), not has_other, chosen[column].rank, -column)

    return min(clash, key=keeps)


def _taken_twice(column: int, match: Match, winner: int, shown: dict[int, str]) -> Finding:
    return Finding(
        "import.heading_twice",
        Severity.WARNING,
        say(
            "Columns {first} (“{heading}”) and {second} (“{other}”) both say {element}; column {first} was read.",
            first=column_letter(winner),
            heading=shown[winner],
            second=column_letter(column),
            other=shown[column],
            element=match.element.name_vi,
        ),
        say("Give the columns different headings, or delete the one that does not count."),
        column=column_letter(column),
        element=match.element.code,
    )


def _two_meanings(column: int, match: Match, rival: Match, shown: dict[int, str]) -> Finding:
    return Finding(
        "import.heading_ambiguous",
        Severity.WARNING,
        say(
            "The heading “{heading}” can mean {first} or {second}; the column was not read.",
            heading=shown[column],
            first=match.element.name_vi,
            second=rival.element.name_vi,
        ),
        say("Write the full name of the figure in the heading."),
        column=column_letter(column),
    )


def _doubtful(column: int, match: Match, shown: dict[int, str]) -> Finding:
    return Finding(
        "import.heading_doubtful",
        Severity.WARNING,
        say("The heading “{heading}” was read as {element}.", heading=shown[column], element=match.element.name_vi),
        say("If that is wrong, correct the heading and import the file again."),
        column=column_letter(column),
        element=match.element.code,
    )
