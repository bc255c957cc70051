"""c2 for the page of the query code: every step of it, sent with what nobody would type: never an error of the product, and nothing typed is lost."""

import pytest
from django.db import transaction
from hypothesis import strategies as st

from tests.kernel.policy.walking import as_
from tests.measures.browsing import Page
from tests.portal.complaints.test_afterwards import Told, signing_room

from .test_forms import WIRE, drawn, worst
from .writing import TEXT, arrived, body, plain

pytestmark = pytest.mark.django_db
FEW, MANY = 3, 200
STATUS = "/write/status/"
FIELDS = {"add_facts": ("words",), "give_evidence": ("words",), "withdraw_complaint": ("words", "sure"), "rate": ("answer",), "reopen": ("new_facts", "confidential")}
WANT_NOTHING = ("read", "file:{}", "paper:{}", "{}")


@pytest.fixture
def told(district, settings, tmp_path):
    """(under investigation, told of its result): each with its code."""
    room = signing_room(district, settings, tmp_path)
    found = Told(room), Told(room).told()
    room.on("09-22")
    return found


def send(told, do, typed):
    """What is answered; all that it did is undone."""
    sent = {"reference": [told.c.reference], "code": [told.code], "do": [do], **{name: [text] for name, text in typed.items()}}
    with transaction.atomic():
        response = as_("anonymous").post(STATUS, body(sent), content_type=WIRE)
        transaction.set_rollback(True)
    assert response.status_code < 500, (do, typed)
    return response, sent


@pytest.mark.parametrize("do", FIELDS)
def test_c2_查询页上的每一步_填什么都不出错_所填不丢(do, told, request, record_property):
    examples = MANY if request.config.getoption("--long") else FEW
    asked, names, again = told[do in ("rate", "reopen")], (*FIELDS[do], "token"), [0]

    def one(typed):
        response, sent = send(asked, do, typed)
        if response.status_code == 422:
            told_again = plain(Page(response).text)
            assert "请" in told_again
            assert all(plain(arrived(sent[name][0])) in told_again for name in ("words", "new_facts") if name in sent), typed
            again[0] += 1

    drawn(st.dictionaries(st.sampled_from(names), TEXT, min_size=1), one, examples)
    for text in worst(examples):
        one(dict.fromkeys(names, text))
    record_property("examples", examples)
    assert again[0]


@pytest.mark.parametrize("do", WANT_NOTHING)
def test_c2_查询页上没有的一步_没有的文件_不出错(do, told, request):
    examples = MANY if request.config.getoption("--long") else FEW

    def one(text):
        send(told[1], do.format(text), {"token": text})

    drawn(TEXT, one, examples)
    for text in worst(examples):
        send(told[1], do.format(text), {})
