"""The map of who is affected, who leads on what, and how people were asked. All invented."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from stakeholders.enums import (
    CameAs,
    ContactMeans,
    ContactRhythm,
    EngagementEffect,
    EngagementKind,
    Level,
    ProviderStanding,
    Sector,
    StakeholderKind,
)
from stakeholders.queries.stakeholder_map import categories
from stakeholders.services import contacts, engagement, leads, stakeholder_map
from vbc.home.demonstration.people import Cast

LOW, MIDDLE, HIGH = Level.LOW, Level.MIDDLE, Level.HIGH
# Name, kind, category, sector, direct, interest, influence, provider, effect.
AROUND: tuple[tuple[Any, ...], ...] = (
    (
        "Families and friends who care",
        StakeholderKind.GROUP,
        "Carers and families",
        Sector.OTHER,
        True,
        HIGH,
        MIDDLE,
        ProviderStanding.NONE,
        "They hold things together while somebody waits, and are seldom asked how they are.",
    ),
    (
        "Example Talking Therapies Service",
        StakeholderKind.ORGANISATION,
        "Service providers",
        Sector.HEALTH,
        True,
        HIGH,
        HIGH,
        ProviderStanding.CURRENT,
        "Its people would work in other places and at other hours than today.",
    ),
    (
        "Family doctors and their practices",
        StakeholderKind.ROLE,
        "Organisations within the NHS",
        Sector.HEALTH,
        True,
        MIDDLE,
        HIGH,
        ProviderStanding.NONE,
        "Most letters come from them. If people can come without one, their work changes.",
    ),
    (
        "Social workers in adult care",
        StakeholderKind.ROLE,
        "Social workers",
        Sector.SOCIAL_CARE,
        True,
        MIDDLE,
        MIDDLE,
        ProviderStanding.NONE,
        "They meet many of the people we do not reach, and could bring them.",
    ),
    (
        "Example Borough Council",
        StakeholderKind.ORGANISATION,
        "Local authority",
        Sector.SOCIAL_CARE,
        False,
        MIDDLE,
        HIGH,
        ProviderStanding.NONE,
        "It owns most of the community centres, and pays for their opening hours.",
    ),
    (
        "Open Door Community Centre (invented)",
        StakeholderKind.ORGANISATION,
        "Voluntary and community organisations",
        Sector.THIRD,
        True,
        HIGH,
        MIDDLE,
        ProviderStanding.POTENTIAL,
        "Therapists would sit in its rooms. It would need a second quiet room.",
    ),
    (
        "Consultant psychiatrists",
        StakeholderKind.ROLE,
        "Consultant psychiatrists",
        Sector.HEALTH,
        False,
        LOW,
        HIGH,
        ProviderStanding.NONE,
        "Some people would come to them later, or not at all, if they get help earlier.",
    ),
    (
        "Two Rivers Peer Support (invented)",
        StakeholderKind.ORGANISATION,
        "Voluntary and community organisations",
        Sector.THIRD,
        False,
        HIGH,
        LOW,
        ProviderStanding.POTENTIAL,
        "It walks with people to their first appointment. More would come, and need more of that.",
    ),
)


def tell(cast: Cast) -> None:
    """The map with its contacts, who leads on what, whom we mean to reach, and four events."""
    today = timezone.localdate()
    _map(cast, today)
    _leads(cast, today)
    _engagement(cast, today)


def _map(cast: Cast, today: date) -> None:
    alex, kim, panel = cast["alex"], cast["kim"], cast.panel
    stakeholder_map.describe_centre(
        panel,
        effect=(
            "Whether they get help at all, where and how soon. Everything else on this map matters "
            "because of them."
        ),
        expected=0,
        by=alex,
    )
    known = {category.name: category for category in categories(cast.organisation)}
    placed = {}
    for name, kind, category, sector, direct, interest, influence, provider, effect in AROUND:
        placed[name] = stakeholder_map.add(
            panel,
            fields={
                "name": name,
                "kind": kind,
                "category": known[category],
                "sector": sector,
                "is_direct": direct,
                "interest": interest,
                "influence": influence,
                "provider": provider,
                "effect": effect,
            },
            by=alex,
        )
    centre = placed["Open Door Community Centre (invented)"]
    service = placed["Example Talking Therapies Service"]
    for stakeholder, days in ((centre, 4), (service, 40)):
        stakeholder_map.plan_contact(
            stakeholder,
            expected=stakeholder.version,
            fields={
                "contact_plan": "In person, at their place, with the questions sent a week before.",
                "contact_rhythm": ContactRhythm.QUARTERLY,
                "next_contact_on": today + timedelta(days=days),
                "lead": alex,
                "cover": kim,
            },
            by=alex,
        )
    contacts.log(
        centre,
        held_on=today - timedelta(days=20),
        means=ContactMeans.VISIT,
        what_was_said=(
            "They can give us a room on three days. On Fridays it is too loud. They asked who would "
            "be there when somebody is upset."
        ),
        promise="Say who is there when somebody is upset, and how they can be called.",
        promise_due_on=today + timedelta(days=10),
        next_contact_on=today + timedelta(days=4),
        by=alex,
    )


def _leads(cast: Cast, today: date) -> None:
    for topic, who, cover, days in (
        ("Talking therapies", "alex", "kim", 400),
        ("Talking with voluntary and community organisations", "alex", "kim", 200),
        ("Complaints and what we learn from them", "kim", None, 300),
    ):
        leads.appoint(
            cast.organisation,
            topic=topic,
            user=cast[who],
            cover=cast[cover] if cover else None,
            since=today - timedelta(days=days),
            by=cast["kim"],
        )


def _engagement(cast: Cast, today: date) -> None:
    alex, panel = cast["alex"], cast.panel
    asian = engagement.add_group(
        panel,
        name="Asian and Asian British people",
        target=40,
        target_words="At least forty, and at least half of them women, in places that they chose.",
        progress="Women came to the community centre. Men came only when we went to the mosque.",
        by=alex,
    )
    little_english = engagement.add_group(
        panel,
        name="People who speak little English",
        target=20,
        target_words="At least twenty, each with an interpreter whom they trust.",
        progress="",
        by=alex,
    )
    for kind, title, days, place, said, became, could_not, came, groups, effects in (
        (
            EngagementKind.WORKSHOP,
            "What would bring you through the door?",
            120,
            "Open Door Community Centre (invented)",
            "People want a place they know. They do not want to explain themselves at a desk. Evenings "
            "are bad for parents.",
            "Walking in without a letter is part of the first option that the panel rates.",
            "Somebody asked for a bus of our own. There is no money for that; fares are paid instead.",
            {CameAs.SERVICE_USERS: 14, CameAs.CARERS: 7, CameAs.PROFESSIONALS: 3, CameAs.STAFF: 2},
            {asian: 12, little_english: 6},
            (EngagementEffect.IDEAS, EngagementEffect.INCLUSION),
        ),
        (
            EngagementKind.FOCUS_GROUP,
            "Talking about waiting",
            90,
            "A room above a library",
            "Waiting is easier when somebody rings. Nobody rang.",
            "The service now rings everyone who has waited for two weeks.",
            "",
            {CameAs.SERVICE_USERS: 9, CameAs.CARERS: 3},
            {asian: 6, little_english: 2},
            (EngagementEffect.STANDARDS,),
        ),
        (
            EngagementKind.BOARD,
            "The board hears what people said",
            60,
            "The ICB's board room",
            "The board asked what it would cost to do nothing.",
            "A page on that is part of the needs assessment.",
            "",
            {CameAs.STAFF: 11, CameAs.SERVICE_USERS: 2},
            {},
            (EngagementEffect.PREJUDICE,),
        ),
        (
            EngagementKind.DEPARTMENT,
            "How referrals are read",
            30,
            "By video",
            "Letters in other languages lie longer than others. Nobody meant that to happen.",
            "",
            "",
            {CameAs.PROFESSIONALS: 8, CameAs.STAFF: 1},
            {},
            (),
        ),
    ):
        event = engagement.record(
            panel,
            told=engagement.Told(
                fields={
                    "kind": kind,
                    "title": title,
                    "held_on": today - timedelta(days=days),
                    "place": place,
                    "what_was_said": said,
                    "what_came_of_it": became,
                    "what_could_not_be_done": could_not,
                },
                came_as=came,
                of_group={group.pk: number for group, number in groups.items()},
                effects=effects,
            ),
            by=alex,
        )
        if kind == EngagementKind.WORKSHOP:
            engagement.share(event, by=alex)
