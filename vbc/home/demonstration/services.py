"""Who does what for whom in South Yorkshire: the places are real, every service is invented, and so
is every figure."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from evidence.enums import (
    ChoiceAnswer,
    ChoicePoint,
    CostBasis,
    FallsOut,
    FigureKind,
    FigurePeriod,
    ParticularGroup,
    ProviderSector,
    ServiceEventKind,
    ServiceLevel,
    ServiceStatus,
    WayIn,
)
from evidence.models import Area, Provider, Service
from evidence.services import (
    pathways,
    providers,
    service_choices,
    service_corrections,
    service_figures,
    services,
)
from vbc.core.enums import ContributionStatus
from vbc.home.demonstration.people import Cast

SOURCE = "Invented for the demonstration"
YEAR = "2025-26"

NHS, COUNCIL, INDEPENDENT, VOLUNTARY, LED = ProviderSector
PROVIDERS = {
    "trust": ("Example Mental Health Trust", NHS, "Contracts office, 0114 496 0101"),
    "talking": ("Example Talking Therapies Service", NHS, "Service desk, 0114 496 0102"),
    "practices": ("Example Primary Care Network", NHS, "Network manager, 01226 496 0103"),
    "council": ("Example Borough Council", COUNCIL, "Adult care, 01709 496 0104"),
    "homes": ("Example Hospitals Company", INDEPENDENT, ""),
    "minds": ("Example Minds Doncaster", VOLUNTARY, "Front desk, 01302 496 0105"),
    "elders": ("Example Elders Together", VOLUNTARY, ""),
    "door": ("The Open Door (Example)", LED, "Whoever is on the door, 0114 496 0106"),
}


@dataclass(frozen=True)
class Told:
    """One service of the demonstration; `can` and `does` are places or people, `pounds` a year."""

    title: str
    provider: str
    level: str
    place: str
    description: str
    ways_in: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    status: str = ServiceStatus.IN_USE
    ages: tuple[int | None, int | None] = (18, None)
    pounds: int | None = None
    can: int | None = None
    does: int | None = None
    unit: str = "people"
    period: str = FigurePeriod.YEAR
    waiting: int | None = None
    unmet: int | None = None
    more: dict[str, Any] = field(default_factory=dict)


SERVICES = (
    Told(
        "Walk and talk groups (invented)",
        "door",
        ServiceLevel.PREVENTION,
        "Sheffield and Rotherham",
        "People who have been unwell themselves lead a walk each week. Anybody can come, say as "
        "much or as little as they like, and stay away without a reason.",
        (WayIn.SELF,),
        (ParticularGroup.SOCIAL_INCLUSION,),
        pounds=42_000,
        can=300,
        does=287,
        more={
            "effectiveness": "People who come say that they go out more. Nobody has studied it.",
            "is_integrated": True,
            "partners": "Talking therapies tell people about it, and it tells people about them.",
        },
    ),
    Told(
        "Wellbeing workers in libraries (invented)",
        "council",
        ServiceLevel.PREVENTION,
        "Barnsley",
        "A worker sits in the library two days a week and helps with debt, home and worry.",
        (WayIn.SELF, WayIn.CARER),
        can=600,
        does=240,
        pounds=96_000,
        more={
            "deficits": "Few people know that they are there. The room has no door that closes.",
            "workforce": "One of three posts is empty.",
        },
    ),
    Told(
        "Early help for young adults (invented)",
        "minds",
        ServiceLevel.EARLY,
        "Doncaster",
        "For people of 16 to 25 when things begin to go wrong: somebody to talk to within days.",
        (WayIn.SELF, WayIn.SCHOOL, WayIn.GP),
        (ParticularGroup.CHILDREN,),
        ages=(16, 25),
        can=220,
        does=251,
        waiting=19,
        more={"unmet_need": "People in villages without a bus do not come."},
    ),
    Told(
        "Talking therapies (invented)",
        "talking",
        ServiceLevel.PRIMARY,
        "All of South Yorkshire, mostly by phone",
        "Talking treatment for adults who are anxious or depressed, by phone, video or in person.",
        (WayIn.SELF, WayIn.GP),
        ages=(16, None),
        pounds=11_800_000,
        can=18_000,
        does=16_700,
        waiting=24,
        unmet=2_300,
        more={
            "effectiveness": "The treatment is well tested. See the figures on recovery in the "
            "library.",
            "deficits": "The first letter is hard to read. Few therapists speak another language.",
            "unmet_need": "People whose first language is not English, and older people.",
            "workforce": "One post in eight is empty.",
        },
    ),
    Told(
        "Mental health nurses at GP surgeries (invented)",
        "practices",
        ServiceLevel.PRIMARY,
        "Barnsley and Doncaster",
        "A nurse at the surgery sees people within the week and helps to find what comes next.",
        (WayIn.GP,),
        can=120,
        does=118,
        period=FigurePeriod.WEEK,
        unit="appointments",
        waiting=6,
        pounds=870_000,
    ),
    Told(
        "Community mental health team, Sheffield (invented)",
        "trust",
        ServiceLevel.COMMUNITY,
        "Sheffield",
        "Nurses, doctors and social workers for people who have been ill for long.",
        (WayIn.GP, WayIn.OTHER_SERVICE),
        (ParticularGroup.PERSONALITY_DISORDER,),
        can=900,
        does=1_040,
        period=FigurePeriod.AT_ONCE,
        waiting=68,
        pounds=6_400_000,
        more={
            "deficits": "People wait for months, and are told different things by different people.",
            "workforce": "Two doctors' posts have been empty for a year.",
        },
    ),
    Told(
        "Support at home (invented)",
        "council",
        ServiceLevel.COMMUNITY,
        "Rotherham",
        "A support worker comes to the home and helps with everyday life after a time in hospital.",
        (WayIn.SOCIAL_CARE, WayIn.OTHER_SERVICE),
        can=80,
        does=49,
        period=FigurePeriod.AT_ONCE,
        pounds=1_150_000,
        more={"deficits": "It begins weeks after people come home."},
    ),
    Told(
        "Memory café (invented)",
        "elders",
        ServiceLevel.COMMUNITY,
        "Doncaster",
        "An afternoon a week for people with dementia and those who care for them.",
        (WayIn.SELF, WayIn.CARER),
        (ParticularGroup.DEMENTIA, ParticularGroup.OLDER),
        ages=(60, None),
        more={"unmet_need": "There is none in Barnsley."},
    ),
    Told(
        "Crisis house (invented)",
        "door",
        ServiceLevel.CRISIS,
        "Sheffield",
        "Four rooms in a house, run by people who have been in a crisis themselves. Stay up to a "
        "week instead of going to hospital.",
        (WayIn.SELF, WayIn.CARER, WayIn.PROFESSIONAL),
        can=4,
        does=4,
        unit="beds",
        period=FigurePeriod.AT_ONCE,
        waiting=2,
        pounds=385_000,
        unmet=110,
        more={
            "effectiveness": "Most who stayed did not go to hospital. Counted by the house itself.",
            "unmet_need": "Turned away because it was full.",
        },
    ),
    Told(
        "Crisis team (invented)",
        "trust",
        ServiceLevel.CRISIS,
        "All of South Yorkshire",
        "At any hour somebody comes to the home, instead of a stay in hospital.",
        (WayIn.SELF, WayIn.CARER, WayIn.GP, WayIn.EMERGENCY),
        pounds=4_900_000,
    ),
    Told(
        "Ward for adults (invented)",
        "trust",
        ServiceLevel.INPATIENT,
        "Sheffield",
        "A ward with 24 beds for people who cannot be safe at home.",
        (WayIn.EMERGENCY, WayIn.OTHER_SERVICE),
        can=24,
        does=25,
        unit="beds",
        period=FigurePeriod.AT_ONCE,
        pounds=5_600_000,
        more={"deficits": "People stay on after they are well, because nothing is ready at home."},
    ),
    Told(
        "Long-stay rehabilitation unit (invented)",
        "homes",
        ServiceLevel.SPECIALISED,
        "Outside South Yorkshire",
        "A unit for people who stay for a year or more, far from home.",
        (WayIn.OTHER_SERVICE,),
        status=ServiceStatus.CLOSING,
        more={
            "is_candidate_to_stop": True,
            "why_stop": "Families cannot visit, and nobody has shown that people leave it sooner. "
            "The contract ends this year.",
        },
    ),
    Told(
        "Therapists in community centres (invented)",
        "talking",
        ServiceLevel.PRIMARY,
        "Sheffield",
        "Two therapists where people already go, in several languages. It opens next year.",
        (WayIn.SELF,),
        (ParticularGroup.ETHNIC_MINORITIES,),
        status=ServiceStatus.PLANNED,
    ),
)
HOUSE, TEAM, THERAPIES, HOME = SERVICES[8], SERVICES[5], SERVICES[3], SERVICES[6]
WARD, NURSES, WALKS = SERVICES[10], SERVICES[4], SERVICES[0]

NOT_COUNTED = "The provider does not count it."
NOT_TOLD = "The provider has not told us."


def write_down(cast: Cast) -> None:
    """Providers, services, two pathways, choices, and what members say against the page."""
    area = Area.objects.get(ods_code="QF7")
    made = {
        key: providers.add(
            cast.organisation,
            fields={"name": name, "sector": sector, "contact": contact},
            by=cast["alex"],
        )
        for key, (name, sector, contact) in PROVIDERS.items()
    }
    written = {told.title: _service(cast, told, made[told.provider], area) for told in SERVICES}
    _clusters(cast, written)
    _journey(cast, written[HOUSE.title])
    _choices(cast, written)
    _pathways(cast, written, area)
    _corrections(cast, written)


def _service(cast: Cast, told: Told, provider: Provider, area: Area) -> Service:
    by, today = cast["alex"], timezone.localdate()
    fields = {
        "provider": provider,
        "title": told.title,
        "description": told.description,
        "level": told.level,
        "status": told.status,
        "area": area,
        "place": told.place,
        "age_from": told.ages[0],
        "age_to": told.ages[1],
        "ways_in": list(told.ways_in),
        "contract_ends": today + timedelta(days=200) if told.status == "closing" else None,
        **told.more,
    }
    service = services.add(cast.organisation, fields=fields, groups=told.groups, by=by)
    dated_on = today - timedelta(days=400 if told is TEAM else 60)
    counted = {"unit": told.unit, "period": told.period}
    cost = {"basis": CostBasis.CONTRACT, "year": YEAR}
    for kind, value, more, why in (
        (FigureKind.COST, _pence(told.pounds), cost, NOT_TOLD),
        (FigureKind.CAPACITY, told.can, counted, NOT_TOLD),
        (FigureKind.ACTIVITY, told.does, counted, NOT_COUNTED),
        (FigureKind.WAITING, told.waiting, {}, NOT_COUNTED),
        (FigureKind.UNMET, told.unmet, {}, ""),
    ):
        if value is not None:
            service_figures.set_known(
                service,
                kind=kind,
                value=value,
                source=SOURCE,
                dated_on=dated_on,
                version=0,
                by=by,
                **more,
            )
        elif why:
            service_figures.set_not_known(service, kind=kind, why=why, version=0, by=by)
    return service


def _pence(pounds: int | None) -> int | None:
    return None if pounds is None else pounds * 100


def _clusters(cast: Cast, written: dict[str, Service]) -> None:
    for told, cluster, people in ((TEAM, 11, 310), (TEAM, 12, 240), (WARD, 14, None)):
        services.set_cluster(written[told.title], cluster=cluster, people=people, by=cast["alex"])


def _journey(cast: Cast, house: Service) -> None:
    for day, kind, words in (
        (
            date(2021, 5, 3),
            ServiceEventKind.OPENED,
            "Opened with two rooms, after people who had been in a crisis asked for it. (invented)",
        ),
        (
            date(2023, 2, 6),
            ServiceEventKind.MOVED,
            "Moved to a house with four rooms and a garden. (invented)",
        ),
        (
            date(2025, 9, 15),
            ServiceEventKind.EVALUATED,
            "Looked at by two service-user researchers. They wrote what helped and what did not. "
            "(invented)",
        ),
    ):
        services.add_event(house, happened_on=day, kind=kind, words=words, by=cast["alex"])


def _choices(cast: Cast, written: dict[str, Service]) -> None:
    yes, partly, no, not_known = ChoiceAnswer
    for told, claimed in (
        (THERAPIES, (partly, yes, yes, partly)),
        (HOUSE, (yes, yes, partly, yes)),
        (WARD, (no, no, no, no)),
    ):
        service_choices.set_claim(
            written[told.title], answers=_answers(claimed), version=0, by=cast["alex"]
        )
    lived = {
        "wren": (no, partly, no, no),
        "robin": (not_known, yes, no, partly),
        "linnet": (no, no, no, no),
        "heron": (no, no, partly, no),
        "swift": (partly, no, no, not_known),
    }
    for key, answers in lived.items():
        note = "I was called from a hidden number, at work." if key == "wren" else ""
        service_choices.say(
            written[THERAPIES.title],
            answers=_answers(answers) | {"access_note": note},
            version=0,
            by=cast[key],
            on=timezone.localdate() - timedelta(days=100),
        )


def _answers(four: tuple[str, ...]) -> dict[str, str]:
    return {point.value: str(answer) for point, answer in zip(ChoicePoint, four, strict=True)}


def _pathways(cast: Cast, written: dict[str, Service], area: Area) -> None:
    by = cast["alex"]
    crisis = pathways.add(
        cast.organisation,
        fields={
            "title": "From a crisis back to everyday life (invented)",
            "summary": "What happens to an adult in Sheffield or Rotherham who has to go to "
            "hospital, until everyday life works again.",
            "area": area,
        },
        by=by,
    )
    steps = [
        pathways.add_step(
            crisis, fields={"service": service, "title": title, "words": words}, by=by
        )
        for service, title, words in (
            (written[NURSES.title], "", "Somebody notices that things get worse."),
            (written[WARD.title], "", "A stay of about five weeks."),
            (None, "Home, with a letter", "The letter names a number to call."),
            (written[HOME.title], "", "Somebody comes to the home."),
            (written[WALKS.title], "", "Among people again."),
        )
    ]
    yes, no, not_known = FallsOut
    for step, passed_on, who, wait, falls_out, lost, people_say in (
        (steps[0], "A call and a form", "The nurse", 1, no, None, ""),
        (
            steps[1],
            "A letter, three pages long",
            "The ward's doctor",
            0,
            yes,
            35,
            "“I had the letter and no idea what to do with it.” (invented)",
        ),
        (
            steps[2],
            "",
            "",
            31,
            yes,
            None,
            "“The first weeks at home were the worst, and nobody came.” (invented)",
        ),
        (steps[3], "A name and a time", "The support worker", 7, not_known, None, ""),
    ):
        fields = {
            "passed_on": passed_on,
            "responsible": who,
            "wait_days": wait,
            "falls_out": falls_out,
            "lost": lost,
            "source": SOURCE if lost else "",
            "people_say": people_say,
        }
        pathways.set_hand_off(step, fields=fields, version=0, by=by)


def _corrections(cast: Cast, written: dict[str, Service]) -> None:
    answered = service_corrections.ask(
        written[HOUSE.title],
        text="The wait is longer at weekends: on Fridays all the rooms are taken.",
        by=cast["linnet"],
    )
    service_corrections.answer(
        answered,
        status=ContributionStatus.ACTED_ON,
        text="Thank you. We asked the house, and it will count weekends on their own from now on.",
        expected=1,
        by=cast["alex"],
    )
    service_corrections.ask(
        written[THERAPIES.title],
        text="You cannot choose video where I live: the service says that it is full.",
        by=cast["robin"],
    )
