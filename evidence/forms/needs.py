"""Writing a needs assessment."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from evidence.enums import CoverageState
from evidence.forms.common import ForOrganisation
from evidence.models import Area, GroupCoverage, Indicator, NeedsAssessment
from evidence.queries import figures
from vbc.ui.forms import Form, ModelForm


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
