"""Reads of who leads on what, and of what a person would hand over."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from stakeholders.models import (
    ContactPromise,
    Organisation,
    OrganisationMember,
    Panel,
    Stakeholder,
    StakeholderContact,
    TopicLead,
    User,
)
from stakeholders.queries.contacts import led_by


def leads_listed(user: Any) -> QuerySet[TopicLead]:
    """Who leads on what today, in the organisations that `user` has to do with."""
    return _with_names(TopicLead.objects.visible_to(user).running())


def leads_ended(user: Any) -> QuerySet[TopicLead]:
    """Who led on what before, the latest first."""
    ended = TopicLead.objects.visible_to(user).filter(until__isnull=False)
    return _with_names(ended).order_by("-until", "-pk")


def _with_names(leads: QuerySet[TopicLead]) -> QuerySet[TopicLead]:
    return leads.select_related("organisation", "user", "cover")


def staff(organisation: Organisation) -> QuerySet[User]:
    """Everyone who works for the organisation today, by name: who can lead, and be cover."""
    works_here = OrganisationMember.objects.filter(organisation=organisation, until__isnull=True)
    return User.objects.filter(is_active=True, pk__in=works_here.values("user")).order_by(
        "display_name", "pk"
    )


def leading(user: Any) -> list[tuple[Organisation, User]]:
    """Whoever leads on anything, or a contact, where `user` works; also people gone since. Four
    queries, however many."""
    mine = {each.pk: each for each in Organisation.objects.of_staff(user)}
    topics = TopicLead.objects.running().filter(organisation__in=mine)
    contacts = Stakeholder.objects.live().filter(panel__organisation__in=mine, lead__isnull=False)
    pairs = {
        *topics.order_by().values_list("organisation", "user"),
        *contacts.order_by().values_list("panel__organisation", "lead"),
    }
    people = User.objects.in_bulk([person for _, person in pairs])
    found = [(mine[organisation], people[person]) for organisation, person in pairs]
    return sorted(found, key=lambda each: (each[0].name, each[1].display_name, each[1].pk))


def leads_of(organisation: Organisation) -> QuerySet[TopicLead]:
    """Who leads on what today, for this organisation and no other."""
    return _with_names(organisation.topic_leads.running())


def people_of(organisation: Organisation) -> QuerySet[User]:
    """Whoever could have something to hand over: staff of today, and whoever leads on anything."""
    topics = organisation.topic_leads.running()
    contacts = Stakeholder.objects.live().filter(panel__organisation=organisation)
    return User.objects.filter(
        Q(pk__in=staff(organisation).values("pk"))
        | Q(pk__in=topics.values("user"))
        | Q(pk__in=contacts.exclude(lead=None).values("lead"))
    )


@dataclass(frozen=True)
class HandOver:
    """All that somebody else needs to go on with what `person` leads, in `organisation`."""

    person: User
    organisation: Organisation
    topics: list[TopicLead]
    stakeholders: list[Any]  # each with its `open_promises`

    @property
    def is_empty(self) -> bool:
        return not self.topics and not self.stakeholders


def hand_over_of(person: User, organisation: Organisation) -> HandOver:
    """Five queries, however much it is: log and open promises come with each stakeholder."""
    panels = Panel.objects.filter(organisation=organisation)
    log = StakeholderContact.objects.select_related("logged_by")
    promises = ContactPromise.objects.filter(settled_at__isnull=True).select_related("made_by")
    return HandOver(
        person,
        organisation,
        list(
            TopicLead.objects.running()
            .filter(organisation=organisation, user=person)
            .select_related("user", "organisation", "cover")
        ),
        list(
            led_by(person, panels).prefetch_related(
                Prefetch("contacts", log), Prefetch("promises", promises, to_attr="open_promises")
            )
        ),
    )
