"""Browser tests: Debian's Chromium against a live server; the clock is moved by the test."""

import pytest


@pytest.fixture(scope="session")
def browser_context_args():
    return {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 1366, "height": 768}}
