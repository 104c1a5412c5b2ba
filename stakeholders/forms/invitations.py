"""The shape of invitations, and of what the people who were invited say of themselves."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from stakeholders.enums import COVERED, Perspective, SeatKind
from stakeholders.models import Invitation, Organisation, User
from vbc.ui.forms import Form
from vbc.ui.naming import NameField

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


class ReachForm(Form):
    """How somebody is reached: by e-mail, or by a letter that whoever asks prints."""

    marks_optional = False  # One of the two is needed.

    email = forms.EmailField(
        label="E-mail address",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="The invitation goes to this address and can be used once, within two weeks.",
    )
    label = forms.CharField(
        label="Or, for a printed letter, who it is for",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="If they have no e-mail of their own. You print a letter with a code, which can "
        "be used once, within 60 days. The name is printed on it.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "email" in self.errors or "label" in self.errors:
            return given
        if not given.get("email") and not given.get("label"):
            self.add_error("email", "Enter an e-mail address, or who a printed letter is for")
        if given.get("email") and given.get("label"):
            self.add_error("label", "Choose one way: leave this empty, or the e-mail address")
        return given

    @property
    def reached(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("email", "label")}


class InviteForm(ReachForm):
    perspective = forms.ChoiceField(
        label="To speak as",
        choices=Perspective.choices,
        widget=forms.RadioSelect,
        help_text="What you expect. The person says themselves what they speak from. Neither the "
        "e-mail nor the letter mentions it.",
        error_messages={"required": "Choose what they would speak as"},
    )


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


class PasswordForm(Form):
    """A new password. `person` is whom it must not resemble."""

    password = forms.CharField(
        label="Choose a password",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 10 characters. Three words that do not belong together are good.",
        error_messages={"required": "Choose a password"},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class AnswerForm(DeclarationForm):
    """A yes to an invitation: only what its kind needs, and an account for whoever has none.

    That somebody is 18 or over is asked and goes no further: it is kept nowhere.
    """

    field_order = ("display_name", "password", "perspective", "is_employed", "is_adult")

    display_name = NameField(
        label="The name others see",
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        help_text="Any name you like: it need not be your own. You can change it.",
    )
    password = PasswordForm.base_fields["password"]
    is_adult = forms.BooleanField(
        label="I am 18 or over",
        error_messages={
            "required": "This panel is for people of 18 and over. Tick this if you are. If you are "
            "younger, tell the person who invited you: nothing has happened yet."
        },
    )

    def __init__(
        self, *args: Any, invitation: Invitation, needs_account: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.invitation, self.needs_account = invitation, needs_account
        unasked = [] if needs_account else ["display_name", "password"]
        if invitation.kind == SeatKind.SUPPORTER:
            unasked += ["perspective", "is_employed"]
        if invitation.panel.is_for_under_18s:
            unasked += ["is_adult"]
        for name in unasked:
            del self.fields[name]
        if invitation.kind in (SeatKind.COVER, SeatKind.RESERVE):
            choice: Any = self.fields["perspective"]
            choice.choices = [(key, SPEAKING_FROM[key]) for key in SPEAKING_FROM if key in COVERED]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("password"):
            person = User(email=self.invitation.email, display_name=given.get("display_name", ""))
            try:
                validate_password(given["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return given

    @property
    def account(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("display_name", "password")}

    @property
    def declared(self) -> dict[str, Any]:
        if self.invitation.kind != SeatKind.SUPPORTER:
            return super().declared
        return {
            "perspective": Perspective.IN_ATTENDANCE,
            "is_employed_by_affected_body": False,
        }


class CodeForm(Form):
    heading_field = "code"

    code = forms.CharField(
        label="Type the code from your letter",
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
        error_messages={"required": "Type the code from your letter"},
    )


class YoungPeopleForm(Form):
    """Carries the version that was read, so that two people cannot write over each other."""

    marks_optional = False

    statement = forms.CharField(
        label="How are consent, parents and guardians handled?",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="In words that a person of 14 understands. Say who has to agree, what parents or "
        "guardians are told and what not, who looks after young people on the panel, and whom they "
        "can turn to.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {"statement": organisation.young_people_statement, "version": organisation.version},
        )
        super().__init__(*args, **kwargs)
