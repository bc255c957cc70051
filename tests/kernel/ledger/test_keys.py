"""A key is for one thing: the same thing again is answered as before, another thing with it is refused."""

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note, open_case, record
from qingdan.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db


def opened(district, key):
    unit, gives = district.cg, {"申请单位": [district.cg.office], "政务办": [district.zwb.office]}
    day = {"cause_day": clock.today()}
    return open_case("调", "cause_arose", by=unit.person, office=unit.office, title="t", gives=gives, dates=day, key=key)


def test_a_key_used_for_one_act_is_refused_for_another(district, at):
    with at("2016-06-07T09:00"):
        case = opened(district, "k")
        with pytest.raises(Refused, match="已经用于办理另一件事"):
            record(case, "apply", by=district.cg.person, office=district.cg.office, key="k")
        with pytest.raises(Refused, match="已经用于办理另一件事"):
            note("create_office", by=None, key="k")


def test_a_key_used_in_one_case_is_refused_in_another(district, at):
    with at("2016-06-07T09:00"):
        first, second = opened(district, "a"), opened(district, "b")
        record(first, "apply", by=district.cg.person, office=district.cg.office, key="k")
        n = Event.objects.count()
        with pytest.raises(Refused, match="已经用于办理另一件事"):
            record(second, "apply", by=district.cg.person, office=district.cg.office, key="k")
        assert Event.objects.count() == n


def test_a_day_before_every_calendar_is_refused_in_words(district, at):
    with at("2016-06-07T09:00"), pytest.raises(Refused, match="请核对填写的日期"):
        gives = {"申请单位": [district.cg.office], "政务办": [district.zwb.office]}
        day = {"cause_day": clock.datetime(1990, 1, 1).date()}
        open_case("调", "cause_arose", by=None, office=district.cg.office, title="t", gives=gives, dates=day)
