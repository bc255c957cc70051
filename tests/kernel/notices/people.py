"""Who reads notices: a head and a clerk of an office of the shared district, and what lies before them."""

from datetime import date

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.notices.models import Notice
from qingdan.kernel.notices.queries import unread
from qingdan.kernel.offices.models import Person, Post


def make_head(side, username):
    """A head of this office, since the measures came into force."""
    person = Person(username=username, name="负责人甲")
    with clock.frozen("2016-05-06T09:00"):
        note("create_person", by=None, rows=[person, Post(person=person, office=side.office, rank=Post.HEAD, valid_from=date(2016, 5, 6))])
    return Post.objects.get(person=person)


def post_of(side):
    """The clerk's post in this office."""
    return Post.objects.get(office=side.office, person=side.person)


def lies_before(post):
    """The texts that this person has still to look at."""
    return [notice.text for notice in unread(post).order_by("pk")]


def told(**only):
    """[(office, text)] of all notices, in the order in which they were told."""
    return [(n.office.code, n.text) for n in Notice.objects.filter(**only).select_related("office").order_by("pk")]
