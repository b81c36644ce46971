"""The one thing to remember: `python3 build/dev.py COMMAND`, on Linux and Windows.

setup   make .venv/ with everything in it (a second time: nothing to do)
run     open the program on a demo office; without a display make its documents and say where they are
test    run the tests (words after it go to pytest)
check   style, types, import contracts and the tree; `--long` adds the long properties and 1000 kills
bench   measure
demo    the main job end to end in .work/demo
bundle  make the program that needs no Python in .work/dist, and let it run the demo
wine    run the tests and the demo with Windows Python and Windows wheels under Wine
lock    write the lock files anew from requirements*.in

Needs nothing but Python 3.11 or newer with its standard library. `build/` must never become a package.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the one line an older Python must be able to read
    sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0])

from steps import bundle, checks, demo, environment, locks, translations, wine
from steps.shell import Fault, speak_utf8


def setup(words: list[str]) -> None:
    """Make the environment and compile the words."""
    _take_none(words)
    environment.make_ready()
    translations.compile_in_environment()


def run(words: list[str]) -> None:
    """Open the window on a demo office."""
    _take_none(words)
    setup([])
    demo.open_window()


def test(words: list[str]) -> None:
    """Run the tests."""
    setup([])
    checks.run_tests(words)


def check(words: list[str]) -> None:
    """Run everything that looks at the code, then the quick structural tests."""
    if words not in ([], ["--long"]):
        raise Fault("`check` knows only --long.")
    setup([])
    checks.look_at_code()
    if words:
        checks.run_long()


def bench(words: list[str]) -> None:
    """Measure, and print one table."""
    setup([])
    checks.run_bench(words)


def make_demo(words: list[str]) -> None:
    """Run the main job end to end."""
    _take_none(words)
    setup([])
    demo.make()


def make_bundle(words: list[str]) -> None:
    """Freeze the program and try it."""
    _take_none(words)
    setup([])
    bundle.make()


def run_wine(words: list[str]) -> None:
    """Try the Windows side."""
    setup([])
    wine.run_all(words)


def lock(words: list[str]) -> None:
    """Resolve the requirements anew."""
    _take_none(words)
    locks.write()


COMMANDS = {
    "setup": setup,
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "demo": make_demo,
    "bundle": make_bundle,
    "wine": run_wine,
    "lock": lock,
}


def main() -> int:
    """Do what the first word says; 0 done, 1 failed, 2 not understood."""
    speak_utf8()
    words = sys.argv[1:]
    if not words or words[0] not in COMMANDS:
        print(__doc__)
        return 0 if words in (["-h"], ["--help"], ["help"]) else 2
    try:
        COMMANDS[words[0]](words[1:])
    except Fault as fault:
        print(f"\n{fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _take_none(words: list[str]) -> None:
    if words:
        raise Fault(f"Nothing is expected after the command: {' '.join(words)}")


if __name__ == "__main__":
    sys.exit(main())
