"""What a document prints of a decision: words first, then numbers, then the record."""

from collections.abc import Mapping, Sequence
from typing import Any

from cycles.enums import Ballot, DecisionStatus
from reports.documents.scale import scale
from reports.documents.words import DRAWN, day, figure
from reports.documents.words import count as counted
from stakeholders.enums import Pillar
from vbc.ui.blocks import blocks
from vbc.ui.sentences import joined

LABELS = dict(Pillar.choices)
NOTHING_SAID = "Nothing has been agreed yet."


def decision(facts: Mapping[str, Any], number: int) -> dict[str, Any]:
    """One decision ready to print; `number` counts from 1."""
    result = facts["result"]
    numbers = {each["key"]: each for each in result["options"]} if result else {}
    record = facts["record"]
    chosen = record["chosen"] if record else None
    return {
        "id": f"decision-{number}",
        "number": number,
        "title": facts["title"],
        "question": facts["question"],
        "why": blocks(facts["why"]),
        "status_label": facts["status_label"],
        "is_being_weighed": facts["status"] != DecisionStatus.RECORDED and record is None,
        "result": result,
        "closed_on": day(result["closed_at"]) if result else "",
        "ballot": _ballot(result),
        "options": [
            _option(each, numbers.get(each["key"]), f"decision-{number}-option-{place}", chosen)
            for place, each in enumerate(facts["options"], start=1)
        ],
        "record": _record(record) if record else None,
        "weighed": _weighed(facts, is_recorded=record is not None),
        "minority": [
            {"blocks": blocks(each["text"]), "by": each["by"] or "A member of the panel"}
            for each in facts["minority_statements"]
        ],
        "taken_back": _taken_back(facts.get("statements_taken_back", 0)),
        "heard": _heard(facts["feels_heard"]),
        "equality": _equality(facts.get("equality")),
        "board": [_board_answer(each) for each in facts.get("board_answers", ())],
    }


def _option(
    facts: Mapping[str, Any], numbers: Mapping[str, Any] | None, key: str, chosen: str | None
) -> dict[str, Any]:
    by_pillar = {each["pillar"]: each for each in numbers["pillars"]} if numbers else {}
    appraisal = facts["appraisal"]
    columns = []
    for each in facts["sentences"]:
        shown = by_pillar.get(each["pillar"], {})
        columns.append(
            {
                "drawn": DRAWN[each["pillar"]],
                "label": each["label"],
                "sentence": each["text"] or NOTHING_SAID,
                "number": figure(shown.get("number")),
                "spread": [figure(end) for end in shown.get("spread") or ()],
                "reason": shown.get("reason", ""),
                "is_evidence": each["pillar"] == Pillar.EVIDENCE,
            }
        )
    return {
        "id": key,
        "title": facts["title"],
        "summary": blocks(facts["summary"]),
        "facts": _what_is_known(facts),
        "is_chosen": facts["key"] == chosen,
        "columns": columns,
        "scale": scale(facts["title"], columns) if numbers else None,
        "differ": _differ(numbers["difference"]) if numbers else "",
        "total": _total(numbers["total"]) if numbers else "",
        "too_few": _too_few(numbers["too_few_people"]) if numbers else "",
        "appraisal": (
            {
                **appraisal,
                "summary": blocks(appraisal["summary"]),
                "searched": blocks(appraisal["searched"]),
                "dissent": blocks(appraisal["dissent"]),
                "signed_by": joined(appraisal["signed_by"]),
            }
            if appraisal
            else None
        ),
        "evidence": [{**each, "cited": cited(each)} for each in facts["evidence"]],
    }


