"""Forms in the design system's markup, with errors in plain words.

Use `Form` and `ModelForm` from here; `{{ form }}` then renders the error summary and the fields.
"""

from typing import Any, ClassVar

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import TemplatesSetting

from vbc.ui.fields import (
    ByNameField,
    DateInThree,
    DateInThreeField,
    NameBox,
    RatingField,
    RatingScale,
)

__all__ = [
    "BoundField",
    "ByNameField",
    "DateInThree",
    "DateInThreeField",
    "Form",
    "FormRenderer",
    "ModelForm",
    "RatingField",
    "RatingScale",
]

# The first that fits, so the special come before the general.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.MultipleHiddenInput, "hidden"),
    (forms.HiddenInput, "hidden"),
    (RatingScale, "rating"),
    (NameBox, "name"),
    (DateInThree, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
)
CLASSES = {
    "input": "nhsuk-input",
    "name": "nhsuk-input",
    "password": "nhsuk-input nhsuk-password-input__input nhsuk-js-password-input-input",
    "textarea": "nhsuk-textarea",
    "select": "nhsuk-select",
    "file": "nhsuk-file-upload__input",
    "checkbox": "nhsuk-checkboxes__input",
}
ERROR_CLASSES = {
    "input": "nhsuk-input--error",
    "name": "nhsuk-input--error",
    "password": "nhsuk-input--error",
    "textarea": "nhsuk-textarea--error",
    "select": "nhsuk-select--error",
}
# What Django shows for choosing nothing.
DASHES = BLANK_CHOICE_DASH[0][1]


class BoundField(forms.BoundField):
    """A field with what its template needs to know; its widget gets the design system's classes."""

    @property
    def kind(self) -> str:
        """Which markup it takes: input, password, textarea, select, radios, rating and so on."""
        widget = self.field.widget
        return next((kind for known, kind in KINDS if isinstance(widget, known)), "input")

    @property
    def character_limit(self) -> int | None:
        """How many characters a text area counts up to, or None."""
        return getattr(self.field, "max_length", None) if self.kind == "textarea" else None

    @property
    def is_page_heading(self) -> bool:
        """True where this one question is what the page is about."""
        return getattr(self.form, "heading_field", None) == self.name

    @property
    def size(self) -> str:
        """The size of the label or legend: "s", "m" for a rating, "l" for the page's heading."""
        if self.is_page_heading:
            return "l"
        return "m" if self.kind == "rating" else getattr(self.form, "label_size", "s")

    @property
    def shows_optional(self) -> bool:
        """True where the label says that an answer may be left out."""
        wanted = getattr(self.form, "marks_optional", True) and self.kind != "checkbox"
        return wanted and not self.field.required and "optional" not in str(self.label).lower()

    @property
    def plain_errors(self) -> list[str]:
        """The errors; a missing answer says what to do even in a form that is not one of ours."""
        label = str(self.label)
        return [
            words_for_missing(self.field, label) if str(error) == standard_missing() else str(error)
            for error in self.errors
        ]

    @property
    def must_be_chosen_again(self) -> bool:
        """True for a file that was sent with wrong answers beside it: no browser keeps it."""
        was_sent = self.kind == "file" and self.html_name in self.form.files
        return was_sent and bool(self.form.errors) and not self.errors

    @property
    def focus_id(self) -> str:
        """The id that the error summary links to: the first box, or the first that is wrong."""
        if self.kind == "date":
            return f"{self.auto_id}_{min(self.wrong_boxes, default=0)}"
        if self.kind in ("radios", "rating", "checkboxes"):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def wrong_boxes(self) -> set[int]:
        """Of a date in three boxes, which are wrong: 0 day, 1 month, 2 year."""
        problems = self.form.errors.as_data().get(self.name, ())
        if not problems:
            return set()
        marked = {box for each in problems for box in (each.params or {}).get("boxes", ())}
        return marked or {0, 1, 2}

    @property
    def options(self) -> list[dict[str, Any]]:
        """The choices of radios and tick boxes, each with its hint and whether "or" goes before it.

        A field says more about its choices by `field.hints = {value: text}` and
        `field.divider_before = value`.
        """
        hints = getattr(self.field, "hints", {})
        divider = getattr(self.field, "divider_before", None)
        return [
            {
                **each.data,
                "hint": hints.get(str(each.data["value"]), ""),
                "has_divider": divider is not None and str(each.data["value"]) == str(divider),
            }
            for each in self.subwidgets
        ]

    @property
    def boxes(self) -> list[dict[str, Any]]:
        """The three boxes of a date, each with its label and whether it is wrong."""
        wrong = self.wrong_boxes
        labels = ("Day", "Month", "Year")
        parts = self.subwidgets[0].data["subwidgets"]
        return [
            {**part, "label": label, "is_wrong": index in wrong}
            for index, (part, label) in enumerate(zip(parts, labels, strict=True))
        ]

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Adds classes and keyboards, and takes away placeholders: they vanish when needed."""
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        kind = self.kind
        if kind == "hidden" or widget.is_hidden:
            return attrs
        names = [CLASSES.get(kind, ""), ERROR_CLASSES.get(kind, "") if self.errors else ""]
        own = str(widget.attrs.get("class", ""))
        names += [name for name in own.split() if name not in " ".join(names).split()]
        if isinstance(widget, forms.NumberInput):
            whole = isinstance(self.field, forms.IntegerField) and not isinstance(
                self.field, forms.DecimalField | forms.FloatField
            )
            attrs.setdefault("inputmode", "numeric" if whole else "decimal")
            if "nhsuk-input--width" not in own:
                names.append("nhsuk-input--width-5")
        if kind == "textarea":
            attrs["maxlength"] = False
            names += ["nhsuk-js-character-count"] if self.character_limit else []
            if self.character_limit and not self.use_fieldset:
                described = [f"{self.auto_id}-info", str(attrs.get("aria-describedby") or "")]
                attrs["aria-describedby"] = " ".join(each for each in described if each)
        attrs["placeholder"] = False
        if joined := " ".join(name for name in names if name):
            attrs["class"] = joined
        return attrs


class FormRenderer(TemplatesSetting):
    """The setting FORM_RENDERER: the project's own templates for forms and fields."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
    bound_field_class = BoundField


