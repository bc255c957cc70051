"""依据 are written in many ways: what is recognised, what is not, and that nothing at all makes the reading fail (P-A6)."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingdan.demo.content import loader
from qingdan.lists.bases.numerals import chinese, value
from qingdan.lists.bases.parsing import key_of, parse, sort_key, within

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "items" / "guangan_items.csv"


def read(text):
    """[(key, place)] of the citations."""
    return [(c.key, c.place) for c in parse(text).citations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《政府信息公开条例》第三十三条", [("政府信息公开条例", "第三十三条")]),
        ("《市容条例》第十条、第三十四条", [("市容条例", "第十条"), ("市容条例", "第三十四条")]),
        ("《计量法》第九条（非强制检定部分）", [("计量法", "第九条")]),
        ("《中华人民共和国水法》第25条", [("水法", "第二十五条")]),
        ("《水法》第二十五条（一）", [("水法", "第二十五条第（一）项")]),
        ("《水法》第二十五条第一款第(一)项第2目", [("水法", "第二十五条第一款第（一）项第二目")]),
        ("《水法》第三条第二项", [("水法", "第三条第（二）项")]),
        ("《水法》第六条第一款、第三款", [("水法", "第六条第一款"), ("水法", "第六条第三款")]),
        ("《水法》第五条第一款第（一）项、第二款", [("水法", "第五条第一款第（一）项"), ("水法", "第五条第二款")]),
        ("《水法》第五条第（一）、（三）项和第七条", [("水法", "第五条第（一）项"), ("水法", "第五条第（三）项"), ("水法", "第七条")]),
        ("《水法》第五条（一）（二）项", [("水法", "第五条第（一）项"), ("水法", "第五条第（二）项")]),
        ("《水法》第六十二、六十三条", [("水法", "第六十二条"), ("水法", "第六十三条")]),
        ("《水法》第八条至第十条", [("水法", "第八条"), ("水法", "第九条"), ("水法", "第十条")]),
        ("《水法》第八至十条", [("水法", "第八条"), ("水法", "第九条"), ("水法", "第十条")]),
        ("《水法》第五条（一）至（三）项", [("水法", f"第五条第（{n}）项") for n in "一二三"]),
        ("《水法》第二十条之一", [("水法", "第二十条之一")]),
        ("《水法》第三章第十条", [("水法", "第十条")]),
        ("《水法》第三章", [("水法", "第三章")]),
        ("《产业结构调整指导目录》", [("产业结构调整指导目录", "")]),
        ("《甲法》、《乙法》第三条", [("甲法", ""), ("乙法", "第三条")]),
        ("《甲法》第三条，《甲法》第三条", [("甲法", "第三条")]),
        ("豫价费字〔2001〕128 号", [("豫价费字〔2001〕128号", "")]),
        ("财税[2015]72号第二条", [("财税〔2015〕72号", "第二条")]),
        ("《关于收费的通知》（财税（2015）72号）第二条", [("财税〔2015〕72号", "第二条")]),
        ("《条例》（国务院令第682号）第十条", [("条例", "第十条")]),
        ("水法第三条、第五条，中华人民共和国土地管理法第四条", [("水法", "第三条"), ("水法", "第五条"), ("土地管理法", "第四条")]),
        ("水法第三条和土地管理法第四条", [("水法", "第三条"), ("土地管理法", "第四条")]),
        ("依据行政许可法第12条", [("行政许可法", "第十二条")]),
        ("《转发〈关于甲的通知〉的通知》", [("转发《关于甲的通知》的通知", "")]),
    ],
)  # fmt: skip
def test_每一种写法读出同样的条款(text, expected):
    assert read(text) == expected


def test_引文里提到的法律不是依据_编号之后的才是():
    text = "1.《食品安全法》第三十五条：国家实行许可制度，依照《行政许可法》第十二条。2.《食品经营许可管理办法》第二条、第六条；"
    assert read(text) == [("食品安全法", "第三十五条"), ("食品经营许可管理办法", "第二条"), ("食品经营许可管理办法", "第六条")]


def test_引文换行以后仍是引文_不算未能识别():
    parsed = parse("《道路交通安全法》第三条：\n道路交通安全工作应当依法管理。\n《水法》第二条")
    assert [c.key for c in parsed.citations] == ["道路交通安全法", "水法"] and parsed.unread == []


@pytest.mark.parametrize("text", ["同上", "按行政事业性收费清单执行", "本法第三条", "该条例第三条", "水法", "省里有文件"])
def test_读不出文件的照原文留下_算未能识别(text):
    parsed = parse(f"《水法》第三条\n{text}")
    assert (len(parsed.citations), parsed.unread) == (1, [text])


def test_版本的年份写明的读出():
    assert [c.year for c in parse("《食品安全法》（2015年修订）第三条\n《水法（2016年7月2日修正）》第三条\n《城乡规划法》第三条").citations] == [2015, 2016, None]


def test_空文本既无依据也无未识别():
    assert (parse("").citations, parse(" \n ").unread) == ([], [])


def test_名称前的中华人民共和国不论():
    assert key_of("中华人民共和国 水法") == key_of("水法") == "水法"


def test_条款的包含():
    assert within("第三条第一款", "第三条") and within("第三条", "第三条") and within("第三条", "")
    assert not within("第三条之一", "第三条") and not within("第三十条", "第三条") and not within("第三条", "第三条第一款")


def test_条款按号码排序():
    places = ["第三十条", "第四条第二款", "", "第四条", "第一百零三条", "第四条之一"]
    assert sorted(places, key=sort_key) == ["", "第四条", "第四条第二款", "第四条之一", "第三十条", "第一百零三条"]


@given(st.integers(1, 9999))
def test_数字的两种写法互逆(n):
    assert value(chinese(n)) == n


@given(st.text(alphabet="《》〈（）()第一二十百〇9条款项目章之至、，：。〔〕号财税法 \n甲-", max_size=60))
def test_任何文本都不会使读取出错_读出的都有去处(text):
    """g: a line is cited, unread, or the quotation of the line before; a place always reads back as itself."""
    parsed = parse(text)
    for citation in parsed.citations:
        assert citation.key and len(citation.key) <= 200 and len(citation.text) <= 500 and len(citation.place) <= 100
        assert within(citation.place, "") and isinstance(sort_key(citation.place), tuple)


def test_演示清单的依据全部读出():
    """721 real-looking texts: every item has at least one citation."""
    label = {"收费": "征收依据", "基金": "征收依据"}
    for kind in loader.KINDS:
        for row in loader.items(kind):
            parsed = parse(row[label.get(kind, "法律依据")])
            assert parsed.citations and not parsed.unread, row


@pytest.mark.skipif(not DATA.exists(), reason="the shared data are not beside this checkout")
def test_真实清单的文字都能读过():
    """1,135 real names of items hold laws in 《》 now and then, and words of all kinds: reading them never fails."""
    with DATA.open(encoding="utf-8-sig", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    parsed = [parse(name) for name in names]
    assert len(parsed) > 1000 and all(p.citations or p.unread for p in parsed)
