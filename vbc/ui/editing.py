"""What a text says now, beside what a person was writing meanwhile."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Manager

from vbc.ui.dates import day_in_words


def current_words(form: forms.Form, current: Any, **named: str) -> list[dict[str, str]]:
    """Each question of `form` with what the saved thing answers now.

    `named`: by a field's name, where the saved thing has another name for it. Of what hangs on the
    thing in rows of its own nothing is said.
    """
    answers = {
        field.label: _answer(current, name)
        for field in form.visible_fields()
        if hasattr(current, name := named.get(field.name, field.name))
    }
    return [
        {"key": str(label), "value": _in_words(value)}
        for label, value in answers.items()
        if not isinstance(value, Manager)
    ]


def _answer(current: Any, name: str) -> Any:
    """What is saved; of a choice from a list, in the words of the list."""
    value = getattr(current, name)
    in_words = getattr(current, f"get_{name}_display", None)
    return in_words() if in_words and value not in (None, "") else value


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return day_in_words(value)
    return "Nothing yet" if value in (None, "") else str(value)
