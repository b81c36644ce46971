"""`build/dev.py` does its work once, and says what it cannot do itself."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from steps import checks, environment, system, translations
from steps.shell import ROOT, Fault, side_by_side

PO = 'msgid "Save"\nmsgstr "{}"\n'


def test_a_second_setup_finds_nothing_to_do():
    assert environment.stamped() == environment.fingerprint()


def test_what_cannot_be_installed_is_said_as_one_command(monkeypatch):
    monkeypatch.setattr(system, "LIBRARIES", {"libnothere.so.1": "libnothere1"})
    monkeypatch.setattr(system, "privilege", lambda: None)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(Fault, match="libnothere1") as fault:
        system.need_libraries(screen=False)
    assert "sudo apt-get install -y --no-install-recommends libnothere1" in str(fault.value)


def test_packages_are_named_once_and_in_order():
    assert system.command(["gcc libc6-dev", "age", "gcc libc6-dev"]).endswith(" age gcc libc6-dev")


def test_the_first_pip_is_the_locked_one():
    text = environment.locked_pip().read_text(encoding="utf-8")
    assert text.startswith("pip==")
    assert text.count("==") == 1
    assert "--hash=sha256:" in text


def test_without_a_command_the_page_of_commands_is_shown():
    shown = subprocess.run(
        [sys.executable, ROOT / "build" / "dev.py"], capture_output=True, encoding="utf-8", check=False
    )
    assert shown.returncode == 2
    for command in ("setup", "run", "test", "check", "bench", "demo", "bundle", "wine"):
        assert f"\n{command} " in shown.stdout


def test_the_pages_and_ci_name_only_commands_there_are():
    said = {
        page: re.findall(r"build/dev\.py (\w+)", (ROOT / page).read_text(encoding="utf-8"))
        for page in ("README.md", "ARCHITECTURE.md", ".ci/run")
    }
    script = (ROOT / "build" / "dev.py").read_text(encoding="utf-8")
    commands = set(re.findall(r'^    "(\w+)": ', script, re.MULTILINE))
    assert {command for found in said.values() for command in found} <= commands
    assert said["README.md"][:2] == ["run", "test"]
    assert said[".ci/run"] == ["check", "test"]


def test_every_part_of_the_tests_is_there_once():
    named = [folder for part in checks.PARTS for folder in part]
    assert len(named) == len(set(named))
    assert [folder for folder in named if not (ROOT / folder).is_dir()] == []


@pytest.mark.posix
def test_what_fails_beside_others_is_named_with_its_exit_code_and_nothing_said_is_lost(capsys):
    python = [sys.executable, "-S", "-c"]
    with pytest.raises(Fault) as fault:
        side_by_side(
            [*python, "print('well')"],
            [*python, "raise SystemExit('badly')"],
            [*python, "import os; os.kill(os.getpid(), 9)"],
        )
    said = capsys.readouterr().out
    assert "\nwell\n" in said
    assert "\nbadly\n" in said
    codes = re.findall(r"\((-?\d+)\)$", str(fault.value), re.MULTILINE)
    assert sorted(codes) == ["-9", "1"]


def test_words_of_all_areas_become_one_file_and_only_when_they_changed(tmp_path: Path):
    folder = tmp_path / "vi"
    folder.mkdir()
    (folder / "ui.po").write_text(PO.format("Lưu"), encoding="utf-8")
    (folder / "record.po").write_text('msgid "Open"\nmsgstr "Mở"\n', encoding="utf-8")
    assert translations.is_stale(folder)
    translations.compile_language(folder)
    assert not translations.is_stale(folder)

    import gettext

    words = gettext.translation(translations.DOMAIN, tmp_path, ["vi"])
    assert [words.gettext(msgid) for msgid in ("Save", "Open", "Close")] == ["Lưu", "Mở", "Close"]
    assert sorted(path.name for path in folder.iterdir()) == ["LC_MESSAGES", "record.po", "ui.po"]


def test_a_fuzzy_word_is_not_said(tmp_path: Path):
    folder = tmp_path / "vi"
    folder.mkdir()
    (folder / "ui.po").write_text("#, fuzzy\n" + PO.format("Lưu ư"), encoding="utf-8")
    translations.compile_language(folder)

    import gettext

    assert gettext.translation(translations.DOMAIN, tmp_path, ["vi"]).gettext("Save") == "Save"
