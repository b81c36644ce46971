"""Files of one name are told apart by their folders, and what was asked of them follows."""

import shutil
from pathlib import Path, PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from desktop.application import imports
from desktop.application.file_names import names_apart, renamed
from desktop.domain.periods import Period
from tests.application.conftest import SAMPLES

PARTS = st.sampled_from(["xã", "a", "b", "2024"])
PATHS = st.lists(st.lists(PARTS, min_size=1, max_size=4).map(lambda parts: Path("/", *parts, "t.xlsx")), unique=True)


@given(PATHS)
def test_names_differ_and_are_no_longer_than_needed(files):
    names = names_apart(files)
    assert len(set(names.values())) == len(files)
    for path, name in names.items():
        assert PurePosixPath(path.as_posix()).match(name)
        shorter = "/".join(name.split("/")[1:])
        assert not shorter.strip("/") or any(other != path and other.match(shorter) for other in files)


def test_what_was_asked_follows_the_name_into_archives(tmp_path):
    one, two = tmp_path / "a" / "t.zip", tmp_path / "b" / "t.zip"
    before, after = names_apart([one]), names_apart([one, two])
    assert renamed({"t.zip/x.xlsx": 1, "t.zip": 2, "other": 3}, before, after) == {
        "a/t.zip/x.xlsx": 1,
        "a/t.zip": 2,
        "other": 3,
    }


def test_two_files_of_one_name_keep_their_own_findings_and_wishes(filled, tmp_path):
    files = []
    for folder, source in (("Chế Tạo", "tong-hop-2022"), ("Nậm Có", "tong-hop-2023")):
        (tmp_path / folder).mkdir()
        files.append(Path(shutil.copy(SAMPLES / f"{source}.xlsx", tmp_path / folder / "bao-cao.xlsx")))
    plan = imports.read_files(filled, files=files)
    assert [file.file for file in plan.files] == ["Chế Tạo/bao-cao.xlsx", "Nậm Có/bao-cao.xlsx"]
    assert {finding.file for finding in plan.findings} <= {"Chế Tạo/bao-cao.xlsx", "Nậm Có/bao-cao.xlsx"}
    asked = {"Nậm Có/bao-cao.xlsx": imports.Wanted(period=Period.of_year(2021))}
    again = imports.read_files(filled, files=files, each=asked)
    assert again.files[0].sheets[0].period == Period.of_year(2022)
    assert any(finding.file == "Nậm Có/bao-cao.xlsx" for finding in again.findings)
