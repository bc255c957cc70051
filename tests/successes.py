"""b1: a declared page that nobody ever used with success while the whole suite ran is a failed run: it is not known to work.

Each worker keeps what it saw and hands it over at its end; the run that collected everything asks for every (page, method) of the declaration.
"""

from qingdan.kernel.policy.declared import DECLARED

SEEN = set()
"""(URL name, method) that answered somebody with a page or a redirect after an act."""


def wanted():
    """Every declared (page, method). HEAD is a GET without its text."""
    return {(name, method) for name, page in DECLARED.items() for method in page.methods}


def watch(get_response):
    """Sees the answer to every request of the test client, after all of the product's own middleware."""

    def seen(request):
        response = get_response(request)
        match = request.resolver_match
        if match is not None and succeeded(request, response):
            SEEN.add((match.view_name, request.method))
        return response

    return seen


def succeeded(request, response):
    """A page; or after something was sent, the way to the next page. To be sent to the login, or from a page to look at to another, is no success."""
    if request.method == "POST":
        return response.status_code == 302 and not response["Location"].startswith("/desk/login/?next=")
    return response.status_code == 200


class Successes:
    """The plugin: hands over, gathers, and asks at the end of a run of everything."""

    def __init__(self, config):
        self.config, self.whole, self.missing = config, False, set()

    def pytest_sessionfinish(self, session, exitstatus):
        output = getattr(self.config, "workeroutput", None)
        if output is not None:  # a worker of xdist
            output["successes"] = sorted(SEEN)
        elif exitstatus == 0 and runs_everything(self.config):
            self.missing = wanted() - SEEN
            if self.missing:
                session.exitstatus = 1

    def pytest_testnodedown(self, node):
        SEEN.update(tuple(pair) for pair in getattr(node, "workeroutput", {}).get("successes", ()))

    def pytest_terminal_summary(self, terminalreporter):
        if self.missing:
            terminalreporter.section("declared, but nobody ever used them with success in this run (b1)", red=True)
            for name, method in sorted(self.missing):
                terminalreporter.line(f"{method} {name}")


def runs_everything(config):
    """No file, mark or word was asked for: the declaration can be held against the run."""
    option = config.option
    chosen = option.keyword or option.markexpr or option.ignore or option.deselect or getattr(option, "lf", False) or option.collectonly
    return not chosen and [str(a) for a in config.args] == [str(a) for a in config.getini("testpaths")]
