"""第三条, 第九条: is there somebody for each part in 投诉处理? `qingdan check --database default` says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from qingdan.kernel import clock
from qingdan.kernel.offices.models import OfficeRole
from qingdan.kernel.offices.queries import holders
from qingdan.statute.complaints_grounds import BODIES
from qingdan.statute.roles import DISTRICT, HANDLER, OFFICE

from .access import CODE


def lacking(day: date) -> list[str]:
    """The parts that no office has on this day: 政务办, 区政府, and each of the four matters of 第九条."""
    parts = [f"投诉处理的{role}" for role in (OFFICE, DISTRICT) if not holders(CODE, role, day)]
    return parts + [f"处理“{body.matter}”投诉的机关（{body.article}）" for body in BODIES.values() if not holders(CODE, HANDLER, day, body.scope)]


@register(Tags.database)
def every_part_is_held(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """A warning for each part that nobody has today; nothing before the district is set up."""
    if not databases or OfficeRole._meta.db_table not in connections["default"].introspection.table_names() or not OfficeRole.objects.exists():
        return []
    hint = "请由管理员授予角色（qingdan add_role，--measure 诉），否则投诉无人登记或者无处批转（第三条、第九条）。"
    return [Warning(f"今天没有{part}", hint=hint, id="complaints.W001") for part in lacking(clock.today())]
