"""Adding a file of figures."""

from django import forms

from evidence.forms.common import ForOrganisation
from evidence.importers import SAVED


class StartImportForm(ForOrganisation):
    """A file of figures, and what its readers should know about it."""

    file = forms.FileField(
        label="The file",
        help_text="A CSV file, such as one downloaded from Fingertips or NHS England.",
        error_messages={
            "empty": "This file is empty. Check that it is the one you meant to add.",
            "missing": "Choose a file with figures in it.",
        },
    )
    published = forms.ChoiceField(
        label="Are these figures already published?",
        help_text=(
            "If they are your own, numbers from 1 to 7 are hidden and others rounded wherever they "
            "are shown, so that nobody can be recognised. What you add stays as it is."
        ),
        choices=[
            ("yes", "Yes, anybody can read them"),
            ("no", "No, they are our own, or not everybody may read them"),
        ],
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label="Where the figures are from",
        help_text="Who publishes them, and under what name. It is printed under every chart.",
        max_length=240,
    )
    licence = forms.CharField(
        label="Licence",
        help_text="Such as Open Government Licence v3.0.",
        max_length=120,
        required=False,
    )
    mapping = forms.ChoiceField(
        label="What kind of file it is",
        choices=[("", "Find out from the file"), *((each.name, each.title) for each in SAVED)],
        required=False,
    )
    period = forms.CharField(
        label="Period of the figures",
        help_text="Only where the file does not say. Write it like 2024, 2024-25 or 2024 Q1.",
        max_length=40,
        required=False,
    )
    field_order = ("file", "published", "source", "licence", "mapping", "period", "organisation")