class PlainWords:
    """What `Form` and `ModelForm` share: errors that say what to do, and no browser pop-ups.

    A form can set `heading_field` (the name of the one field that is the page's heading),
    `label_size` ("s", "m", "l") and `marks_optional` (False for filters).
    """

    use_required_attribute = False
    heading_field: ClassVar[str | None] = None
    label_size: ClassVar[str] = "s"
    marks_optional: ClassVar[bool] = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined] # from the form
        for name, field in fields.items():
            _name_the_blank(field)
            _say_what_is_too_long(field)
            if str(field.error_messages.get("required", "")) == standard_missing():
                label = field.label if field.label is not None else name.replace("_", " ")
                field.error_messages["required"] = words_for_missing(field, str(label))


class Form(PlainWords, forms.Form):
    """A form in plain words."""


class ModelForm(PlainWords, forms.ModelForm):
    """A form for a model in plain words."""


def _name_the_blank(field: forms.Field) -> None:
    """Say in words what it means to choose nothing, where Django draws a row of dashes."""
    words = "Choose one" if field.required else "Not said"
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = words
    elif isinstance(field, forms.ChoiceField) and type(field.widget) is forms.Select:
        choices = list(field.choices)  # type: ignore[arg-type]  # Django keeps something to go over
        if choices and choices[0] == ("", DASHES):
            field.choices = [("", words), *choices[1:]]


def _say_what_is_too_long(field: forms.Field) -> None:
    """Name the question: on a page of several, the list of what is wrong stands far from them."""
    if isinstance(field, forms.CharField) and field.label:
        label = str(field.label).rstrip("?:").replace("%", "%%")
        field.error_messages.setdefault(
            "max_length",
            f"“{label}” has %(show_value)d characters, and there is room for %(limit_value)d. "
            "Make it shorter",
        )


def standard_missing() -> str:
    """What Django itself says where an answer is missing."""
    return str(forms.Field.default_error_messages["required"])


# Of a label that is itself what to do: "Enter give it a title" helps nobody.
SAYS_WHAT_TO_DO = ("Choose ", "Give ", "Say ", "Tell ", "Type the ", "Write ")


def words_for_missing(field: forms.Field, label: str) -> str:
    """What to say where an answer is missing: what to do, naming the question."""
    if label.endswith("?"):
        return f"Answer “{label}”"
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}” to go on"
    if isinstance(field, forms.FileField):
        return f"Choose a file: {lower_first(label)}"
    if label.startswith(SAYS_WHAT_TO_DO):
        return label
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return f"Choose {lower_first(label)}"
    return f"Enter {lower_first(label)}"


def lower_first(label: str) -> str:
    """The label inside a sentence; "NHS number" and "I agree" keep their capitals."""
    word = label.split(" ", 1)[0]
    keeps = word == "I" or (len(word) > 1 and any(letter.isupper() for letter in word[1:]))
    return label if keeps else label[:1].lower() + label[1:]
