"""Filling a question's choices from a query."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet


def offer(form: forms.Form, name: str, things: QuerySet[Any]) -> None:
    """Let the question `name` be answered with one of `things`, and with nothing else."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = things
