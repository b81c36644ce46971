"""Everything shipped is named in THIRD_PARTY.md, under a licence we may ship."""

import re
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
WELCOME = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "LGPL-3.0-only", "MIT", "MIT-0", "MIT-CMU",
    "OFL-1.1", "PSF-2.0", "Public-Domain", "Zlib",
}  # fmt: skip
# What a package may call its licence, by the word that gives it away.
TELLING = {
    "LGPL": r"LGPL|Lesser",
    "GPL": r"(?<![LA])GPL|(?<!Lesser )(?<!Affero )General Public License",
    "AGPL": r"AGPL|Affero",
    "Apache": r"Apache",
    "BSD": r"BSD|Redistribution and use in source and binary forms",
    "MIT": r"\bMIT\b",
    "PSF": r"PSF|Python Software Foundation",
    "Public-Domain": r"Public Domain|unlicense",
    "Zlib": r"zlib|This software is provided 'as-is'",
}


def locked() -> list[str]:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"^([a-z0-9.-]+)==", lock, re.MULTILINE)))


def rows(heading: str) -> dict[str, str]:
    part = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("|")
    ]
    return {name: licence for name, licence, _ in cells[2:]}


def said_by(package: str) -> str:
    """What a package says of its own licence: expression, field, classifiers; its licence files if those are silent.

    A long field is the licence's text followed by those of bundled libraries: only its beginning speaks of the package.
    """
    about = metadata.metadata(package)
    said = [about.get("License-Expression") or "", (about.get("License") or "")[:1000]]
    said += [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
    if not any(said):
        files = metadata.files(package) or []
        said = [file.read_text(encoding="utf-8")[:2000] for file in files if "LICEN" in file.name.upper()]
    return "\n".join(said)


def test_every_locked_package_has_a_row_and_every_row_a_package():
    assert sorted(rows("Packages")) == locked()


@pytest.mark.parametrize("package", locked())
def test_a_package_is_under_the_licence_its_row_names(package):
    licences = re.split(r" AND | OR ", rows("Packages")[package])
    assert set(licences) <= WELCOME
    said = said_by(package)
    families = {family for family, words in TELLING.items() if re.search(words, said, re.IGNORECASE)}
    assert families, f"{package} says nothing readable about its licence: {said!r}"
    assert any(licence.startswith(family) for licence in licences for family in families), said
    assert "AGPL" not in families
    assert "GPL" not in families or "LGPL" in families, "the only choice would be the GPL"


def test_shipped_fonts_and_icons_carry_their_licence():
    for heading in ("Fonts", "Icons"):
        assert set(rows(heading).values()) <= WELCOME
        for line in PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0].splitlines():
            for path in re.findall(r"`(.+?)`", line):
                assert (ROOT / path).stat().st_size > 500, path
    families = {path.name.split("-")[0] for path in (ROOT / "resources" / "fonts").glob("*.ttf")}
    assert families == {"LiberationSerif", "NotoSans"}


def test_the_tree_is_under_the_mit_licence():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("MIT License")
    assert "The Sổ Trạm authors" in licence
