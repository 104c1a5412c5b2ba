"""Letters by which people without e-mail choose a new password."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.models import Panel, SignInLetter, User
from stakeholders.permissions.invitations import may_print_sign_in_letter
from stakeholders.queries.invitations import people_without_email
from stakeholders.services import codes
from vbc.core.refusals import Refused
from vbc.core.services import audit

# Long enough for the post, short enough for a letter that lies about.
VALID_FOR = timedelta(days=14)


OVER = (
    "This letter can no longer be used. Ask the people who gave it to you for a new one. Your "
    "password was not changed."
)


class LetterOver(Refused):
    """The letter was used, has run out, a newer one took its place, or it could not be printed
    today."""


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
    letter = (
        SignInLetter.objects.filter(code_digest=code_digest)
        .select_related("user", "panel__organisation", "printed_by")
        .first()
    )
    return letter if letter is not None and _opens(letter) else None


@transaction.atomic
def choose_password(letter: SignInLetter, *, password: str, by: Any) -> None:
    """Use the letter up: the person has a new password, and whoever was signed in is signed out."""
    person = User.objects.select_for_update(no_key=True).get(pk=letter.user_id)
    letter = SignInLetter.objects.select_for_update(no_key=True).get(pk=letter.pk)
    if not _opens(letter):
        raise LetterOver(OVER)
    letter.ended_at = timezone.now()
    letter.save(update_fields=["ended_at"])
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record("sign_in_letter.used", letter, by=by, subject=person)


def _opens(letter: SignInLetter) -> bool:
    """Whether it is unused and could be printed today. Fourteen days are long: whoever printed it
    may work there no more, and the account may open an organisation's doors by now."""
    if letter.ended_at is not None or letter.expires_at <= timezone.now():
        return False
    printed_by, panel, person = letter.printed_by, letter.panel, letter.user
    return (
        printed_by.is_active
        and people_without_email(panel).filter(pk=person.pk).exists()
        and bool(may_print_sign_in_letter(printed_by, panel, person))
    )


def _live(person: User) -> Any:
    return SignInLetter.objects.filter(user=person, ended_at__isnull=True)
