"""The components count with the shipped calendar here, and so need no database."""

import pytest

from qingdan.kernel.calendar import current, shipped


@pytest.fixture(autouse=True)
def the_shipped_calendar(monkeypatch):
    monkeypatch.setattr(current, "_newest", shipped)
