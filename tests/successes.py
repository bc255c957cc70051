"""b1: a declared page that nobody ever used with success while the whole suite ran makes the run fail: it is not known to work.

Each worker keeps what it saw and hands it over at its end; the run that collected everything asks for every (page, method) of the declaration.
"""

from contextlib import contextmanager

import pytest
from django.core.handlers.base import BaseHandler

from qingdan.kernel.policy.declared import DECLARED

SEEN: set[tuple[str, str]] = set()  # (URL name, method) that served somebody
# What is new is shown on the answer itself, and never again; or it is only compared, and nothing is written; or what is written is that it was shown.
ANSWERED_AT_ONCE = {
    "accounts:recovery", "complaints:content", "complaints:file", "complaints:new", "complaints:paper", "complaints:register_xlsx",
    "complaints:draft_decision", "complaints:draft_letter", "complaints:errand_file", "complaints:errand_letter", "complaints:errand_paper",
    "complaints:liability_paper", "complaints:liability_words", "desk:feed_make", "portal:complaint", "portal:complaint_receipt", "portal:complaint_status", "portal:receipt_check",
    "portal:verify_code", "vault:identity",
}
_counting = [True]


@contextmanager
def uncounted():
    """Requests of a walk, which sends nothing that a person would send, are no use of a page."""
    _counting.append(False)
    try:
        yield
    finally:
        _counting.pop()


LEAD_ON = {"accounts:oidc", "accounts:oidc_back"}  # looked at, they lead to the provider and to the desk


def wanted():
    """Every declared (page, method). HEAD is GET without its text: the walk asks it of every page."""
    return {(name, method) for name, page in DECLARED.items() for method in page.methods if method != "HEAD"}


def take_down(request, response):
    match = getattr(request, "resolver_match", None)
    if match is not None and _counting[-1] and succeeded(request, response):
        SEEN.add((match.view_name, request.method))


def succeeded(request, response):
    """A page; or, after something was sent, the way to the next one. To be sent to the login is no success, and a form shown again is none."""
    if request.method == "POST" and request.resolver_match.view_name not in ANSWERED_AT_ONCE:
        return response.status_code == 302 and not response["Location"].startswith("/desk/login/?next=")
    if request.resolver_match.view_name in LEAD_ON:
        return response.status_code == 302 and response["Location"] != "/desk/login/"
    return response.status_code == 200


class Successes:
    """The plugin: hands over, gathers, and asks at the end of a run of everything."""

    def __init__(self, config):
        self.config, self.missing = config, set()
        self.get_response = BaseHandler.get_response

    def pytest_sessionstart(self):
        plain = self.get_response

        def get_response(handler, request):
            response = plain(handler, request)
            take_down(request, response)
            return response

        BaseHandler.get_response = get_response

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session, exitstatus):
        BaseHandler.get_response = self.get_response
        output = getattr(self.config, "workeroutput", None)
        if output is not None:  # a worker of xdist
            output["successes"] = sorted(SEEN)
        elif exitstatus == pytest.ExitCode.OK and runs_everything(self.config):
            self.missing = wanted() - SEEN
            if self.missing:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node):
        SEEN.update(tuple(pair) for pair in getattr(node, "workeroutput", {}).get("successes", ()))

    def pytest_terminal_summary(self, terminalreporter):
        if self.missing:
            terminalreporter.section("declared, but nobody used it with success in this run (b1)", red=True)
            for name, method in sorted(self.missing):
                terminalreporter.line(f"{method} {name}")


def runs_everything(config):
    """No file, mark or word was asked for: only then can the declaration be held against the run."""
    narrowing = ("keyword", "markexpr", "ignore", "deselect", "lf", "collectonly")
    return not any(getattr(config.option, name, None) for name in narrowing) and list(config.args) == list(config.getini("testpaths"))
