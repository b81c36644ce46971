"""The plan file a module reads (its `CODE`) and the document it was read from, as fixtures."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from desktop.domain.plans.plan import Plan
from desktop.domain.text import squeeze
from desktop.exchange.plan_file import load_plan

ROOT = Path(__file__).parents[3]
PLANS = ROOT / "resources" / "catalogue" / "plans"
SEEDS = ROOT / "tests" / "data" / "seeds"


@pytest.fixture(scope="module")
def plan(request: pytest.FixtureRequest) -> Plan:
    file = PLANS / f"{request.module.CODE.replace('/', '-')}.yaml"
    found, findings = load_plan(file.read_text(encoding="utf-8"), file.name)
    assert findings == []
    assert found is not None
    assert found.code == request.module.CODE
    return found


@pytest.fixture(scope="module")
def seed(plan: Plan) -> str:
    """The document line by line, NFC."""
    return unicodedata.normalize("NFC", (SEEDS / plan.source).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def text(seed: str) -> str:
    """The document as one line, spaces folded."""
    return squeeze(seed)
