"""第三条, 第九条: a district in which nobody has a part in 投诉处理 is told so."""

from datetime import date

import pytest

from qingdan.kernel.ledger.acts import note
from qingdan.kernel.offices.models import OfficeRole
from qingdan.measures.complaints.configuring import every_part_is_held, lacking

pytestmark = pytest.mark.django_db


def warnings():
    return [w.msg for w in every_part_is_held(databases=["default"])]


def test_第九条_四家政务办区政府都有单位担任(room):
    room.on("09-12")
    assert warnings() == [] == lacking(date(2016, 9, 12))


def test_第九条_缺了哪一家说明是哪一家(room):
    rows = list(OfficeRole.objects.filter(measure="诉", scope="收费")) + list(OfficeRole.objects.filter(measure="诉", role="区政府"))
    for role in rows:
        role.valid_to = date(2016, 9, 1)
    room.on("09-01")
    note("end_roles", by=None, rows=rows)
    assert warnings() == []
    room.on("09-12")
    assert warnings() == ["今天没有投诉处理的区政府", "今天没有处理“行政事业性收费和政府性基金项目运行”投诉的机关（第九条（四））"]


def test_空库不报(db):
    assert warnings() == [] == every_part_is_held()
