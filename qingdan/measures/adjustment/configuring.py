"""第七条（二）、P-B3: is there somebody to whom each list can be referred? `qingdan check --database default` says so, and 待办 of 政务办."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from qingdan.kernel import clock
from qingdan.kernel.offices.models import OfficeRole

from .queries import lists_without_lead


@register(Tags.database)
def every_list_has_a_lead(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """A warning for each of the five lists without a lead body today; nothing before the district is set up."""
    if not databases or OfficeRole._meta.db_table not in connections["default"].introspection.table_names() or not OfficeRole.objects.exists():
        return []
    hint = "请由管理员授予一个单位该清单的牵头部门角色，否则它的申请无处转办（第七条（二））。"
    return [Warning(f"{name}今天没有牵头部门", hint=hint, id="adjustment.W001") for name in lists_without_lead(clock.today())]
