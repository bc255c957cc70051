"""The answer where there is nothing: what, why, what to do; status 404."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def nothing(request: HttpRequest, what: str, why: str, todo: str) -> HttpResponse:
    return render(request, "404.html", {"what": what, "why": why, "todo": todo}, status=404)
