"""What the commands about offices share."""

from __future__ import annotations

from qingdan.engine.refusals import Refused

from .models import Office


def office_by(what: str, code: str) -> Office:
    """The office with this code, or a refusal that names those there are."""
    office = Office.objects.filter(code=code).first()
    if office is None:
        known = "、".join(Office.objects.values_list("code", flat=True)[:40]) or "（还没有单位）"
        raise Refused(what, f"没有代码为“{code}”的单位", f"请先用 add-office 新增，或者改用已有的代码：{known}")
    return office
