"""What somebody who has the database and knows the algorithm can do: write the past anew so that everything fits again, cut the tail."""

from __future__ import annotations

import json

from qingdan.kernel.clock import datetime, legal_day
from qingdan.kernel.ledger import canonical, merkle
from qingdan.kernel.ledger.closing import ACT


def rewrite(sql, seq, change, roots=True):
    """`change(body)` of event `seq` and the whole chain after it; `roots`: the days' roots with it. Returns the new last head."""
    head, days = "", {}
    for n, body, salt, alg in sql("SELECT seq, body, salt, alg FROM ledger_event ORDER BY seq"):
        told = json.loads(body)
        if n == seq:
            change(told)
        if roots and told["act"] == ACT:
            leaves, last, after = days[told["facts"]["day"]]
            told["facts"] |= {"count": len(leaves), "root": merkle.root(told["facts"]["alg"], leaves), "seq": last, "head": after}
        text = canonical.text(told)
        leaf = canonical.leaf(alg, n, salt, text)
        head = canonical.chain(alg, head, leaf)
        day = str(legal_day(datetime.fromisoformat(told["at"])))
        days[day] = ([*days.get(day, ([],))[0], leaf], n, head)
        quoted = text.replace("'", "''").replace("%", "%%")
        sql(f"UPDATE ledger_event SET body = '{quoted}', head = '{head}' WHERE seq = {n}")
    sql(f"UPDATE ledger_head SET head = '{head}'")
    return head


def cut(sql, seq):
    """Everything after this event is gone, and the recorded tip says that nothing is missing."""
    sql(f"DELETE FROM ledger_event WHERE seq > {seq}")
    sql(f"UPDATE ledger_head SET seq = {seq}, head = (SELECT head FROM ledger_event WHERE seq = {seq})")
