"""The start stays light: what is loaded, opened and asked before the first figure can be typed is counted.

Seconds belong to `build/dev.py bench`; these counts fail at once when somebody imports a heavy library too early.
"""

import json
import subprocess
import sys

import pytest

from tests.ui.offices import TODAY

HEAVY = (
    "sqlite_utils",
    "reportlab",
    "pypdfium2",
    "numpy",
    "openpyxl",
    "python_calamine",
    "babel",
    "yaml",
    "pyrage",
    "nacl",
)
COUNTED = """
import json, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" and args[0] is not None else None)
from datetime import date, datetime
from pathlib import Path
from desktop.system import i18n
from desktop.system.settings import Settings
kept = Settings(period="2024", maximised=False)
from desktop.ui import app
application = app.make_application([], kept)
today = date.fromisoformat(sys.argv[2])
window = app.make_window(Path(sys.argv[1]), kept=kept, now=lambda: datetime.now().astimezone(), today=today)
window.resize(1366, 697)
window.show()
application.processEvents()
shell = {"modules": len(sys.modules), "database": "sqlcipher3" in sys.modules, "record": window.session.is_open}
words = i18n._catalogue("vi")._catalog
asked = []
window.session.jobs.start = lambda *words, **named: None  # the checks: a worker loads them behind the figures
window.session.record.connection.set_trace_callback(asked.append)
window.open()
application.processEvents()
files = [name for name in opened if not name.endswith((".pyc", ".py", ".so"))]
window.session.record.connection.set_trace_callback(None)
print(json.dumps({"shell": shell, "modules": sorted(sys.modules), "files": files, "asked": len(asked),
                  "words": len(words._found), "classes": sum(
    "__dataclass_fields__" in vars(kind) for name, module in list(sys.modules.items())
    if name.startswith(("desktop", "db")) for kind in {id(k): k for k in vars(module).values()
    if isinstance(k, type) and k.__module__ == name}.values())}))
app.dispose(window)
"""


@pytest.fixture(scope="module")
def started(sample_file, tmp_path_factory):
    done = subprocess.run(
        [sys.executable, "-c", COUNTED, str(sample_file), TODAY.isoformat()],
        env={"QT_QPA_PLATFORM": "offscreen", "SOTRAM_HOME": str(tmp_path_factory.mktemp("home")), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
        cwd=sample_file.parents[0],
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_the_shell_is_painted_before_any_database_is_touched(started):
    assert started["shell"]["database"] is False
    assert started["shell"]["record"] is False
    assert started["shell"]["modules"] < 210


def test_the_grid_is_usable_with_no_heavy_library(started):
    assert [name for name in started["modules"] if name.split(".")[0] in HEAVY] == []
    assert len(started["modules"]) < 305


UNASKED = {
    "desktop.application.checks", "desktop.application.derived", "desktop.application.double_entry",
    "desktop.application.history", "desktop.application.judging", "desktop.application.seats",
    "desktop.application.shipped", "desktop.application.typed_text", "desktop.domain.derivation",
    "desktop.domain.office_change", "desktop.ui.dialogs.ask", "desktop.ui.screens.entry.findings.panel",
    "desktop.ui.screens.entry.seek", "desktop.ui.widgets.tables", "db.redact", "db.undo",
    "calendar", "hashlib", "platform", "socket", "uuid",
}  # fmt: skip


def test_what_nobody_asked_for_is_not_loaded(started):
    assert UNASKED & set(started["modules"]) == set()


def test_few_data_classes_are_made_before_the_first_figure(started):
    """Each costs a millisecond: Python compiles six methods of it anew at every start."""
    assert started["classes"] < 47


def test_only_the_words_that_are_shown_are_read(started):
    assert started["words"] < 160


def test_few_files_are_opened_before_the_first_figure(started):
    ours = [name for name in started["files"] if "resources" in name or "sotram" in name.lower()]
    assert len(ours) < 30


def test_few_statements_are_asked_before_the_first_figure(started):
    assert started["asked"] < 58
