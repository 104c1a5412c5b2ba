"""The map of services in words: who does what for whom, at what cost, and what is missing."""

from collections.abc import Mapping
from typing import Any

from evidence.enums import CARE_CLUSTERS, ProviderSector
from evidence.presenters.services import counted, use_in_words
from vbc.ui.money import in_pounds
from vbc.ui.sentences import joined

NONE = "None that we know of"


def map_page(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Everything the page shows, made of the facts of a stock take."""
    return {
        "sentence": sentence(facts),
        "money_sentence": money_sentence(facts),
        "table": level_table(facts),
        "money": money_table(facts),
        "groups": group_rows(facts),
        "under_used": [_use(fact) for fact in facts["under_used"]],
        "over_full": [_use(fact | {"is_over_full": True}) for fact in facts["over_full"]],
        "use_not_known": use_not_known(facts),
        "falls_between": [_fall(fact) for fact in facts["falls_between"]],
        "hand_offs": hand_off_sentence(facts),
        "unmet": [_unmet(fact) for fact in facts["unmet"]],
        "looked_at": facts["looked_at"],
        "no_choice": facts["no_choice"],
        "clusters": cluster_table(facts),
        "checklist": checklist(facts),
    }


def in_short(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a chapter of a needs assessment says of services, on a page and in print."""
    used = [
        *(_use(fact) for fact in facts["under_used"]),
        *(_use(fact | {"is_over_full": True}) for fact in facts["over_full"]),
    ]
    return {
        "sentence": sentence(facts),
        "money": money_sentence(facts),
        "head": ["Kind of help", "Services", "A year"],
        "rows": [
            [
                level["label"],
                counted(level["services"], "service") if level["services"] else NONE,
                _cost(level) if level["services"] else "",
            ]
            for level in facts["by_level"]
        ],
        "used": used,
        "falls_between": [_fall(fact) for fact in facts["falls_between"]],
        "hand_offs": hand_off_sentence(facts),
        "without": [each["label"] for each in facts["by_group"] if not each["services"]],
    }


def sentence(facts: Mapping[str, Any]) -> str:
    """The whole in three short sentences."""
    number = facts["services"]
    if not number:
        return "No service in use is on the list yet."
    said = (
        f"{counted(number, 'service')} in use, by {counted(facts['providers'], 'provider')}. "
        + led_by_users(facts["user_led_providers"])
    )
    if facts["old_figures"]:
        said += f" {counted(facts['old_figures'], 'figure')} here {_is(facts['old_figures'])} more "
        said += "than a year old."
    return said


def led_by_users(number: int) -> str:
    if not number:
        return "No provider is run by people who use services."
    return f"{counted(number, 'provider')} {_is(number)} run by people who use services."


def money_sentence(facts: Mapping[str, Any]) -> str:
    """What it costs, as far as that is known, and how far that is."""
    number, missing = facts["services"], facts["cost_not_known"]
    if not number:
        return ""
    if missing == number:
        return "The cost of none of them is known."
    years = joined(facts["cost_years"])
    known = f"{in_pounds(facts['cost_pence'])} a year is known to be spent ({years})."
    if not missing:
        return f"{known} The cost of every service is known."
    return f"{known} The cost of {counted(missing, 'service')} is not known, so the sum is more."


def level_table(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Kinds of help down, who runs them across. An empty place is said in words."""
    head = [str(sector.label) for sector in ProviderSector]
    rows = [
        {
            "label": level["label"],
            "cells": [_cell(cell) for cell in level["sectors"]],
            # A phone stacks the cells, so there the empty ones are said in one line.
            "none_from": joined(cell["label"] for cell in level["sectors"] if not cell["services"]),
        }
        for level in facts["by_level"]
    ]
    return {"head": head, "rows": rows}


def _cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    is_empty = not cell["services"]
    return {
        "label": cell["label"],
        "text": NONE if is_empty else counted(cell["services"], "service"),
        "note": "" if is_empty else _cost(cell),
        "is_empty": is_empty,
    }


def _cost(money: Mapping[str, Any]) -> str:
    missing = money["cost_not_known"]
    if missing == money["services"]:
        return "Cost not known"
    said = f"{in_pounds(money['cost_pence'])} a year"
    return f"{said}, and {missing} not known" if missing else said


def money_table(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Of every £100 whose use is known, how many go to each kind of help."""
    head = [
        "Kind of help",
        {"text": "Of every £100", "numeric": True},
        {"text": "A year", "numeric": True},
    ]
    rows = [
        [
            level["label"],
            {"text": _of_100(level)},
            {"text": _cost(level) if level["services"] else NONE},
        ]
        for level in facts["by_level"]
    ]
    return {"head": head, "rows": rows}


def _of_100(level: Mapping[str, Any]) -> str:
    if level["services"] and level["cost_not_known"] == level["services"]:
        return "Not known"
    if level["cost_pence"] and not level["of_100"]:
        return "Less than £1"
    return f"£{level['of_100']}"


def group_rows(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "label": group["label"],
            "services": group["services"],
            "words": "" if group["services"] else NONE,
        }
        for group in facts["by_group"]
    ]


def _use(fact: Mapping[str, Any]) -> dict[str, str]:
    return {"title": fact["title"], "url": fact["url"], "words": use_in_words(fact)}


def use_not_known(facts: Mapping[str, Any]) -> str:
    number = facts["use_not_known"]
    if not number:
        return "How much each service is used is known."
    return (
        f"Of {counted(number, 'service')} we cannot say: the room or the use is not known, or the "
        "two are counted in different ways."
    )


def _fall(fact: Mapping[str, Any]) -> dict[str, str]:
    """One place where people fall between."""
    lost = fact["people"]
    number = (
        f"{counted(lost, 'person', 'people')} a year"
        if lost is not None
        else "Nobody has counted how many"
    )
    parts = [f"{number}."]
    if fact["wait_days"]:
        parts.append(f"The usual wait is {counted(fact['wait_days'], 'day')}.")
    who = fact["responsible"]
    parts.append(f"{who} sees to it." if who else "It is not said who sees to it.")
    return {
        "title": f"From “{fact['from']}” to “{fact['to']}”",
        "pathway": fact["pathway"],
        "url": fact["url"],
        "words": " ".join(parts),
        "people_say": fact["people_say"],
    }


def hand_off_sentence(facts: Mapping[str, Any]) -> str:
    number, missing = facts["hand_offs"], facts["hand_offs_not_known"]
    if not number:
        return "No pathway is written down yet, so nobody can say where people fall between."
    lost = len(facts["falls_between"])
    said = f"People fall out at {lost} of {counted(number, 'place')} between two steps."
    if missing:
        said += f" Of {missing} more nobody knows."
    return said


def _unmet(fact: Mapping[str, Any]) -> dict[str, str]:
    number = fact["people"]
    parts = [counted(number, "person", "people") if number is not None else "", fact["words"]]
    return {
        "title": fact["title"],
        "url": fact["url"],
        "words": ". ".join(filter(None, parts)) or "How many is not known.",
    }


def cluster_table(facts: Mapping[str, Any]) -> dict[str, Any]:
    head = [
        "Care cluster",
        {"text": "Services", "numeric": True},
        {"text": "People a year", "numeric": True},
        {"text": "Cost a year", "numeric": True},
    ]
    rows = [
        [
            f"{each['cluster']}: {CARE_CLUSTERS[each['cluster']]}",
            str(each["services"]),
            "Not known" if each["people"] is None else f"{each['people']:,}",
            "Not known" if each["cost_pence"] is None else in_pounds(each["cost_pence"]),
        ]
        for each in facts["by_cluster"]
    ]
    return {"head": head, "rows": rows}


_PARTS = {
    "statutory": ("Services of the NHS and councils", "service"),
    "independent": ("Services of independent companies", "service"),
    "voluntary": ("Services of the voluntary sector and user-led groups", "service"),
    "costs": ("What each costs", ""),
    "effectiveness": ("How well each works", ""),
    "deficits": ("What does not work well", ""),
    "unmet_need": ("Who goes without", ""),
    "workforce": ("Staff and skills needed", ""),
    "benchmarks": ("Published figures to compare with", "indicator"),
    "guidance": ("Guidance and standards in the library", "reference"),
    "needs": ("A published needs assessment", "needs assessment"),
    "looked_at": ("Services the panel is asked to look at", "service"),
}


def checklist(facts: Mapping[str, Any]) -> list[dict[str, str]]:
    """What a stock take asks for, each with how much of it is there, in words."""
    rows = []
    for each in facts["checklist"]:
        label, unit = _PARTS[each["part"]]
        have, of = each["have"], each["of"]
        if of is None:
            words = counted(have, unit) if have else NONE
            state = "there" if have else "missing"
        else:
            words = f"Known for {have} of {counted(of, 'service')}" if of else "No services yet"
            state = "there" if of and have == of else "partly" if have else "missing"
        if each["part"] == "looked_at" and not have:
            words, state = "None named. That can be right", "there"
        colour = {"there": "green", "partly": "yellow", "missing": "grey"}[state]
        rows.append({"label": label, "words": words, "tag": state.capitalize(), "colour": colour})
    return rows


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
