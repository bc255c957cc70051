"""T12, T36: so many tries an hour from one address, then one for each delay; and nothing of the address is kept."""

from datetime import timedelta

import pytest
from django.apps import apps

from qingdan.kernel import clock
from qingdan.kernel.ledger.closing import ON_SWEEP
from qingdan.kernel.throttle.limits import Limit, closed_until, forget, forgiven, tried
from qingdan.kernel.throttle.models import Salt, Tries

pytestmark = pytest.mark.django_db
FIVE = Limit("five", 5, timedelta(minutes=1), timedelta(minutes=16))
HERE, THERE = "203.0.113.7", "198.51.100.9"


def test_五次以后_每次多等一倍_最多十六分钟():
    waits = []
    with clock.frozen("2016-06-07T09:00"):
        now = clock.now()
        assert [tried(FIVE, HERE) for _ in range(5)] == [None] * 5
    for _ in range(7):
        with clock.frozen(now):
            until = closed_until(FIVE, HERE)
            assert tried(FIVE, HERE) == until, "too early: no try at all"
            waits.append((until - now).total_seconds() / 60)
        now = until
        with clock.frozen(now):
            assert closed_until(FIVE, HERE) is None and tried(FIVE, HERE) is None
    assert waits == [1, 2, 4, 8, 16, 16, 16]


def test_别的地址_别的事_不受影响():
    with clock.frozen("2016-06-07T09:00"):
        for _ in range(5):
            tried(FIVE, HERE)
        other = Limit("other", 5, timedelta(minutes=1), timedelta(minutes=16))
        assert closed_until(FIVE, HERE) and not closed_until(FIVE, THERE) and not closed_until(other, HERE)


def test_一小时没有再试_重新计数():
    with clock.frozen("2016-06-07T09:00"):
        for _ in range(4):
            tried(FIVE, HERE)
    with clock.frozen("2016-06-07T10:00"):
        assert [tried(FIVE, HERE) for _ in range(5)] == [None] * 5 and closed_until(FIVE, HERE)


def test_对的一次不算_却不抹去以前的():
    with clock.frozen("2016-06-07T09:00"):
        for _ in range(4):
            tried(FIVE, HERE)
        for _ in range(9):
            assert tried(FIVE, HERE) is None
            forgiven(FIVE, HERE)
        tried(FIVE, HERE)
        assert closed_until(FIVE, HERE)


def test_时钟拨前时设下的等待_不会更久():
    with clock.frozen("2016-06-09T09:00"):
        for _ in range(5):
            tried(FIVE, HERE)
    with clock.frozen("2016-06-09T08:00"):
        assert closed_until(FIVE, HERE) is None


@pytest.mark.parametrize(("one", "other", "same"), [
    ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True), ("2001:db8:1:2::1", "2001:db8:1:3::1", False), ("::ffff:203.0.113.7", HERE, True),
    ("fe80::1%eth0", "fe80::2", True), ("unix", "", False),
])  # fmt: skip
def test_IPv6按网段计_写法不同的同一地址是一个(one, other, same):
    with clock.frozen("2016-06-07T09:00"):
        for _ in range(5):
            tried(FIVE, one)
        assert bool(closed_until(FIVE, other)) is same


def test_库里没有地址_第二天连摘要也认不出():
    with clock.frozen("2016-06-07T09:00"):
        tried(FIVE, HERE)
        key = Tries.objects.get().key
        kept = repr([list(m.objects.values_list()) for m in apps.get_app_config("throttle").get_models()])
        assert HERE not in kept and len(key) == 64
    with clock.frozen("2016-06-08T00:00:30"):
        tried(FIVE, THERE)
        assert forget in ON_SWEEP
        forget()
        assert [s.day.isoformat() for s in Salt.objects.all()] == ["2016-06-08"] and [t.key for t in Tries.objects.all()] != [key]
        assert Tries.objects.count() == 1


def test_摘要用了系统的密钥_只有数据库的人算不出来(settings):
    with clock.frozen("2016-06-07T09:00"):
        tried(FIVE, HERE)
        settings.SECRET_KEY = "another"
        tried(FIVE, HERE)
        assert Tries.objects.count() == 2
