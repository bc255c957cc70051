"""Complaints at work, in the shared district: its four handling bodies, 政务办, 区政府, and a complaint in a few words."""

from types import SimpleNamespace

import pytest

from qingdan.measures.complaints.papers import making

from .room import Room


@pytest.fixture
def room(district):
    return Room(district)


@pytest.fixture
def without_pdf(monkeypatch):
    """Papers as where no Chinese font is: DOCX alone. Both files say the same (tests of `kernel/papers`), and a PDF takes its time."""
    monkeypatch.setattr(making.fonts, "found", lambda: SimpleNamespace(complete=False))
