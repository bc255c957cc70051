"""P-A6 measured, beside the tests: 5,000 items with 12,500 citations; how long an import, a reverse look-up and a law change take.

    python -m tests.benchmarks.bases [number of items]
"""

import os
import sys
import time
from contextlib import contextmanager
from datetime import date

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingdan.config.settings.test")


@contextmanager
def measured(what):
    began = time.perf_counter()
    yield
    sys.stdout.write(f"{what:32} {(time.perf_counter() - began) * 1000:8.0f} ms\n")


def rows(n):
    """Each item rests on one article of a law that all share, and on one or two of its own hundred."""
    for i in range(n):
        more = f"\n《第{i % 100}条例》第{i % 60 + 1}条第一款、第{i % 60 + 2}条" if i % 2 else f"\n《第{i % 100}条例》第{i % 60 + 1}条"
        yield ["城管局", f"事项{i}", f"410105-{i:06d}", "01", "0371-63526000", f"《行政许可法》第{i % 40 + 1}条{more}"]


def run(n):
    from qingdan.kernel import clock
    from qingdan.lists.bases import queries
    from qingdan.lists.bases.models import BasisArticle, BasisDocument, BasisLink, LawChange
    from qingdan.lists.importing import committing
    from qingdan.lists.importing.reading import read
    from qingdan.measures.adjustment import holding
    from qingdan.measures.adjustment.watching.actions import enter
    from tests.lists.samples import HEADER, csv_bytes
    from tests.world import make_district

    d = make_district()
    clock.set_fixed("2016-06-07T09:00")
    table = read(csv_bytes([[*HEADER, "法律依据"], *rows(n)]), "表.csv")
    digest = committing.plan("权责", table).digest
    with measured(f"import of {n} items"):
        committing.commit("权责", table, digest, by=d.zwb.person, office=d.zwb.office)
    sys.stdout.write(f"{BasisLink.objects.count()} links, {BasisArticle.objects.count()} articles, {BasisDocument.objects.count()} documents\n")
    law = BasisDocument.objects.get(key="行政许可法")
    article = law.articles.get(place="第十条")
    with measured("items resting on one article"):
        found = len(queries.resting_on([article]))
    with measured("items resting on one law"):
        every = len(queries.resting_on(queries.parts_of(law)))
    sys.stdout.write(f"{found} and {every} items\n")
    with measured("articles of a law with counts"):
        queries.counts_of(law, clock.today())
    with measured("register of documents"):
        list(queries.documents()[:50])
    with measured("items without valid 依据"):
        list(queries.without_valid_basis(clock.today())[:50])
    change = LawChange(sort="repealed", document=BasisDocument.objects.get(key="第1条例"), announced_on=date(2016, 6, 6), evidence="公报",
                       takes_effect=date(2016, 6, 13))  # fmt: skip
    with measured("a repeal with its task"):
        enter(change, by=d.zwb.person, office=d.zwb.office, key="k")
    clock.set_fixed("2016-06-13T00:05")
    with measured("the sweep of its day"):
        holding.open_repeals()
    with measured("the sweep after it"):
        holding.open_repeals()


def main():
    import django

    django.setup()
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0)
    databases = runner.setup_databases()
    try:
        run(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
