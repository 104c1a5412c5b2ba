"""What an involvement report prints: who was asked, what they said, what we did or why not."""

from collections.abc import Iterator, Mapping
from typing import Any

from cycles.enums import ActionStatus
from cycles.presenters.involvement import GAP, LATER, NONE, YES
from reports.documents import Draw
from reports.documents.words import Entry, count, day
from vbc.ui.blocks import blocks
from vbc.ui.sentences import joined

SECTIONS = {
    "why": "Why people were involved",
    "asked": "Who was asked, and how",
    "said": "You said, we did",
    "became": "What the panel said, and what became of it",
    "decided": "What was decided, and who does what",
    "open": "What is still open",
    "learned": "What we learned",
    "matrix": "Where people took part",
}
STATES = {YES: "Yes", LATER: "Comes later", NONE: "Not part of it"}


def context(snapshot: Mapping[str, Any], _draw: Draw) -> dict[str, Any]:
    """The sections in their order, ready to print."""
    calls = [_call(each) for each in snapshot["calls"]]
    events = [_event(each) for each in snapshot["events"]]
    still_open = list(_open(snapshot))
    return {
        "area": snapshot["cycle"]["area"],
        "summary": blocks(snapshot["cycle"]["summary"]),
        "key_points": _key_points(snapshot, still_open),
        "key_points_heading": "In a few lines",
        "duty": snapshot["duty"],
        "calls": calls,
        "events": events,
        "events_not_shared": _not_shared(snapshot["events_not_shared"]),
        "meetings": _meetings(snapshot["meetings"]),
        "seldom_heard_head": ["Who", "What we set out to do", "How many came"],
        "counted_head": ["What was said", "How many people"],
        "became_head": ["What became of it", "How many contributions"],
        "seldom_heard": [
            [each["name"], each["target"], each["reached"]] for each in snapshot["seldom_heard"]
        ],
        "answered": [each for each in calls if each["is_answered"]],
        "quotes": snapshot["quotes"],
        "taken_back": _taken_back(snapshot["quotes_withdrawn"]),
        "contributions": _contributions(snapshot["contributions"]),
        "decisions": [
            {**each, "recorded_on": day(each["recorded_on"])} for each in snapshot["decisions"]
        ],
        "actions": [
            {**each, "due_on": day(each["due_on"]) or "No date yet"} for each in snapshot["actions"]
        ],
        "still_open": still_open,
        "learned": [blocks(each) for each in snapshot["learned"]],
        "matrix": _matrix(snapshot),
        "gaps": _gaps(snapshot),
        "sections": _sections(),
        "contents": _contents(),
    }


def _sections() -> dict[str, Entry]:
    return {
        key: Entry(key, title, str(number))
        for number, (key, title) in enumerate(SECTIONS.items(), start=1)
    }


def _contents() -> list[Entry]:
    return [
        Entry("in-short", "In short"),
        *_sections().values(),
        Entry("about", "How this document was made"),
    ]


def _call(facts: Mapping[str, Any]) -> dict[str, Any]:
    """One call with what was said and done; `state` says where it stands."""
    opens, closes = day(facts["opens_on"]), day(facts["closes_on"])
    if not facts["is_closed"]:
        state = f"Anybody can answer from {opens} until {closes}, at {facts['address']}."
    elif facts["is_answered"]:
        state = f"It was open from {opens} until {closes}. {_people(facts['how_many'])} answered."
    else:
        state = (
            f"It was open from {opens} until {closes}. People were promised to hear by "
            f"{day(facts['hear_by'])}."
        )
    return {
        **facts,
        "why": blocks(facts["why"]),
        "state": state,
        "themes": [[each["label"], _people(each["how_many"])] for each in facts["themes"]],
        "chosen": [
            {
                "question": each["question"],
                "rows": [[one["label"], _people(one["how_many"])] for one in each["answers"]],
            }
            for each in facts["chosen"]
        ],
        "responses": [
            {
                "theme": each["theme"] or "All that was said",
                "you_said": blocks(each["you_said"]),
                "we_did": blocks(each["we_did"]),
            }
            for each in facts["responses"]
        ],
    }


def _people(how_many: str) -> str:
    """ "At least 10 people"."""
    return f"{_capital(how_many)} people"


def _event(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **facts,
        "held_on": day(facts["held_on"]),
        "said": blocks(facts["said"]),
        "came_of_it": blocks(facts["came_of_it"]),
        "could_not": blocks(facts["could_not"]),
    }


