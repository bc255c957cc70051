"""S10: the rows that an office's merger, split or change of name writes: its end, its heirs, their posts and roles. Saved by the act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Model

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock

from .actions import check_code, check_texts
from .models import Office, OfficeChange, OfficeRole, Post
from .queries import on

RENAMED, MERGED, SPLIT = "更名", "合并", "分设"


def new_heir(*, code: str, name: str, short: str, kind: str) -> Office:
    """An office that begins today, not yet saved; refuses a code that was used before."""
    what = f"不能新增单位“{short or name or code}”"
    check_code(what, "单位代码", code)
    check_texts(what, Office, name=name, short=short, kind=kind)
    if Office.objects.filter(code=code).exists():
        raise Refused(what, f"单位代码“{code}”已经有单位使用", "请换一个代码，代码不得重复使用；并入已有单位的，请选择该单位")
    return Office(code=code, name=name.strip(), short=short.strip(), kind=kind.strip(), valid_from=clock.today())


def rows_of(kind: str, old: Office, heirs: Sequence[Office], document: str, document_day: date) -> list[Model]:
    """What is written besides items and cases. The first heir takes the posts and the roles."""
    today = clock.today()
    _ensure(kind, old, heirs, document_day)
    changes = [OfficeChange(kind=kind, old=old, heir=heir, on=today, document=document, document_day=document_day) for heir in heirs]
    new = [heir for heir in heirs if heir.pk is None]
    return [*new, *changes, *_posts(old, heirs[0]), *_roles(old, heirs[0]), _ended(old)]


def _ensure(kind: str, old: Office, heirs: Sequence[Office], document_day: date) -> None:
    what, today = f"不能登记{old.short}的{kind}", clock.today()
    if not old.holds_on(today):
        raise Refused(what, f"{old.short}今天已经不存在", "请核对单位，变动只登记一次")
    if old.valid_from >= today:
        raise Refused(what, f"{old.short}今天才设立", "请明天再登记")
    if any(heir.pk == old.pk for heir in heirs):
        raise Refused(what, "继受单位就是原单位", "请选择另一个单位，或者填写新设单位")
    if (kind == SPLIT) != (len(heirs) > 1):
        raise Refused(what, "分设须有两个以上的继受单位，更名和合并只有一个", "请核对变动的种类和继受单位")
    if document_day > today:
        raise Refused(what, "文件印发日晚于今天", "请核对文件印发日")


def _ended(row: Office | Post | OfficeRole) -> Model:
    """Held until yesterday; what began today is ended today."""
    row.valid_to = max(row.valid_from, clock.today() - timedelta(days=1))
    return row


def _posts(old: Office, heir: Office) -> list[Model]:
    today = clock.today()
    have = set(Post.objects.filter(on(today), office=heir).values_list("person", flat=True)) if heir.pk else set()
    rows: list[Model] = []
    for post in Post.objects.filter(on(today), office=old).select_related("person"):
        rows.append(_ended(post))
        if post.person_id not in have:
            rows.append(Post(person=post.person, office=heir, title=post.title, rank=post.rank, valid_from=today))
    return rows


def _roles(old: Office, heir: Office) -> list[Model]:
    today = clock.today()
    have = set(OfficeRole.objects.filter(on(today), office=heir).values_list("measure", "role", "scope")) if heir.pk else set()
    rows: list[Model] = []
    for held in OfficeRole.objects.filter(on(today), office=old):
        rows.append(_ended(held))
        if (held.measure, held.role, held.scope) not in have:
            rows.append(OfficeRole(office=heir, measure=held.measure, role=held.role, scope=held.scope, valid_from=today))
    return rows
