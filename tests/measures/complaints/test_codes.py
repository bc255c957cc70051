"""T12: the query code: 100 bits, hashed, tolerant of how people write, and not to be guessed."""

import re
import secrets

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.throttle.models import Tries
from qingdan.measures.complaints import codes
from qingdan.measures.complaints.models import Complaint

pytestmark = pytest.mark.django_db
HERE, THERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def held(room):
    """A complaint filed through the portal, and its code."""
    code = codes.new_code()
    return room.file("09-12", None, query_hash=codes.hash_of(code)), code


def test_一百位_五组_从不重复():
    drawn = [codes.new_code() for _ in range(500)]
    assert all(re.fullmatch("([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}", code) for code in drawn) and len(set(drawn)) == 500
    assert 32**codes.LENGTH == 2**100


@pytest.mark.parametrize("typed", ["OI1L0-abcd", "0111-0abc-d", "０１１１０ＡＢＣＤ", "0 1 1 1 0 a b c d ", "o1i10.abc_d", "0111\u30000abcd"])
def test_手写容易混的_照样认得(typed):
    assert codes.plain(typed) == "01110ABCD"


def test_只存摘要_同一个码两次摘要不同_摘要用Argon2():
    code = codes.new_code()
    one, two = codes.hash_of(code), codes.hash_of(code)
    assert one != two and one.startswith("argon2$argon2id$") and code not in one and codes.plain(code) not in one
    assert codes.fits(one, code.lower().replace("-", " ")) and not codes.fits(one, codes.new_code()) and not codes.fits("", code)


def test_凭受理编号和查询码打开_别的都打不开(held):
    complaint, code = held
    assert codes.opened(complaint.spelled.lower(), code, HERE) == complaint
    for reference, typed in ((complaint.reference, codes.new_code()), ("0" * 16, code), ("", ""), (complaint.case.number, code), ("\0", "\0"), ("9" * 999, code)):
        with pytest.raises(Refused) as refused:
            codes.opened(reference, typed, THERE if "\0" not in typed else "192.0.2.1")
        assert str(refused.value).startswith("不能查询：受理编号或者查询码不对") or isinstance(refused.value, codes.TooOften)


def test_没有查询码的投诉_什么码也打不开(room):
    complaint = room.file("09-12", "zwb")
    assert complaint.query_hash == ""
    with pytest.raises(Refused):
        codes.opened(complaint.reference, "", HERE)


def test_错在编号还是错在查询码_答复一样_算的一样多(held, monkeypatch):
    complaint, code = held
    work, told = [], []
    verify = codes.Hasher.verify
    monkeypatch.setattr(codes.Hasher, "verify", lambda *a: work.append(a[2].split("$")[3]) or verify(*a))
    for reference, typed in ((complaint.reference, codes.new_code()), ("0" * 16, code)):
        with pytest.raises(Refused) as refused:
            codes.opened(reference, typed, HERE)
        told.append(str(refused.value))
    assert told[0] == told[1] and len(work) == 2 and work[0] == work[1]


def guessed(complaint, n):
    """(hits, answered without looking) of n guesses from one address, as fast as they come."""
    hits = waits = 0
    for _ in range(n):
        try:
            codes.opened(complaint.reference, codes.new_code(), HERE)
            hits += 1
        except codes.TooOften:
            waits += 1
        except Refused:
            pass
    return hits, waits


@pytest.mark.parametrize("n", [500, pytest.param(10_000, marks=pytest.mark.long)])
def test_猜一万次_一次不中_即被锁定_换个地址用对的码照样打开(held, settings, n):
    """Locked after five; with the whole cost of Argon2 in the long run."""
    if n == 10_000:
        settings.QUERY_CODE_COST = (3, 19 * 1024, 1)
    complaint, code = held
    with clock.frozen("2016-09-12T10:00"):
        assert guessed(complaint, n) == (0, n - 5)
        with pytest.raises(codes.TooOften, match="10:01:00 以后再试"):
            codes.opened(complaint.reference, code, HERE)
        assert codes.opened(complaint.reference, code, THERE) == complaint
    with clock.frozen("2016-09-12T10:01"):
        assert codes.opened(complaint.reference, code, HERE) == complaint, "whoever waits gets through"


def test_用对的码看多少次都可以(held):
    complaint, code = held
    for _ in range(30):
        assert codes.opened(complaint.reference, code, HERE) == complaint
    assert Tries.objects.get().count == 0


def test_拒绝里没有所填的查询码(held):
    complaint, _ = held
    typed = secrets.token_hex(8)
    with pytest.raises(Refused) as refused:
        codes.opened(complaint.reference, typed, HERE)
    assert typed not in str(refused.value) and complaint.reference not in str(refused.value)
    assert not Complaint.rows.filter(query_hash__contains=typed).exists()
