"""What several forms of a library share."""

from typing import Any, cast

from django import forms

from evidence.models import Area, Reference
from evidence.queries import figures
from stakeholders.models import Organisation
from vbc.ui.forms import ByNameField, Form


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


class AreaField(ByNameField):
    """A place, by its name or a code of either register. `offer_areas` says which."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Area.objects.none(),
            to_field_name="code",
            search=("name", "code", "ods_code"),
            shown_with="code",
            **kwargs,
        )


def offer_areas(form: forms.BaseForm, *, keeping: Area | None = None) -> None:
    """Let `area` be one of the areas that are there, or the one it is already.

    An area that went out of use stays where it was said until somebody says another one.
    """
    areas = figures.areas_to_assess()
    if keeping is not None:
        areas |= Area.objects.filter(pk=keeping.pk)
        form.initial["area"] = keeping.code
    cast("AreaField", form.fields["area"]).queryset = areas


class ReferenceField(ByNameField):
    """Something of the library, by its title, its authors or its year."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Reference.objects.none(),
            to_field_name="public_id",
            search=("title", "authors", "year"),
            **kwargs,
        )


class FindForm(Form):
    """Narrows a list to some words."""

    marks_optional = False
    words = forms.CharField(label="Words to look for", max_length=100, required=False)
