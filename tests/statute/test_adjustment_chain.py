"""调: the whole path with the dates of the regulation, 2016-06-07 to 2016-06-27."""

from tests.engine.play import BB, CGJ, DZZX, FZB, ZWB, Play


def test_第七条_自申请至公布_二〇一六年六月():
    """第七条（一）–（五）、第八条: 06-07 received; 转办 06-12, 审核 06-17, 核准 06-21, 确认 06-22, 转告 06-24, 公布 06-27, own site 06-27."""
    c = Play().cause("06-01").unit("apply", "06-07")
    assert c.open == [("D3", ZWB, "06-12")]
    c.refer("06-12", FZB, BB)
    assert c.open == [("D4", FZB, "06-17"), ("D4", BB, "06-17")]
    c.lead(FZB, "agree", "06-13").sweep("06-18")
    assert c.acts[-1] == ("deemed_agreed", "06-17")
    assert c.hows("D4") == [(FZB, "done"), (BB, "deemed")]
    assert c.open == [("D7", ZWB, "06-21")]
    c.office("approve", "06-21")
    assert c.open == [("D8", CGJ, "06-22")]
    c.sweep("06-23")
    assert c.acts[-1] == ("deemed_unopposed", "06-22")
    assert c.open == [("D10", ZWB, "06-24"), ("D12", CGJ, "06-27")]
    c.office("forward", "06-24")
    assert c.open == [("D11", DZZX, "06-27"), ("D12", CGJ, "06-27")]
    c.egov("publish", "06-27")
    assert c.open == [("D12", CGJ, "06-27")]
    c.unit("update_own_site", "06-27")
    assert c.open == []
    assert [(o.row.id, o.office) for o in c.s.owed if o.late(c.s.last)] == []
