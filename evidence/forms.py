"""What people fill in for a library."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from evidence.enums import CoverageState, ReferenceKind
from evidence.importers import SAVED
from evidence.models import Area, GroupCoverage, Indicator, NeedsAssessment, Reference
from evidence.queries import figures
from stakeholders.models import Organisation
from vbc.ui.forms import Form, ModelForm


class ForOrganisation(Form):
    """A form that asks whose library it is for only where a person works for several."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Whose library is it for?"
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = organisations.first() if organisations.count() == 1 else None
        if self.only:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    @property
    def chosen_organisation(self) -> Organisation:
        return self.only or self.cleaned_data["organisation"]


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
    field_order = ("file", "source", "licence", "mapping", "period", "organisation")


class FindForm(Form):
    """Narrows a list to some words."""

    marks_optional = False
    words = forms.CharField(label="Words to look for", max_length=100, required=False)


class FindReferenceForm(FindForm):
    kind = forms.ChoiceField(
        label="What it is", choices=[("", "Anything"), *ReferenceKind.choices], required=False
    )


class IndicatorViewForm(Form):
    """Which area, whom and which groups of people an indicator's page shows."""

    marks_optional = False
    area = forms.ChoiceField(label="Area", required=False)
    people = forms.ChoiceField(label="People", required=False)
    group = forms.ChoiceField(label="Compare groups by", required=False)

    def __init__(
        self, *args: Any, areas: list[Area], people: list[str], groups: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "area": [(area.code, area.name) for area in areas],
            "people": [(str(number), label) for number, label in enumerate(people)],
            "group": [("", "Do not compare groups"), *((name, name) for name in groups)],
        }
        for name, choices in offered.items():
            if len(choices) > 1:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]


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


class AddNeedsForm(ForOrganisation):
    """A new needs assessment."""

    title = forms.CharField(
        label="Title", max_length=160, help_text="Such as Mental health needs in Salford, 2026."
    )
    area = forms.ModelChoiceField(
        Area.objects.none(), label="Area", help_text="Areas appear here when figures name them."
    )
    field_order = ("title", "area", "organisation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = figures.areas_to_assess()  # type: ignore[attr-defined]


class StatementForm(ModelForm):
    """The title and the needs in one paragraph."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = NeedsAssessment
        fields = ("title", "statement")
        widgets = {"statement": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


class ChapterForm(Form):
    """The text of one chapter; its question is the label."""

    heading_field = "text"
    marks_optional = False
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 14}),
        required=False,
        validators=[MaxLengthValidator(50_000)],
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, prompt: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = prompt


class CoverageForm(Form):
    """What is said of one group."""

    state = forms.ChoiceField(
        label="Were this group's needs assessed?",
        choices=CoverageState.choices,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="What is known, or why it was not assessed",
        help_text=str(GroupCoverage._meta.get_field("text").help_text),
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[MaxLengthValidator(10_000)],
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ChartForm(Form):
    """Which indicator a chapter shows, and how."""

    indicator = forms.ModelChoiceField(
        Indicator.objects.none(), label="Indicator", help_text="Those with figures of this area."
    )
    by_group = forms.ChoiceField(
        label="What to show", help_text="Its years, or its groups side by side.", required=False
    )

    def __init__(self, *args: Any, assessment: NeedsAssessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assessment = assessment
        self.fields["indicator"].queryset = figures.indicators_about(  # type: ignore[attr-defined]
            assessment.organisation, assessment.area
        )
        kinds = figures.category_types_about(assessment.organisation, assessment.area)
        self.fields["by_group"].choices = [  # type: ignore[attr-defined]
            ("", "The years, beside England"),
            *((name, f"Groups, by {name[:1].lower()}{name[1:]}") for name in kinds),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        indicator, by_group = data.get("indicator"), data.get("by_group")
        area = self.assessment.area
        if indicator and by_group and not figures.has_groups(indicator, area, by_group):
            self.add_error(
                "by_group",
                f"This indicator has no figures by {by_group} for {area}. Choose the years, or "
                "another indicator",
            )
        return data
