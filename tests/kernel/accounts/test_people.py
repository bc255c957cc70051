"""账号: the list costs the same number of queries whatever the number of accounts, and tells each one's posts of today."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.kernel.offices.actions import appoint, create_person
from tests.kernel.policy.walking import as_, keepers

pytestmark = pytest.mark.django_db
PEOPLE = "/account/people/"


def test_账号页的查询次数不随人数增加(world):
    keepers()
    client = as_("sys_1")

    def asked():
        with CaptureQueriesContext(connection) as told:
            page = client.get(PEOPLE)
        assert page.status_code == 200
        return len(told), page.content.decode()

    few, page = asked()
    assert "城管局 经办人" in page
    for n in range(6):
        appoint(person=create_person(username=f"more_{n}", name=f"新来的{n}", by=None), office=world.bb.office, by=None, title="新岗位")
    many, page = asked()
    assert many == few and page.count("编办 新岗位") == 6
