"""诉11, T7, f9: does a draft repeat who complained? Yes or no, written down, ten times a day at most."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.vault import crypto, marking
from qingdan.kernel.vault.destroying import shred
from qingdan.kernel.vault.marking import names_identity, stands_in
from qingdan.kernel.vault.models import Comparison, Reading

from .conftest import SUBJECT

WHO = {
    "name": "欧阳若兰", "phone": "13812340001、0371-6555 1234", "id_kind": "居民身份证", "id_tail": "201X", "email": "Lanxi77@mail.example",
    "address": "河南省郑州市金水区花园路88号院3号楼2单元", "unit": "某某商贸有限公司", "representatives": "司马听雨，15012340003",
}  # fmt: skip
REPEATED = (
    "欧阳若兰来电", "欧 阳 若 兰", "欧阳·若兰", "由司马听雨等人", "电话13812340001", "138-1234-0001", "１３８１２３４０００１", "一三八一二三四零零零一",
    "拨打 65551234", "0371—65551234", "150 1234 0003", "身份证41010519900101201X", "证件尾号*201x", "邮箱 lanxi77@MAIL.example",
    "住花园路88号院", "88号院3号楼2单元", "花园路 88 号院", "某某 商贸有限公司",
)  # fmt: skip
CLEAN = (
    "", "申请人反映窗口不收材料。", "尾号为201X的材料", "2016年", "编号201X", "位于郑州市金水区政府", "河南省郑州市金水区", "欧阳某", "居民身份证", "花园路",
    "电话12345", "有限公司",
)  # fmt: skip
HAN = st.text(st.sampled_from("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"), max_size=60)


@pytest.mark.parametrize("text", REPEATED)
def test_诉11_a_value_is_found_as_people_vary_it(text):
    assert stands_in(WHO, f"经查，{text}。请依法办理。")


@pytest.mark.parametrize("text", CLEAN)
def test_诉11_what_names_nobody_is_left_alone(text):
    assert not stands_in(WHO, text)


def test_诉11_short_pieces_prove_nothing():
    assert not stands_in({"name": "王", "address": "花园", "email": "", "unit": "公司"}, "王某，花园，公司，mail")


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(HAN, HAN, st.sampled_from(["欧阳若兰", "13812340001", "41010519900101201X", "lanxi77@mail.example", "花园路88号院"]), st.sampled_from(["", " ", "\n", "："]))
def test_诉11_a_planted_value_is_found_in_any_text(before, after, planted, sign):
    assert stands_in(WHO, before + sign + planted + sign + after)
    assert not stands_in(WHO, before + sign + after)


# ---- asked


def asked(room, text="申请人张三丰反映", by="inv_1"):
    return names_identity(room.identity, text, by=getattr(room, by), office=room.office)


@pytest.mark.django_db
def test_诉11_a_draft_is_checked_as_an_event_that_says_nothing_of_it(room):
    assert asked(room) is True and asked(room, "申请人反映窗口拒不受理") is False
    one, two = Event.objects.filter(act="check_draft").order_by("seq")
    assert one.told["facts"] == two.told["facts"] == {"subject": SUBJECT, "sealed": room.identity.pk}
    assert Reading.objects.filter(purpose=marking.PURPOSE, person=room.inv_1).count() == 2 and "张三丰" not in one.body
    assert verify().fault is None


@pytest.mark.django_db
def test_f4_each_check_of_a_draft_is_one_opening_and_one_reading(room):
    before = crypto.opened()
    for text in ("甲", "乙", "丙"):
        asked(room, text)
    assert crypto.opened() - before == Reading.objects.count() == Event.objects.filter(act="check_draft").count() == 3


@pytest.mark.django_db
def test_诉11_ten_checks_a_day_for_each_person_and_subject(room):
    for _ in range(10):
        asked(room, "甲")
    with pytest.raises(Refused, match="今天已经核对过 10 次"):
        asked(room, "甲")
    assert asked(room, "甲", by="inv_2") is False
    clock.set_fixed("2016-06-14T00:00")
    assert asked(room) is True


@pytest.mark.django_db
def test_诉11_without_an_identity_or_after_it_was_destroyed_nothing_is_named(room):
    assert names_identity(None, "张三丰", by=room.inv_1, office=room.office) is False and not Comparison.objects.exists()
    shred(SUBJECT, by=None)
    assert asked(room) is False


@pytest.mark.django_db
def test_诉11_only_who_knows_of_the_case_asks_never_inside_an_act_and_not_about_a_book(room):
    with pytest.raises(Refused, match="无权查看"):
        asked(room, by="keeper_1")
    with pytest.raises(RuntimeError), acting("other"):
        asked(room)
    with pytest.raises(Refused, match="超过 100000 字"):
        asked(room, "长" * 100_001)
    assert not Comparison.objects.exists()
