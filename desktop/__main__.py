"""`python -m desktop`: with arguments the command line, without them the window."""

import io
import os
import sys


def main() -> int:
    """Hand the words after the program's name to the command line, or open the window when there are none.

    Returns the exit code of `contract/cli.md`.
    """
    name_files_in_utf8()
    speak_utf8()
    arguments = sys.argv[1:]
    if arguments:
        from desktop import cli

        return cli.main(arguments)
    from desktop import bootstrap

    return bootstrap.main()


def name_files_in_utf8() -> None:
    """Begin again in Python's UTF-8 mode where the system's locale cannot say Vietnamese file names (`LC_ALL=C`)."""
    if sys.platform != "win32" and sys.getfilesystemencoding() != "utf-8" and not getattr(sys, "frozen", False):
        os.execv(sys.executable, [sys.executable, "-X", "utf8", "-m", "desktop", *sys.argv[1:]])  # noqa: S606


def speak_utf8() -> None:
    """Make the standard streams UTF-8, with plain line ends on the way out.

    A Windows console is cp1252 or cp1258, and a window program has no streams at all.
    """
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
