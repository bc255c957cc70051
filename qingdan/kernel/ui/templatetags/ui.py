"""`{% load ui %}`: the tags that pages are written with. Every value is escaped by the templates that they render."""

from __future__ import annotations

from datetime import date, datetime
from importlib import import_module
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, Textarea
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from qingdan.kernel import clock
from qingdan.kernel.ledger import hands

from .. import wording
from ..context import admitted
from ..dates import day_text, legal_date, moment_text
from ..drawing import draw
from ..reasons import gist_of
from ..strips import Strip

register = template.Library()
BADGES = ("late", "near", "done", "plain", "provisional", "choice")
ROWS = (3, 18)  # a textarea grows with its text between these
LINE = 38  # characters of a line in a textarea, for want of measuring


def _calendar() -> Any:
    return import_module("qingdan.kernel.calendar.current").in_force()


@register.simple_tag(takes_context=True)
def heading(context: Context) -> str:
    """The page's `title` block said again as its h1, so that no page writes it twice."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block("title") if blocks else None
    return block.render(context) if block else ""


@register.simple_tag(takes_context=True)
def tab(context: Context, name: str, label: str) -> SafeString:
    """{% tab "adjustment:book" "台账" %}: one of the pages that stand beside each other; the one on which one is is marked.

    One that is closed to whoever looks is left out.
    """
    request = context.get("request")
    if (post := getattr(request, "post", None)) is not None and not admitted((name,), post):
        return mark_safe("")
    match = getattr(request, "resolver_match", None)
    here = mark_safe(' aria-current="page"') if match is not None and match.view_name == name else ""
    return format_html('<a href="{}"{}>{}</a>', reverse(name), here, label)


# ---- dates -------------------------------------------------------------


@register.simple_tag(name="day")
def day_tag(value: date | datetime | None) -> SafeString | str:
    """{% day d %}: 6月17日（周五）, never broken over two lines. In attributes and options use {{ d|day }}."""
    if not value:
        return "—"
    return format_html('<time datetime="{}">{}</time>', legal_date(value).isoformat(), day_text(value))


@register.simple_tag(name="moment")
def moment_tag(value: datetime | None) -> SafeString | str:
    """{% moment dt %}: 6月17日 09:30, when something was recorded."""
    if not value:
        return "—"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), moment_text(value))


@register.filter(name="day")
def day_filter(value: date | datetime | None) -> str:
    return day_text(value or None)


@register.filter(name="moment")
def moment_filter(value: datetime | None) -> str:
    return moment_text(value or None)


@register.filter
def iso(value: date | datetime | None) -> str:
    """For tables: 2016-06-17."""
    return legal_date(value).isoformat() if value else "—"


@register.filter
def sentence(value: str) -> str:
    """What somebody typed, as a sentence of ours: with one full stop, whether typed or not."""
    return f"{str(value).strip().rstrip('。；;，,.')}。"


@register.filter
def shown(value: Any) -> Any:
    return wording.shown(value)


@register.filter
def doer(row: Any, act: str) -> str:
    """{{ proposal|doer:"propose_calendar" }}: who did this to this row, as its event says it: 李四, or 李四 代 张三."""
    return hands.signature(act, row)


# ---- limits ------------------------------------------------------------


@register.inclusion_tag("ui/strip.html")
def strip(
    start: date | None, due: date | None, closed: date | None = None, compact: bool = False, calendar: Any = None
) -> dict[str, Any]:
    """{% strip since due %} or, for a duty that has ended, closed=day; compact=True in rows of a table (no text)."""
    if not start or not due or legal_date(due) < legal_date(start):
        return {"strip": None}
    drawn = Strip(calendar or _calendar(), legal_date(start), legal_date(due), clock.today(), legal_date(closed) if closed else None)
    return {"strip": drawn, "drawing": draw(drawn), "compact": compact}


@register.inclusion_tag("ui/badge.html")
def badge(kind: str, text: str) -> dict[str, str]:
    """{% badge "late" "逾期 2 个工作日" %}; kinds late, near, done, plain, provisional, choice."""
    if kind not in BADGES:
        raise ValueError(f"badge kind {kind!r} is none of {', '.join(BADGES)}")
    return {"kind": kind, "text": text}


@register.inclusion_tag("ui/badge.html")
def due_badge(due: date | None, source: Any = "regulation", provisional: bool = False) -> dict[str, str]:
    """{% due_badge row.due source=row.source provisional=row.provisional %}: 还有 3 个工作日, 今天到期, 逾期 2 个工作日."""
    kind, text = wording.due_badge(_calendar(), due, clock.today(), source=source or "regulation", provisional=bool(provisional))
    return {"kind": kind, "text": text}


# ---- the regulation ----------------------------------------------------


@register.inclusion_tag("ui/article.html")
def article(number: str, measure: str = "调") -> dict[str, str]:
    """{% article "第七条（三）" %}: the number, and its gist one click away. Stands in a div, not in a p."""
    return {"number": number or "", "gist": gist_of(measure, number or "")}


# ---- forms -------------------------------------------------------------


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, article: str = "", measure: str = "调") -> dict[str, Any]:
    """{% field form.reason article="第七条（三）" %}: label above, help under it, the error in the field."""
    if not isinstance(bound, BoundField):
        raise template.TemplateSyntaxError("{% field %} wants a field of a form; is its name right?")
    widget = bound.field.widget
    attrs: dict[str, str | bool] = {"rows": str(_rows(bound))} if isinstance(widget, Textarea) else {}
    if not bound.use_fieldset:
        described = [f"{bound.auto_id}_{part}" for part, there in (("helptext", bound.help_text), ("error", bound.errors)) if there]
        if described:
            attrs["aria-describedby"] = " ".join(described)
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attrs),
        "required": bound.field.required,
        "checkbox": isinstance(widget, CheckboxInput),
        "article": article,
        "measure": measure,
    }


def _rows(bound: BoundField) -> int:
    """As many rows as the text has lines and one more; at least what the form asks for (10 is only Django's default)."""
    lines = sum(1 + len(line) // LINE for line in str(bound.value() or "").split("\n"))
    asked = bound.field.widget.attrs.get("rows", "10")
    least = ROWS[0] if str(asked) == "10" else int(asked)
    return min(max(lines + 1, least), max(least, ROWS[1]))


@register.inclusion_tag("ui/form_errors.html")
def form_errors(*forms: BaseForm) -> dict[str, Any]:
    """{% form_errors form %}, or several that are sent as one: the summary on top, each error a link to its field."""
    general: list[str] = []
    found: list[tuple[str, str, str]] = []
    for form in forms:
        general += [*map(str, form.non_field_errors()), *(e for f in form.hidden_fields() for e in map(str, f.errors))]
        found += [(_target(f), str(f.label), e) for f in form.visible_fields() for e in map(str, f.errors)]
    return {"general": general, "errors": found}


def _target(bound: BoundField) -> str:
    """The id to which an error leads: the control, or the group where there are several."""
    return bound.auto_id if bound.use_fieldset else bound.id_for_label or bound.auto_id


@register.inclusion_tag("ui/submit.html")
def submit(label: str, consequence: str = "", name: str = "", value: str = "", kind: str = "primary") -> dict[str, str]:
    """{% submit "提交并开始计时" "政务办须于 6月12日前转办" %}; kind primary, plain or danger."""
    return {"label": label, "consequence": consequence, "name": name, "value": value, "kind": kind}


# ---- lists -------------------------------------------------------------


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: Context, page: Page, unit: str = "项") -> dict[str, Any]:
    """{% pager page %}: keeps the filter of the address; nothing but the count where there is one page."""
    query = context["request"].GET.copy() if "request" in context else None

    def link(number: int) -> str:
        if query is None:
            return f"?page={number}"
        query["page"] = str(number)
        return "?" + query.urlencode()

    return {
        "page": page,
        "unit": unit,
        "previous": link(page.previous_page_number()) if page.has_previous() else "",
        "next": link(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("ui/empty.html", name="empty")
def empty_state(title: str, todo: str = "") -> dict[str, str]:
    """{% empty "没有待办" "…" %}: what to do next. Inside a for it stands after the for's own {% empty %}."""
    return {"title": title, "todo": todo}
