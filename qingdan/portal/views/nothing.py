"""The answer where there is nothing: what, why, what to do, and the way there; status 404."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qingdan.lists.schema import LISTS


def nothing(request: HttpRequest, what: str, why: str, todo: str, link: str = "", label: str = "") -> HttpResponse:
    told = {"what": what, "why": why, "todo": todo, "link": link, "label": label}
    return render(request, "portal/nothing.html", told, status=404)


def no_list(request: HttpRequest) -> HttpResponse:
    names = "、".join(kind.name for kind in LISTS.values())
    return nothing(request, "没有这张清单", f"公布的清单有五张：{names}。", "请从首页选择。")


def no_item(request: HttpRequest, code: str) -> HttpResponse:
    return nothing(request, f"没有编码为“{code[:60]}”的事项", "编码可能有误，或者这个事项尚未公布。", "请核对编码，或者按名称查找。")
