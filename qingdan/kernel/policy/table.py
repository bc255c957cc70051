"""The declared policy as a table for readers: in Markdown for people, in CSV for their own tools. Nothing here decides anything."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from qingdan.statute.labels import label

from .audiences import DEMONSTRATION, Audience
from .declared import DECLARED, SEND, Page

COLUMNS = ("页面", "名称", "网址", "可以使用的人", "方法", "范围", "再次确认")
HEAD = """# 谁可以使用哪一页

本表由 `qingdan policy` 按 `qingdan/kernel/policy/declared.py` 生成，测试核对两者一致。没有列在表中的网址对任何人都不开放。

对每一页、每个人、每种方法，系统只有下列几种答复：

| 情形 | 答复 |
|---|---|
| 属于“可以使用的人”，方法列在表中 | 办理；“范围”以外的对象与不存在的对象一样，答“没有这一页”（404） |
| 属于“可以使用的人”，方法没有列在表中 | 不接受这种访问方式（405），不写入任何内容 |
| 没有登录，页面不对公众开放 | 转到登录页（302） |
| 已经登录，不属于“可以使用的人” | 说明只供谁使用（403） |
| 表中写明“再次确认”，最近 15 分钟没有证明过身份 | 先请本人再次证明身份（403），所填内容保留，不写入任何内容 |
| 提交（POST、PUT、PATCH、DELETE）没有页面凭证 | 页面已经过期（403），不写入任何内容 |
| 网址没有登记 | 不对任何人开放（403） |

账号停用、任职终止、单位撤销的，从下一次请求起即按没有登录或者没有任职处理。
"""


def addresses() -> dict[str, str]:
    """URL name → address, its variable parts in angle brackets."""
    return dict(_walk(get_resolver(), "/", ()))


def _walk(resolver: URLResolver, before: str, spaces: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        where = before + _plain(str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield ":".join((*spaces, str(pattern.name))), where
        else:
            yield from _walk(pattern, where, (*spaces, pattern.namespace) if pattern.namespace else spaces)


def _plain(route: str) -> str:
    named = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", route)
    return re.sub(r"<\w+:(\w+)>", r"<\1>", named).removeprefix("^").removesuffix("$").replace("/?", "")


def lines() -> list[tuple[str, ...]]:
    """One line a page, in the order of the declaration."""
    where = addresses()
    return [_line(name, page, "只在演示系统中" if page.audience is DEMONSTRATION else where[name]) for name, page in DECLARED.items()]


def _line(name: str, page: Page, where: str) -> tuple[str, ...]:
    return page.what, name, where, page.audience.name, "、".join(page.methods), page.within, _sure(page)


def _sure(page: Page) -> str:
    when = {(): "", SEND: "提交时"}.get(page.sure, "打开和提交时" if "POST" in page.sure else "打开时")
    return f"{'、'.join(map(label, page.acts))}，{when}" if page.acts else when


def audiences() -> list[Audience]:
    """Those that are used, each once, in the order of their first use."""
    return list({page.audience.key: page.audience for page in DECLARED.values()}.values())


def as_markdown() -> str:
    out = [HEAD, _row(("可以使用的人", "说明")), "|---|---|"]
    out += [_row((a.name, a.description)) for a in audiences()]
    out += ["", _row(COLUMNS), "|---" * len(COLUMNS) + "|"]
    out += [_row((what, f"`{name}`", f"`{where}`" if where.startswith("/") else where, *more)) for what, name, where, *more in lines()]
    return "\n".join(out) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def as_csv() -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([COLUMNS, *lines()])
    return out.getvalue()
