"""What has been written: looking for it, adding it, describing it."""

from typing import Any

from django import forms

from evidence.enums import (
    TAGS,
    Certainty,
    CertaintyReason,
    LibraryPart,
    ParticularGroup,
    Process,
    ReferenceKind,
    TagFacet,
    Topic,
)
from evidence.forms.common import FindForm
from evidence.models import Reference, ReferenceTag
from evidence.queries.references import WITH_SUMMARY, WITHOUT_SUMMARY
from stakeholders.models import Organisation
from vbc.ui.forms import ModelForm

_ANY = ("", "Any")


class FindReferenceForm(FindForm):
    kind = forms.ChoiceField(
        label="What it is", choices=[("", "Anything"), *ReferenceKind.choices], required=False
    )
    topic = forms.ChoiceField(label="Topic", choices=[_ANY, *Topic.choices], required=False)
    group = forms.ChoiceField(
        label="About whom", choices=[("", "Anybody"), *ParticularGroup.choices], required=False
    )
    process = forms.ChoiceField(
        label="What it helps with", choices=[_ANY, *Process.choices], required=False
    )
    part = forms.ChoiceField(
        label="Part of values-based practice", choices=[_ANY, *LibraryPart.choices], required=False
    )
    certainty = forms.ChoiceField(
        label="How sure it is", choices=[_ANY, *Certainty.choices], required=False
    )
    summary = forms.ChoiceField(
        label="Plain summary",
        choices=[
            ("", "With or without"),
            (WITH_SUMMARY, "It has one"),
            (WITHOUT_SUMMARY, "It has none yet"),
        ],
        required=False,
    )

    @property
    def narrower(self) -> list[forms.BoundField]:
        """All but the words."""
        return [field for field in self if field.name != "words"]

    @property
    def is_narrowed(self) -> bool:
        return any(field.value() for field in self.narrower)


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
            "pmid",
            "web_address",
            "standing",
            "standing_note",
        )
        help_texts = {
            "doi": "Such as 10.1186/s12961-018-0320-2. It stops the same thing being added twice.",
            "pmid": "The number that PubMed gives it, such as 25657356.",
            "published_in": "The journal, the publisher or the website.",
            "standing": "Only where its publisher says so.",
        }
        widgets = {"plain_summary": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, organisations: Any = None, **kwargs: Any) -> None:
        """`organisations`: those to choose from when adding; none is asked for when editing."""
        super().__init__(*args, **kwargs)
        self.only = None
        # An example has a form of its own, which asks where it was.
        kinds = [each for each in ReferenceKind.choices if each[0] != ReferenceKind.EXAMPLE]
        self.fields["kind"].choices = [("", "Choose one"), *kinds]  # type: ignore[attr-defined]
        # What came with a file can be mended before anybody has summed it up. A summary that is
        # there is never taken away: decisions may lean on it.
        has_none = self.instance.pk is not None and not self.instance.plain_summary
        self.fields["plain_summary"].required = not has_none
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

    def clean_pmid(self) -> str:
        pmid = self.cleaned_data["pmid"].strip()
        if pmid and not (pmid.isascii() and pmid.isdigit()):
            raise forms.ValidationError("A PubMed number has digits only, such as 25657356")
        return pmid

    @property
    def chosen_organisation(self) -> Organisation:
        return self.only or self.cleaned_data["organisation"]

    @property
    def words(self) -> dict[str, Any]:
        """What was written about it."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


def _tags(facet: str, label: str, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        choices=TAGS[facet].choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class DescribeReferenceForm(ModelForm):
    """What a reference found, how sure that is, and for whom it holds."""

    certainty_reasons = forms.MultipleChoiceField(
        label="Why is it less sure, or surer?",
        choices=CertaintyReason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    topic = _tags(TagFacet.TOPIC, "What is it about?")
    group = _tags(TagFacet.GROUP, "Whom is it about?")
    process = _tags(TagFacet.PROCESS, "What does it help with?")
    part = _tags(TagFacet.PART, "Which part of values-based practice is it?")
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Reference
        fields = (
            "plain_summary",
            "asks_for",
            "design",
            "population",
            "outcome",
            "certainty",
            "certainty_reasons",
            "certainty_note",
            "applicability",
            "applicability_note",
            "experience_led",
        )
        labels = {
            "plain_summary": "What did it find, in plain words?",
            "asks_for": "What does it ask commissioners to do?",
            "design": "How was it done?",
            "population": "Who took part?",
            "outcome": "What was looked at?",
            "certainty": "How sure is it?",
            "certainty_note": "Why, in words",
            "applicability": "Was it about people and places like ours?",
            "applicability_note": "For whom does it hold, and for whom not?",
            "experience_led": "Someone who used services is among its authors, as a researcher",
        }
        help_texts = {
            "experience_led": "Only where the publication itself says so.",
        }
        widgets = {
            "plain_summary": forms.Textarea(attrs={"rows": 5}),
            "asks_for": forms.Textarea(attrs={"rows": 3}),
            "certainty_note": forms.Textarea(attrs={"rows": 3}),
            "applicability_note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plain_summary"].required = True
        if self.instance.kind != ReferenceKind.GUIDANCE:
            del self.fields["asks_for"]
        for name in ("design", "certainty", "applicability"):
            field: Any = self.fields[name]
            field.choices = [("", "Leave open"), *field.choices[1:]]
        self.initial["version"] = self.instance.version
        for facet in TagFacet:
            self.initial[facet.value] = []
        for tag in ReferenceTag.objects.filter(reference=self.instance):
            self.initial[tag.facet].append(tag.value)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("certainty_reasons") and not data.get("certainty"):
            self.add_error("certainty", "Say how sure it is, since you gave reasons for it")
        return data

    @property
    def first(self) -> list[forms.BoundField]:
        """What is asked of everybody."""
        return [self[name] for name in ("plain_summary", "asks_for") if name in self.fields]

    @property
    def judged(self) -> list[forms.BoundField]:
        """How sure it is, and for whom it holds."""
        left_out = {"version", *TagFacet.values, *(field.name for field in self.first)}
        return [field for field in self if field.name not in left_out]

    @property
    def tagged(self) -> list[forms.BoundField]:
        return [self[facet.value] for facet in TagFacet]

    @property
    def judged_is_open(self) -> bool:
        return any(field.errors or field.value() for field in self.judged)

    @property
    def words(self) -> dict[str, Any]:
        """What was written about it, and its tags by facet."""
        names = [name for name in self._meta.fields or () if name in self.fields]
        said = {name: self.cleaned_data[name] for name in names}
        return said | {"tags": {facet.value: self.cleaned_data[facet] for facet in TagFacet}}
