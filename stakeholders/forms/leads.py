"""The shape of what is said about who leads on what."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from stakeholders.forms.stakeholder_map import people
from stakeholders.models import User
from vbc.ui.fields import DateInThreeField
from vbc.ui.forms import Form


class LeadForm(Form):
    """Somebody leads on something; for whom is known before."""

    topic = forms.CharField(
        label="On what?", max_length=120, help_text="Such as “talking therapies”, or “complaints”."
    )
    user = people("Who leads?", "Somebody who works for the organisation.", is_required=True)
    cover = people("And when that person cannot?", "Somebody else, so that nothing is lost.")
    since = DateInThreeField(label="Since when?")

    def __init__(self, *args: Any, staff: QuerySet[User], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"since": timezone.localdate()})
        super().__init__(*args, **kwargs)
        for name in ("user", "cover"):
            choice: Any = self.fields[name]
            choice.queryset = staff

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("cover") is not None and given["cover"] == given.get("user"):
            self.add_error("cover", "Choose somebody other than the person who leads")
        return given


class CoverForm(Form):
    heading_field = "cover"

    cover = people("Who leads when that person cannot?", "Somebody else, so that nothing is lost.")

    def __init__(self, *args: Any, staff: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["cover"]
        choice.queryset = staff


class HandOnForm(Form):
    to = people("Who goes on with it?", "They are told by e-mail.", is_required=True)

    def __init__(self, *args: Any, staff: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["to"]
        choice.queryset = staff
