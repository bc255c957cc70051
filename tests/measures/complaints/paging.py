"""What the tests of these pages share: what is typed, the steps, a complaint brought so far."""

from django.core.files.uploadedfile import SimpleUploadedFile

from qingdan.kernel.ledger.acts import record
from qingdan.kernel.ledger.models import Case
from qingdan.measures.complaints import complaining
from qingdan.measures.complaints.access import of_case
from tests.kernel.files.samples import PNG
from tests.measures.browsing import Page

from .room import TEXT

TYPED = {
    "channel": "phone", "received_on": "2016-09-12", "received_time": "08:30", "name": "欧阳若兰溪", "phone": "13812340001", "confidential": "on",
    "respondent_kind": "organ", "grounds": ["7", "9"], "text": TEXT, "representatives": "1",
}  # fmt: skip


def opened(person, c):
    """What was said, as the button shows it."""
    return Page(person.client.post(f"/complaints/{c.case.number}/content/"))


def the_one():
    return of_case(Case.objects.get(law="诉"))


def go(room, reader, who, c, act, on, **typed):
    room.on(on)
    return reader(who).fill(f"/complaints/{c.case.number}/do/{act}/", **typed)


HEARD = ("name_investigators", "note_complainant_unheard", "note_respondent_unheard")
STEPS = {
    "assign": (), "accept": (), "evidence": ("ask_evidence",), "handle": ("accept",), "declined": (), "withdrawn": (), "tell": ("accept", *HEARD, "decide"),
    "decided": ("accept", *HEARD, "decide", "tell_result"), "malicious": ("accept", "name_investigators", "propose_malicious", "close_malicious", "tell_result"),
}  # fmt: skip
"""State -> the acts of 法制办 that lead there."""


def brought(room, state):
    """A complaint that is this far."""
    c = room.file("09-12", "zwb" if state == "assign" else "fzb")
    for act in STEPS[state]:
        c.malicious = act == "close_malicious"
        record(c.case, act, **room.who("fzb"), rows=[c] if c.malicious else [])
    if state == "declined":
        room.decline("09-12", c)
    if state == "withdrawn":
        room.do("09-12", None, complaining.withdraw_complaint, c)
    return c


def png(name="DSC_0420_lanxi.PNG"):
    return SimpleUploadedFile(name, PNG)
