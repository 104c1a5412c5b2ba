"""What a person changes of their own account here; the rest is allauth's."""

from django import forms

from vbc.ui.forms import Form


class NameForm(Form):
    display_name = forms.CharField(
        label="The name others see",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        help_text="Any name you like: it need not be your own. It changes everywhere, also beside "
        "what you said before.",
    )
