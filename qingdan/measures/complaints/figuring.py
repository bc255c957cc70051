"""Pages on which 政务办 sees what the public would see of complaints in numbers, publishes a quarter, takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ui.sending import key_of, paged, posted, status
from qingdan.statute.labels import label

from .answering import office_of
from .figures import decisions, quarters, to_show
from .forms import SayForm, refuse
from .quarters import Quarter, read
from .releasing import PUBLISH, TAKE_BACK, publish_figures, take_back_figures

DOING = {PUBLISH: publish_figures, TAKE_BACK: take_back_figures}
FOLLOWS = {PUBLISH: "任何人都可以在公开页面上看到下面的数字", TAKE_BACK: "公众看不到这一季度的数字；再公布时仍是同样的数字"}
HINT = "只写为什么公布或者撤下，不写具体的投诉"


def figures(request: HttpRequest) -> HttpResponse:
    """公开统计: the finished quarters, and which of them the public sees."""
    found = quarters(office_of(request), clock.today())
    return render(request, "complaints/figures.html", {"page": paged(request, found)})


def figures_of_quarter(request: HttpRequest, quarter: str) -> HttpResponse:
    """One quarter as the public would see it, and the button that publishes it or takes it back."""
    asked = _asked(quarter)
    done = request.POST.get("act", "")
    form = SayForm(posted(request), label="理由", must=True, hint=HINT)
    if form.is_bound and form.is_valid() and (answer := _attempt(request, asked, done, form)) is not None:
        return answer
    told = decisions(asked)
    act = TAKE_BACK if told and told[0].taken_back_on is None else PUBLISH
    context = {
        "quarter": asked, "figures": to_show(office_of(request), asked, told), "decisions": told, "form": form, "key": key_of(request), "act": act,
        "label": label(act), "follows": FOLLOWS[act], "published": act == TAKE_BACK,
    }  # fmt: skip
    return render(request, "complaints/figures_quarter.html", context, status=status(form))


def _asked(key: str) -> Quarter:
    quarter = read(key)
    if quarter is None or not quarter.is_over(clock.today()):
        raise Http404("没有这个季度，或者它还没有结束。请从公开统计的页面选择。")
    return quarter


def _attempt(request: HttpRequest, quarter: Quarter, act: str, form: SayForm) -> HttpResponse | None:
    """Do it and go on; or put the refusal on the form and stay."""
    try:
        if act not in DOING:
            raise Refused("不能办理", "没有说明是公布还是撤下", "请点击页面上的按钮提交")
        DOING[act](quarter, form.cleaned_data["words"], by=request.user, office=office_of(request), key=key_of(request))  # type: ignore[arg-type]
    except Refused as refused:
        refuse(form, refused)
        return None
    messages.success(request, f"已{label(act)}：{quarter}。")
    return redirect("complaints:figures_quarter", quarter=quarter.key)