def _not_shared(number: int) -> str:
    held = _counted(number, "more event was", "more events were", "held")
    return f"{held[0]} What was said there is told to the panel alone so far." if held else ""


def _taken_back(number: int) -> str:
    """So that nobody looks for them in vain; empty where none was."""
    back = _counted(number, "quotation was", "quotations were", "taken back by who had told us")
    return f"{back[0]} What was taken back is not printed." if back else ""


def _meetings(facts: Mapping[str, Any] | None) -> str:
    if facts is None:
        return ""
    first, last = day(facts["first_on"]), day(facts["last_on"])
    if facts["number"] == 1:
        return f"It met once, on {first}."
    return f"It met {count(facts['number'])} times, from {first} to {last}."


def _contributions(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "how_many": _capital(facts["how_many"]),
        "rows": [[each["label"], _capital(each["how_many"])] for each in facts["outcomes"]],
        "together": [{**each, "blocks": blocks(each["answer"])} for each in facts["together"]],
    }


def _key_points(snapshot: Mapping[str, Any], still_open: list[str]) -> list[dict[str, str]]:
    """What there is to read, each with where. Facts only."""
    events = len(snapshot["events"]) + snapshot["events_not_shared"]
    recorded = sum(each["is_recorded"] for each in snapshot["decisions"])
    is_told = snapshot["events"] or any(each["is_answered"] for each in snapshot["calls"])
    how_many = snapshot["contributions"]["how_many"]
    points = {
        "asked": _counted(
            len(snapshot["calls"]), "call for views was", "calls for views were", "put out"
        )
        + _counted(events, "event was", "events were", "held to ask people"),
        "said": ["What was said stands beside what we did, or why not."] if is_told else [],
        "became": [f"{_capital(how_many)} contributions of the panel stand."],
        "decided": _counted(recorded, "decision was", "decisions were", "recorded"),
        "open": _counted(len(still_open), "thing is", "things are", "still open"),
    }
    return [{"text": text, "key": key} for key, texts in points.items() for text in texts]


def _counted(number: int, one: str, many: str, rest: str) -> list[str]:
    """A sentence that begins with how many, in words; none where there is nothing."""
    words = one if number == 1 else many
    return [f"{_capital(count(number))} {words} {rest}."] if number else []


def _open(snapshot: Mapping[str, Any]) -> Iterator[str]:
    """What nobody has been answered or told yet, and what is not done."""
    for call in snapshot["calls"]:
        if not call["is_closed"]:
            yield f"“{call['title']}” can be answered until {day(call['closes_on'])}."
        elif not call["is_answered"]:
            yield (
                f"“{call['title']}” has closed, and it is not out yet what came of it. People were "
                f"promised to hear by {day(call['hear_by'])}."
            )
    if snapshot["contributions"]["is_any_waiting"]:
        waiting = snapshot["contributions"]["outcomes"][-1]["how_many"]
        yield f"{_capital(waiting)} contributions of the panel wait for an answer."
    for decision in snapshot["decisions"]:
        if not decision["is_recorded"]:
            yield f"“{decision['title']}” is not decided yet."
    done = {ActionStatus.DONE, ActionStatus.STOPPED}
    left = sum(each["status"] not in done for each in snapshot["actions"])
    yield from _counted(left, "action is", "actions are", "not done yet")


def _matrix(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """A table with a row for each level and a column for each stage."""
    stages = snapshot["matrix"]
    rows = []
    for place, level in enumerate(stages[0]["levels"]):
        cells = [_state(snapshot, stage, stage["levels"][place]) for stage in stages]
        rows.append([level["label"], *cells])
    return {"head": ["How people take part", *(each["label"] for each in stages)], "rows": rows}


def _state(snapshot: Mapping[str, Any], stage: Mapping[str, Any], level: Mapping[str, Any]) -> str:
    if level["state"] == GAP:
        return "Not yet" if stage["stage"] == snapshot["cycle"]["stage"] else "Missing"
    return STATES[level["state"]]


def _gaps(snapshot: Mapping[str, Any]) -> str:
    """The gaps of the table in a sentence, stage by stage."""
    found = []
    for stage in snapshot["matrix"]:
        gaps = [each["label"].lower() for each in stage["levels"] if each["state"] == GAP]
        if gaps:
            found.append(f"in {stage['label']}, {joined(gaps)}")
    if not found:
        return "Up to now there is no gap."
    return f"Where nothing is told yet: {'; '.join(found)}."


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
