"""Writing down services as they are, and saying how they really are."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from evidence.enums import (
    CARE_CLUSTERS,
    CHOICE_QUESTIONS,
    EMPTY_CLUSTER,
    ChoiceAnswer,
    ChoicePoint,
    CostBasis,
    FigureKind,
    FigurePeriod,
    ParticularGroup,
    ProviderSector,
    ServiceEventKind,
    ServiceLevel,
    ServiceStatus,
    WayIn,
)
from evidence.forms.common import AreaField, FindForm, ForOrganisation, offer_areas
from evidence.importers.periods import one_year
from evidence.models import Area, Provider, Service, ServiceFigure
from evidence.queries import services as queries
from stakeholders.models import Organisation, Stakeholder
from vbc.core.enums import ContributionStatus
from vbc.ui.fields import DateInThreeField
from vbc.ui.forms import Form, ModelForm
from vbc.ui.money import MoneyField

# Ten million pounds; the field's own pattern takes no more than seven digits before the point.
MOST = 9_999_999_99
LONGEST = 10_000


def _long_text(rows: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=[MaxLengthValidator(LONGEST)],
        **kwargs,
    )


def _version() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, required=False)


class FindServiceForm(FindForm):
    level = forms.ChoiceField(
        label="Kind of help", choices=[("", "Any"), *ServiceLevel.choices], required=False
    )
    sector = forms.ChoiceField(
        label="Who runs it", choices=[("", "Anybody"), *ProviderSector.choices], required=False
    )
    group = forms.ChoiceField(
        label="Meant for", choices=[("", "Anybody"), *ParticularGroup.choices], required=False
    )
    status = forms.ChoiceField(
        label="Is it there?",
        choices=[("", "All that are not closed"), *ServiceStatus.choices],
        required=False,
    )


class WhichForm(Form):
    """Which organisation's services, and in which area. Asked only where there is a choice."""

    marks_optional = False
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Whose services?",
        required=False,
        to_field_name="public_id",
    )
    area = forms.ModelChoiceField(
        Area.objects.none(),
        label="Area",
        required=False,
        to_field_name="code",
        empty_label="All areas",
    )

    def __init__(self, *args: Any, organisations: Any, organisation: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(organisations) > 1:
            self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
            self.initial["organisation"] = organisation.public_id
        else:
            del self.fields["organisation"]
        areas = queries.areas_of(organisation)
        if len(areas) > 1:
            self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        else:
            del self.fields["area"]


class AddProviderForm(ForOrganisation):
    name = forms.CharField(label="Name", max_length=120)
    sector = forms.ChoiceField(
        label="Who runs it?", choices=ProviderSector.choices, widget=forms.RadioSelect
    )
    contact = forms.CharField(
        label="How to reach them",
        help_text="A role, and a telephone number or e-mail address at work. Everyone on your "
        "panels can read it.",
        max_length=240,
        required=False,
    )
    field_order = ("name", "sector", "contact", "organisation")


class ProviderForm(ModelForm):
    stakeholder = forms.ModelChoiceField(
        Stakeholder.objects.none(),
        label="The same on a panel’s map of who is affected",
        required=False,
        empty_label="Not linked",
    )
    version = _version()

    class Meta:
        model = Provider
        fields = ("name", "sector", "contact", "stakeholder")
        widgets = {"sector": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.fields["sector"].choices = ProviderSector.choices  # type: ignore[attr-defined]
        there = queries.stakeholders_of(self.instance.organisation).select_related("panel")
        self.fields["stakeholder"].queryset = there  # type: ignore[attr-defined]

    @property
    def fields_given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class ChooseOrganisationForm(ForOrganisation):
    """Whose list something is added to, where a person works for several."""


class ServiceForm(ModelForm):
    """What a service is, for whom, and how people get in."""

    groups = forms.MultipleChoiceField(
        label="Meant for",
        help_text="Tick those it is made for, not everyone who may come.",
        choices=ParticularGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ways_in = forms.MultipleChoiceField(
        label="How people get in",
        choices=WayIn.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    contract_ends = DateInThreeField(label="Contract ends", required=False)
    area = AreaField(label="Area", required=False, empty_label="Not said")
    age_from = forms.IntegerField(label="From age", min_value=0, max_value=150, required=False)
    age_to = forms.IntegerField(label="To age", min_value=0, max_value=150, required=False)
    version = _version()
    field_order = (
        "title",
        "description",
        "provider",
        "level",
        "status",
        "area",
        "place",
        "groups",
        "age_from",
        "age_to",
        "ways_in",
        "lead",
        "contact",
        "contract_ends",
        "is_integrated",
        "partners",
    )

    class Meta:
        model = Service
        fields = (
            "title",
            "description",
            "provider",
            "level",
            "status",
            "area",
            "place",
            "age_from",
            "age_to",
            "ways_in",
            "lead",
            "contact",
            "contract_ends",
            "is_integrated",
            "partners",
        )
        help_texts = {
            "lead": "A role. It need not be a name, least of all where that tells too much."
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "partners": forms.Textarea(attrs={"rows": 3}),
            "status": forms.RadioSelect,
        }

    def __init__(self, *args: Any, organisation: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = queries.providers_of(organisation)  # type: ignore[attr-defined]
        offer_areas(self, keeping=self.instance.area)
        self.fields["status"].choices = ServiceStatus.choices  # type: ignore[attr-defined]
        self.fields["description"].validators.append(MaxLengthValidator(LONGEST))
        if self.instance.pk:
            self.initial["version"] = self.instance.version
            self.initial["groups"] = queries.groups_of(self.instance)

    @property
    def fields_given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class ServiceWordsForm(ModelForm):
    """What is known of a service in words."""

    version = _version()

    class Meta:
        model = Service
        fields = (
            "effectiveness",
            "deficits",
            "unmet_need",
            "workforce",
            "is_candidate_to_stop",
            "why_stop",
        )
        help_texts = {
            "effectiveness": "Say how sure it is: counted, studied, or what people tell.",
            "workforce": "Posts that are empty, skills that are missing, training that is due.",
            "is_candidate_to_stop": "This decides nothing. It says that somebody asks.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.widget.attrs["rows"] = 4
                field.validators.append(MaxLengthValidator(LONGEST))

    @property
    def fields_given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class FigureForm(Form):
    """One figure of a service, or why it is not known."""

    amount = forms.IntegerField(label="How many", min_value=0, max_value=10_000_000, required=False)
    unit = forms.CharField(
        label="What is counted", help_text="Such as beds, people or appointments.", max_length=40
    )
    period = forms.ChoiceField(
        label="Over how long", choices=FigurePeriod.choices, widget=forms.RadioSelect
    )
    basis = forms.ChoiceField(
        label="What kind of cost it is", choices=CostBasis.choices, widget=forms.RadioSelect
    )
    year = forms.CharField(
        label="Year of the cost",
        help_text="Such as 2025-26.",
        max_length=9,
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-5"}),
    )
    source = forms.CharField(
        label="Where the figure is from",
        help_text="Such as the contract, a report, or who told you.",
        max_length=240,
        required=False,
    )
    dated_on = DateInThreeField(label="Figure as of", required=False)
    why_not_known = forms.CharField(
        label="If it is not known: why?",
        help_text="Leave the figure empty then. Such as: nobody counts it.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=400,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, figure: ServiceFigure | None, **kwargs: Any) -> None:
        """`figure`: what is said now, None where nothing is."""
        super().__init__(*args, **kwargs)
        self.initial = {"version": 0}
        if figure is not None:
            names = [name for name in self.fields if hasattr(figure, name)]
            self.initial = {name: getattr(figure, name) for name in names}
            self.initial["amount"] = figure.value
        self.fields["dated_on"].latest = timezone.localdate()  # type: ignore[attr-defined]
        if kind == FigureKind.COST:
            self.fields["amount"] = MoneyField(
                label="What it costs a year, in pounds", at_least=0, at_most=MOST, required=False
            )
        elif kind in FigureKind.in_days():
            self.fields["amount"].label = "In days"
        elif kind == FigureKind.UNMET:
            self.fields["amount"].label = "How many people"
        asked = {
            "unit": kind in FigureKind.with_unit(),
            "period": kind in FigureKind.with_unit(),
            "basis": kind == FigureKind.COST,
            "year": kind == FigureKind.COST,
        }
        for name, is_asked in asked.items():
            if is_asked:
                self.fields[name].required = False
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A figure with all that goes with it, or a why; never both, never neither."""
        data = super().clean() or self.cleaned_data
        if "amount" in self.errors:
            return data
        why = data.get("why_not_known", "").strip()
        if data.get("amount") is None:
            if not why:
                self.add_error("amount", "Give the figure, or say below why it is not known")
            return data
        if why:
            self.add_error("why_not_known", "Leave this empty where there is a figure")
        for name in ("unit", "period", "basis", "year", "source", "dated_on"):
            if name in self.fields and name not in self.errors and not data.get(name):
                self.add_error(name, "Fill this in beside the figure")
        return data

    def clean_year(self) -> str:
        year: str = self.cleaned_data["year"].strip()
        try:
            return one_year(year) if year else ""
        except ValueError:
            raise forms.ValidationError("Write the year like 2025 or 2025-26") from None


class ClusterForm(Form):
    cluster = forms.TypedChoiceField(
        label="Care cluster",
        choices=[
            (number, f"{number}: {label}")
            for number, label in CARE_CLUSTERS.items()
            if number != EMPTY_CLUSTER
        ],
        coerce=int,
    )
    people = forms.IntegerField(
        label="People in a year", min_value=0, max_value=10_000_000, required=False
    )
    cost_pence = MoneyField(
        label="What that costs a year, in pounds", at_least=0, at_most=MOST, required=False
    )


class EventForm(Form):
    happened_on = DateInThreeField(label="On which day?")
    kind = forms.ChoiceField(
        label="What happened?", choices=ServiceEventKind.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="In a sentence or two",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say in a sentence or two what happened"},
    )
    version = _version()


class ChoiceForm(Form):
    """An answer and a note at each of the four choice points."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_to_answer: bool, **kwargs: Any) -> None:
        """`has_to_answer`: a provider's claim is whole; what a person knows need not be."""
        super().__init__(*args, **kwargs)
        choices = list(ChoiceAnswer.choices)
        if not has_to_answer:
            choices[-1] = (ChoiceAnswer.NOT_KNOWN.value, "I do not know")
        for point in ChoicePoint:
            self.fields[point.value] = forms.ChoiceField(
                label=CHOICE_QUESTIONS[point],
                choices=choices,
                widget=forms.RadioSelect,
                required=has_to_answer,
                error_messages={"required": f"Answer “{CHOICE_QUESTIONS[point]}”"},
            )
            self.fields[f"{point.value}_note"] = forms.CharField(
                label="A note on this",
                max_length=600,
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
            )

    @property
    def answers(self) -> dict[str, str]:
        return {
            name: self.cleaned_data[name]
            for point in ChoicePoint
            for name in (point.value, f"{point.value}_note")
        }


class CorrectionForm(Form):
    text = forms.CharField(
        label="How is it instead?",
        help_text="Everyone who reads this service can read it, without your name. You get an "
        "answer.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerCorrectionForm(Form):
    status = forms.ChoiceField(
        label="What became of it?",
        choices=[
            (choice.value, choice.label)
            for choice in ContributionStatus
            if choice in ContributionStatus.answered()
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="Your answer",
        help_text="Say what was changed, or why not. Whoever wrote it is told.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ServiceFileForm(ForOrganisation):
    file = forms.FileField(
        label="The file",
        help_text="A CSV file or an Excel workbook (.xlsx), one service on each line, at most 500.",
        error_messages={
            "empty": "This file is empty. Check that it is the one you meant to add.",
            "missing": "Choose a file with services in it.",
        },
    )
    keep_good_rows = forms.BooleanField(
        label="Add the good lines even if others cannot be read", required=False
    )
    field_order = ("file", "keep_good_rows", "organisation")
