"""The answer where there is nothing: what, why, what to do, and the way there; status 404."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def nothing(request: HttpRequest, what: str, why: str, todo: str, link: str = "", label: str = "") -> HttpResponse:
    told = {"what": what, "why": why, "todo": todo, "link": link, "label": label}
    return render(request, "portal/nothing.html", told, status=404)
