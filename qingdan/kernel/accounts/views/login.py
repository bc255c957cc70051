"""登录 and 退出. In the demonstration the page also offers each role by one click (qingdan.demo.context)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from .. import entering
from ..forms import LogInForm


class LogIn(LoginView):
    """User name and password."""

    template_name = "accounts/login.html"
    authentication_form = LogInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        person = form.get_user()
        entering.enter(self.request, person, entering.PASSWORD)
        return HttpResponseRedirect(entering.next_page(self.request, person, self.get_redirect_url()))


def log_out(request: HttpRequest) -> HttpResponse:
    """退出登录."""
    entering.leave(request)
    return redirect("desk:login")
