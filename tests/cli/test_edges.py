"""The edges: no traceback ever, any console, no keyboard, quick start."""

import json
import os
import subprocess
import sys

import pytest

from desktop.cli import plan, run
from desktop.system import paths
from tests.cli.command import ROOT, ask, sotram, start, told


@pytest.fixture
def home(tmp_path, monkeypatch):
    place = tmp_path / "home"
    monkeypatch.setenv("SOTRAM_HOME", str(place))
    return place


def broken(session):
    name = "Nguyễn Văn A"
    raise RuntimeError(f"secret {name} {session.path}")


@pytest.fixture
def fault(monkeypatch, home):
    """`plan list` has a fault of the program itself."""
    commands = tuple(
        type(command)(command.words, command.about, broken) if command.name == "plan list" else command
        for command in plan.COMMANDS
    )
    monkeypatch.setattr(run, "COMMANDS", commands)


def test_a_fault_of_the_program_exits_70_and_names_its_log(fault):
    said = ask("plan", "list", "--user", "Nguyễn Văn A")
    assert (said.code, said.error) == (70, "fault")
    assert "Traceback" not in said.out + said.err
    logs = list(paths.logs().iterdir())
    assert len(logs) == 1
    assert str(logs[0]) in said.json["error"]["advice"]


def test_the_log_of_a_fault_names_places_in_the_program_and_no_person(fault, tmp_path):
    sotram("plan", "list", "--user", "Nguyễn Văn A", "--db", tmp_path / "Trần Thị B.sotramdb")
    text = next(paths.logs().iterdir()).read_text(encoding="utf-8")
    assert "RuntimeError" in text
    assert "desktop/cli/run.py" in text
    for secret in ("Nguyễn", "Trần", "secret", str(tmp_path)):
        assert secret not in text


def test_a_fault_is_said_even_where_no_log_can_be_written(fault, home):
    home.parent.mkdir(exist_ok=True)
    home.write_text("a file where the folder should be", encoding="utf-8")
    assert ask("plan", "list").code == 70


@pytest.mark.parametrize("words", [("plan", "list"), ("--help",)])
def test_an_interrupted_run_says_that_nothing_was_changed(words, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "take_common", interrupted)
    said = ask(*words)
    assert (said.code, said.error) == (1, "cancelled")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (PermissionError(13, "Permission denied", "x.pdf"), "no_access"),
        (OSError(28, "No space left on device"), "disk_full"),
        (FileNotFoundError(2, "No such file or directory", "x"), "no_file"),
        (IsADirectoryError(21, "Is a directory", "x"), "no_access"),
    ],
)
def test_a_fault_of_the_disk_is_no_fault_of_the_program(fault, code, monkeypatch, home):
    def failing(_):
        raise fault

    monkeypatch.setattr(run, "take_common", failing)
    said = ask("plan", "list")
    assert (said.code, said.error) == (1, code)
    assert not paths.logs().exists()


# ---- as a process of its own ----


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1258"},
        {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
    ids=str,
)
def test_output_is_utf8_whatever_the_console_says(env):
    said = start("--json", "plan", "list", env=env)
    assert said.code == 0
    assert "tuyên" in json.dumps(said.json, ensure_ascii=False).casefold()
    refused = start("plan", "targets", "không có", env=env)
    assert (refused.code, refused.out) == (1, "")
    assert "không có" in refused.err
    assert "Traceback" not in refused.err


@pytest.mark.parametrize(
    "more", [{"PYTHONIOENCODING": "cp1258"}, {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}], ids=str
)
def test_a_path_with_spaces_and_vietnamese_letters_works_from_outside(tmp_path, more):
    folder = tmp_path / "Sổ trạm của tôi"
    folder.mkdir()
    env = {"LC_ALL": "C", "LANG": "C", **more}
    where = ("--db", folder / "sổ.sotramdb")
    office = ("--level", "commune", "--unit", "04456", "--as-of", "2024-12-31")
    made = start(*where, "--json", "office", "create", *office, env=env)
    assert made.code == 0, made
    assert (folder / "sổ.sotramdb").is_file()
    cell = ("--unit", "04456", "--period", "2024", "--element", "population")
    assert start(*where, "value", "set", *cell, "--note", "ghi chú", "5", env=env).code == 0
    assert start(*where, "--json", "values", "--period", "2024").json[0]["note"] == "ghi chú"


@pytest.mark.parametrize("words", [("--json", "units", "list"), ("--help",), ("--json", "nosuch")], ids=" ".join)
def test_the_readers_end_may_close_early(words):
    words = [sys.executable, "-m", "desktop", *words]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        error = running.stderr.read().decode()
        code = running.wait()
    assert "Traceback" not in error
    assert "BrokenPipe" not in error
    assert code == 0


@pytest.mark.posix
def test_no_stream_need_be_open():
    said = subprocess.run(f'"{sys.executable}" -m desktop plan list <&- >&- 2>&-', cwd=ROOT, shell=True, check=False)
    assert said.returncode == 0


LIGHT = (
    ("--help",),
    ("--version",),
    ("plan", "list"),
    ("elements",),
    ("units", "list", "--under", "15", "--as-of", "2024-12-31"),
    ("value", "set"),
    ("nosuch",),
)
HEAVY = ("PySide6", "reportlab", "numpy", "openpyxl", "python_calamine", "babel", "pypdfium2", "pyrage", "nacl")


@pytest.mark.parametrize("words", LIGHT, ids=" ".join)
def test_a_light_command_loads_no_heavy_library(words):
    script = (
        "import sys\nfrom desktop import cli\ncli.main(sys.argv[1:])\n"
        f"found = sorted(set({HEAVY!r}) & sys.modules.keys())\nprint(found, file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert ran.stderr.splitlines()[-1] == "[]"


def test_help_opens_no_database_and_reads_no_catalogue():
    script = (
        "import sys\nfrom desktop import cli\ncli.main(['--help'])\n"
        "print(sorted({'sqlcipher3', 'sqlite_utils', 'yaml'} & sys.modules.keys()), file=sys.stderr)\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert ran.stderr.splitlines()[-1] == "[]"


def test_words_from_the_system_are_read_as_utf8():
    assert run._decoded("x") == "x"
    if os.name != "nt":
        assert run._decoded("kh\udcc3\udcb4ng") == "không"


def test_the_language_holds_for_one_run_only():
    english = told("plan", "list", "--lang", "en")
    assert told("plan", "list") == english
    assert sotram("nosuch", "--lang", "en").err != sotram("nosuch").err
