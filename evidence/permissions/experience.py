"""Who may do what with accounts of experience. What only their teller may do is found by who told
them, and to everybody else is not there."""

from typing import Any

from evidence.models import Coding, Experience
from evidence.permissions.common import only_staff
from evidence.permissions.references import may_add_reference
from evidence.queries.gaps import may_say_what_they_hope
from evidence.queries.visible import organisations_open_to
from stakeholders.models import Organisation
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_tell_experience(user: Any, organisation: Organisation) -> Permission:
    if organisations_open_to(user).filter(pk=organisation.pk).exists():
        return ALLOWED
    return Denied(f"This is for those who sit on a panel of {organisation.name}, or work there.")


def may_write_down_experience(user: Any, organisation: Organisation) -> Permission:
    return only_staff(user, organisation, "write down what somebody told you")


def may_check_experience(user: Any, experience: Experience) -> Permission:
    return only_staff(user, experience.organisation, "take names out of it")


def may_answer_experience(user: Any, experience: Experience) -> Permission:
    return only_staff(user, experience.organisation, "say what became of it")


def may_code_experience(user: Any, experience: Experience) -> Permission:
    """Everybody on the panel, and staff: themes are found by people of every kind."""
    if not experience.is_checked:
        return Denied("Somebody takes the names out of this first. Come back after that.")
    return may_tell_experience(user, experience.organisation)


def may_uncode_experience(user: Any, coding: Coding) -> Permission:
    if coding.by_id == user.pk:
        return ALLOWED
    return Denied("Somebody else found this, so only they take it back. You can add what you find.")


def may_quote_experience(user: Any, experience: Experience) -> Permission:
    """Staff and evidence reviewers, where its teller allows it."""
    if not experience.is_checked or not experience.report_may_quote:
        return Denied("Whoever told this does not allow reports to quote it.")
    return may_add_reference(user, experience.organisation)


def may_keep_themes(user: Any, organisation: Organisation) -> Permission:
    """Staff and evidence reviewers."""
    return may_add_reference(user, organisation)


def may_say_hopes(user: Any, organisation: Organisation) -> Permission:
    if may_say_what_they_hope(user, organisation):
        return ALLOWED
    return Denied(
        "This asks people who use services, and people who care for somebody, how it is for them. "
        "You can read what they said."
    )


def may_record_hopes(user: Any, organisation: Organisation) -> Permission:
    return only_staff(user, organisation, "write down what people at an event said")
