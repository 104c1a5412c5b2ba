"""The shape of what people tell us about panels, invitations and themselves."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from stakeholders.enums import PanelAuthority, Perspective
from stakeholders.models import Invitation, Organisation, Panel, User
from vbc.ui.forms import Form

SPEAKING_FROM = {
    Perspective.SERVICE_USER: "I use mental health services, or have used them",
    Perspective.CARER: "I look after or support someone who does",
    Perspective.CLINICIAN: "I treat or care for people as a health professional",
    Perspective.SOCIAL_CARE: "I work in social care",
    Perspective.EVIDENCE_REVIEWER: "I read and judge research and figures",
    Perspective.IN_ATTENDANCE: "I chair, take notes or support someone, and do not rate",
}
EMPLOYED = (
    "Do you work for the organisation that commissions, or for a service this panel may decide "
    "about?"
)
WHY_EMPLOYED = (
    "We ask because nobody who uses services is to sit alone. People who work there are welcome, "
    "but do not count towards the service users who must be there. Others on the panel do not see "
    "your answer."
)


class PanelForm(Form):
    name = forms.CharField(
        label="Name of the panel",
        max_length=120,
        help_text="People see it on their screens. Choose one that says nothing about anyone's "
        "health.",
    )
    purpose = forms.CharField(
        label="What is the panel for?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="In words a neighbour would understand. Everyone who is invited reads this.",
    )
    authority = forms.ChoiceField(
        label="What may the panel do?",
        choices=PanelAuthority.choices,
        widget=forms.RadioSelect,
        initial=PanelAuthority.ADVISORY,
    )


class EditPanelForm(PanelForm):
    """Carries the version that was read, so that two people cannot write over each other.

    What the panel may do is settled when it is set up: its members joined on that understanding.
    """

    authority = None  # type: ignore[assignment]  # Django's way to take a field off
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {name: getattr(panel, name) for name in ("name", "purpose", "version")},
        )
        super().__init__(*args, **kwargs)

    def was_shown(self, current: Panel) -> None:
        """The person has been shown what it says now; saving once more means they have read it."""
        given: Any = self.data
        self.data = {name: given.get(name) for name in self.fields} | {"version": current.version}

    @property
    def texts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "purpose")}


class CreatePanelForm(PanelForm):
    minimum_service_users = forms.IntegerField(
        label="How many service users must be there at least?",
        min_value=2,
        max_value=20,
        initial=2,
        help_text="Two or more. Below that number the panel waits, so that nobody sits alone.",
        error_messages={
            "min_value": "A panel has at least two service users. The number can be raised, never "
            "lowered."
        },
    )
    organisation = forms.ModelChoiceField(
        label="Organisation", queryset=Organisation.objects.none(), to_field_name="public_id"
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["organisation"]
        choice.queryset = organisations
        if len(organisations) == 1:
            choice.widget = forms.HiddenInput()
            choice.initial = organisations[0].public_id


class InviteForm(Form):
    email = forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="The invitation goes to this address and can be used once, within two weeks.",
    )
    perspective = forms.ChoiceField(
        label="To speak as",
        choices=Perspective.choices,
        widget=forms.RadioSelect,
        help_text="What you expect. The person says themselves what they speak from. The e-mail "
        "does not mention it.",
    )


class ChairForm(Form):
    heading_field = "chair"

    chair = forms.ModelChoiceField(
        label="Who chairs the panel?",
        queryset=User.objects.none(),
        to_field_name="public_id",
        widget=forms.RadioSelect,
        empty_label=None,
        help_text="Anyone on the panel can chair. Whoever chairs can invite people and let the "
        "panel sit again.",
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["chair"]
        choice.queryset = people


class DeclarationForm(Form):
    """What a person says of themselves: what they speak from, and whom they work for."""

    perspective = forms.ChoiceField(
        label="What do you speak from on this panel?",
        choices=list(SPEAKING_FROM.items()),
        widget=forms.RadioSelect,
        help_text="Only you decide this, and you can change it later. The panel's members and the "
        "staff who run it see it; nobody else does.",
    )
    is_employed = forms.TypedChoiceField(
        label=EMPLOYED,
        choices=[("no", "No"), ("yes", "Yes")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        help_text=WHY_EMPLOYED,
    )

    @property
    def declared(self) -> dict[str, Any]:
        return {
            "perspective": self.cleaned_data["perspective"],
            "is_employed_by_affected_body": self.cleaned_data["is_employed"],
        }


class AccountForm(DeclarationForm):
    """The same, from someone who has no account yet."""

    field_order = ("display_name", "password", "perspective", "is_employed")

    display_name = forms.CharField(
        label="The name others see",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        help_text="Any name you like: it need not be your own. You can change it.",
    )
    password = forms.CharField(
        label="Choose a password",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 10 characters. Three words that do not belong together are good.",
        error_messages={"required": "Choose a password"},
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = invitation.email

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("password"):
            person = User(email=self.email, display_name=given.get("display_name", ""))
            try:
                validate_password(given["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return given
