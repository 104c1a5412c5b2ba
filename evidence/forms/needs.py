"""Writing a needs assessment."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from evidence.enums import CHAPTER_HINTS, CHAPTER_PROMPTS, CoverageState, Display
from evidence.forms.common import AreaField, ForOrganisation, offer_areas
from evidence.models import GroupCoverage, Indicator, NeedsAssessment, NeedsText
from evidence.queries import figures
from vbc.ui.forms import DateInThreeField, Form, ModelForm
from vbc.ui.reading import HOW_TO_WRITE_EASILY


class AddNeedsForm(ForOrganisation):
    """A new needs assessment."""

    title = forms.CharField(
        label="Title", max_length=160, help_text="Such as Mental health needs in Salford, 2026."
    )
    area = AreaField(label="Area", help_text="Areas appear here when figures name them.")
    field_order = ("title", "area", "organisation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_areas(self, libraries=kwargs.get("organisations"))


class AddExistingForm(AddNeedsForm):
    """A needs assessment of others, to be linked and summarised."""

    publisher = forms.CharField(
        label="Who published it", max_length=160, help_text="Such as the council."
    )
    web_address = forms.URLField(
        label="Where it can be read", max_length=400, assume_scheme="https"
    )
    issued_on = DateInThreeField(label="When it was published")
    field_order = (  # type: ignore[assignment]
        "title",
        "publisher",
        "web_address",
        "issued_on",
        "area",
        "organisation",
    )


class StatementForm(ModelForm):
    """The title and the needs in one paragraph."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = NeedsAssessment
        fields = ("title", "statement", "quotes_definition")
        widgets = {"statement": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


class ChapterForm(Form):
    """The text of one chapter, also in easy words; its question is the label."""

    heading_field = "text"
    marks_optional = False
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 14}),
        required=False,
        validators=[MaxLengthValidator(50_000)],
    )
    easy_text = forms.CharField(
        label="The same in easy words",
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        validators=[MaxLengthValidator(20_000)],
        help_text=f"You can leave this out. {HOW_TO_WRITE_EASILY}",
    )
    is_silent = forms.BooleanField(label="It says nothing about this", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, chapter: str, is_of_others: bool, line: NeedsText | None, **kwargs: Any
    ) -> None:
        initial = (
            {"text": line.text, "easy_text": line.easy_text, "version": line.version}
            if line
            else {"version": 1}
        )
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["text"].label = CHAPTER_PROMPTS[chapter]
        self.fields["text"].help_text = CHAPTER_HINTS.get(chapter, "")
        if is_of_others:
            self.initial["is_silent"] = line.is_silent if line else False
        else:
            del self.fields["is_silent"]


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
    figure = forms.CharField(
        label="A figure about this group",
        max_length=240,
        required=False,
        help_text="With the year and where it is from.",
    )
    voice = forms.CharField(
        label="What people of this group say",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[MaxLengthValidator(10_000)],
        help_text="In their own words where you can, and so that nobody can be recognised.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, line: GroupCoverage | None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"version": 0}
        if line:
            names = ("state", "text", "figure", "voice", "version")
            initial = {name: getattr(line, name) for name in names}
        super().__init__(*args, initial=initial, **kwargs)


class ChartForm(Form):
    """What a chapter shows, of which indicator."""

    marks_optional = False
    show = forms.ChoiceField(label="What to show")
    indicator = forms.ModelChoiceField(
        Indicator.objects.none(),
        label="Indicator",
        help_text="Those with figures of this area. A chart of the whole area needs none.",
        required=False,
    )

    def __init__(self, *args: Any, assessment: NeedsAssessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assessment = assessment
        organisation, area = assessment.organisation, assessment.area
        indicators = figures.indicators_about(organisation, area)
        self.fields["indicator"].queryset = indicators  # type: ignore[attr-defined]
        kinds = figures.category_types_about(organisation, area)
        self.fields["show"].choices = [  # type: ignore[attr-defined]
            ("One indicator", _CHOICES[:1] + _by_groups(kinds) + _CHOICES[1:]),
            ("All indicators of the area", _OF_AN_AREA),
        ]

    def clean(self) -> dict[str, Any]:
        """What `services.needs.add_chart` takes: an indicator, a display and a kind of group."""
        data = super().clean() or self.cleaned_data
        display, _, by_group = data.pop("show", "").partition(":")
        indicator, area = data.get("indicator"), self.assessment.area
        if display in Display.ABOUT_AN_AREA:
            indicator = None
        elif display and indicator is None and "indicator" not in self.errors:
            self.add_error("indicator", "Choose an indicator")
        elif indicator and by_group and not figures.has_groups(indicator, area, by_group):
            self.add_error(
                "show",
                f"This indicator has no figures by {by_group} for {area}. Choose the years, or "
                "another indicator",
            )
        return data | {"indicator": indicator, "display": display, "by_group": by_group}


_CHOICES = [
    ("trend", str(Display.TREND.label)),
    ("areas", str(Display.AREAS.label)),
    ("map", str(Display.MAP.label)),
]
_OF_AN_AREA = [(each.value, str(each.label)) for each in (Display.SPINE, Display.RUG)]


def _by_groups(kinds: list[str]) -> list[tuple[str, str]]:
    """Each kind of group; one that goes by deprivation also as a slope."""
    made = []
    for kind in kinds:
        plain = f"{kind[:1].lower()}{kind[1:]}"
        made.append((f"groups:{kind}", f"Groups, by {plain}"))
        if "depriv" in kind.casefold():
            made.append((f"inequality:{kind}", "From the most to the least deprived"))
    return made
