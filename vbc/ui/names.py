"""A field for names that are to be taken out of a text."""

from typing import Any

from django import forms

MOST_NAMES = 10
LONGEST_NAME, MOST_WORDS = 60, 5


class NamesField(forms.CharField):
    """Names, one on each line, as a list: nothing longer than a name, so that no more than a name
    can be taken out of what somebody said."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MOST_NAMES * (LONGEST_NAME + 1))
        attrs = {"rows": 3, "autocomplete": "off", "spellcheck": "false"}
        kwargs.setdefault("widget", forms.Textarea(attrs=attrs))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[str]:
        written = super().clean(value)
        names = [each.strip() for each in written.splitlines() if each.strip()]
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(f"Take out at most {MOST_NAMES} names at a time.")
        for each in names:
            if len(each) > LONGEST_NAME or len(each.split()) > MOST_WORDS:
                raise forms.ValidationError(
                    f"“{each}” is longer than a name. Only names are taken out; what somebody "
                    "said stays as they said it."
                )
        return names
