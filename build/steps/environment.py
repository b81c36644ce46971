"""The folder .venv/: made once, from the lock, and made anew only when what it was made from changes."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
import sys
import tomllib
from pathlib import Path

from steps import system
from steps.shell import ON_WINDOWS, PYTHON, ROOT, VENV, WORK, Fault, output, run, tell

LOCK = ROOT / "requirements-dev.lock"
STAMP = VENV / ".ready"
# The wheels of the lock exist for these; the newest first is not wanted: 3.11 is what offices get.
SUPPORTED = ((3, 11), (3, 12), (3, 13))


def make_ready(*, screen: bool = False) -> None:
    """Have .venv/ with every locked package and the project itself, and Qt's system libraries.

    Does nothing that was done before: the stamp holds what the environment was made from.
    """
    wanted = fingerprint()
    found = stamped()
    if found.get("place") != wanted["place"] or output([PYTHON, "-c", "import pip"]) is None:
        tell("Making .venv")
        found = {}
        make_empty()
    if found != wanted:
        STAMP.unlink(missing_ok=True)
        if found.get("packages") != wanted["packages"]:
            install_locked()
        install_project()
        STAMP.write_text(json.dumps(wanted), encoding="utf-8")
    system.need_libraries(screen=screen)


def fingerprint() -> dict[str, str]:
    """What the environment is made from: place, packages, and the project's own description."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    described = [project["build-system"], project["project"], project["tool"]["hatch"]]
    return {
        "place": str(VENV),
        "packages": hashlib.sha256(LOCK.read_bytes()).hexdigest(),
        "project": hashlib.sha256(json.dumps(described, sort_keys=True).encode()).hexdigest(),
    }


def stamped() -> dict[str, str]:
    """What the last finished setup wrote down; empty if there was none."""
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def install_locked() -> None:
    """Install exactly the locked wheels; pip checks every hash."""
    tell("Installing the locked packages: about 200 MB the first time")
    run([*pip(), "install", "-qq", "--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", LOCK])


def install_project() -> None:
    """Put the project itself into the environment, as it lies here, with its `sotram` command."""
    run([*pip(), "install", "-qq", "--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT])
    if not str(ROOT).isascii():
        _spell_out_path()


def _spell_out_path() -> None:
    """Say the project's folder in ASCII: Windows Python reads a .pth in its old code page, pip writes UTF-8."""
    for link in VENV.rglob("site-packages/_sotram.pth"):
        link.write_text(f"import sys; sys.path.append({str(ROOT)!a})\n", encoding="ascii")


def pip() -> list[str | Path]:
    """The environment's own pip (never `pip.exe`, which cannot replace itself on Windows)."""
    return [PYTHON, "-m", "pip"]


def make_empty() -> None:
    """Make .venv/ with nothing but pip, also where Debian left out `ensurepip`."""
    python = interpreter()
    if VENV.exists():
        shutil.rmtree(VENV)
    if not has_module(python, "ensurepip") and not ON_WINDOWS:
        install_debian_venv(python)
    if has_module(python, "ensurepip"):
        run([python, "-m", "venv", VENV])
        return
    if not has_module(python, "venv"):
        needed = system.command([venv_package(python)])
        raise Fault(f"This Python cannot make environments. Install its module:  {needed}")
    run([python, "-m", "venv", "--without-pip", VENV])
    only_pip = locked_pip()
    if has_module(python, "pip"):
        run([python, "-m", "pip", "--python", PYTHON, "install", "-qq", "--require-hashes", "-r", only_pip])
    else:
        run([PYTHON, borrowed_pip(python) / "pip", "install", "-qq", "--require-hashes", "-r", only_pip])


def interpreter() -> str:
    """A Python the locked wheels exist for: the one running if it will do, else one that is found."""
    if sys.version_info[:2] in SUPPORTED:
        # Inside our own .venv the Python it was made from must be used: the folder is about to go.
        return str(Path(getattr(sys, "_base_executable", sys.executable)))
    for major, minor in SUPPORTED:
        names = [["py", f"-{major}.{minor}"]] if ON_WINDOWS else [[f"python{major}.{minor}"]]
        for words in names:
            found = output([*words, "-c", "import sys; print(sys.executable)"])
            if found:
                return found.strip()
    raise Fault(
        f"Python {sys.version.split()[0]} is too new for the locked packages: have 3.11, 3.12 or 3.13 beside it."
    )


def has_module(python: str, name: str) -> bool:
    """Whether an interpreter has a module, asked without starting it when it is the one running."""
    if python == sys.executable:
        importlib.invalidate_caches()
        return importlib.util.find_spec(name) is not None
    return output([python, "-c", f"import {name}"]) is not None


def install_debian_venv(python: str) -> None:
    """Let Debian's own package bring `ensurepip`, where this user may install packages."""
    if Path(python).resolve().is_relative_to("/usr/bin"):
        system.install([venv_package(python)])


def venv_package(python: str) -> str:
    """Debian's package with the venv module of a system Python, such as python3.11-venv."""
    version = output([python, "-c", "import sys; print('python%d.%d' % sys.version_info[:2])"]) or "python3"
    return f"{version.strip()}-venv"


def locked_pip() -> Path:
    """A file with the one line of the lock that is pip, with its hashes."""
    folder = WORK / "pip"
    folder.mkdir(parents=True, exist_ok=True)
    entry = re.search(r"^pip==.*?(?=^\S)", LOCK.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    if entry is None:
        raise Fault(f"{LOCK.name} names no pip.")
    requirements = folder / "pip.lock"
    requirements.write_text(entry[0], encoding="utf-8")
    return requirements


def borrowed_pip(python: str) -> Path:
    """A pip wheel to start from: Debian's, if it lies here, or unpacked (not installed) from its package."""
    wheels = sorted(Path("/usr/share/python-wheels").glob("pip-*.whl"))
    if not wheels and shutil.which("apt-get"):
        folder = WORK / "pip"
        folder.mkdir(parents=True, exist_ok=True)
        tell("This Python has no pip: unpacking Debian's for once")
        output(["apt-get", "download", "-q", "python3-pip-whl"], cwd=folder)
        for package in folder.glob("*.deb"):
            run(["dpkg-deb", "-x", package, folder])
        wheels = sorted(folder.glob("usr/share/python-wheels/pip-*.whl"))
    if not wheels:
        raise Fault(f"This Python has no pip. Install it:  {system.command([venv_package(python)])}")
    return wheels[-1]
