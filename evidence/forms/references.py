"""What has been written, and looking for it."""

from typing import Any

from django import forms

from evidence.enums import ReferenceKind
from evidence.forms.common import FindForm
from evidence.models import Reference
from stakeholders.models import Organisation
from vbc.ui.forms import ModelForm


class FindReferenceForm(FindForm):
    kind = forms.ChoiceField(
        label="What it is", choices=[("", "Anything"), *ReferenceKind.choices], required=False
    )


class ReferenceForm(ModelForm):
    """One thing that was read."""

    web_address = forms.URLField(
        label="Web address",
        help_text="Where to read it.",
        max_length=400,
        required=False,
        assume_scheme="https",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Reference
        fields = (
            "kind",
            "title",
            "plain_summary",
            "authors",
            "year",
            "published_in",
            "doi",
            "web_address",
        )
        help_texts = {
            "doi": "Such as 10.1186/s12961-018-0320-2. It stops the same thing being added twice.",
            "published_in": "The journal, the publisher or the website.",
        }
        widgets = {"plain_summary": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, organisations: Any = None, **kwargs: Any) -> None:
        """`organisations`: those to choose from when adding; none is asked for when editing."""
        super().__init__(*args, **kwargs)
        self.only = None
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        elif organisations is not None and organisations.count() == 1:
            self.only = organisations.first()
        else:
            self.fields["organisation"] = forms.ModelChoiceField(
                organisations, label="Whose library is it for?"
            )

    def clean_year(self) -> int | None:
        year = self.cleaned_data["year"]
        if year is not None and not 1800 <= year <= 2100:
            raise forms.ValidationError("Year must have four digits, such as 2024")
        return year

    @property
    def chosen_organisation(self) -> Organisation:
        return self.only or self.cleaned_data["organisation"]

    @property
    def words(self) -> dict[str, Any]:
        """What was written about it."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}
