"""What a person says when they ask for a document."""

from django import forms

from vbc.ui.forms import Form


class RequestReportForm(Form):
    reason = forms.CharField(
        label="Why do you make this edition?",
        help_text=(
            "It is printed in the document, so that readers know what changed. "
            "Such as: for the board in May; the outcome figures were added."
        ),
        max_length=240,
        required=False,
    )
