"""What a component works out before it is drawn, so that its template holds no ladders of ifs."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from vbc.ui.blocks import blocks
from vbc.ui.crisis import lines_beside, with_numbers
from vbc.ui.pillars import PILLAR_BY_KEY, PILLARS

# The width in pixels at which a picture is drawn; and up to which it may be shrunk to a phone of
# 390 px, where its letters of 15 are still 10 high.
DRAWN_WIDTH = re.compile(r"""<svg\b[^>]*?\swidth="([\d.]+)\"""")
FITS_A_PHONE = 520

Values = dict[str, Any]

STAGES = (
    ("analyse", "Analyse", "What is needed"),
    ("plan", "Plan", "What to do and buy"),
    ("do", "Do", "Make it happen"),
    ("review", "Review", "Did it work"),
)
ORDINALS = ("first", "second", "third", "fourth")
STATUSES = {
    "done": "Done",
    "to_do": "To do",
    "waiting": "Waiting",
    "optional": "Optional",
    "later": "Not yet",
    "not_shown": "Not shown",
}


def stage_timeline(values: Values) -> Values:
    """`current`: a stage's key or "closed"; `urls` and `notes`: by stage, optional."""
    current = str(values.get("current", ""))
    keys = [key for key, _name, _what in STAGES]
    place = keys.index(current) if current in keys else len(keys) if current == "closed" else -1
    urls, notes = values.get("urls") or {}, values.get("notes") or {}
    steps = []
    for index, (key, name, what) in enumerate(STAGES):
        state = "done" if index < place else "current" if index == place else "later"
        word = {"done": "Done", "current": "We are here", "later": "Later"}[state]
        steps.append(
            {
                "name": name,
                "what": notes.get(key) or what,
                "state": state,
                "word": word,
                "url": urls.get(key, ""),
            }
        )
    if current == "closed":
        sentence = "This cycle is closed: all four stages are done."
    elif place < 0:
        sentence = "This cycle has not begun."
    else:
        sentence = f"This cycle is in its {ORDINALS[place]} stage of four: {STAGES[place][1]}."
    return {**values, "steps": steps, "sentence": sentence}


def task_list(values: Values) -> Values:
    """`tasks`: dicts or objects with `title`, `status` and optionally `url`, `hint`, `waiting_for`.

    `waiting_for` is a role, never a person: "Waiting for the evidence reviewers".
    """
    name = values.get("id", "task")
    rows = []
    for number, task in enumerate(values.get("tasks", ()), start=1):
        status = str(read(task, "status") or "to_do")
        who = read(task, "waiting_for")
        words = f"Waiting for {who}" if status == "waiting" and who else STATUSES[status]
        url = read(task, "url")
        rows.append(
            {
                "title": read(task, "title"),
                "url": url,
                "hint": read(task, "hint"),
                "status": status,
                "words": words,
                "id": f"{name}-{number}",
            }
        )
    done = sum(row["status"] == "done" for row in rows)
    # What is not shown to the reader is in neither number, or the two would show it.
    count = sum(row["status"] != "not_shown" for row in rows)
    return {**values, "rows": rows, "done": done, "count": count}


def table(values: Values) -> Values:
    """`head`: texts, or dicts with `text` and `numeric`; `rows`: lists of cells.

    A cell is a text, or a dict with `text` and optionally `url`, `tag` (a colour) or `note`. The
    first cell of each row is its heading.
    """
    head = [each if isinstance(each, dict) else {"text": each} for each in values.get("head", ())]
    rows = []
    for row in values.get("rows", ()):
        cells = [each if isinstance(each, dict) else {"text": each} for each in row]
        rows.append(list(zip(head, cells, strict=True)))
    return {**values, "head": head, "body": rows}


def chart(values: Values) -> Values:
    """`head` and `rows` as for a table; `svg` as made by vbc.ui.charts, or empty until it is.

    Without a `head` there is no table: the page itself lists the figures beside it.
    """
    drawn = DRAWN_WIDTH.search(str(values.get("svg") or ""))
    fits = drawn is not None and float(drawn[1]) <= FITS_A_PHONE
    values = {**values, "fits": fits}
    return table(values) if values.get("head") else values


def pillar_columns(values: Values) -> Values:
    """The three pillars from plain texts: `service_users_and_carers`, `clinical`, ..."""
    missing = [key for key in PILLAR_BY_KEY if key not in values]
    if missing:
        raise ValueError(f"All three pillars are shown; missing: {', '.join(missing)}")
    return {**values, "columns": [(each, values[each.key]) for each in PILLARS]}


def pillar_mark(values: Values) -> Values:
    """`key`: a pillar's; `with_label` to write its name beside the shape."""
    return {**values, "pillar": PILLAR_BY_KEY[values["key"]]}


def crisis_help(values: Values) -> Values:
    """`organisation` or `own`: its own line, which stands first; `variant`: "list", or one line."""
    own = str(values.get("own") or read(values.get("organisation"), "crisis_line") or "")
    return {**values, "own": with_numbers(own), "lines": lines_beside(own)}


def progress(values: Values) -> Values:
    """`percent` is held between 0 and 100; None where nobody can know."""
    percent = values.get("percent")
    return {**values, "percent": None if percent is None else max(0, min(100, int(percent)))}


def read(thing: Any, name: str) -> Any:
    """A value of a dict or an object; empty where there is none."""
    return thing.get(name, "") if isinstance(thing, dict) else getattr(thing, name, "")


def messages(values: Values) -> Values:
    """Django's messages, the most serious first, each with a heading in words."""
    titles = {"success": "Done", "error": "There is a problem", "warning": "Please note"}
    kinds = {"success": "success", "error": "error", "warning": "warning"}
    shown: Sequence[Any] = list(values.get("messages") or ())
    rows = [
        {
            "text": message,
            "title": titles.get(message.level_tag, "For your information"),
            "kind": kinds.get(message.level_tag, "info"),
            "level": message.level,
        }
        for message in shown
    ]
    rows.sort(key=lambda row: -row["level"])
    return {"rows": rows}


def text(values: Values) -> Values:
    """`text`: as somebody typed it. Its lists, quotations and call-outs are shown as such."""
    return {"blocks": blocks(str(values.get("text") or ""))}


PREPARE: dict[str, Callable[[Values], Values]] = {
    "chart": chart,
    "crisis_help": crisis_help,
    "messages": messages,
    "pillar_columns": pillar_columns,
    "pillar_mark": pillar_mark,
    "progress": progress,
    "stage_timeline": stage_timeline,
    "table": table,
    "task_list": task_list,
    "text": text,
}
