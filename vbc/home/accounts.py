"""How accounts come to be: by an invitation, never by signing up."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from stakeholders.models.users import NO_EMAIL


class Adapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "The email address or sign-in name, or the password, is not right. Try again. If you "
            "have no email and forgot your password, the people who run your panel can print you "
            "a letter."
        ),
    }

    def logout(self, request: HttpRequest) -> None:
        """What was sent before, and is sent again by going back, gives nobody's words back."""
        super().logout(request)
        rotate_token(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A name to sign in with is no address: nothing is sent there."""
        if not email.endswith(f"@{NO_EMAIL}"):
            super().send_mail(template_prefix, email, context)
