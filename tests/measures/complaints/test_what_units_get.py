"""f9: of what identifies whoever complained nothing reaches a unit: no letter, order, notice of execution, page, notice, letter, calendar, file (T7)."""

import inspect
import re
from datetime import date
from itertools import chain

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingdan.demo.leaks.crawling import masked
from qingdan.demo.leaks.markers import forms
from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.notices.actions import make_feed, set_mail
from qingdan.kernel.notices.letters import write_letters
from qingdan.kernel.notices.telling import tell
from qingdan.kernel.vault.filing import seal_files
from qingdan.kernel.vault.models import Sealed
from qingdan.kernel.vault.reading import read_content
from qingdan.measures.complaints import answerable, deciding, errands
from qingdan.measures.complaints.acting import DOINGS
from qingdan.measures.complaints.filing import new_reference
from qingdan.measures.complaints.models import Errand, Passage

from .inquiry import LETTER, WORDS, Inquiry
from .reach import reached, told
from .room import TEXT

pytestmark = pytest.mark.django_db

RARE = "瀚骞璟翊鸢睿赟翀霂珩琮璘"  # in no word of the product
NAMES = st.builds(lambda a, b: a + b, st.sampled_from(["欧阳", "司马", "诸葛", "尉迟"]), st.text(RARE, min_size=1, max_size=2))
PHONES = st.builds(lambda a, b: f"1{a}{b:09d}", st.sampled_from("3578"), st.integers(100_000_000, 999_999_999))
TAILS = st.builds(lambda n: f"{n}X", st.integers(100, 999))
PLACES = st.builds(lambda a, b, c: f"{a}里{b}号院{c}号楼", st.text(RARE, min_size=4, max_size=4), st.integers(11, 99), st.integers(11, 99))
MAILS = st.builds(lambda n: f"q{n}@mail.example", st.integers(100_000, 999_999))
MATTERS = st.builds(lambda n: f"办件号HYL-{n}", st.integers(100_000, 999_999))
PLATES = st.builds(lambda n: f"豫A·K{n}", st.integers(1000, 9999))
PEOPLE = st.fixed_dictionaries({"name": NAMES, "phone": PHONES, "id_tail": TAILS, "address": PLACES, "email": MAILS})
SAID = st.lists(st.one_of(NAMES, PHONES, PLACES, MAILS, MATTERS, PLATES), min_size=3, max_size=6, unique=True)


@pytest.fixture
def kept(room, settings):
    """The people of the body are there once; each example is undone."""
    settings.MAIL_FROM = "qingdan@example.gov.cn"
    room.on("05-06", "08:35")
    feeds = {}
    for code in ("cg", "hyl"):
        set_mail(**room.who(code), address=f"{code}@example.gov.cn", mode="each")
        feeds[code] = make_feed(**room.who(code), personal=False)
    room.feeds = feeds
    return room


def played(room, identity, said, confidential):
    """A complaint with all of it in what was said and handed in, and everything that units can be sent because of it."""
    reference = new_reference()
    words = "；".join([TEXT, *said, *identity.values(), f"41010519900101{identity['id_tail']}"])
    files = seal_files(reference, [words.encode()])
    q = Inquiry(room, reference=reference, identity=identity, text=words, confidential=confidential, evidence=said[-1], files=files)
    q.hear()
    sent = [q.send("09-14", kind, unit, date(2016, 9, 26)) for kind, unit in (("materials", "cg"), ("stop", "cg"), ("handover", "hyl"))]
    if not confidential:
        sent.append(q.send("09-14", "handover", "cg", date(2016, 9, 26)))
    for errand in sent:
        q.of("09-20", errand.office.code, errands.report, errand, "已经查明")
    for errand in sent:
        q.of("09-21", "1", errands.accept, errand)
    q.decision("09-22", duties=[("cg", "退还超收的费用", None), ("hyl", "书面检查", date(2016, 9, 30))])
    q.decide("09-22")
    late = Errand.rows.select_related("case", "complaint__case", "complaint__handler", "office").get(kind="execution", office__code="hyl")
    q.of("10-09", "1", answerable.ask_reason, late)
    room.on("10-09", "10:00")
    sweep()
    write_letters()
    return q


def planted(identity, said):
    """What must not arrive. (The last four places of a number stand by themselves in many a hash: looked for as a word.)"""
    return [*said, *(v for k, v in identity.items() if k != "id_tail"), f"41010519900101{identity['id_tail']}", TEXT]


