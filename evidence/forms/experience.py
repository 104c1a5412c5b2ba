"""The shape of accounts of experience: telling, allowing, checking, finding themes."""

from typing import Any

from django import forms

from evidence.enums import ToldBy
from evidence.forms.common import FindForm, ForOrganisation
from evidence.models import Experience, Theme
from vbc.ui.forms import Form, ModelForm
from vbc.ui.names import NamesField


def _longest(name: str) -> int:
    field: Any = Experience._meta.get_field(name)
    return field.max_length or 0


class ExperienceWords(Form):
    """What happened, in a person's own words."""

    title = forms.CharField(
        label="Give it a short title",
        max_length=_longest("title"),
        help_text="Such as “Nobody rang back”. No names, and nothing that tells who you are.",
    )
    text = forms.CharField(
        label="What happened, and how was it?",
        help_text="In your own words, as long or as short as you like. Leave names out if you can: "
        "somebody looks for them before others read it.",
        max_length=_longest("text"),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    happened = forms.CharField(
        label="Roughly when was it?",
        help_text="Such as “last winter” or “2023”.",
        max_length=_longest("happened"),
        required=False,
    )


class Consents(Form):
    """Three separate answers. None hangs on another, and none is ticked beforehand."""

    panel_may_read = forms.BooleanField(
        label="The panel may read it",
        help_text="Everybody who sits on a panel of this organisation, on its pages. Without this "
        "they can read only what the two answers below let everybody read.",
        required=False,
    )
    report_may_quote = forms.BooleanField(
        label="Reports may quote a sentence or two from it",
        help_text="Everybody can read reports, also those on the panel. What is in one that is out "
        "already cannot be taken back; its next edition leaves it out and says that something was "
        "withdrawn.",
        required=False,
    )
    public_may_read = forms.BooleanField(
        label="Everybody may read it",
        help_text="It is on a public page, without your name.",
        required=False,
    )


class _WhoseVoice(Form):
    told_by = forms.ChoiceField(
        label="Whose voice is it?",
        choices=[
            (ToldBy.SELF, "Mine: it happened to me"),
            (ToldBy.CARER, "Mine: I care for somebody it happened to"),
            ("", "I would rather not say"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )


class TellForm(ForOrganisation, Consents, _WhoseVoice, ExperienceWords):
    """Telling it oneself."""

    field_order = (
        "organisation",
        "title",
        "text",
        "happened",
        "told_by",
        "panel_may_read",
        "report_may_quote",
        "public_may_read",
    )


class WriteDownForm(ForOrganisation, Consents, ExperienceWords):
    """Writing down what somebody told. They answer the three questions, not the writer."""

    field_order = tuple(name for name in TellForm.field_order if name != "told_by")


class EditExperienceForm(ExperienceWords):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, experience: Experience, **kwargs: Any) -> None:
        names = ("title", "text", "happened", "version")
        kwargs["initial"] = {name: getattr(experience, name) for name in names}
        super().__init__(*args, **kwargs)


class AllowForm(Consents):
    def __init__(self, *args: Any, experience: Experience, **kwargs: Any) -> None:
        names = Consents.base_fields
        kwargs["initial"] = {name: getattr(experience, name) for name in names}
        super().__init__(*args, **kwargs)


class CheckForm(Form):
    names = NamesField(
        label="Which names are to be taken out?",
        help_text="One on each line, as it stands in the text: a name, or what else would tell who "
        "somebody is. Leave it empty where there is none.",
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, experience: Experience, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": experience.version}
        super().__init__(*args, **kwargs)


class BecameForm(Form):
    words = forms.CharField(
        label="What became of it?",
        help_text="What was done because of it, or why nothing could be. Whoever told it reads "
        "this, and so does everybody who may read the account.",
        max_length=_longest("became"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, experience: Experience, **kwargs: Any) -> None:
        kwargs["initial"] = {"words": experience.became, "version": experience.version}
        super().__init__(*args, **kwargs)


class CodeTheForm(Form):
    """A theme, and the passage that it is in."""

    theme = forms.ModelChoiceField(Theme.objects.none(), label="Which theme do you find?")
    passage = forms.CharField(
        label="In which words?",
        help_text="Copy them from the account. Empty means: in all of it.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, themes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes  # type: ignore[attr-defined]


class QuoteForm(Form):
    passage = forms.CharField(
        label="Which words may reports print?",
        help_text="Copy them from the account: a sentence or two.",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FindExperienceForm(FindForm):
    theme = forms.ModelChoiceField(
        Theme.objects.none(),
        to_field_name="public_id",
        label="Theme",
        required=False,
        empty_label="Any theme",
    )

    def __init__(self, *args: Any, themes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes  # type: ignore[attr-defined]


class ThemeForm(ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Theme
        fields = ("label", "meaning")
        labels = {
            "label": "What do people speak of?",
            "meaning": "What belongs to it, in a sentence?",
        }
        help_texts = {
            "label": "A few plain words, such as “Waiting” or “Being listened to”.",
            "meaning": "So that two people who read the same words know what you mean.",
        }

    def __init__(self, *args: Any, organisations: Any = None, **kwargs: Any) -> None:
        """`organisations`: those to choose from when adding; none is asked for when editing."""
        super().__init__(*args, **kwargs)
        self.only = None
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        elif organisations.count() == 1:
            self.only = organisations.first()
        else:
            self.fields["organisation"] = forms.ModelChoiceField(
                organisations, label="Whose library is it for?"
            )

    @property
    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("label", "meaning")}


class TypedCodeForm(Form):
    heading_field = "code"

    code = forms.CharField(
        label="Type the code that you were given",
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "vbc-code",
            }
        ),
        help_text="Four groups of letters and numbers. Capitals, spaces and dashes make no "
        "difference.",
        error_messages={"required": "Type the code that you were given"},
    )
