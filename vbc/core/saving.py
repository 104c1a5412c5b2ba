"""How a view saves what a form says. What stands in the way is said beside the person's words."""

from collections.abc import Callable
from typing import Any

from vbc.core.refusals import Refused
from vbc.core.services.uploads import FileRefused
from vbc.core.services.versions import EditedMeanwhile


def _itself(form: Any, current: Any) -> Any:
    return current


def is_saved(
    form: Any,
    save: Callable[[dict[str, Any]], object],
    *,
    shown: Callable[[Any, Any], Any] = _itself,
) -> bool:
    """Save what a valid form says; a refusal becomes an error of the form.

    Where somebody else saved meanwhile, `form.meanwhile` holds what `shown` makes of what it says
    now, and the form takes its version, so that saving again is a choice made knowingly.
    """
    if not form.is_valid():
        return False
    try:
        save(form.cleaned_data)
    except EditedMeanwhile as error:
        form.data = form.data.copy()
        form.data["version"] = str(error.current.version)
        form.meanwhile = shown(form, error.current)
        form.add_error(None, str(error))
        return False
    except (Refused, FileRefused) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
