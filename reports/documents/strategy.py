"""What a strategy prints: seven parts, then what stands behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.documents import Draw
from reports.documents.checklists import checklists
from reports.documents.decisions import decision
from reports.documents.room import in_one_line, sentences
from reports.documents.words import Entry, count, day, figure
from vbc.ui.blocks import blocks

# What a key point has room for.
MOST_NAMED, LONGEST_SENTENCE = 3, 200
MORE_ANNEXES = {
    "risks": "What may go wrong, and what is done about it",
    "passed-gates": "Steps taken with something still missing",
    "checklists": "Checklists used",
}


def context(snapshot: Mapping[str, Any], _draw: Draw) -> dict[str, Any]:
    """The parts, the decisions, the actions and the outcomes, ready to print."""
    elements = [_element(each) for each in snapshot["elements"]]
    decisions = [
        decision(each, number) for number, each in enumerate(snapshot["decisions"], start=1)
    ]
    used = checklists(snapshot)
    # Documents made before risks were printed have none.
    risks = [_risk(each) for each in snapshot.get("risks", ())]
    annexes = _annexes(
        {"risks": risks, "passed-gates": snapshot["passed_gates"], "checklists": used}
    )
    return {
        "area": snapshot["cycle"]["area"],
        "summary": blocks(snapshot["cycle"]["summary"]),
        "key_points": key_points(snapshot),
        "elements": elements,
        "decisions": decisions,
        "actions": [_action(each) for each in snapshot["actions"]],
        "outcomes": [_outcome(each) for each in snapshot["outcomes"]],
        "passed_gates": [{**each, "on": day(each["on"])} for each in snapshot["passed_gates"]],
        "risks": risks,
        "checklists": used,
        "annexes": annexes,
        "contents": _contents(elements, decisions, annexes),
    }


def key_points(snapshot: Mapping[str, Any]) -> list[dict[str, str]]:
    """What a board should take away, each with where it says more. Facts only, in plain words."""
    points = []
    for number, each in enumerate(snapshot["decisions"], start=1):
        record, key = each["record"], f"decision-{number}"
        if record and record["chosen_title"]:
            points.append({"text": f"We decided: {record['chosen_title']}.", "key": key})
        elif record:
            points.append({"text": f"We put a decision off: {each['title']}.", "key": key})
    will_not = next((e for e in snapshot["elements"] if e.get("will_not_commission")), None)
    if will_not:
        points.append(
            {
                "text": _will_not(will_not["will_not_commission"]),
                "key": "will-not-commission",
            }
        )
    if actions := snapshot["actions"]:
        dated = sorted(each["due_on"] for each in actions if each["due_on"])
        until = f", the last of them by {day(dated[-1])}" if dated else ""
        many = "One action follows" if len(actions) == 1 else _many(len(actions), "actions follow")
        points.append({"text": f"{many} from this{until}.", "key": "actions"})
    if outcomes := snapshot["outcomes"]:
        points.append({"text": _measures(outcomes), "key": "outcomes"})
    written = sum(bool(each["text"].strip()) for each in snapshot["elements"])
    if written < len(snapshot["elements"]):
        points.append(
            {"text": f"{count(written).capitalize()} of seven parts are written.", "key": "part-1"}
        )
    return points


def _measures(outcomes: list[Mapping[str, Any]]) -> str:
    """Which measures tell whether it worked, by their names, as far as a line has room for them."""
    names = [each["title"].strip().rstrip(".") for each in outcomes[:MOST_NAMED]]
    if len(outcomes) == 1:
        return f"One measure tells us whether it worked: {names[0]}."
    if more := len(outcomes) - MOST_NAMED:
        names += [f"and {count(more)} more"] if more > 0 else []
    return f"{_many(len(outcomes), 'measures')} tell us whether it worked: {'; '.join(names)}."


def _will_not(text: str) -> str:
    """What will not be commissioned, in the first sentence of it; where that is long, that it is
    said."""
    first = next(iter(sentences(in_one_line(text))), "").strip()
    if not first or len(first) > LONGEST_SENTENCE:
        return "We say plainly what we will not commission."
    says_so = first.casefold().startswith(("we will not ", "we do not ", "we no longer "))
    return first if says_so else f"What we will not commission: {first}"


def _many(number: int, things: str) -> str:
    return f"{count(number).capitalize()} {things}"


def _element(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **facts,
        "id": f"part-{facts['number']}",
        "blocks": blocks(facts["text"]),
        "asks_will_not": "will_not_commission" in facts,
        "will_not": blocks(facts.get("will_not_commission", "")),
    }


def _action(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {**facts, "due_on": day(facts["due_on"]) or "No date yet"}


def _outcome(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **facts,
        "baseline": figure(facts["baseline"]) or "Not measured yet",
        "baseline_on": day(facts["baseline_on"]),
        "hoped": figure(facts["hoped"]) or "Not said yet",
        "result": figure(facts["result"]) or "Not measured yet",
        "result_on": day(facts["result_on"]),
        "comment": blocks(facts["comment"]),
    }


def _risk(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {**facts, "next_look_on": day(facts["next_look_on"])}


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex that is there only where it says something, with the letter it then has."""

    key: str
    title: str
    letter: str


def _annexes(said: Mapping[str, list[Any]]) -> dict[str, Annex]:
    """Those that say something, by their keys, lettered after the three that are always there."""
    there = [key for key in MORE_ANNEXES if said[key]]
    return {
        key.replace("-", "_"): Annex(key, MORE_ANNEXES[key], letter)
        for key, letter in zip(there, "DEF", strict=False)
    }


def _contents(
    elements: list[dict[str, Any]],
    decisions: list[dict[str, Any]],
    annexes: Mapping[str, Annex],
) -> list[Entry]:
    entries = [Entry("in-short", "In short")]
    entries += [Entry(each["id"], each["label"], str(each["number"])) for each in elements]
    entries.append(Entry("decisions", "The decisions behind this strategy", "A"))
    entries += [Entry(each["id"], each["title"], level=2) for each in decisions]
    entries.append(Entry("actions", "Who does what by when", "B"))
    entries.append(Entry("outcomes", "How we will know whether it worked: the figures", "C"))
    entries += [Entry(each.key, each.title, each.letter) for each in annexes.values()]
    entries.append(Entry("about", "How this document was made"))
    return entries
