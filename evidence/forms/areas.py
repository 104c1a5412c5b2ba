"""Looking for a place."""

from django import forms

from evidence.enums import AreaType
from evidence.forms.common import FindForm


class FindAreaForm(FindForm):
    """Narrows the list of places."""

    words = forms.CharField(
        label="Name or code",
        help_text="Such as Salford, E08000006 or QOP.",
        max_length=100,
        required=False,
    )
    kind = forms.ChoiceField(
        label="Kind of area", choices=[("", "Any"), *AreaType.choices], required=False
    )
    within = forms.CharField(widget=forms.HiddenInput, max_length=12, required=False)