def arrived(room, client, q, code, identity, said):
    """Where of it something lies with this unit; and how many places there are."""
    person, places = getattr(room.d, code).person, {}
    for where, answer in reached(client, person, q.c, room.feeds[code]).items():
        places[where] = answer.raw + repr(sorted(answer.headers.items())).encode()
    places |= {f"told {n}": text.encode() for n, text in enumerate(told(person))}
    for errand in Errand.rows.filter(office__code=code, case__isnull=False).select_related("letter", "case"):
        letter = read_content(errand.letter, **room.who(code), purpose="核对")
        places[f"row {errand.pk}"] = f"{letter} {errand.outside} {errand.case.title} {errand.case.subject}".encode()
        for event in errand.case.events.all():
            places[f"event {event.seq}"] = event.body.encode()
    words = planted(identity, said)
    hits = [(where, word) for where, raw in places.items() for word in words if any(form in raw for form in forms(word))]
    tail = re.compile(rf"(?<![0-9A-Za-z]){identity['id_tail']}(?![0-9A-Za-z])")
    return hits + [(where, "tail") for where, raw in places.items() if tail.search(masked(raw.decode("utf-8", "replace")))], len(places)


class Undone(Exception):
    """The end of an example."""


def no_word_arrives(room, client_as, count, examples):
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(identity=PEOPLE, said=SAID, confidential=st.booleans())
    def each(identity, said, confidential):
        with pytest.raises(Undone), transaction.atomic():
            q = played(room, identity, said, confidential)
            for code in ("cg", "hyl"):
                hits, places = arrived(room, client_as(f"{code}_1"), q, code, identity, said)
                assert hits == []
                count["places"] += places
            count["complaints"] += 1
            raise Undone

    each()


def test_第十一条_投诉人的身份和原话_一样也到不了单位(kept, client_as, record_property):
    count = {"places": 0, "complaints": 0}
    no_word_arrives(kept, client_as, count, 2)
    record_property("complaints", count["complaints"])
    record_property("places", count["places"])
    assert count["places"] > 160


@pytest.mark.long
def test_第十一条_一百件投诉_一样也到不了单位(kept, client_as, record_property):
    count = {"places": 0, "complaints": 0}
    no_word_arrives(kept, client_as, count, 100)
    record_property("complaints", count["complaints"])
    record_property("places", count["places"])


@pytest.mark.once
def test_f9_放进去的看得出(kept, client_as):
    """A letter that repeats what was said is found by the same look."""
    identity = {"name": "欧阳瀚", "phone": "13812345678", "id_tail": "123X", "address": "瀚骞璟翊里11号院12号楼", "email": "q123456@mail.example"}
    q = played(kept, identity, ["办件号HYL-123456", "诸葛鸢"], False)
    q.room.on("10-10")
    child = Errand.rows.filter(office__code="cg").select_related("case", "complaint").first()
    tell(kept.office("cg"), "诸葛鸢反映的事项，请办理。", key=f"planted {child.pk}")
    assert {word for _, word in arrived(kept, client_as("cg_1"), q, "cg", identity, ["办件号HYL-123456", "诸葛鸢"])[0]} == {"诸葛鸢"}


# ---- a draft that names who complained


WAYS = {
    "name": ("{}", "{0[0]} {0[1]}{0[2]}{0[3]}", "【{}】"),
    "phone": ("{}", "{0[0]}{0[1]}{0[2]}-{0[3]}{0[4]}{0[5]}{0[6]} {0[7]}{0[8]}{0[9]}{0[10]}"),
    "id_tail": ("尾号***{}", "4101051990010110{}"),
    "address": ("{}", "住在{}附近"),
    "email": ("{}", "邮箱{}。"),
}


def refused_drafts(room, examples):
    tried = []

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(identity=PEOPLE, data=st.data())
    def each(identity, data):
        identity |= {"name": identity["name"][:2] + "瀚骞"}
        with pytest.raises(Undone), transaction.atomic():
            q = Inquiry(room, identity=identity)
            for n, (what, value) in enumerate(identity.items()):
                words = LETTER + data.draw(st.sampled_from(WAYS[what])).format(value)
                with pytest.raises(Refused, match="身份信息") as refused:
                    if n % 2:
                        q.draft("09-14", data.draw(st.sampled_from(["handover", "materials", "offence"])), "hyl", date(2016, 9, 26), words=words)
                    else:
                        parts = dict(WORDS) | {data.draw(st.sampled_from(sorted(WORDS))): words}
                        q.do("09-14", "1", deciding.draft_decision, "true", parts)
                assert value not in str(refused.value)
                tried.append(what)
            with pytest.raises(Refused, match="身份信息"):
                q.do("09-14", "1", deciding.draft_decision, "true", dict(WORDS), [deciding.Duty(room.office("cg"), f"向{identity['name']}道歉")])
            assert not Errand.rows.filter(complaint=q.c).exists()
            raise Undone

    each()
    return len(tried)


def test_第十一条_写到身份的草稿_起草不了(room, record_property):
    record_property("drafts", refused_drafts(room, 4))


@pytest.mark.long
def test_第十一条_六百份写到身份的草稿_起草不了(room, record_property):
    record_property("drafts", refused_drafts(room, 120))


