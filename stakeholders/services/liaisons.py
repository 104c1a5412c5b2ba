"""Who is in touch with whom: people offer, and each member chooses for themselves."""

from typing import Any

from django.db import transaction

from stakeholders.models import LiaisonOffer, Organisation, Panel, Seat
from stakeholders.notices import seats as words_for
from stakeholders.queries.panels import takes_part, works_for
from stakeholders.queries.seats import people_to_be_in_touch_with
from stakeholders.services.sitting import lock_panel
from vbc.core.database import database_now
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices


@transaction.atomic
def offer(panel: Panel, *, words: str, by: Any) -> LiaisonOffer:
    """`by`, of the panel or of its organisation, offers to be in touch with who chooses them."""
    panel = lock_panel(panel)
    if not (takes_part(by, panel) or works_for(by, panel.organisation)):
        raise Refused("Only people of this panel can offer this. Nothing was changed.")
    offered, _ = LiaisonOffer.objects.update_or_create(
        panel=panel, user=by, withdrawn_at=None, defaults={"words": words.strip()}
    )
    audit.record("liaison.offered", panel, by=by, subject=by)
    return offered


@transaction.atomic
def withdraw_offer(panel: Panel, *, by: Any) -> None:
    """They no longer offer it. Whoever had chosen them has nobody until they choose again."""
    panel = lock_panel(panel)
    end_offer(panel, by)
    audit.record("liaison.offer_withdrawn", panel, by=by, subject=by)


def lock_panels_offered_to(user: Any, organisation: Organisation) -> list[Panel]:
    """The panels of an organisation whose members can choose `user`, locked in their order."""
    offers = LiaisonOffer.objects.filter(
        panel__organisation=organisation, user=user, withdrawn_at__isnull=True
    )
    keys = sorted(offers.values_list("panel", flat=True))
    return list(Panel.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def end_offer(panel: Panel, user: Any) -> None:
    """On a locked panel: `user` is chosen by nobody any more. Whoever had chosen them is told, and
    can choose again."""
    now = database_now()
    offers = LiaisonOffer.objects.filter(panel=panel, user=user, withdrawn_at__isnull=True)
    offers.update(withdrawn_at=now)
    chose = Seat.objects.filter(panel=panel, liaison=user)
    for seat in chose.live().select_related("user"):
        notices.tell(seat.user, words_for.NOBODY_IN_TOUCH, seat, once=now.isoformat())
    chose.update(liaison=None)


def end_offer_of_who_is_gone(panel: Panel, user: Any) -> None:
    """On a locked panel: `user`, who neither takes part nor works there any more, is chosen by
    nobody. A notice to them would be dropped, and whoever is alone would wait for them."""
    if not (takes_part(user, panel) or works_for(user, panel.organisation)):
        end_offer(panel, user)


@transaction.atomic
def choose(seat: Seat, person: Any, *, by: Any) -> None:
    """The holder chooses who is in touch with them, or nobody (None)."""
    panel = lock_panel(seat.panel)
    if person is not None and person.pk == seat.user_id:
        raise Refused("Choose somebody other than yourself. Nothing was changed.")
    offers = people_to_be_in_touch_with(panel)
    if person is not None and not offers.filter(pk=person.pk).exists():
        raise Refused(
            "This person does not offer to be in touch any more. Choose somebody else, or nobody. "
            "Nothing was changed."
        )
    Seat.objects.filter(pk=seat.pk, left_at__isnull=True).update(liaison=person)
    audit.record("liaison.chosen", panel, by=by)
