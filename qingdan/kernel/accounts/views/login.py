"""登录 and 退出. In the demonstration the page also offers each role by one click (qingdan.demo.context)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from qingdan.kernel.offices.models import Person

from .. import entering, factors, oidc
from ..forms import LogInForm


class LogIn(LoginView):
    """User name and password."""

    template_name = "accounts/login.html"
    authentication_form = LogInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(oidc=settings.OIDC_NAME if oidc.configured() else "", **kwargs)

    def get_default_redirect_url(self) -> str:
        person = self.request.user
        return entering.next_page(self.request, person, "") if isinstance(person, Person) else super().get_default_redirect_url()

    def form_valid(self, form: Any) -> HttpResponse:
        person = form.get_user()
        if factors.has(person):
            entering.wait(self.request, person, entering.PASSWORD, self.get_redirect_url())
            return redirect("accounts:second")
        entering.enter(self.request, person, entering.PASSWORD)
        return HttpResponseRedirect(entering.next_page(self.request, person, self.get_redirect_url()))


def log_out(request: HttpRequest) -> HttpResponse:
    """退出登录."""
    entering.leave(request)
    return redirect("desk:login")
