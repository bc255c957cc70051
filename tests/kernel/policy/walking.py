"""Every address of the product, everybody of a small district, and what they are answered: what the walks of b1 to b6 share."""

import types
from datetime import date

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, include, path, reverse

from qingdan.config import urls
from qingdan.kernel import clock
from qingdan.kernel.accounts import actions as accounts
from qingdan.kernel.accounts.models import Request
from qingdan.kernel.leave import actions as leave
from qingdan.kernel.leave.models import Absence
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.actions import entrust
from qingdan.kernel.offices.models import Account, Office, Person, Post
from qingdan.kernel.opaque import hide
from qingdan.kernel.papers.actions import issue
from qingdan.kernel.papers.models import Paper
from qingdan.kernel.policy import audiences
from qingdan.kernel.policy.declared import DECLARED
from qingdan.kernel.vault import registry, unlocking
from qingdan.kernel.vault.models import Unlock
from qingdan.kernel.vault.sealing import seal
from qingdan.lists.bases.models import BasisArticle, BasisDocument, Hold, LawChange
from qingdan.lists.importing import committing
from qingdan.lists.importing.reading import read
from qingdan.measures.adjustment.holding import open_repeals
from qingdan.measures.adjustment.papers.catalogue import of_events
from qingdan.measures.adjustment.watching.actions import enter
from qingdan.measures.complaints.actions import file_complaint
from qingdan.measures.complaints.filing import Filing
from tests.kernel.ledger.worlds import referred
from tests.lists.samples import HEADER, code, csv_bytes
from tests.measures.complaints.room import give_roles
from tests.successes import uncounted
from tests.world import OFFICES

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NOBODY = "anonymous"
STRANGER = "stranger"  # an account without a post
OFF = "off"  # an account that was switched off, its session still open
HEADS = ("zwb_head", "fzb_head", "cg_head")
CLERKS = tuple(f"{code}_1" for code in OFFICES)
STAFF = {*CLERKS, *HEADS}
KEEPERS = {"sys_1": "system", "sec_1": "security", "sec_2": "security", "sec_3": "security", "aud_1": "audit"}  # 三员
EVERYBODY = (NOBODY, STRANGER, OFF, *CLERKS, *HEADS, "sys_1", "sec_1", "aud_1")
OF_EACH_CIRCLE = (NOBODY, STRANGER, OFF, "zwb_1", "zwb_head", "fzb_1", "dzzw_1", "cg_1", "hyl_1", "sys_1", "sec_1", "aud_1")
"""Somebody of every circle that a page can be open or closed to; all others walk with --long."""
OFFICE = {"zwb_1", "zwb_head"}
LEADS = {"fzb_1", "fzb_head", "bb_1", "czj_1", "zwzx_1", "fgw_1"}
ADMITTED = {  # who belongs to an audience in the district of these tests, written down and not asked of the code
    "public": set(EVERYBODY), "staff": STAFF, "office": OFFICE, "leads": LEADS, "registrars": OFFICE | LEADS, "egov": {"dzzw_1"},
    "demonstration": set(), "accounts": {STRANGER, *STAFF, "sys_1", "sec_1", "aud_1"},
    "complaints": OFFICE | LEADS - {"fgw_1"}, "complaint_office": OFFICE,
    "system": {"sys_1"}, "security": {"sec_1"}, "keepers": {"sys_1", "sec_1"}, "audit": {"aud_1"},
}  # fmt: skip


def with_demonstration():
    """The product's addresses and those of the demonstration, whatever the settings say."""
    module = types.ModuleType("urls_with_demonstration")
    module.urlpatterns = [p for p in urls.urlpatterns if str(p.pattern) != "demo/"] + [path("demo/", include("qingdan.demo.urls"))]
    return module


def patterns(conf=None):
    """Every (name, pattern) of the URLconf, with the namespaces that the name bears."""
    found = []

    def walk(resolver, spaces):
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLPattern):
                found.append((":".join([*spaces, str(pattern.name)]), pattern))
            else:
                walk(pattern, [*spaces, *([pattern.namespace] if pattern.namespace else [])])

    walk(get_resolver(conf), [])
    return found


