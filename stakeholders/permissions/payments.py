"""Who may offer, answer, approve and pay. A chair sees nobody's money but their own."""

from typing import Any

from stakeholders.models import Organisation, Panel, Payment
from stakeholders.queries.panels import works_for
from stakeholders.queries.payments import PAYING_ROLES
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_pay_for_panel(user: Any, panel: Panel) -> Permission:
    """See what is owed to its members, and make offers."""
    return may_pay_for_organisation(user, panel.organisation)


def may_pay_for_organisation(user: Any, organisation: Organisation) -> Permission:
    """Set its rates, and give finance what was approved and paid."""
    if works_for(user, organisation, *PAYING_ROLES):
        return ALLOWED
    return Denied("Only the organisation's commissioners and administrators handle payments.")


def may_handle_payment(user: Any, payment: Payment) -> Permission:
    """Approve it, refuse it, or say that it was paid: never one's own."""
    if payment.person_id == user.pk:
        return Denied("This payment is your own, so somebody else has to see to it.")
    return may_pay_for_panel(user, payment.panel)


def may_answer_payment(user: Any, payment: Payment) -> Permission:
    """Accept it or say no to it: the person alone."""
    if payment.person_id == user.pk:
        return ALLOWED
    return Denied("Only the person it is for can answer an offer.")
