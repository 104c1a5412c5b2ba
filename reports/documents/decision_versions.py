"""A decision on one page, and in easy words."""

from collections.abc import Mapping, Sequence
from typing import Any

from reports.documents import Draw, easy_read, one_page
from reports.documents.decision_record import one
from reports.documents.decisions import NOTHING_SAID, against_whom, feels_heard
from reports.documents.easy_read import PILLARS, Part, said
from reports.documents.one_page import Row, Section, Thing, item, line
from reports.documents.room import in_one_line
from reports.documents.words import count, day
from stakeholders.enums import Pillar

NO_STATEMENT = "No member has put a statement beside this record."
# What somebody writes easy words of, with the picture that stands beside it.
IN_EASY_WORDS = {
    "question": ("What we asked", "question"),
    "why": ("Why we asked", "people"),
    "decided": ("What we decided, and why", "tick"),
}
WHAT_EACH_SAYS = "What each of the three says"
NOT_WRITTEN = "Nobody has written this in easy words."


def on_one_page(snapshot: Mapping[str, Any], _draw: Draw) -> dict[str, Any]:
    """What was asked, what was decided and why, what each pillar says, and who disagrees."""
    facts = snapshot["decision"]
    sections = [
        Section("The question", [_whole(facts["question"]), one_page.text(facts["why"], least=2)]),
        _decided(facts),
        _said_by_pillars(snapshot),
        _differently(facts),
        _after(facts),
    ]
    area = snapshot["cycle"]["area"]
    return {
        "area": area,
        **one_page.page(
            snapshot,
            subtitle=f"On one page, for {area}",
            ask=one_page.whom_to_ask(snapshot["cycle"]),
            sections=sections,
        ),
    }


def in_easy_words(snapshot: Mapping[str, Any], _draw: Draw) -> dict[str, Any]:
    """What people wrote in easy words, what each pillar says, and a few facts."""
    # Editions of before have no easy words.
    easy = snapshot.get("easy", {})
    parts = [
        Part(heading, symbol, said(easy[name]))
        for name, (heading, symbol) in IN_EASY_WORDS.items()
        if easy.get(name, "").strip()
    ]
    missing = [
        heading for name, (heading, _) in IN_EASY_WORDS.items() if not easy.get(name, "").strip()
    ]
    by_pillar = easy.get("pillars", {})
    if any(by_pillar.get(each, "").strip() for each in Pillar.values):
        pillars = _in_turn(by_pillar)
    else:
        pillars = PILLARS
        missing.append(WHAT_EACH_SAYS)
    facts, cycle = snapshot["decision"], snapshot["cycle"]
    return {
        "area": cycle["area"],
        **easy_read.document(
            snapshot,
            about=[
                f"This is a decision for {cycle['area']}.",
                "It is about help with mental health.",
                "A group of people decided together. It is called a panel.",
                "People who use services are on the panel.",
            ],
            parts=parts,
            missing=missing,
            after=[
                pillars,
                Part("What came of it", "tick", _in_short(facts["record"])),
                _disagree(facts),
                Part("What happens next", "calendar", _next_in_short(facts)),
            ],
        ),
    }


def _whole(words: str) -> Row:
    return one_page.strong(in_one_line(words))


def _decided(facts: Mapping[str, Any]) -> Section:
    record = facts["record"]
    rows = [
        _whole(record["chosen_title"] or "We put this off."),
        one_page.text(record["reasons"], least=3, missing="No reasons are written down."),
    ]
    if against := record["against_pillar_reason"]:
        who = (
            f" {record['against_pillar_by']} answers for it." if record["against_pillar_by"] else ""
        )
        words = f"{against_whom(record)}.{who} Why: {in_one_line(against)}"
        rows.append(Row((words,), least=2))
    return Section("What was decided, and why", rows)


def _said_by_pillars(snapshot: Mapping[str, Any]) -> Section:
    """Of what was chosen, or of each option where it was put off; the others by their names."""
    printed = one(snapshot)
    if chosen := printed["chosen"]:
        rows = [_sentences(chosen)]
        if chosen["differ"]:
            rows.append(line(chosen["differ"]))
        others = [each for each in printed["options"] if each is not chosen]
        things: list[Thing] = [[item(f"Not chosen: {each['title']}")] for each in others]
    else:
        rows = []
        things = [[_whole(each["title"]), _sentences(each)] for each in printed["options"]]
    more = one_page.more("option", "options")
    return Section("What each pillar said", rows, things, more)


