"""Rotation: a new key of the ring, and every data key wrapped anew by it; one event a batch. No body is opened."""

from __future__ import annotations

from django.db.models import QuerySet
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note

from . import keys, sealing
from .crypto import Broken
from .models import Sealed

WRAP = "wrap_anew"
AT_ONCE = 200


def rotate() -> tuple[str, int]:
    """(id of the current key, rows wrapped anew). A rotation that was interrupted is first brought to its end, with no further key."""
    ring = keys.ring()
    if not _left(ring.current.id).exists():
        ring = ring.renewed(clock.now())
        keys.store(ring)
    done = 0
    while some := _batch(ring):
        done += some
    return ring.current.id, done


def retire(key_id: str) -> None:
    """An old key leaves the ring. Refused while a row is wrapped by it; backups that need it cannot be read afterwards."""
    with acting(WRAP):
        left = using().get(key_id, 0)
        if left:
            raise Refused(f"不能移除密钥 {key_id}", f"还有 {left} 项内容由它加密", "请先运行 qingdan vault-keys rotate")
        keys.store(keys.ring().without(key_id, clock.now()))


def using() -> dict[str, int]:
    """Key → how many rows it wraps."""
    found: dict[str, int] = {}
    for key_id in Sealed.objects.filter(destroyed_on=None).values_list("key_id", flat=True):
        found[key_id] = found.get(key_id, 0) + 1
    return found


def _left(current: str) -> QuerySet[Sealed]:
    return Sealed.objects.filter(destroyed_on=None).exclude(key_id=current)


@sensitive_variables()
def _batch(ring: keys.Ring) -> int:
    with acting(WRAP):
        rows = list(_left(ring.current.id).order_by("pk")[:AT_ONCE])
        for row in rows:
            try:
                sealing.wrap(row, sealing.unwrap(row, ring), ring.current)
            except Broken:
                raise Refused("不能轮换密钥", f"第 {row.pk} 行的数据密钥不能解开，可能被改动", "请先运行 qingdan verify 查明") from None
        if rows:
            note(WRAP, by=None, rows=rows, facts={"key": ring.current.id, "rows": len(rows)})
    return len(rows)