def _what_is_known(option: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What somebody has said of an option, line by line; a longer text keeps its paragraphs.

    Snapshots of before hold the cost alone.
    """
    cost = [{"label": "Cost", "text": option["cost"]}] if option["cost"] else []
    return [
        {
            "label": each["label"],
            "line": each["text"] if "\n" not in each["text"].strip() else "",
            "blocks": blocks(each["text"]),
        }
        for each in option.get("facts", cost)
    ]


def _weighed(facts: Mapping[str, Any], *, is_recorded: bool) -> dict[str, Any] | None:
    """The shared values that bore on the decision, and how everybody's were heard. None where
    nothing is said of it before a record, and for a snapshot of before."""
    if "values" not in facts:
        return None
    said = {
        "shared": [
            {
                **each,
                "note": blocks(each["note"]),
                "held_by": joined([pillar["label"] for pillar in each["held_by"]]),
                "why": blocks(each["why_outweighed"]),
                "look_again_on": day(each["look_again_on"]),
            }
            for each in facts["values"]
        ],
        "awareness": blocks(facts["raised_awareness"]),
        "respect": blocks(facts["mutual_respect"]),
    }
    return said if is_recorded or any(said.values()) else None


def cited(reference: Mapping[str, Any]) -> str:
    """Authors, year and where it was published, as far as they are known."""
    year = f"({reference['year']})" if reference.get("year") else ""
    who = " ".join(filter(None, [reference.get("authors", ""), year]))
    doi = f"doi {reference['doi']}" if reference.get("doi") else ""
    where = [reference.get("published_in", ""), doi or reference.get("web_address", "")]
    return ". ".join(filter(None, [who.rstrip("."), *where]))


def _record(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **record,
        "reasons": blocks(record["reasons"]),
        "values_in_play": blocks(record["values_in_play"]),
        "against": blocks(record["against_pillar_reason"]),
        "against_whom": against_whom(record),
        "against_not_shown": _not_shown(record),
        "recorded_on": day(record["recorded_on"]),
        "review_on": day(record.get("review_on")),
        "corrections": [
            {
                **each,
                "on": day(each["on"]),
                "why": blocks(each["why"]),
                "read_before": [
                    {**before, "blocks": blocks(before["text"])} for before in each["read_before"]
                ],
            }
            for each in record.get("corrections", ())
        ],
    }


def against_whom(record: Mapping[str, Any]) -> str:
    """That a record goes against a pillar, and which, as far as that may be told: both where two.
    Records of before do not say."""
    names = record.get("against_pillars", [])
    which = f": {joined([each.lower() for each in names])}" if names else ""
    many = "a pillar" if len(names) < 2 else f"{counted(len(names))} pillars"
    return f"This goes against what {many} said{which}"


def _not_shown(record: Mapping[str, Any]) -> str:
    """That it may go against another pillar too, of which not all is shown."""
    names = joined([each.lower() for each in record.get("against_not_shown", [])])
    if not names:
        return ""
    if record["against_pillars"]:
        return f"Not all that {names} want may be shown, so it may go against that, too."
    return f"Which one is not told here: not all that {names} want may be shown."


def _taken_back(count: int) -> str:
    if not count:
        return ""
    if count == 1:
        return "A statement was taken back by its author."
    return f"{counted(count).capitalize()} statements were taken back by their authors."


def _equality(facts: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if facts is None:
        return None
    return {
        **facts,
        "published_on": day(facts["published_on"]),
        "review_on": day(facts["review_on"]),
        "reason": blocks(facts["reason"]),
        "summary": blocks(facts["summary"]),
    }


def _board_answer(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **facts,
        "met_on": day(facts["met_on"]),
        "what_changed": blocks(facts["what_changed"]),
        "why": blocks(facts["why"]),
    }


def _heard(views: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """All three pillars' answers; empty where none has said anything."""
    if all(each["feels_heard"] is None for each in views):
        return []
    return [
        {
            "drawn": DRAWN[each["pillar"]],
            "label": each["label"],
            "words": feels_heard(each),
            "said": _said_of_being_heard(each),
        }
        for each in views
    ]


def feels_heard(view: Mapping[str, Any]) -> str:
    """Whether a pillar feels heard, in a few words."""
    if view.get("some_feel_heard"):
        return "Not all feel heard"
    words = {True: "Feels heard", False: "Does not feel heard", None: "Has not said"}
    return words[view["feels_heard"]]


def _said_of_being_heard(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The words of each who said no, then of each who said yes. In editions of before one spoke for
    the whole pillar."""
    if "words_of_no" not in view:
        return [{"whose": "", "blocks": blocks(view["comment"])}] if view["comment"] else []
    return [
        {"whose": whose, "blocks": blocks(words)}
        for whose, all_words in (
            ("who was not heard", view["words_of_no"]),
            ("who was heard", view["words_of_yes"]),
        )
        for words in all_words
    ]


def _ballot(result: Mapping[str, Any] | None) -> str:
    if not result:
        return ""
    if result["ballot"] == Ballot.OPEN:
        return "The panel chose open ballots before the rating began."
    whose = (
        "All ballots were"
        if result["ballot"] == Ballot.ALL_SECRET
        else "Ballots of service users and carers were"
    )
    return (
        f"{whose} secret. A number stands here only where it does not let anyone work out how a "
        "person rated."
    )


def _differ(difference: Mapping[str, Any] | None) -> str:
    if difference is None:
        return ""
    if not difference["points"]:
        return "The pillars that have a number rated this the same."
    higher = joined([LABELS[each].lower() for each in difference["highest"]]).capitalize()
    lower = joined([LABELS[each].lower() for each in difference["lowest"]])
    points = difference["points"]
    says = f"{higher} rated this {figure(points)} {'point' if points == 1 else 'points'} higher"
    tail = ". The pillars see it differently." if difference["is_dissensus"] else "."
    return f"{says} than {lower}{tail}"


def _total(total: Mapping[str, Any] | None) -> str:
    if total is None:
        return ""
    if total["kind"] == "number":
        says = (
            f"With each pillar counted equally, the three come to {round(total['on_scale'], 1):g} "
            "on the scale from 1 to 9."
        )
        if total["is_imbalanced"]:
            says += " They lie far apart, so this average hides a disagreement."
        return says
    if total["kind"] == "range":
        low, high = (round(total[f"{end}_on_scale"], 1) for end in ("lowest", "highest"))
        return (
            f"What the evidence says is not known for every option, so the three together lie "
            f"somewhere between {low:g} and {high:g}."
        )
    missing = joined([LABELS[each].lower() for each in total["missing"]])
    return f"There is no total, because there is no number for {missing}."


def _too_few(shortfalls: Sequence[Mapping[str, Any]]) -> str:
    names = [each["label"].lower() for each in shortfalls if each["pillar"] != Pillar.EVIDENCE]
    says = []
    if names:
        says.append(f"Too few people took part for the number of {joined(names)} to count.")
    if len(names) < len(shortfalls):
        says.append("No reviewer has signed what the evidence says about this option.")
    return " ".join(says)
