"""Letters by which people without e-mail choose a new password."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.models import Panel, SignInLetter, User
from stakeholders.services import codes
from vbc.core.refusals import Refused
from vbc.core.services import audit

# Long enough for the post, short enough for a letter that lies about.
VALID_FOR = timedelta(days=14)


class LetterOver(Refused):
    """The letter was used, has run out, or a newer one took its place."""


@transaction.atomic
def print_letter(panel: Panel, person: User, *, by: Any) -> str:
    """The code of a new letter for `person`. An older one stops working; the password does not."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    now = timezone.now()
    _live(person).update(ended_at=now)
    code = codes.new_code()
    letter = SignInLetter.objects.create(
        panel=panel,
        user=person,
        code_digest=codes.digest(code),
        printed_by=by,
        expires_at=now + VALID_FOR,
    )
    audit.record("sign_in_letter.printed", letter, by=by, subject=person)
    return code


def by_code(code_digest: str) -> SignInLetter | None:
    """The letter whose code this is, if it still opens something."""
    return (
        SignInLetter.objects.filter(
            code_digest=code_digest,
            ended_at__isnull=True,
            expires_at__gt=timezone.now(),
            user__is_active=True,
        )
        .select_related("user")
        .first()
    )


@transaction.atomic
def choose_password(letter: SignInLetter, *, password: str, by: Any) -> None:
    """Use the letter up: the person has a new password, and whoever was signed in is signed out."""
    person = User.objects.select_for_update(no_key=True).get(pk=letter.user_id)
    letter = SignInLetter.objects.select_for_update(no_key=True).get(pk=letter.pk)
    if letter.ended_at or letter.expires_at <= timezone.now() or not person.is_active:
        raise LetterOver(
            "This letter can no longer be used. Ask the people who gave it to you for a new one. "
            "Your password was not changed."
        )
    letter.ended_at = timezone.now()
    letter.save(update_fields=["ended_at"])
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record("sign_in_letter.used", letter, by=by, subject=person)


def _live(person: User) -> Any:
    return SignInLetter.objects.filter(user=person, ended_at__isnull=True)
