"""Writing down a pathway and its hand-offs."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from evidence.enums import FallsOut
from evidence.forms.common import AreaField, ForOrganisation, offer_areas
from evidence.models import HandOff, Pathway, PathwayStep
from evidence.queries import pathways as queries
from vbc.ui.forms import ModelForm


class AddPathwayForm(ForOrganisation):
    title = forms.CharField(
        label="Name", max_length=160, help_text="Such as: from a crisis back to everyday life."
    )
    summary = forms.CharField(
        label="Whose way it is, from where to where",
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[MaxLengthValidator(2000)],
    )
    area = AreaField(label="Area", required=False, empty_label="Not said")
    field_order = ("title", "summary", "area", "organisation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_areas(self)


class _Versioned(ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3
                field.validators.append(MaxLengthValidator(2000))

    @property
    def fields_given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class PathwayForm(_Versioned):
    area = AreaField(label="Area", required=False, empty_label="Not said")

    class Meta:
        model = Pathway
        fields = ("title", "summary", "area")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_areas(self, keeping=self.instance.area)


class StepForm(_Versioned):
    class Meta:
        model = PathwayStep
        fields = ("service", "title", "words")
        labels = {"service": "A service from the list", "title": "Or something else that happens"}
        help_texts = {"title": "Such as: waits at home for a letter."}

    def __init__(self, *args: Any, pathway: Pathway, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = queries.services_for(pathway)  # type: ignore[attr-defined]
        self.fields["service"].empty_label = "None of them"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("service") and not data.get("title") and "service" not in self.errors:
            self.add_error("title", "Choose a service, or say what happens")
        return data


class HandOffForm(_Versioned):
    class Meta:
        model = HandOff
        fields = (
            "passed_on",
            "responsible",
            "wait_days",
            "falls_out",
            "lost",
            "source",
            "people_say",
        )
        widgets = {"falls_out": forms.RadioSelect}
        help_texts = {
            "passed_on": "Such as a letter, a plan, or a call. Nothing at all is an answer too.",
            "responsible": "A role, not a name.",
            "wait_days": "Leave empty where it is not known.",
            "lost": "Leave empty where nobody has counted.",
            "source": "Where there is a number: who counted, and when.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else 0
        self.fields["falls_out"].choices = FallsOut.choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("lost") is not None:
            if data.get("falls_out") != FallsOut.YES:
                self.add_error("falls_out", "A number goes with “Yes”")
            if not data.get("source"):
                self.add_error("source", "Say who counted, and when")
        return data
