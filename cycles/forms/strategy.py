"""The form of one part of the strategy."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from cycles.enums import StrategyElement
from cycles.models import StrategyText
from vbc.ui.forms import Form

# Characters: some forty pages. Not `max_length`, which would count down below the box.
LONGEST = 100_000


class StrategyTextForm(Form):
    """The text of one part. It can be saved unfinished."""

    text = forms.CharField(
        label="The text of this part",
        required=False,
        validators=[MaxLengthValidator(LONGEST)],
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="You can save it unfinished and come back.",
    )
    will_not_commission = forms.CharField(
        label="What we will not commission",
        required=False,
        validators=[MaxLengthValidator(LONGEST)],
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="What will stop or not begin, and why. The strategy needs this.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    marks_optional = False

    def __init__(
        self, data: Any = None, *, part: StrategyText, text: str = "", will_not: str = ""
    ) -> None:
        super().__init__(
            data,
            initial={
                "text": part.text or text,
                "will_not_commission": part.will_not_commission or will_not,
                "version": part.version,
            },
        )
        if part.element != StrategyElement.CHANGES:
            del self.fields["will_not_commission"]