def _sentences(option: Mapping[str, Any]) -> Row:
    words = [each["sentence"] for each in option["columns"]]
    return one_page.pillars(
        dict(zip(Pillar.values, words or [NOTHING_SAID] * len(Pillar), strict=True)), least=3
    )


def _differently(facts: Mapping[str, Any]) -> Section:
    """Who sees it differently, in their own words, and whether each pillar feels heard."""
    statements = facts["minority_statements"]
    rows = [] if statements else [line(NO_STATEMENT)]
    if taken_back := facts.get("statements_taken_back", 0):
        were = "One was" if taken_back == 1 else f"{count(taken_back).capitalize()} were"
        rows.append(line(f"{were} taken back."))
    if any(each["feels_heard"] is not None for each in facts["feels_heard"]):
        said_so = [f"{each['label']}: {feels_heard(each).lower()}" for each in facts["feels_heard"]]
        rows.append(line(f"Whether each pillar feels heard. {'. '.join(said_so)}."))
    things: list[Thing] = [
        [Row((f"{each['by'] or 'A member of the panel'}: “{in_one_line(each['text'])}”",), least=2)]
        for each in statements
    ]
    more = one_page.more("statement", "statements")
    return Section("Who sees it differently, in their own words", rows, things, more)


def _after(facts: Mapping[str, Any]) -> Section:
    """The answer of the board, what it does to people, and when it is looked at again."""
    rows = [line(_board(facts), most=6)]
    if equality := facts.get("equality"):
        harms = "found that it could hurt some people" if equality["harms"] else "is published"
        rows.append(line(f"Its equality impact assessment {harms}. More in the whole document."))
    if review_on := facts["record"].get("review_on"):
        rows.append(line(f"It is looked at again on {day(review_on)}."))
    return Section("What came after, and comes next", rows)


def _board(facts: Mapping[str, Any]) -> str:
    answers = facts.get("board_answers", ())
    if not answers:
        return "No answer of a board is written down yet."
    newest = answers[0]
    return f"{newest['body']} answered on {day(newest['met_on'])}: {newest['answer_label']}."


def _in_turn(words: Mapping[str, str]) -> Part:
    """All three pillars in their order, each with what it says or that nobody wrote it."""
    lines, shapes = ["All three count the same."], [""]
    for who, shape, pillar in zip(PILLARS.lines, PILLARS.shapes, Pillar.values, strict=True):
        said_by_it = said(words.get(pillar, "")) or [NOT_WRITTEN]
        lines += [who, *said_by_it]
        shapes += [shape, *[""] * len(said_by_it)]
    return Part(WHAT_EACH_SAYS, "talk", lines, shapes)


def _in_short(record: Mapping[str, Any]) -> list[str]:
    if not record["chosen_title"]:
        return ["We put it off.", "We will decide later."]
    lines = ["We chose one thing. It is called:", record["chosen_title"]]
    if record["against_pillar_reason"]:
        is_two = len(record.get("against_pillars", ())) > 1
        who = "two of the three say" if is_two else "one of the three says"
        lines.append(f"We decided against what {who}.")
        lines.append("The long document says why.")
    return lines


def _disagree(facts: Mapping[str, Any]) -> Part:
    statements = [
        f"{each['by'] or 'Somebody on the panel'}: “{in_one_line(each['text'])}”"
        for each in facts["minority_statements"]
    ]
    if statements:
        lines = ["Not everybody agrees.", "These are their own words:"]
    else:
        lines = ["Nobody has written down that they see it in another way."]
    lines[:0] = _not_heard(facts["feels_heard"])
    if facts.get("statements_taken_back", 0):
        lines.insert(0, "Some words were taken back by those who wrote them.")
    return Part("Who sees it in another way", "talk", lines, items=statements)


def _not_heard(views: Sequence[Mapping[str, Any]]) -> list[str]:
    """How many of the three do not feel heard, and in how many only some do."""
    said_no = [each.get("some_feel_heard", False) for each in views if each["feels_heard"] is False]
    lines = []
    if none := said_no.count(False):
        do = "does" if none == 1 else "do"
        lines.append(f"{count(none).capitalize()} of the three {do} not feel heard.")
    if some := said_no.count(True):
        lines.append(f"In {count(some)} of the three, not everybody feels heard.")
    return lines


def _next_in_short(facts: Mapping[str, Any]) -> list[str]:
    lines = []
    if answers := facts.get("board_answers", ()):
        lines.append("Then a board was asked.")
        lines.append(f"{answers[0]['body']} said: {answers[0]['answer_label']}.")
    if review_on := facts["record"].get("review_on"):
        lines.append(f"We will look at this again on {day(review_on)}.")
    lines.append("The long document says more.")
    return lines
