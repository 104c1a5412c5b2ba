"""Who leads on what for an organisation, and handing it on to somebody else."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from stakeholders.models import Organisation, Stakeholder, TopicLead
from stakeholders.notices.leads import HANDED_ON
from stakeholders.queries.panels import works_for
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices


@transaction.atomic
def appoint(
    organisation: Organisation, *, topic: str, user: Any, cover: Any, since: date, by: Any
) -> TopicLead:
    """`user` leads on `topic` from `since`, and `cover` does when they cannot."""
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    _refuse_who_works_elsewhere(organisation, user, cover)
    if organisation.topic_leads.running().filter(topic__iexact=topic).exists():
        raise Refused(
            "Somebody leads on this already. End that first, or hand it on. Nothing was changed."
        )
    lead = organisation.topic_leads.create(topic=topic, user=user, cover=cover, since=since)
    audit.record("lead.appointed", lead, by=by, subject=user)
    return lead


@transaction.atomic
def change_cover(lead: TopicLead, *, cover: Any, by: Any) -> None:
    """Somebody else, or nobody, is there when the lead cannot be."""
    _refuse_who_works_elsewhere(lead.organisation, cover)
    lead.cover = cover
    lead.save(update_fields=["cover"])
    audit.record("lead.cover_changed", lead, by=by, subject=cover)


@transaction.atomic
def end(lead: TopicLead, *, until: date, by: Any) -> None:
    """Nobody leads on this any more, from `until` on; that somebody did is kept."""
    lead = TopicLead.objects.select_for_update(of=("self",), no_key=True).get(pk=lead.pk)
    if lead.until is not None:
        return
    lead.until = max(until, lead.since)
    lead.save(update_fields=["until"])
    audit.record("lead.ended", lead, by=by, subject=lead.user)


@transaction.atomic
def hand_on(organisation: Organisation, person: Any, *, to: Any, on: date, by: Any) -> None:
    """Everything that `person` leads for the organisation is led by `to` from now on.

    The topics end for the one and begin for the other; contact with stakeholders changes hands
    with its plans, log and promises as they are. Where `to` was the cover, there is none then.
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if to == person:
        raise Refused("Choose somebody else to hand this on to. Nothing was changed.")
    _refuse_who_works_elsewhere(organisation, to)
    for lead in organisation.topic_leads.running().filter(user=person).order_by("pk"):
        lead.until = max(on, lead.since)
        lead.save(update_fields=["until"])
        organisation.topic_leads.create(
            topic=lead.topic,
            user=to,
            cover=None if lead.cover_id == to.pk else lead.cover,
            since=lead.until,
        )
    led = Stakeholder.objects.filter(panel__organisation=organisation, lead=person)
    led.filter(cover=to).update(lead=to, cover=None, version=F("version") + 1)
    led.update(lead=to, version=F("version") + 1)
    notices.tell(to, HANDED_ON, organisation, once=f"{person.public_id}:{on.isoformat()}")
    audit.record("lead.handed_on", organisation, by=by, subject=to)


def _refuse_who_works_elsewhere(organisation: Organisation, *people: Any) -> None:
    if not all(works_for(person, organisation) for person in people if person is not None):
        raise Refused(
            "Only people who work for the organisation lead on something for it, or are cover. "
            "Nothing was changed."
        )
