"""Whole cases lived in one process, an acknowledgement on standard error after each commit: what the power cut (a3) traces.

`python -m battery.acting CASES`; an acknowledgement is `ACK key` or `ACK key sha256` where a file went with the act.
"""

from __future__ import annotations

import hashlib
import os
import sys
from datetime import date
from typing import Any


def main(cases: int) -> None:
    import django

    django.setup()
    from qingdan.lists.models import Item

    from .world import code_of

    for n in range(1, cases + 1):
        _live(n, Item.objects.get(code=code_of(n)))


def _live(n: int, item: Any) -> None:
    from django.core.files.base import ContentFile

    from qingdan.kernel.files.store import keep
    from qingdan.kernel.offices.models import Office, Person
    from qingdan.measures.adjustment import actions, publishing
    from tests.kernel.files.samples import PNG
    from tests.measures.room import Room

    offices = {o.code: o for o in Office.objects.all()}
    people = {code: Person.objects.get(username=f"{code}_1") for code in ("cg", "zwb", "bb", "fzb", "dzzw")}
    done = 0

    def who(code: str) -> dict[str, Any]:
        nonlocal done
        done += 1
        return {"by": people[code], "office": offices[code], "key": f"cut-{n}-{done}"}

    def ack(sha: str = "") -> None:
        os.write(2, f"ACK cut-{n}-{done} {sha}".strip().encode())

    def kept() -> tuple[Any, str]:
        data = PNG + os.urandom(5000)
        return keep(ContentFile(data, "页面.png")), hashlib.sha256(data).hexdigest()

    case = actions.apply_new(Room(None).ask(item, promised="3"), **who("cg"))
    ack()
    actions.refer(case, [offices["bb"], offices["fzb"]], "请审核", **who("zwb"))
    ack()
    for code, act in (("bb", "agree"), ("fzb", "agree"), ("zwb", "approve"), ("cg", "confirm"), ("zwb", "forward")):
        actions.approve(case, "同意", **who(code)) if act == "approve" else actions.say(case, act, "同意", **who(code))
        ack()
    page, sha = kept()
    receipt = publishing.Receipt("金电政回〔2016〕1号", date(2016, 6, 7), "http://zwfw.example/1", page)
    publishing.publish(case, "首页", receipt, **who("dzzw"))
    ack(sha)
    page, sha = kept()
    publishing.update_own_site(case, "网站", url="http://zwfw.example/1", page=page, **who("cg"))
    ack(sha)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "battery.settings"
    main(int(sys.argv[1]))
