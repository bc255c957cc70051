"""The importer's pages: upload → plan → commit → result; whatever is sent in, never a 500."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from qingdan.kernel.files import staging
from qingdan.kernel.ledger.models import Case
from qingdan.lists import queries
from qingdan.lists.importing.columns import OFFICE, find
from qingdan.lists.importing.reading import read
from qingdan.lists.models import Item
from qingdan.lists.schema import LISTS

from .samples import HEADER, code, csv_bytes, xlsx_bytes

URL = "/lists/import/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "files")


@pytest.fixture
def office(client, district):
    client.force_login(district.clerk)
    return client


def row(n=1, name=None, office="甲局"):
    return [office, f"事项{n}" if name is None else name, code(n), "01", "0371-63526000"]


def send(client, data, kind="审批", name="表.csv"):
    return client.post(URL, {"kind": kind, "file": SimpleUploadedFile(name, data)})


def planned(client, *rows, kind="审批"):
    """Upload these lines; (address of the plan, its page as text)."""
    answer = send(client, csv_bytes([HEADER, *rows]), kind)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"], client.get(answer["Location"]).content.decode()


def digest_of(page):
    return re.search(r'name="digest" value="([0-9a-f]{64})"', page).group(1)


def test_a_stranger_is_sent_to_the_login_and_a_colleague_of_another_office_is_refused(client, district):
    assert client.get(URL).status_code == 302
    client.force_login(district.other)
    assert client.get(URL).status_code == 403
    assert client.get(URL + "x" * 24 + "/").status_code == 403
    assert send(client, b"x").status_code == 403


def test_the_whole_way_from_a_file_to_the_list(office):
    assert "导入清单" in office.get(URL).content.decode()
    url, page = planned(office, row(1), row(2), row(3, office="丙局"))
    assert "新增 <b>3</b>" in page and "将同时登记 1 个新单位" in page and "还没有写入" in page
    assert not Item.objects.exists()
    answer = office.post(url, {"digest": digest_of(page)}, follow=True)
    page = answer.content.decode()
    case = Case.objects.get()
    assert "新增 <b>3</b> 项" in page and case.number in page and reverse("portal:list", args=["shenpi"]) in page
    assert queries.counts()["审批"] == 3 and case.events.get().person.username == "zwb"
    assert not list(staging.folder().iterdir())


def test_an_xlsx_comes_in_by_the_same_way(office):
    answer = send(office, xlsx_bytes([HEADER, row(1)]), name="表.xlsx")
    assert "XLSX" in office.get(answer["Location"]).content.decode()


def test_a_second_click_and_a_reload_lead_to_the_same_case(office):
    url, page = planned(office, row(1))
    answers = [office.post(url, {"digest": digest_of(page)}, follow=True) for _ in range(3)]
    number = Case.objects.get().number
    assert all(number in answer.content.decode() for answer in [*answers, office.get(url)])


def test_a_click_that_comes_while_the_first_is_being_done_finds_its_case(office):
    url, page = planned(office, row(1))
    before = dict(office.session["imports"])
    office.post(url, {"digest": digest_of(page)})
    session = office.session
    session["imports"] = before
    session.save()
    assert Case.objects.get().number in office.post(url, {"digest": digest_of(page)}).content.decode()


def test_refused_lines_stop_the_import_until_they_are_left_out_by_choice(office):
    url, page = planned(office, row(1), row(1), row(2, name=""))
    assert "编码与第 2 行重复" in page and "缺少名称" in page and "我已核对：被拒绝的行不导入" in page
    answer = office.post(url, {"digest": digest_of(page)})
    assert answer.status_code == 409 and "有 2 行被拒绝" in answer.content.decode() and not Item.objects.exists()
    office.post(url, {"digest": digest_of(page), "leave_out": "on"})
    assert Item.objects.count() == 1


def test_a_plan_that_data_moved_under_is_shown_anew(office):
    first, page = planned(office, row(1))
    second, other = planned(office, row(2))
    office.post(second, {"digest": digest_of(other)})
    answer = office.post(first, {"digest": digest_of(page)})
    again = answer.content.decode()
    assert answer.status_code == 409 and "数据已变动" in again and Item.objects.count() == 1
    office.post(first, {"digest": digest_of(again)})
    assert Item.objects.count() == 2


@pytest.mark.parametrize("digest", ["", "x", "0" * 64, "0" * 70])
def test_a_commit_without_the_digest_of_the_plan_is_refused(office, digest):
    url, _ = planned(office, row(1))
    assert office.post(url, {"digest": digest}).status_code == 409
    assert not Item.objects.exists()


def test_a_change_shows_before_and_after(office):
    url, page = planned(office, row(1))
    office.post(url, {"digest": digest_of(page)})
    assert "清单已与文件一致" in planned(office, row(1))[1]
    assert "没有可以导入的行" in planned(office, row(1), row(2, name=""))[1]
    _, page = planned(office, row(1, name="改名"))
    assert "<del>事项1</del> → <ins>改名</ins>" in page


def test_the_plan_is_filtered_and_paged(office):
    url, page = planned(office, *(row(n) for n in range(1, 60)), row(1))
    assert "第 1 / 2 页" in page and "编码与第 2 行重复" not in page
    assert "编码与第 2 行重复" in office.get(url, {"page": "2"}).content.decode()
    refused = office.get(url, {"result": "refuse"}).content.decode()
    assert "编码与第 2 行重复" in refused and "事项59" not in refused
    assert "这一类没有行" in office.get(url, {"result": "warned"}).content.decode()
    for odd in ({"page": "x"}, {"page": "-1"}, {"result": "zzz"}):
        assert office.get(url, odd).status_code == 200


def test_what_is_in_a_file_is_escaped(office):
    _, page = planned(office, row(1, name="<script>alert(1)</script>"))
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_an_upload_belongs_to_the_person_who_sent_it(office, client, district, django_user_model):
    from django.test import Client

    url, _ = planned(office, row(1))
    other = Client()
    other.force_login(district.clerk)
    answer = other.get(url, follow=True)
    assert "已不在暂存区" in answer.content.decode()
    assert office.get(URL + "../" * 3 + "etc/passwd/").status_code in (302, 403, 404)


def test_a_file_that_was_swept_asks_for_another_upload(office):
    url, page = planned(office, row(1))
    for file in staging.folder().iterdir():
        file.unlink()
    for answer in (office.get(url, follow=True), office.post(url, {"digest": digest_of(page)}, follow=True)):
        assert "已不在暂存区" in answer.content.decode()


def test_what_is_kept_too_long_is_swept(office, monkeypatch):
    planned(office, row(1))
    monkeypatch.setattr(staging, "KEPT", -1)
    staging.sweep()
    assert not list(staging.folder().iterdir())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.4", "PDF"),
        (b"PK\x03\x04xx", "已经损坏"),
        (b"a\x00b", "空字节"),
        (bytes(range(128, 256)) * 9, "认不出文件的编码"),
        ("部门,名称\n甲局,乙\n".encode(), "表头缺少“编码”列"),
        (csv_bytes([HEADER]), "表头下面没有内容"),
        (b"a,b\n" * 100_000, "超过 20000 行"),
        (b'"', "读不下去"),
    ],
)
def test_bad_files_get_a_sentence_and_the_choice_of_list_is_kept(office, data, said):
    answer = send(office, data)
    page = answer.content.decode()
    assert answer.status_code == 200 and said in page
    assert '<option value="审批" selected>' in page
    assert not Case.objects.exists()


def test_sixty_megabytes_are_refused_without_being_read(office, monkeypatch):
    monkeypatch.setattr("qingdan.lists.views.reading.read", lambda *a: pytest.fail("the file was read"))
    page = send(office, b"x" * (60 * 1024 * 1024)).content.decode()
    assert "60.0 MB，超过 20 MB" in page


@pytest.mark.parametrize("data", [{}, {"kind": "审批"}, {"kind": "无", "file": "x"}])
def test_a_form_that_is_not_filled_in_says_what_is_missing(office, data):
    answer = office.post(URL, data)
    assert answer.status_code == 200 and "还不能提交" in answer.content.decode()


def test_a_file_name_of_any_kind_is_only_shown(office):
    for name in ("../../etc/passwd.csv", "名" * 200 + ".csv", "a\u202eb.csv"):
        answer = send(office, csv_bytes([HEADER, row(1)]), name=name)
        assert answer.status_code in (200, 302)
    long = send(office, csv_bytes([HEADER, row(1)]), name="名" * 300 + ".csv")
    assert long.status_code in (200, 302)


@pytest.mark.parametrize("kind", LISTS.values(), ids=lambda k: k.slug)
def test_the_empty_spreadsheet_has_the_columns_of_the_list_and_comes_back_in(office, kind):
    answer = office.get(URL, {"template": kind.slug})
    table = read(answer.content, "x.xlsx")
    places = find(kind.key, table).places
    assert set(places) == {OFFICE, *(f.key for f in kind.fields)}
    assert office.get(URL, {"template": "nothing"}).status_code == 404


def test_the_plan_page_costs_the_same_whatever_the_number_of_lines(office, django_assert_max_num_queries):
    for n in (1, 3, 40):
        url, _ = planned(office, *(row(i) for i in range(1, n + 1)))
        with django_assert_max_num_queries(9):
            office.get(url)


def test_bytes_that_are_no_form_are_answered(office):
    answer = office.post(URL, data=io.BytesIO(b"\xff\xfe nonsense").read(), content_type="multipart/form-data; boundary=x")
    assert answer.status_code < 500
