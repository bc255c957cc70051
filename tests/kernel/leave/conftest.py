"""政务办 and 法制办 with a head and three clerks each; absences said on 2016-06-06."""

from datetime import date

import pytest

from qingdan.kernel import clock
from qingdan.kernel.leave import actions
from qingdan.kernel.offices.models import Person, Post
from tests.kernel.ledger.worlds import second_clerk
from tests.kernel.notices.people import make_head


@pytest.fixture
def people(district):
    """user name -> person: zwb_1 to zwb_3, zwb_head, fzb_1 to fzb_3, fzb_head, cg_1."""
    for code in ("zwb", "fzb"):
        make_head(getattr(district, code), f"{code}_head")
        second_clerk(getattr(district, code), f"{code}_2", "经办乙")
        second_clerk(getattr(district, code), f"{code}_3", "经办丙")
    clock.set_fixed("2016-06-06T09:00")
    return {p.username: p for p in Person.objects.all()}


def post_of(person):
    return Post.objects.select_related("office", "person").get(person=person)


def day(text):
    return date.fromisoformat(f"2016-{text}")


@pytest.fixture
def away(people):
    """`away("fzb_head", "fzb_2", "06-07", "06-17")`: said by the absent person on 06-06, or `on` another day."""

    def say(who, substitute, first, last, on="06-06T09:00"):
        clock.set_fixed(f"2016-{on}")
        person = Person.objects.get(username=who)
        return actions.announce(post=post_of(person), substitute=people[substitute], first=day(first), last=day(last), by=person)

    return say


def standing_in(username, *whom):
    """This person with the post of the first of these filled, as the middleware hands them to an act."""
    person = Person.objects.get(username=username)
    person.stands_for = tuple(Person.objects.get(username=name) for name in whom)
    return person
