"""The form of one part of the strategy."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from cycles.enums import StrategyElement
from cycles.models import StrategyText
from vbc.ui.forms import Form
from vbc.ui.reading import HOW_TO_WRITE_EASILY

# Characters: some forty pages. Not `max_length`, which would count down below the box.
LONGEST, LONGEST_EASY = 100_000, 20_000


class StrategyTextForm(Form):
    """The text of one part, also in easy words. It can be saved unfinished."""

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
    easy_text = forms.CharField(
        label="The same in easy words",
        required=False,
        validators=[MaxLengthValidator(LONGEST_EASY)],
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"You can leave this out. {HOW_TO_WRITE_EASILY}",
    )
    easy_will_not_commission = forms.CharField(
        label="What we will not commission, in easy words",
        required=False,
        validators=[MaxLengthValidator(LONGEST_EASY)],
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="You can leave this out. Say what will stop, or not begin, and why.",
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
                "easy_text": part.easy_text,
                "easy_will_not_commission": part.easy_will_not_commission,
                "version": part.version,
            },
        )
        if part.element != StrategyElement.CHANGES:
            del self.fields["will_not_commission"]
            del self.fields["easy_will_not_commission"]
