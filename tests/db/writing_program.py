"""A program that types figures and says each one once it is saved; killed and cut off by the tests.

`cli`: every figure by the command line's own entry point; `window`: one store held open; `stick`: the same as if the
record lay on a stick.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from db.store import Store
from desktop.system.drives import Drive
from tests.db.making import cell, type_in

UNITS, ELEMENTS = (1, 2, 3), ("births", "deaths", "insured")


def figures(seed: int, count: int) -> list[tuple[int, str, int]]:
    """(unit, element, figure): figures only grow, so that a test knows which was later."""
    chance = random.Random(seed)
    return [
        (chance.choice(UNITS), chance.choice(ELEMENTS), seed * 1_000_000 + number) for number in range(1, count + 1)
    ]


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def main(sort: str, path: Path, seed: int, count: int) -> None:
    todo = figures(seed, count)
    if sort == "cli":
        from desktop import cli

        keep, mute = os.dup(1), os.open(os.devnull, os.O_WRONLY)
        for unit, element, figure in todo:
            told = ["value", "set", "--unit", f"{4000 + unit:05d}", "--period", "2024", "--element", element]
            os.dup2(mute, 1)
            code = cli.main(["--db", str(path), "--json", "--user", "lan", *told, str(figure)])
            os.dup2(keep, 1)
            if code:
                raise SystemExit(code)
            say("saved", unit, element, figure)
        return
    drive = Drive.REMOVABLE if sort == "stick" else Drive.LOCAL
    with Store.open(path, actor="lan", memory=path.parent.parent / "machine", drive=drive) as store:
        say("opened")
        for unit, element, figure in todo:
            type_in(store, cell(unit, element, figure))
            say("saved", unit, element, figure)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
