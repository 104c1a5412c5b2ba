"""What a person changes of their own account here; the rest is allauth's."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms

from stakeholders.models import User
from stakeholders.models.users import NO_EMAIL
from vbc.ui.forms import Form
from vbc.ui.naming import NameField


class NameForm(Form):
    display_name = NameField(
        label="The name others see",
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        help_text="Any name you like: it need not be your own. It changes everywhere, also beside "
        "what you said before.",
    )


class SignInForm(LoginForm):
    """Signing in by e-mail, or by the name that was made for whoever has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label="Email address or sign-in name",
            max_length=254,
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "username",
                    "autocapitalize": "none",
                    "inputmode": "email",
                    "spellcheck": "false",
                }
            ),
        )
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        login: str = super().clean_login()
        if "@" in login:
            return login
        return f"{'-'.join(login.lower().replace('-', ' ').split())}@{NO_EMAIL}"


class CloseAccountForm(Form):
    """How an account ends, and that it is its owner who ends it."""

    CLOSE, ERASE = "close", "erase"

    how = forms.ChoiceField(
        label="What should happen?",
        choices=[
            (CLOSE, "Close my account"),
            (ERASE, "Close it, and erase what says who I am"),
        ],
        widget=forms.RadioSelect,
    )
    password = forms.CharField(
        label="Your password",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="So that nobody else can close your account.",
    )
    name = forms.CharField(
        label="Type the name others see",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        del self.fields["name" if person.has_usable_password() else "password"]
        how: Any = self.fields["how"]
        how.hints = {
            self.CLOSE: "Nobody can sign in with it. What you said stays, under the name you "
            "chose. You can come back by a new invitation.",
            self.ERASE: "As above, and your name and address go for good. What you said stays, "
            "under no name. This cannot be undone.",
        }
        if "name" in self.fields:
            self.fields["name"].help_text = f"It is: {person.display_name}"

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.person.check_password(password):
            raise forms.ValidationError("This is not your password. Nothing has happened.")
        return password

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name.casefold() != self.person.display_name.casefold():
            raise forms.ValidationError("This is not the name others see. Nothing has happened.")
        return name

    @property
    def erases(self) -> bool:
        return bool(self.cleaned_data["how"] == self.ERASE)
