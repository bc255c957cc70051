"""T19: the receipt of a complaint, in the complainant's hands: it proves the filing whatever becomes of the database."""

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction
from django.test import Client

from audit import check_receipt as alone
from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger import receipts, signing
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.ledger.heads import as_csv, day_heads
from qingdan.kernel.ledger.management.commands import receipt_key
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.measures.complaints.filing import told_in
from tests.kernel.ledger.worlds import said
from tests.world import untriggered

from .room import IDENTITY, TEXT

pytestmark = pytest.mark.django_db
FILE = Path(alone.__file__)
SALT = "0123456789abcdef" * 2


@pytest.fixture(autouse=True)
def key(settings, tmp_path):
    """A signing key of this test's own, told in the ledger."""
    settings.RECEIPT_KEY = str(tmp_path / "receipt.pem")


@pytest.fixture
def held(room):
    """(complaint, receipt as its holder has it, words and salt beside it)"""
    clock.set_fixed("2016-09-12T08:00")
    signing.make()
    complaint = room.file("09-12", None, salt=SALT)
    told = {"salt": SALT, "fields": told_in(room.filing())}
    return complaint, receipts.receipt_of(complaint.case.events.get(n=1), complaint.reference), told


def judged(tmp_path, told, *words):
    """Exit code and words of the script, run by itself."""
    path = tmp_path / "receipt.json"
    path.write_text(told if isinstance(told, str) else receipts.as_json(told), encoding="utf-8")
    run = subprocess.run([sys.executable, "-I", FILE, path, *words], capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


def published(tmp_path, day="2016-09-13T00:30"):
    with clock.frozen(day):
        sweep()
    path = tmp_path / "heads.csv"
    path.write_text(as_csv(day_heads()), encoding="utf-8")
    return str(path)


def test_receipt_survives_insider(held, tmp_path):
    """Whoever holds the machine deletes every row; with what others have kept, the receipt and one published line, the filing is proved."""
    complaint, receipt, told = held
    heads = published(tmp_path)
    receipt = receipts.receipt_of(Event.objects.get(seq=receipt["seq"]), complaint.reference)  # with the proof of its day
    with untriggered(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = ON" if connection.vendor == "sqlite" else "SET CONSTRAINTS ALL DEFERRED")
        for table in sorted(connection.introspection.table_names()):
            if not table.startswith(("django_", "sqlite_")):
                cursor.execute(f'DELETE FROM "{table}"')
        assert not Event.objects.exists()
        code, words = judged(tmp_path, receipt | {"told": told}, "--heads", heads)
        assert code == 0 and "\n属实" in words and words.count("是　") == 4 and complaint.reference in words
        found = receipts.check(receipts.read(receipts.as_text(receipt)))
        assert (found.holds, found.signature, found.here) == (True, True, False)
        transaction.set_rollback(True)


def test_回执里有编号_时间_序号_摘要_签名_没有人名和所写的话(held):
    complaint, receipt, _ = held
    text = receipts.as_text(receipt)
    event = Event.objects.get(seq=receipt["seq"])
    assert complaint.reference in text and "2016-09-12 09:00:00" in text and f"第 {event.seq} 号" in text and receipt["leaf"] in text
    for secret in (*IDENTITY.values(), TEXT, "城管局"):
        assert secret not in text
    assert receipt["reference"] == complaint.reference


def test_回执里没有别的编号_看不出有过多少件(held):
    """T6: the event names its rows by their numbers, which count everybody's; the receipt does not hold it."""
    complaint, receipt, _ = held
    event = Event.objects.get(seq=receipt["seq"])
    assert set(receipt) == {*receipts.SIGNED, "signature"} and event.body not in receipts.as_text(receipt)
    assert complaint.case.number not in receipts.as_text(receipt) and "complaints_complaint" not in receipts.as_text(receipt)


def test_同一件要几次_回执一个字也不变(held):
    complaint, receipt, _ = held
    assert receipts.receipt_of(Event.objects.get(seq=receipt["seq"]), complaint.reference) == receipt and verify().fault is None


CHANGES = {
    "seq": 999, "at": "2016-09-11T01:00:00.000000Z", "reference": "0" * 16, "leaf": "0" * 64, "head": "0" * 64, "sealed": [], "signature": "0" * 128,
    "alg": "sm3", "key": Ed25519PrivateKey.from_private_bytes(b"1" * 32).public_key().public_bytes_raw().hex(),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_改动任何一处_两种核对都看得出(held, tmp_path, name):
    _, receipt, _ = held
    changed = receipt | {name: CHANGES[name]}
    assert judged(tmp_path, changed)[0] == 1
    try:
        assert not receipts.check(receipts.read(receipts.as_json(changed))).holds
    except Refused:
        assert name in ("alg",)


def test_内行重写整个台账_也造不出另一个签名(held, tmp_path):
    """Signed anew with a key of one's own: the signature fits, the key was never published."""
    _, receipt, _ = held
    mine = Ed25519PrivateKey.generate()
    forged = receipt | {"at": "2016-09-30T01:00:00.000000Z", "key": mine.public_key().public_bytes_raw().hex()}
    forged["signature"] = mine.sign(receipts._signed(forged)).hex()
    found = receipts.check(receipts.read(receipts.as_json(forged)))
    assert found.signature and not found.ours and not found.holds
    assert judged(tmp_path, forged, "--heads", published(tmp_path))[0] == 1
    assert judged(tmp_path, forged)[1].strip().endswith("请再核对公钥是不是公布过的（--key 或者 --heads）")


def test_所写的话_少一个字也对不上(held, tmp_path):
    _, receipt, told = held
    other = told | {"fields": told["fields"] | {"text": TEXT[:-1]}}
    assert receipts.check(receipts.read(receipts.as_json(receipt | {"told": told}))).told is True
    assert receipts.check(receipts.read(receipts.as_json(receipt | {"told": other}))).told is False
    assert judged(tmp_path, receipt | {"told": other})[0] == 1


def test_当日摘要里的位置_换一个就不在内(held, tmp_path):
    complaint, receipt, _ = held
    assert "day" not in receipt and receipts.check(receipt).included is None
    heads = published(tmp_path)
    later = receipts.receipt_of(Event.objects.get(seq=receipt["seq"]), complaint.reference)
    assert receipts.check(later).included and receipts.check(receipt).included, "also one that was taken before the day was over"
    assert judged(tmp_path, later, "--heads", heads)[0] == 0
    for change in ({"place": later["day"]["place"] + 1}, {"hashes": later["day"]["hashes"][:-1]}, {"root": "0" * 64}, {"size": 1}):
        wrong = later | {"day": later["day"] | change}
        assert judged(tmp_path, wrong, "--heads", heads)[0] == 1 and not receipts.check(wrong).included, change


def test_记录不在了或者被改写_核对页说出来(held):
    _, receipt, _ = held
    with untriggered():
        Event.objects.filter(seq=receipt["seq"]).update(head="0" * 64)
        found = receipts.check(receipts.read(receipts.as_json(receipt)))
    assert found.holds and not found.here


@pytest.mark.parametrize("text", ["", "{}", "[]", "{" * 5000, '{"receipt": 1}', "回执", '{"receipt": true}', "\0", "{\"receipt\": 1, \"seq\": 1e400}"])
def test_不是回执的_说明怎么办(db, text):
    with pytest.raises(Refused, match="这不是一份回执"):
        receipts.read(text)


@pytest.mark.parametrize("wrong", [{"at": "x"}, {"at": "9999-12-31T23:59:59.999999Z"}, {"told": 1}, {"told": {}}, {"told": {"salt": 1, "fields": []}}, {"sealed": ["x", ":"]}])
def test_内容自相矛盾的_不属实_页面不出错(held, wrong):
    _, receipt, _ = held
    answer = post(receipts.as_json(receipt | wrong))
    assert answer.status_code in (200, 422) and "这份回执属实" not in answer.content.decode()


# ---- the key


def test_密钥_只供本系统的用户_不在数据目录_更换后旧回执仍然属实(held, settings, capsys, tmp_path):
    complaint, receipt, _ = held
    assert signing.path().stat().st_mode & 0o777 == 0o600
    code, out, _ = said(capsys, receipt_key, "renew")
    assert code == 0 and len(signing.published()) == 2 and signing.published()[1][1] in out
    newer = receipts.receipt_of(complaint.case.events.get(n=1), complaint.reference)
    assert newer["key"] != receipt["key"] and receipts.check(receipt).holds and receipts.check(newer).holds
    assert said(capsys, receipt_key, "show")[1].split() == [public for _, public in signing.published()]
    assert said(capsys, receipt_key, "new")[0] == 2 and said(capsys, receipt_key, "x")[0] == 2
    heads = Path(published(tmp_path)).read_text(encoding="utf-8").splitlines()
    assert heads[-1].split(",")[-1].split() == [public for _, public in signing.published()]


def test_密钥不在或者对别人开放的_不出具回执_也不能运行(held, settings):
    complaint, _, _ = held
    assert signing.faults() == []
    signing.path().chmod(0o644)
    assert [n for n, *_ in signing.faults()] == [64]
    with pytest.raises(Refused, match="不能出具回执"):
        receipts.receipt_of(complaint.case.events.get(n=1), complaint.reference)
    signing.path().unlink()
    settings.VAULT_MAKES_KEYS = False
    assert [n for n, *_ in signing.faults()] == [64] and signing.known() == [public for _, public in signing.published()]
    settings.RECEIPT_KEY = settings.VAULT_KEYS = ""
    assert [n for n, *_ in signing.faults()] == [62]
    settings.RECEIPT_KEY = f"{settings.VAR}/receipt.pem"
    assert [n for n, *_ in signing.faults()] == [63]


def test_没有密钥时_更换不了_演示自行生成(settings, db):
    with pytest.raises(Refused, match="还没有可以更换的"):
        signing.make(renew=True)
    public, signature = signing.sign(b"x")
    assert signing.signed(public, b"x", signature) and signing.known() == [public] and signing.sign(b"x") == (public, signature)
    assert not signing.signed("zz", b"x", signature) and not signing.signed(public, b"x", "00")


# ---- the script by itself


def test_核对程序自己的Ed25519_与公认的实现一致():
    """Forty keys; each signature holds, and no changed one does. And RFC 8032's own first vector."""
    vector = ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", b"",
              "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")  # fmt: skip
    assert alone.signed(bytes.fromhex(vector[0]), vector[1], bytes.fromhex(vector[2]))
    for n in range(40):
        key, text = Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32), b"receipt %d" % n
        public, good = key.public_key().public_bytes_raw(), key.sign(text)
        assert alone.signed(public, text, good)
        for wrong in (good[:-1], good[:5] + bytes([good[5] ^ 1]) + good[6:], good[:40] + bytes([good[40] ^ 1]) + good[41:], good[:32] + b"\xff" * 32):
            assert not alone.signed(public, text, wrong)
        assert not alone.signed(public, text + b"x", good) and not alone.signed(b"\xff" * 32, text, good)


def test_核对程序只用标准库_读不懂的不说属实(tmp_path):
    source = FILE.read_text(encoding="utf-8")
    wanted = {line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert wanted <= sys.stdlib_module_names and "qingdan" not in wanted
    assert judged(tmp_path, "nothing")[0] == 2 and judged(tmp_path, '{"receipt": 1}')[0] == 2 and judged(tmp_path, "{}", "--heads", "nowhere")[0] == 2


# ---- the page


def post(text="", **more):
    return Client().post("/ledger/receipt/", {"pasted": text} | more)


def test_核对页_粘贴或者上传_逐项说明(held, tmp_path):
    _, receipt, told = held
    assert Client().get("/ledger/receipt/").status_code == 200
    page = post(receipts.as_text(receipt))
    words = page.content.decode()
    assert page.status_code == 200 and "这份回执属实" in words and "尚未公布" in words and page["Cache-Control"] == "no-store"
    path = tmp_path / "r.json"
    path.write_text(receipts.as_json(receipt | {"told": told}), encoding="utf-8")
    published(tmp_path)
    with path.open("rb") as file:
        words = Client().post("/ledger/receipt/", {"file": file}).content.decode()
    assert "这份回执属实" in words and "连同保存的所写内容，与提交的相同" in words and "尚未公布" not in words and TEXT not in words


def test_核对页_改动过的_不属实_记录没有了的_提醒保管(held):
    _, receipt, _ = held
    assert "这份回执不能证明" in post(receipts.as_json(receipt | {"seq": 2})).content.decode()
    with untriggered():
        Event.objects.filter(seq=receipt["seq"]).update(head="0" * 64)
        assert "台账中现在没有这条记录" in post(receipts.as_json(receipt)).content.decode()


@pytest.mark.parametrize("text", ["", "x", "\0", "{" * 9000, "{}" * 150_000, "\u202e👍"])
def test_核对页_读不懂的说明怎么办(db, text):
    answer = post(text)
    assert answer.status_code == 422 and ("回执" in answer.content.decode())


def test_台账摘要页_有公钥和核对的入口(held):
    page = Client().get("/ledger/").content.decode()
    assert signing.published()[0][1] in page and "/ledger/receipt/" in page
