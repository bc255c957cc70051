"""a9: a mail server that refuses, is silent, breaks off; a worker killed between sending and marking. At least once, always with the same id."""

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection

from qingdan.kernel import clock
from qingdan.kernel.ledger import runner
from qingdan.kernel.notices import posting
from qingdan.kernel.notices.models import Letter
from qingdan.kernel.notices.posting import post_letters
from tests.kernel.ledger.worlds import begin, together
from tests.kernel.notices.sink import DEAF, DYING, GOOD, REFUSING, SILENT, sink

DAY = "2016-06-07"


@pytest.fixture
def server(settings):
    with sink() as found:
        settings.MAIL_FROM = "qingdan@example.gov.cn"
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = found.server_address
        yield found


@pytest.fixture
def letters(district):
    def write(n=1):
        with clock.frozen(f"{DAY}T09:00"):
            at = clock.now()
            return Letter.objects.bulk_create(
                Letter(key=f"k{i}", message_id=f"<{i}@qingdan>", person=district.cg.person, address=f"a{i}@example.gov.cn",
                       subject="五单一网：一项提醒", body="调2016-0001：提交调整申请。\n", made=at, next_try=at)
                for i in range(n)
            )  # fmt: skip

    return write


def posted(hour="09:00", day=DAY):
    with clock.frozen(f"{day}T{hour}"):
        return post_letters()


def one():
    return Letter.objects.get()


@pytest.mark.django_db
def test_a_letter_arrives_once_with_its_id_and_is_marked(server, letters):
    letters(3)
    assert posted() == 3 and posted("09:30") == 0
    assert [(i, to) for i, to, *_ in server.got] == [(f"<{n}@qingdan>", f"a{n}@example.gov.cn") for n in range(3)]
    assert server.got[0][2:] == ("五单一网：一项提醒", "调2016-0001：提交调整申请。\r\n")
    assert not Letter.objects.filter(sent=None).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("mode", [REFUSING, DYING])
def test_what_did_not_arrive_is_tried_again_later_and_later(server, letters, mode):
    letters()
    server.mode = mode
    assert posted() == 0
    first = one()
    assert first.sent is None and first.tries == 1 and first.trouble and "example" not in first.trouble
    assert posted("09:00") == 0 and one().tries == 1, "not before its time"
    assert posted("09:02") == 0
    assert one().tries == 2 and one().next_try - first.next_try > first.next_try - first.made
    server.mode = GOOD
    assert posted("15:00") == 1
    assert [i for i, *_ in server.got] == ["<0@qingdan>"] and one().trouble == ""


@pytest.mark.django_db
def test_a_letter_taken_whose_receipt_never_came_is_sent_again_with_the_same_id(server, letters):
    letters()
    server.mode = DEAF
    assert posted() == 0
    server.mode = GOOD
    assert posted("09:30") == 1
    assert [i for i, *_ in server.got] == ["<0@qingdan>", "<0@qingdan>"]


@pytest.mark.django_db
def test_a_worker_that_dies_between_sending_and_marking_is_followed_by_one_that_sends_again(server, letters, monkeypatch):
    letters()

    class Killed(BaseException):
        pass

    real = posting.EmailMessage.send

    def last(message):
        real(message)
        raise Killed

    with monkeypatch.context() as only:
        only.setattr(posting.EmailMessage, "send", last)
        with pytest.raises(Killed):
            posted()
    assert one().sent is None and posted("09:05") == 0, "claimed: its time has not come"
    assert posted("09:11") == 1
    assert [i for i, *_ in server.got] == ["<0@qingdan>", "<0@qingdan>"]


@pytest.mark.django_db
def test_a_silent_server_is_left_and_nothing_is_open_meanwhile(server, letters, monkeypatch, district):
    """Acts go on: while the server is silent no transaction is open, and an act is recorded."""
    letters(2)
    server.mode = SILENT
    monkeypatch.setattr(posting, "TIMEOUT", 0.3)
    seen = []

    def opening(backend):
        seen.append(connection.in_atomic_block and len(connection.savepoint_ids))
        begin(district, day=f"{DAY}T09:00")
        return real(backend)

    real = EmailBackend.open
    before = connection.in_atomic_block and len(connection.savepoint_ids)
    monkeypatch.setattr(EmailBackend, "open", opening)
    assert posted() == 0
    assert seen == [before], "no transaction but that of the test"
    assert {x.trouble for x in Letter.objects.all()} == {"邮件服务器连接不上"} and {x.tries for x in Letter.objects.all()} == {0}
    server.mode = GOOD
    server.waiting.set()
    assert posted("09:30") == 2


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_send_each_letter_once(server, letters):
    letters(30)
    with clock.frozen(f"{DAY}T09:00"):
        together(*[post_letters for _ in range(4)])
    assert sorted(i for i, *_ in server.got) == sorted(f"<{n}@qingdan>" for n in range(30))


@pytest.mark.django_db
def test_where_no_mail_is_set_up_nothing_is_sent(server, letters, settings):
    letters()
    settings.MAIL_FROM = ""
    assert posted() == 0 and server.got == []


def test_the_running_product_posts_beside_its_ticks_and_a_failure_is_logged(monkeypatch, caplog):
    done = []

    def failing():
        raise OSError("broken")

    monkeypatch.setattr(runner, "close_old_connections", lambda: None)
    monkeypatch.setattr(runner, "BESIDE", [failing, lambda: done.append(1)])
    runner.beside_safely()
    assert done == [1] and "另行办理的工作出错" in caplog.text


def test_post_letters_is_one_of_what_is_done_beside():
    assert post_letters in runner.BESIDE
