"""What holds for every test: no display, no noise, no trace of this person's own record."""

import importlib
import logging
import os
import pkgutil
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import hypothesis
import hypothesis.configuration
import pytest
from steps import translations

ROOT = Path(__file__).resolve().parents[1]

hypothesis.configuration.set_hypothesis_home_dir(ROOT / ".work" / "hypothesis")
hypothesis.settings.register_profile(
    "ci", derandomize=True, max_examples=60, deadline=None, database=None, print_blob=True
)
hypothesis.settings.register_profile(
    "long",
    max_examples=2_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.data_too_large],
)
hypothesis.settings.load_profile(os.environ.get("SOTRAM_HYPOTHESIS", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--onscreen", action="store_true", help="show the windows of the tests")


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in ("SOTRAM_TODAY", "SOTRAM_PASSPHRASE", "SOTRAM_RECORD"):
        os.environ.pop(name, None)


def pytest_sessionstart() -> None:
    translations.compile_stale()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything below tests/ui needs Qt; what needs Linux is left out on Windows."""
    for item in items:
        if item.path.is_relative_to(ROOT / "tests" / "ui"):
            item.add_marker(pytest.mark.window)
        if os.name == "nt" and item.get_closest_marker("posix"):
            item.add_marker(pytest.mark.skip(reason="needs Linux"))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Load every module of the product before the first property.

    Hypothesis also draws the constants it finds in whatever own modules are loaded by then, derandomized or not: in
    random order the same property would see other examples in each run.
    """
    if not any(hypothesis.is_hypothesis_test(getattr(item, "obj", None)) for item in session.items):
        return
    shows_windows = any(item.get_closest_marker("window") for item in session.items)
    for place, prefix in (("desktop", "desktop."), ("db", "db."), ("build/steps", "steps.")):
        for module in pkgutil.walk_packages([str(ROOT / place)], prefix):
            if shows_windows or not f"{module.name}.".startswith("desktop.ui."):
                with suppress(Exception):  # what cannot be loaded fails the tests that use it, not all of them
                    importlib.import_module(module.name)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A missing tool skips its tests on a person's machine and fails them where everything must run."""
    for marker in item.iter_markers("tool"):
        for name in marker.args:
            if shutil.which(name) is None:
                stop = pytest.fail if os.environ.get("CI") and sys.platform == "linux" else pytest.skip
                stop(f"{name} is not installed")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say the seed of the order even with -q."""
    seed = config.getoption("randomly_seed", None)
    if seed is not None:
        terminalreporter.write_line(f"random order; the same again: --randomly-seed={seed}")


@pytest.fixture(autouse=True, scope="session")
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the person's record, settings and keys out of reach."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOTRAM_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(autouse=True)
def spoken_language() -> Iterator[None]:
    """Every test starts in Vietnamese."""
    from desktop.system import i18n

    i18n.use("vi")
    yield
    i18n.use("vi")


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """An unexpected warning in the log fails the test; those about warnings say so by marker or `caplog`."""
    if request.node.get_closest_marker("logs_warnings") or "caplog" in request.fixturenames:
        yield
        return
    heard = _Listener()
    logging.getLogger().addHandler(heard)
    yield
    logging.getLogger().removeHandler(heard)
    assert not heard.lines, "unexpected in the log:\n" + "\n".join(heard.lines)


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")
