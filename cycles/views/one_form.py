"""A page with one form on it, beside a decision or a cycle, which goes back to where it was."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def one_form(
    request: HttpRequest,
    form: forms.Form,
    *,
    heading: str,
    caption: str,
    back_url: str,
    back_text: str,
    words: Sequence[str] = (),
    submit: str = "Save",
    **more: Any,
) -> HttpResponse:
    """The form under its heading; `words` are paragraphs above it, `facts` what is known so far."""
    context = {
        "form": form,
        "heading": heading,
        "caption": caption,
        "back_url": back_url,
        "back_text": back_text,
        "words": words,
        "submit": submit,
        **more,
    }
    return render(request, "cycles/boards/form.html", context)
