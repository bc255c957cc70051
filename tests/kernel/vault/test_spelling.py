"""What is compared is spelled in one way, however it was typed."""

import pytest

from qingdan.kernel.vault import spelling


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("13800138000", ["13800138000"]), ("0086-138 0013 8000", ["13800138000"]), ("0371-65551234", ["65551234"]), ("65551234", ["65551234"]),
        ("(0371) 6555 1234；13800138000", ["65551234", "13800138000"]), ("没有", []), ("12345", []),
    ],
)  # fmt: skip
def test_telephones(text, numbers):
    assert spelling.phones(text) == numbers


@pytest.mark.parametrize(("text", "tail"), [("12 34", "1234"), ("123x", "123X"), ("１２３４", "1234"), ("12345", ""), ("x123", ""), ("", "")])
def test_ID_tails(text, tail):
    assert spelling.tail(text) == tail


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("花园路88号院3号楼2单元5号", "河南省郑州市金水区花园路 88 号院 三号楼 2 单元 5 室"), ("柳林镇马头岗村三组", "金水区马头岗村3组"),
        ("花园路街道花园路八十八号", "花园路88号"), ("文化路12号", "文化路十二号"),
    ],
)  # fmt: skip
def test_addresses_that_are_one(one, other):
    assert spelling.address(one) == spelling.address(other) != ""


@pytest.mark.parametrize(("one", "other"), [("花园路88号", "花园路89号"), ("花园路8号", "花园路80号"), ("阳光小区3号楼", "月光小区3号楼"), ("市场街12号", "新街12号")])
def test_addresses_that_are_two(one, other):
    assert spelling.address(one) != spelling.address(other)
