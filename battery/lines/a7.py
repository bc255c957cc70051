"""a7: two people, one case, one moment. One of them wins; the other is told so, and what was typed is kept."""

from __future__ import annotations

from battery.line import BOTH, Run, line
from battery.meeting import together
from battery.model import Model, Told, events
from battery.people import Browser, typed
from battery.product import module, serving
from battery.walking import WRITES

RACES = (("zwb", "refer", "return_once"), ("bb", "agree", "agree_amended"), ("fzb", "agree", "disagree"), ("zwb", "approve", "refuse"))
LAST = {"approve": ("confirm", "object"), "refuse": ("accept_refusal", "object_refusal")}


@line("a7", "two clerks of an office, one case, one moment: 转办, two bodies' 审核, 核准 and 确认, each won by one",
      engines=BOTH, least={"rounds": 1000, "won": 1000, "kept": 1000})  # fmt: skip
def races(run: Run) -> None:
    model, cases = Model(), run.times(230)
    module(run, "battery.world", "applied", str(cases))
    first = [e.case for e in events(run) if e.act == "apply"]
    with serving(run) as product:
        people = {f"{office}_{i}": Browser(product.port).log_in(f"{office}_{i}") for office in ("zwb", "bb", "fzb", "cg") for i in (1, 2)}
        for number in first:
            model.scripts[number] = _one_case(run, model, people, str(number))
        run.none("pages_broken", product.broken())
    model.check(run)


def _one_case(run: Run, model: Model, people: dict[str, Browser], number: str) -> list[str]:
    script, won = [*WRITES["apply"]], ""
    for office, one, other in RACES:
        if one == "refer" and len(model.scripts) % 10:  # else half of all cases would end here
            other = "refer"
        won = _race(run, model, people, number, office, one, other)
        script.append(won)
        if won == "return_once":
            return script
    script.append(_race(run, model, people, number, "cg", *LAST[won]))
    return script


def _race(run: Run, model: Model, people: dict[str, Browser], number: str, office: str, *acts: str) -> str:
    """Both have the form before them; both send it at once. Returns what was done."""
    pairs = list(zip((people[f"{office}_1"], people[f"{office}_2"]), run.random.sample(acts, 2), strict=True))
    forms = [(b, f"/adjustment/{number}/{act}/", act) for b, act in pairs]
    sent = [(b, address, act, typed(b.form(address), opinion=f"意见 {run.random.getrandbits(48):012x}")) for b, address, act in forms]
    answers = together(*[lambda b=b, a=a, f=f: b.patient(lambda: b.post(a, f)) for b, a, _, f in sent])
    run.count("rounds")
    winners = [s for s, a in zip(sent, answers, strict=True) if getattr(a, "status", 0) == 302]
    losers = [(s, a) for s, a in zip(sent, answers, strict=True) if getattr(a, "status", 0) == 422]
    run.count("won", int(len(winners) == 1))
    run.none("not_one_winner", [] if len(winners) == 1 else [f"{number}: {acts}: {[getattr(a, 'status', repr(a)) for a in answers]}"])
    for (_, _, act, fields), answer in losers:
        kept = fields["opinion"] == answer.value("opinion") and "已由" in answer.tight
        run.count("kept", int(kept))
        run.none("not_kept", [] if kept else [f"{number}: {act}: {answer.text[:300]}"])
    for _, _, act, fields in winners:
        model.acks.append(Told(number, act, fields["key"][0], fields["opinion"]))
    return winners[0][2] if winners else acts[0]
