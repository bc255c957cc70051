"""The rules in force: five measures, each article with gist, rows and readings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from qingdan.kernel import clock
from qingdan.statute.adjustment_readings import READINGS
from qingdan.statute.laws import law_on

from .. import articles
from .nothing import nothing

READ = {"调": READINGS}


def rules(request: HttpRequest) -> HttpResponse:
    """The five measures."""
    return render(request, "portal/rules.html", {"measures": articles.measures()})


def measure(request: HttpRequest, code: str) -> HttpResponse:
    """One measure, in the edition that holds today; an edition that is to come is named."""
    found = articles.measure(code)
    if found is None:
        names = "、".join(m.name for m in articles.measures())
        return nothing(
            request, f"没有“{code[:20]}”这一办法", f"“五单一网”的办法有五个：{names}。", "请从规则页选择。", reverse("portal:rules"), "看五个办法"
        )
    today = clock.today()
    law = law_on(code, today) if found.built else None
    return render(
        request,
        "portal/measure.html",
        {
            "measure": found,
            "law": law,
            "coming": [edition for edition in found.editions if edition.in_force > today],
            "articles": articles.articles(found, law, READ.get(code, ())),
        },
    )