def test_第十一条_在单位的一件里说话_写到身份的_说不了(room):
    """Accepted, given back, asked for reasons, found late, taken back: the unit reads these words, too."""
    q = Inquiry(room, identity={"name": "欧阳瀚骞", "phone": "13812345678"})
    sent = q.send("09-14", "performance", "cg", date(2016, 9, 26))
    late = q.send("09-14", "stop", "cg", date(2016, 9, 20))
    q.of("09-19", "cg", errands.report, sent, "已经办理")
    for words in ("欧阳瀚骞说没有退还", "请联系 138-1234-5678"):
        for action, errand, more in (
            (errands.accept, sent, ()), (errands.give_back, sent, (date(2016, 9, 29),)), (answerable.ask_reason, late, ()), (errands.end, late, ()),
        ):  # fmt: skip
            with pytest.raises(Refused, match="身份信息"):
                q.of("09-22", "1", action, errand, words, *more)
        assert not Passage.rows.filter(case__in=[sent.case, late.case], kind__in=[Passage.REASON, Passage.NOTE]).exists()
    q.of("09-23", "1", errands.give_back, sent, "没有附退还的凭证", date(2016, 9, 29))
    q.of("09-23", "1", answerable.ask_reason, late, "")
    with pytest.raises(Refused, match="身份信息"):
        q.of("09-24", "1", answerable.find_default, late, "欧阳瀚骞等了三天")
    q.of("09-26", "cg", answerable.give_reason, late, "人手不够")
    with pytest.raises(Refused, match="身份信息"):
        q.of("09-27", "1", answerable.accept_reason, late, "欧阳瀚骞也同意")
    q.of("09-27", "1", answerable.accept_reason, late, "当日停电")


def test_第十一条_文书一人起草另一人审核(room):
    q = Inquiry(room)
    for kind in ("handover", "assistance", "materials", "performance", "stop", "liability", "accountability", "offence"):
        letter = q.draft("09-14", kind, "hyl", date(2016, 9, 26), by="1")
        with pytest.raises(Refused, match="同一个人"):
            q.approve("09-14", letter, by="1")
        assert q.approve("09-14", letter, by="2").approved_by == q.people["2"]
        clock.set_fixed("2016-09-14T09:00")


# ---- an original cannot be attached


SENDING = (errands.draft, errands.approve, errands.begin, deciding.draft_decision, deciding.decide)


def test_第十一条_文书不能带原件_没有这样的参数_没有这样的表单项():
    for send in SENDING:
        assert not {name for name in inspect.signature(send).parameters if re.search("file|paper|material|attach|passage|sealed", name)}, send
    for act in ("draft_handover", "draft_order", "approve_letter", "draft_decision", "decide", "decide_assigned"):
        fields = getattr(DOINGS[act].form, "base_fields", {}) if act in DOINGS else {}
        assert not [name for name, field in fields.items() if "File" in type(field).__name__ or name == "materials"], act
    assert not [f.name for f in Errand._meta.get_fields() if f.many_to_many]
    assert {f.name for f in Errand._meta.get_fields() if f.many_to_one and f.related_model is Sealed} == {"letter"}


def test_第十一条_没有一个地址_给单位看原件(room, client_as):
    reference = new_reference()
    files = seal_files(reference, ["原话在此".encode()])
    q = Inquiry(room, reference=reference, files=files, confidential=False)
    q.room.on("09-14")
    page = client_as("fzb_1").post(f"/complaints/{q.case.number}/do/draft_handover/", {
        "unit": room.office("cg").pk, "due": "2016-09-26", "leaders": "no", "words": LETTER,
        "materials": SimpleUploadedFile("b.txt", "原件".encode()), "files": SimpleUploadedFile("c.txt", "原件".encode()),
    })  # fmt: skip
    assert page.status_code == 302
    sent = q.approve("09-14", Errand.rows.get(complaint=q.c))
    assert not Passage.objects.all().scoped().filter(case=sent.case).exists()
    clients, originals = [client_as(f"{code}_1") for code in ("cg", "hyl")], Sealed.objects.filter(subject=reference).exclude(pk=sent.letter_id)
    assert originals.count() >= 3
    for row in originals:
        for where in chain(*([f"/complaints/{n}/files/{row.pk}/", f"/complaints/errands/{n}/files/{row.pk}/"] for n in (q.case.number, sent.case.number))):
            assert {c.get(where).status_code for c in clients} | {c.post(where).status_code for c in clients} <= {403, 404, 405}, where


def test_第十一条_给单位的地址_只有这些():
    """Whoever adds an address that shows a unit something looks at f9 first."""
    found = {p.name for e in get_resolver().url_patterns if getattr(e, "namespace", "") == "complaints" for p in e.url_patterns if "errands/" in str(p.pattern)}
    assert found <= {"errands", "errand", "errand_letter", "errand_file", "errand_act", "errand_paper", "errand_paper_make"}, found
