"""第七条 (O6): each handling body says how it is reached; what is missing is a warning."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ui.sending import key_of, posted, status
from qingdan.statute.roles import HANDLER

from .access import holds
from .actions import make_known
from .answering import office_of
from .forms import ContactForm, refuse
from .models import Contact
from .queries import contacts as known


def contacts(request: HttpRequest) -> HttpResponse:
    """公布的联系方式: those of all bodies, and one's own to change."""
    office, today = office_of(request), clock.today()
    found = known(today)
    mine = next((contact for body, contact in found if body == office), None)
    own = holds(office, HANDLER, today)
    form = ContactForm(posted(request), initial=_told(mine)) if own else None
    if form is None and request.method == "POST":
        raise Http404("本机关不是投诉处理机关，没有可以公布的联系方式。")
    if form is not None and form.is_bound and form.is_valid():
        try:
            make_known(office, form.cleaned_data, by=request.user, key=key_of(request))  # type: ignore[arg-type]
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, "已公布。")
            return redirect("complaints:contacts")
    return render(request, "complaints/contacts.html", {"known": found, "form": form, "key": key_of(request)}, status=status(form) if form else 200)


def _told(contact: Contact | None) -> dict[str, str]:
    return {name: getattr(contact, name, "") for name in ContactForm.base_fields}
