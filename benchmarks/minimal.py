"""A peer: the list page as a first Django tutorial would write it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines

from qingdan.lists.models import ItemVersion

ROWS = """<!doctype html><title>清单</title><table>{% for v in page %}<tr><th><a href="/item/{{ v.item.code }}/">{{ v.name }}</a></th>
<td>{{ v.item.code }}</td><td>{{ v.office.short }}</td><td>{{ v.category }}</td></tr>{% endfor %}</table>"""
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
"""Those of a new project."""


def minimal(request: HttpRequest) -> HttpResponse:
    """The first versions, joined, paged by fifty, in one table; it knows nothing of days, of search or of holds."""
    found = ItemVersion.objects.filter(item__kind="权责", number=1).select_related("item", "office").order_by("item__code")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return HttpResponse(engines["django"].from_string(ROWS).render({"page": page}, request))
