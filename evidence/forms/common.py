"""What several forms of a library share."""

import re
from typing import Any, cast

from django import forms

from evidence.enums import AreaType
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
    """A place, by its name or a code of either register. `offer_areas` says which.

    Many places share a name: West Yorkshire is a combined authority and a part of the name of a
    board. So a name is taken only where no other place has it in its own, and places that are
    offered say what kind they are; and with `libraries`, how much those have of them.
    """

    takes_exact = False
    libraries: Any = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Area.objects.none(),
            to_field_name="code",
            search=("name", "code", "ods_code"),
            shown_with="code",
            codes=("code", "ods_code"),
            **kwargs,
        )

    def offered(self) -> list[dict[str, str]]:
        measured: dict[int, int] = {}
        if self.libraries is not None:
            measured = figures.how_much_is_known_of(self.matches, self.libraries)
        return [
            {"value": area.code, "label": self._in_full(area, measured)} for area in self.matches
        ]

    def _in_full(self, area: Area, measured: dict[int, int]) -> str:
        """Its name, kind and code, and how many figures there are."""
        kind = _kind(area)
        label = f"{area.name}{kind and ', '}{kind} ({area.code})"
        if self.libraries is None:
            return label
        count = measured.get(area.pk, 0)
        if not count:
            return f"{label}: no figures"
        return f"{label}: figures of {count:,} indicator{'' if count == 1 else 's'}"

    def _words(self, text: str) -> list[str]:
        return _BOARD.sub("ICB", text).split()

    def _written(self, word: str) -> list[str]:
        return ["ICB", "integrated care board"] if word.casefold() == "icb" else [word]


_BOARD = re.compile(r"\bintegrated\s+care\s+board\b", re.IGNORECASE)


def _kind(area: Area) -> str:
    if area.area_type == AreaType.OTHER:
        return ""
    kind = str(AreaType(area.area_type).label)
    return kind if kind.startswith("NHS") else f"{kind[:1].lower()}{kind[1:]}"


def offer_areas(
    form: forms.BaseForm, *, keeping: Area | None = None, libraries: Any = None
) -> None:
    """Let `area` be one of the areas that are there, or the one it is already.

    An area that went out of use stays where it was said until somebody says another one.
    """
    areas = figures.areas_to_assess()
    if keeping is not None:
        areas |= Area.objects.filter(pk=keeping.pk)
        form.initial["area"] = keeping.code
    field = cast("AreaField", form.fields["area"])
    field.queryset, field.libraries = areas, libraries


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
