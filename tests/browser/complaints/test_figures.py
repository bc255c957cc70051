"""A telephone, 360 px wide, without script: nothing of complaints in numbers until 政务办 published a quarter; then what it saw beforehand, and nothing small."""

import os
from types import SimpleNamespace

import pytest

from qingdan.kernel import clock
from tests.browser.complaints.test_desk import fits
from tests.browser.desk import Desk
from tests.measures.complaints.room import Room
from tests.measures.complaints.test_figures import autumn
from tests.world import make_district

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def browser_context_args():
    return {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 360, "height": 740}, "java_script_enabled": False}


@pytest.fixture
def world(page, live_server, transactional_db):
    room = Room(make_district())
    autumn(room)
    return SimpleNamespace(room=room, desk=Desk(page, live_server), page=page)


def look(world, name=""):
    """The public page, reached from the start of the complaints."""
    world.page.context.clear_cookies()
    world.page.goto(f"{world.desk.url}/write/")
    world.page.get_by_role("link", name="投诉的统计").click()
    fits(world.page)
    if name and (where := os.environ.get("LOOKS")):
        world.page.screenshot(path=f"{where}/{name}.png", full_page=True)
    return world.page.inner_text("main")


def test_S46_政务办公布以前什么也没有_公布的和预览一样_撤下又没有(world):
    clock.set_fixed("2016-10-08T10:00")
    assert "还没有公布过投诉的统计" in look(world, "empty")
    page = world.page
    world.desk.enter("zwb_1", "2016-10-08")
    page.goto(f"{world.desk.url}/complaints/")
    page.get_by_role("link", name="公开统计").click()
    fits(page)
    page.get_by_role("link", name="2016年第三季度").click()
    fits(page)
    preview = page.locator("section:has(> #shown)").inner_text()
    page.get_by_label("理由").fill("第三季度多数已有结论")
    page.get_by_role("button", name="公布投诉统计").click()
    assert "已公布投诉统计：2016年第三季度" in page.inner_text("main")
    shown = look(world, "published")
    assert preview.partition("公众看到的")[2].strip() in shown and "下载这一季度的数字" in shown and "城管" not in shown
    world.desk.enter("zwb_1", "2016-10-09")
    page.goto(f"{world.desk.url}/complaints/figures/2016-3/")
    page.get_by_label("理由").fill("核对")
    page.get_by_role("button", name="撤下投诉统计").click()
    fits(page)
    assert "还没有公布过投诉的统计" in look(world)
