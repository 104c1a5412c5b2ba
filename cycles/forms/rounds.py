"""Opening a round."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from vbc.ui.dates import LONDON, london
from vbc.ui.forms import DateInThreeField, Form

CLOSES_AT = time(17)
USUAL_LENGTH = timedelta(days=14)
LONGEST = timedelta(days=180)


class OpenRoundForm(Form):
    """On which day the round closes: at 5pm, when somebody is there to ask."""

    closes_on = DateInThreeField(
        label="The last day for rating",
        help_text="The round closes at 5pm on that day. Two weeks is usual.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        today = london(timezone.now()).date()
        field: Any = self.fields["closes_on"]
        field.earliest, field.latest = today + timedelta(days=1), today + LONGEST
        field.initial = today + USUAL_LENGTH

    def closes_at(self) -> datetime:
        """5pm in London on the chosen day."""
        return datetime.combine(self.cleaned_data["closes_on"], CLOSES_AT, tzinfo=LONDON)
