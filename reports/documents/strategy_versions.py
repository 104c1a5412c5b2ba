"""A strategy on one page, and in easy words."""

from collections.abc import Mapping
from typing import Any

from cycles.enums import ActionStatus, StrategyElement
from reports.documents import Draw, easy_read, one_page
from reports.documents.decisions import against_whom
from reports.documents.easy_read import Part, said
from reports.documents.one_page import Row, Section, item, line
from reports.documents.words import count, day, figure

ENDED = {ActionStatus.DONE, ActionStatus.STOPPED}
# The seven parts as a neighbour would ask for them, each with its picture.
IN_EASY_WORDS: dict[str, tuple[str, str]] = {
    StrategyElement.PURPOSE: ("What we want", "people"),
    StrategyElement.GUIDANCE: ("What the law says", "book"),
    StrategyElement.NEEDS: ("What people need", "people"),
    StrategyElement.SERVICES: ("The help there is now", "house"),
    StrategyElement.RESEARCH: ("What research says", "book"),
    StrategyElement.CHANGES: ("What will change", "tick"),
    StrategyElement.MONITORING: ("How we will know if it worked", "question"),
}
WILL_NOT = "What we will not pay for"


def on_one_page(snapshot: Mapping[str, Any], _draw: Draw) -> dict[str, Any]:
    """What it is about, what was decided and what each pillar said, and what happens next."""
    recorded = [each for each in snapshot["decisions"] if each["record"]]
    still_open = [each for each in snapshot["decisions"] if not each["record"]]
    will_not = next(
        each.get("will_not_commission", "")
        for each in snapshot["elements"]
        if each["key"] == StrategyElement.CHANGES
    )
    sections = [
        Section(
            "What this is about",
            [one_page.text(snapshot["cycle"]["summary"], least=2, missing="This is not written.")],
        ),
        Section(
            "What was decided, and what each pillar said of it",
            [] if recorded else [line("No decision is recorded yet."), one_page.pillars({})],
            [
                *map(_decided, recorded),
                *([item(f"Still to be decided: {each['title']}")] for each in still_open),
            ],
            one_page.more("decision", "decisions"),
        ),
        Section(
            "What we will not commission",
            [one_page.text(will_not, missing="This is not written yet.")],
        ),
        _next(snapshot["actions"]),
    ]
    if snapshot["outcomes"]:
        measured = [[item(_outcome(each))] for each in snapshot["outcomes"]]
        more = one_page.more("measure", "measures")
        sections.append(Section("How we will know whether it worked", (), measured, more))
    return {
        "area": snapshot["cycle"]["area"],
        **one_page.page(
            snapshot,
            subtitle=f"On one page, for {snapshot['cycle']['area']}",
            ask=one_page.whom_to_ask(snapshot["cycle"]),
            sections=sections,
        ),
    }


def in_easy_words(snapshot: Mapping[str, Any], _draw: Draw) -> dict[str, Any]:
    """The parts that people wrote easy words for, and a few facts in short sentences."""
    parts: list[Part] = []
    missing: list[str] = []
    for element in snapshot["elements"]:
        heading, symbol = IN_EASY_WORDS[element["key"]]
        parts_of = [(heading, symbol, element.get("easy_text", ""))]
        if element["key"] == StrategyElement.CHANGES:
            parts_of.append((WILL_NOT, "stop", element.get("easy_will_not_commission", "")))
        for each_heading, each_symbol, words in parts_of:
            if words.strip():
                parts.append(Part(each_heading, each_symbol, said(words)))
            else:
                missing.append(each_heading)
    cycle = snapshot["cycle"]
    return {
        "area": cycle["area"],
        **easy_read.document(
            snapshot,
            about=[
                f"This is a plan for {cycle['area']}.",
                "It is about help with mental health.",
                "It says what will change, and why.",
            ],
            parts=parts,
            missing=missing,
            after=[
                easy_read.PILLARS,
                Part("What we decided", "tick", _decisions_in_short(snapshot["decisions"])),
                Part("What happens next", "calendar", _next_in_short(snapshot)),
            ],
        ),
    }