PATTERNS = dict(patterns(with_demonstration()))
NAMES = [name for name, _ in patterns()]
OF_DEMONSTRATION = [name for name, page in DECLARED.items() if page.audience is audiences.DEMONSTRATION]


def everybody(district):
    """Beside the clerks: heads of three offices, somebody without a post, somebody whose account is off. `off` is switched off by `as_`."""
    people = [Person(username=STRANGER, name="外人"), Person(username=OFF, name="停用的人"), *[Person(username=n, name=n) for n in HEADS]]
    posts = [Post(person=p, office=getattr(district, p.username.removesuffix("_head")).office, rank=Post.HEAD, title="负责人") for p in people[2:]]
    note("create_people", by=None, rows=[*people, Post(person=people[1], office=district.cg.office), *posts])
    people[1].active = False
    note("deactivate", by=None, rows=[people[1]])


def keepers():
    """The 三员, and a request of one 安全管理员 that waits for another."""
    people = {name: Person(username=name, name=f"{name}某") for name in KEEPERS}
    note("create_keepers", by=None, rows=[*people.values(), *(Account(person=people[n], duty=duty) for n, duty in KEEPERS.items())])


def lived_in(district):
    """An item, a case at the review, a law repealed and the hold that came of it; the clock stands at 2016-06-13."""
    clock.set_fixed("2016-05-08T09:00")
    everybody(district)
    keepers()
    accounts.ask(Request.PASSWORD, district.bb.person, "本人申请", by=Person.objects.get(username="sec_2"))
    leave.ask(post=Post.objects.get(person__username="cg_head"), substitute=district.cg.person, first=date(2016, 5, 9), last=date(2016, 5, 20),
              reason="单位通知", by=Person.objects.get(username="sec_2"))  # fmt: skip
    found = read(csv_bytes([[*HEADER, "法律依据"], ["城管局", "事项一", code(1), "01", "0371-63526000", "《水法》第三条"]]), "表.csv")
    committing.commit("审批", found, committing.plan("审批", found).digest, by=district.zwb.person, office=district.zwb.office)
    case = referred(district, "fzb")
    clock.set_fixed("2016-06-13T09:00")
    days = {"announced_on": date(2016, 6, 13), "takes_effect": date(2016, 6, 13)}
    change = LawChange(sort="repealed", document=BasisDocument.objects.get(), evidence="公报", **days)
    enter(change, by=district.zwb.person, office=district.zwb.office, key="k")
    open_repeals()
    _one_paper(district, case)
    _one_complaint(district)
    _one_unlock(district)
    return case


def _one_complaint(district):
    """Registered by 政务办 today, about 城管局; the offices hold their roles in 投诉处理."""
    give_roles(district, when=None)
    told = Filing("phone", "窗口不收材料", ["7"], respondent_office=district.cg.office, identity={"name": "某人"})
    file_complaint(told, by=district.zwb.person, office=district.zwb.office, key="one-complaint")


def _one_paper(district, case):
    """转办单, issued by 政务办; its values are not asked for in full, since this case was lived without an application."""
    (origin,) = of_events(case, case.events.filter(act="refer"))
    given = {field.key: "某" for field in origin.template.fields if field.key != "changes"}
    who = {"by": district.zwb.person, "office": district.zwb.office}
    issue(origin.wanted(district.zwb.office, given), address="http://testserver/verify/", **who)


SUBJECT = "wa1ked0wa1ked0"


def _handled(subject):
    """A thing that 城管局 handles: its clerk is at work on it, its head keeps identities."""
    if subject != SUBJECT:
        return None
    clerk = Person.objects.get(username="cg_1")
    return registry.Handling(Office.objects.get(code="cg"), {clerk.pk}.intersection, "投诉 样件")


registry.WHO_HANDLES.append(_handled)


def _one_unlock(district):
    """Its identity is sealed, the clerk asks to see it, nobody has decided."""
    entrust(person=Person.objects.get(username="cg_head"), office=district.cg.office, by=None)
    note("fill", by=None, rows=[seal("identity", SUBJECT, {"name": "投诉人甲"})])
    unlocking.ask(SUBJECT, "当面核实", by=district.cg.person, office=district.cg.office)


def words_of(name):
    """The variable parts of this address."""
    pattern = PATTERNS[name].pattern
    return list(getattr(pattern, "converters", None) or pattern.regex.groupindex)


