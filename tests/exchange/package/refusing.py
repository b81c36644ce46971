"""How a package is refused in these tests."""

from __future__ import annotations

import pytest

from desktop.exchange.package import container
from desktop.exchange.package.manifest import Kind
from desktop.exchange.package.refused import Refused
from desktop.exchange.package.trust import StreamId
from tests.exchange.package import office

STREAM = StreamId(office.NODE, Kind.PACKAGE, "record")


def refusal(data: bytes, trust=None) -> Refused:
    with pytest.raises(Refused) as raised:
        container.open_package(data, trust or office.trust())
    return raised.value


def code(data: bytes, trust=None) -> str:
    return refusal(data, trust).code