def _decided(facts: Mapping[str, Any]) -> list[Row]:
    """A decision with the sentence of each pillar on what was chosen, and who sees it otherwise."""
    record = facts["record"]
    chosen = next((each for each in facts["options"] if each["key"] == record["chosen"]), None)
    if chosen is None:
        return [one_page.strong(f"We put this off: {facts['title']}")]
    rows = [
        one_page.strong(f"{_asked(facts['title'])} {record['chosen_title']}"),
        one_page.pillars({each["pillar"]: each["text"] for each in chosen["sentences"]}),
    ]
    notes = []
    if record["against_pillar_reason"]:
        notes.append(f"{against_whom(record)}. Why is in the whole document.")
    if facts["minority_statements"]:
        notes.append("Not everybody agrees. Their own words are in the whole document.")
    if answers := facts.get("board_answers"):
        notes.append(f"{answers[0]['body']} answered: {answers[0]['answer_label']}.")
    return [*rows, line(" ".join(notes), most=4)] if notes else rows


def _asked(title: str) -> str:
    """A title with what is decided after it."""
    return title if title.endswith(("?", ":")) else f"{title.rstrip('.')}:"


def _next(actions: list[Mapping[str, Any]]) -> Section:
    heading = "What happens next"
    if not actions:
        return Section(heading, [line("No action has been agreed yet.")])
    coming = [each for each in actions if each["status"] not in ENDED]
    if not coming:
        return Section(heading, [line("Nothing that was agreed is still to be done.")])
    things = [[item(_action(each))] for each in coming]
    return Section(heading, (), things, one_page.more("action", "actions"))


def _action(facts: Mapping[str, Any]) -> str:
    who = facts["owner"] or "Nobody has taken it on yet"
    when = f"by {day(facts['due_on'])}" if facts["due_on"] else "no date yet"
    return f"{facts['title'].rstrip('.')}. {who}, {when}."


def _outcome(facts: Mapping[str, Any]) -> str:
    figures = [
        f"{figure(facts[key])} {words}"
        for key, words in (
            ("baseline", "where we started"),
            ("hoped", "hoped for"),
            ("result", "measured"),
        )
        if facts[key] is not None
    ]
    title = f"{facts['title'].rstrip('.')} ({facts['unit']})"
    return f"{title}: {', '.join(figures)}. {facts['in_words']}." if figures else f"{title}."


def _decisions_in_short(decisions: list[Mapping[str, Any]]) -> list[str]:
    recorded = [each for each in decisions if each["record"]]
    chosen = sum(bool(each["record"]["chosen_title"]) for each in recorded)
    put_off = len(recorded) - chosen
    if not recorded:
        return ["We have not decided anything yet."]
    lines = []
    if chosen:
        lines.append(
            "We made one decision." if chosen == 1 else f"We made {count(chosen)} decisions."
        )
    if put_off:
        lines.append(f"We put off {count(put_off)}. We will decide later.")
    lines.append("The long document says what we decided, and why.")
    if any(each["minority_statements"] for each in recorded):
        lines.append("Not everybody agreed. What they say is in the long document too.")
    return lines


def _next_in_short(snapshot: Mapping[str, Any]) -> list[str]:
    coming = [each for each in snapshot["actions"] if each["status"] not in ENDED]
    dates = sorted(each["due_on"] for each in coming if each["due_on"])
    if not snapshot["actions"]:
        lines = ["We have not said yet what will be done."]
    elif not coming:
        lines = ["Nothing is still to be done."]
    elif len(coming) == 1:
        lines = ["One thing will be done."]
    else:
        lines = [f"{count(len(coming)).capitalize()} things will be done."]
    if dates:
        which = "It" if len(coming) == 1 else "The last one"
        lines.append(f"{which} should be done by {day(dates[-1])}.")
    if snapshot["outcomes"]:
        lines.append("Then we look at numbers to see if it worked.")
    return lines