def address(name, case):
    """A real address for this name: real objects where the world has them, so that no 404 hides what would happen."""
    words = {"slug": "shenpi", "code": code(1), "day": "2016-06-07", "number": case.number, "act": "agree", "token": "none", "pk": 1, "target": 1, "stored": "none",
             "figure": "applied", "event": "before", "duty": "1:D3:zwb", "group": "none", "sort": "case", "key": case.number, "source": "e" + hide("event", case.events.get(act="refer").seq), "kind": "referral", "quarter": "2016-1"}  # fmt: skip
    of_records = {"adjustment:law_change": LawChange, "adjustment:resume": Hold, "lists:basis": BasisDocument, "lists:basis_check": BasisDocument,
                  "portal:basis": BasisDocument, "portal:basis_article": BasisDocument}  # fmt: skip
    if name in of_records:
        words |= {"pk": of_records[name].objects.get().pk, "article": BasisArticle.objects.get().pk}
    if name == "portal:item_version":
        words["number"] = "1"
    if name.startswith("accounts:"):
        pk = Request.objects.get().pk if name == "accounts:request" else Absence.objects.get().pk if name == "accounts:leave" else Person.objects.get(username="hyl_1").pk
        words |= {"pk": pk, "kind": "password"}
    if name.startswith("complaints:"):
        words |= {"number": Case.objects.get(law="诉").number, "act": "assign", "n": 1, "template": "complaint_assigned", "ending": "docx"}
    if name.startswith("vault:"):
        words |= {"subject": SUBJECT, "unlock": Unlock.objects.get().pk}
    if name == "portal:measure":
        words["code"] = "调"
    if name in ("adjustment:paper", "adjustment:paper_correct", "portal:verify_code"):
        words["code"] = Paper.objects.get().code
    if name == "adjustment:together":
        words["act"] = "refer"
    return reverse(name, kwargs={key: words[key] for key in words_of(name)})


NEVER = ({"pk": 987654321, "article": 987654321, "target": 987654321, "number": "99999", "day": "1887-02-30"},
         {"pk": 10**25, "article": 10**25, "target": 10**25, "number": "调2099-0001", "day": "没有"})  # fmt: skip


def absent(name, which=0):
    """An address of this name whose object was never there; None where the name has no objects."""
    words = {"slug": "no-such", "code": "没有", "act": "refer", "token": "x" * 24, "stored": "0" * 32, "figure": "applied", "event": "no_such", "duty": "9:9:D3:zwb",
             "group": "no-such", "sort": "case", "key": "调2099-0001", "source": "e987654321", "kind": "referral", "subject": "n0such00n0such00", "unlock": "0" * 32, "quarter": "2098-5"} | NEVER[which]  # fmt: skip
    words |= {"n": 987654321, "template": "none", "ending": "docx"}
    if not words_of(name):
        return None
    if name == "portal:item_version":
        words["number"] = "999999"
    if name == "adjustment:together":
        words["act"] = "no_such"
    return reverse(name, kwargs={key: words[key] for key in words_of(name)})


def as_(username, **kw):
    client = Client(raise_request_exception=False, **kw)
    if username != NOBODY:
        client.force_login(Person.objects.get(username=username))
    return client


def ask(client, method, where, data=None, **kw):
    """One request; what it wrote is undone, and the browser is as it was: each answer is the answer to a first request."""
    cookies = client.cookies.copy()
    with transaction.atomic(), uncounted():
        response = getattr(client, method.lower())(where, data, **kw) if data is not None else getattr(client, method.lower())(where, **kw)
        response.whole = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def outcome(response):
    """What the policy answered: log in, turned away, method (405), or served, whatever the page then says."""
    if response.status_code == 302 and response["Location"].startswith("/desk/login/?next="):
        return "log in"
    if response.status_code == 403:
        return "turned away"
    return "method" if response.status_code == 405 else "served"


def expected(name, who, method):
    """The answer class that the declaration promises."""
    page = DECLARED[name]
    if who in ADMITTED[page.audience.key]:
        return "served" if method in page.methods else "method"
    return "log in" if who in (NOBODY, OFF) else "turned away"
