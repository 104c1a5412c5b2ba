"""How a view saves what a form says. What stands in the way is said beside the person's words."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages

from vbc.core.refusals import Refused
from vbc.core.services.uploads import FileRefused
from vbc.core.services.versions import EditedMeanwhile
from vbc.ui.editing import current_words


def posted(request: Any) -> Any:
    """What was sent, also where that is nothing; None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def is_saved(
    form: Any,
    save: Callable[[dict[str, Any]], object],
    *,
    shown: Callable[[Any, Any], Any] = current_words,
    refused_at: str | None = None,
) -> bool:
    """Save what a valid form says; a refusal becomes an error of the form, or of its field
    `refused_at`.

    Where it was saved meanwhile, `form.meanwhile` holds what `shown` makes of what it says now
    (`forms/meanwhile.html` shows it above the form, under `form.what_happened`), and the form takes
    its version, so that saving again is a choice made knowingly.
    """
    if not form.is_valid():
        return False
    try:
        save(form.cleaned_data)
    except EditedMeanwhile as error:
        form.data = form.data.copy()
        form.data["version"] = str(error.current.version)
        form.meanwhile = shown(form, error.current)
        form.what_happened = error.what_happened.removesuffix(".")
        form.add_error(None, str(error))
        return False
    except (Refused, FileRefused) as refusal:
        form.add_error(refused_at, str(refusal))
        return False
    return True


def is_done(request: Any, act: Callable[[], object], words: str) -> bool:
    """Do what one button asks, and say so in `words`; a refusal is said instead."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, words)
    return True


def status_of(form: Any) -> int:
    """Of the page of a form: 409 where somebody else saved meanwhile."""
    return HTTPStatus.CONFLICT if getattr(form, "meanwhile", None) else HTTPStatus.OK
