"""查询投诉, with number and code: how far it is, what was told, what can still be done.

Each step is a POST that shows the code anew; no session.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.duties import options
from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger import receipts
from qingdan.kernel.ledger.standing import shadow, standing_of
from qingdan.kernel.offices.queries import names
from qingdan.kernel.vault.giving import attachment
from qingdan.kernel.vault.models import Sealed
from qingdan.kernel.vault.reading import read_content, read_file
from qingdan.measures.complaints import codes, complaining
from qingdan.measures.complaints.access import papers_of, passages_of
from qingdan.measures.complaints.actions import SOMEBODY
from qingdan.measures.complaints.disposing import destroyed_in
from qingdan.measures.complaints.models import Complaint
from qingdan.measures.complaints.papers.issuing import file_of
from qingdan.measures.complaints.queries import state_of, timeline
from qingdan.statute.complaints_grounds import REFUSALS
from qingdan.statute.labels import name_of

from ..discreet import discreet, whence
from ..filing import AddForm, AgainForm, OpenForm, RateForm, WithdrawForm
from ..progress import shown, told_of
from ..tokens import key_of, new_token, token_of
from .complaint_again import REOPEN, reopened
from .complaints import signed

PURPOSE = "投诉人查看"
RATE = "rate"
ACTS = {"add_facts": ("补充事实和材料", complaining.add_facts), "give_evidence": ("提交初步证据", complaining.give_evidence)}


@discreet
def status(request: HttpRequest) -> HttpResponse:
    """The page of the code; with `do` one step more."""
    form = OpenForm(request.POST) if request.method == "POST" else OpenForm()
    if form.is_bound and form.is_valid():
        try:
            complaint = codes.opened(form.cleaned_data["reference"], form.cleaned_data["code"], whence(request))
        except Refused as refused:
            form.add_error(None, str(refused))
            return _asked(request, form, 429 if isinstance(refused, codes.TooOften) else 422)
        return _step(request, complaint, form.cleaned_data["code"])
    return _asked(request, form, 422 if form.is_bound else 200)


def _asked(request: HttpRequest, form: OpenForm, status: int) -> HttpResponse:
    return render(request, "portal/complaint_open.html", {"form": form}, status=status)


@sensitive_variables()
def _step(request: HttpRequest, complaint: Complaint, code: str) -> HttpResponse:
    do, _, what = request.POST.get("do", "").partition(":")
    if do == "file":
        return attachment(read_file(_own(complaint, what), by=None, office=None, purpose=PURPOSE))
    if do == "paper":
        return _paper(complaint, what)
    more: dict[str, Any] = {}
    if do == "read":
        more["told"] = [(p, read_content(p.sealed, by=None, office=None, purpose=PURPOSE).get("text", "")) for p in _from_offices(complaint)]
    elif do == REOPEN:
        answer = reopened(request, complaint)
        if isinstance(answer, HttpResponse):
            return answer
        more = answer
    elif do == RATE:
        more = _rated(request, complaint)
    elif do in (*ACTS, "withdraw_complaint"):
        more = _done(request, complaint, do)
    page = _page(complaint, code, token_of(request) if more.get("form") else "")
    wrong = more.get("form") is not None
    if wrong:
        more |= _at_its_form(page, do, more["form"])
    return render(request, "portal/complaint_status.html", page | more, status=422 if wrong else 200)


@sensitive_variables()
def _at_its_form(page: dict[str, Any], do: str, form: Any) -> dict[str, Any]:
    """Where on the page the refusal is told: at its form; where what is added has another name by now, at that; where there is none any more,
    above all, with what was typed."""
    if do in ACTS and page["adding"]:
        return {"doing": page["adding"][0]}
    if {RATE: page["ratings"], REOPEN: page["reopening"], "withdraw_complaint": page["withdrawing"]}.get(do):
        return {}
    stray = [error for errors in form.errors.values() for error in errors]
    return {"stray": stray, "typed": form.cleaned_data.get("words") or form.cleaned_data.get("new_facts")}


def _own(complaint: Complaint, pk: str) -> Sealed:
    found = next((p.sealed for p in passages_of(complaint, for_complainant=True) if p.sealed_id == pk and p.sealed.kind == Sealed.FILE), None)
    if found is None or found.destroyed_on is not None:
        raise Http404("没有这份材料。")
    return found


def _paper(complaint: Complaint, what: str) -> HttpResponse:
    """One paper that was made for the complainant. `what`: its number and the ending."""
    number, _, ending = what.rpartition(".")
    paper = next((p for p in papers_of(complaint) if p.number == number), None)
    if paper is None:
        raise Http404("没有这份文书。")
    try:
        data = file_of(paper, ending, by=None, office=None)
    except Refused as refused:
        raise Http404(str(refused)) from None
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(what)}", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)


def _from_offices(complaint: Complaint) -> list[Any]:
    """What an office has told the complainant, in words."""
    told = [p for p in passages_of(complaint, for_complainant=True) if p.office_id is not None and p.sealed.kind == Sealed.CONTENT]
    return [p for p in told if p.sealed.destroyed_on is None]


@sensitive_variables()
def _done(request: HttpRequest, complaint: Complaint, do: str) -> dict[str, Any]:
    """What came of it: the sentence that says so, or the form with what is wrong."""
    key = key_of(token_of(request), do)
    if complaint.case.events.filter(key=key).exists():
        return {"done": "已经收到，没有重复登记。"}
    form = WithdrawForm(request.POST) if do == "withdraw_complaint" else AddForm(request.POST, request.FILES)
    if not form.is_valid():
        return {"form": form, "doing": do}
    try:
        if isinstance(form, WithdrawForm):
            complaining.withdraw_complaint(complaint.case, form.cleaned_data["words"], key=key)
            return {"done": "已经撤回。"}
        ACTS[do][1](complaint.case, form.cleaned_data["words"], form.sealed(complaint.reference), key=key)
    except Refused as refused:
        form.add_error(None, str(refused))
        return {"form": form, "doing": do, "files_lost": bool(request.FILES)}
    return {"done": "已经收到，处理机关会看到您补充的内容。"}


def _rated(request: HttpRequest, complaint: Complaint) -> dict[str, Any]:
    """诉16 (P-D9): the one question of satisfaction."""
    form = RateForm(request.POST)
    if form.is_valid():
        try:
            complaining.rate(complaint, form.cleaned_data["answer"], key=key_of(token_of(request), RATE))
            return {"done": "已经收到您的回答。"}
        except Refused as refused:
            form.add_error(None, str(refused))
    return {"form": form, "doing": RATE}


@sensitive_variables()
def _page(complaint: Complaint, code: str, token: str) -> dict[str, Any]:
    """Everything the page says, read anew after whatever was done."""
    case, today = complaint.case, clock.today()
    complaint.refresh_from_db()
    events = list(case.events.select_related("person").order_by("n"))
    standing = standing_of(case, events)
    duties = [o for o in shadow(case, standing) if o.is_open]
    state, office_names, told = state_of(duties, complaint, events[-1].act), names(), shown(events)
    open_acts = [o.act for o in options(standing, SOMEBODY.code, today)]
    receipt = signed(events[0], complaint)
    return {
        "complaint": complaint, "code": code, "token": token or new_token(), "state": state, "rate_form": RateForm(),
        "owed": [(office_names.get(o.office_code, "您"), name_of(case.law, o.row), o) for o in duties if o.due],
        "timeline": timeline(told, standing, {}, staff=False), "passages": list(passages_of(complaint, for_complainant=True)),
        "papers": [p for p in papers_of(complaint) if p.docx.destroyed_on is None], "destroyed": destroyed_in(case),
        "told_there": len(_from_offices(complaint)), "refusal": REFUSALS.get(complaint.refusal),
        "adding": next(((act, ACTS[act][0]) for act in ("give_evidence", "add_facts") if act in open_acts), None),
        "withdrawing": "withdraw_complaint" in open_acts, "add_form": AddForm(), "withdraw_form": WithdrawForm(auto_id="withdraw_%s"),
        "again_form": AgainForm(auto_id="again_%s", initial={"confidential": complaint.confidential}),
        "statement": receipts.as_json(receipt) if receipt else "", "proved": "day" in (receipt or {}),
        **told_of(complaint, events, duties, state, today),
    }  # fmt: skip
