"""How a form of this room is answered: who sends it, what came of it, and what the page says if it is shown again."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.duties import options
from qingdan.engine.refusals import Refused, todo_now
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.ledger.standing import standing_of
from qingdan.kernel.offices.queries import names
from qingdan.kernel.ui.reasons import why_to_act
from qingdan.kernel.ui.sending import key_of, posted, seen_before, status
from qingdan.statute.labels import label

from .access import FIRST_OPINIONS, is_office
from .acting import ALIASES, HEARD

ALONE = (*FIRST_OPINIONS, "deemed_agreed")
"""第七条（三）: what each lead body says for itself, or the law for it."""


def attempt(request: HttpRequest, form: Any, do: Callable[[], Case], barred: Refused | None = None) -> HttpResponse | None:
    """Do it and go to the case; or put the refusal on the form and stay."""
    try:
        if barred is not None:
            raise barred
        case = do()
    except Refused as refused:
        form.add_error(None, str(refused))
        form.refused = refused
        return None
    _tell(request, case)
    return redirect("desk:case", number=case.number)


def _tell(request: HttpRequest, case: Case) -> None:
    standing = standing_of(case)
    if ("late", standing.length) in standing.flags:
        messages.warning(request, "已存档，注明逾期：期限已过，此前已依第八条视为答复，结果不变。")
    else:
        messages.success(request, f"已办理。{todo_now(standing)}。")


def refusal_of(form: Any) -> Refused | None:
    """Why the attempt was refused, if there was one."""
    return getattr(form, "refused", None)


def about(request: HttpRequest, case: Case, act: str, form: Any) -> dict[str, Any]:
    """The case around a form."""
    standing = standing_of(case)
    office = request.post.office  # type: ignore[attr-defined]
    open_now = {ALIASES.get(o.act, o.act): o for o in options(standing, office.code, clock.today())}
    seen = seen_before(request, form)
    deemed = any(o.how == "deemed" and o.office == office.code and act in o.row.acts for o in standing.owed)
    option = open_now.get(act)
    return {"case": case, "key": key_of(request), "seen": seen or standing.length, "option": option,
            "heard": heard(case, act), "deemed": deemed, "today": clock.today(), "why": why_to_act(case, standing, option)}  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """One opinion before a decision: whose, what, when, in which words."""

    office: str
    act: str
    on: date
    words: str
    by_law: bool


def heard(case: Case, act: str) -> list[Heard]:
    """第七条（一）至（五）: what was said before this act; while a lead still reviews, no opinion of another (each gives its own alone)."""
    return heard_in([case.pk], act).get(case.pk, [])


def heard_in(keys: Collection[int], act: str) -> dict[int, list[Heard]]:
    """The same for several cases, by case; at most three queries."""
    acts = HEARD.get(act, ())
    if not acts:
        return {}
    reviewing = Obligation.objects.filter(how="", row="D4", case__in=keys).values("case")
    office_names = names()
    found: dict[int, list[Heard]] = {}
    for e in Event.objects.filter(case__in=keys, act__in=acts).exclude(case__in=reviewing, act__in=ALONE).order_by("case", "n"):
        said = Heard(office_names.get(e.office_code, e.office_code), label(e.act), e.on, str(e.facts.get("opinion") or ""), e.by_law)
        found.setdefault(e.case_id or 0, []).append(said)
    return found


def shown(request: HttpRequest, template: str, *forms: Any, **context: Any) -> HttpResponse:
    """A page of a register, with what stands on all of them; 422 where what was sent is to be mended."""
    today, office = clock.today(), request.post.office  # type: ignore[attr-defined]
    common = {"today": today, "of_office": is_office(office, today), "key": key_of(request)}
    return render(request, template, common | context, status=status(*forms) if posted(request) else 200)
