"""Which names are to be taken out."""

from django import forms

from vbc.ui.forms import Form

MOST_NAMES = 10
LONGEST_NAME, MOST_WORDS = 60, 5


class RedactForm(Form):
    names = forms.CharField(
        label="Which names are to be taken out?",
        max_length=MOST_NAMES * (LONGEST_NAME + 1),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text="One on each line, as it stands in the text: a name, or what else would give "
        "somebody away. Nobody is told what you write here.",
    )

    def clean_names(self) -> list[str]:
        names = [each.strip() for each in self.cleaned_data["names"].splitlines() if each.strip()]
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(f"Take out at most {MOST_NAMES} names at a time.")
        too_long = [
            each for each in names if len(each) > LONGEST_NAME or len(each.split()) > MOST_WORDS
        ]
        if too_long:
            raise forms.ValidationError(
                f"“{too_long[0]}” is longer than a name. Only names are taken out; what somebody "
                "said stays as they said it."
            )
        return names
