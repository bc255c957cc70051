"""Browser tests: Debian's Chromium against a live server; the clock is moved by the test."""

import pytest


@pytest.fixture(scope="session")
def browser_context_args():
    return {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 1366, "height": 768}}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A browser test that fails tells which page it stood before."""
    report = yield
    if report.when == "call" and report.failed and (page := item.funcargs.get("page")):
        report.sections.append(("page", f"{page.url}\n{page.inner_text('body')}"))
    return report
