"""Services as they are: what is kept, what is refused, what is said to be unknown."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from evidence.enums import (
    ChoiceAnswer,
    ChoicePoint,
    FigureKind,
    FigurePeriod,
    ParticularGroup,
    ProviderSector,
    ServiceEventKind,
    ServiceStatus,
    WayIn,
)
from evidence.models import (
    HandOff,
    LivedChoice,
    PathwayStep,
    ProviderChoice,
    Service,
    ServiceCluster,
    ServiceCorrection,
    ServiceEvent,
    ServiceFigure,
    ServiceGroup,
)
from evidence.notices.services import correction_answered, correction_asked
from evidence.presenters import service_map
from evidence.presenters import services as presenters
from evidence.presenters.services import lived_in_words
from evidence.queries import choices
from evidence.queries import services as queries
from evidence.services import (
    pathways,
    providers,
    service_choices,
    service_corrections,
    service_figures,
    services,
)
from stakeholders.enums import Perspective
from stakeholders.services import seats
from tests.factories import services as make
from tests.factories import stakeholders
from vbc.core.enums import ContributionStatus
from vbc.core.models import AuditContent, AuditEntry, Notification
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db
YES, PARTLY, NO, NOT_KNOWN = ChoiceAnswer


@pytest.fixture
def org() -> Any:
    return stakeholders.organisation()


@pytest.fixture
def clerk(org: Any) -> Any:
    return stakeholders.commissioner(org)


@pytest.fixture
def service(org: Any, clerk: Any) -> Service:
    return make.service(org, clerk)


@pytest.fixture
def elsewhere() -> Any:
    return stakeholders.organisation()


# --- Providers and services -----------------------------------------------------------------------


def test_a_provider_is_there_once_however_it_is_written(org: Any, clerk: Any) -> None:
    first = make.provider(org, clerk, name="The Open Door")
    with pytest.raises(Refused, match="already a provider"):
        make.provider(org, clerk, name="THE OPEN DOOR")
    second = make.provider(org, clerk)
    with pytest.raises(Refused, match="already a provider"):
        providers.edit(second, fields={"name": "the open door"}, expected=1, by=clerk)
    assert [each.name for each in org.providers.all()] == [second.name, first.name]


def test_a_service_is_there_once_with_its_provider(org: Any, clerk: Any, service: Service) -> None:
    with pytest.raises(Refused, match="already has a service"):
        make.service(org, clerk, run_by=service.provider, title=service.title.upper())
    assert make.service(org, clerk, title=service.title).pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.create(
            organisation=org,
            provider=service.provider,
            title=service.title,
            description="x",
            level="crisis",
            created_by=clerk,
        )


def test_a_provider_of_another_library_is_refused(
    org: Any, clerk: Any, service: Service, elsewhere: Any
) -> None:
    foreign = make.provider(elsewhere, stakeholders.commissioner(elsewhere))
    with pytest.raises(Refused, match="another library"):
        make.service(org, clerk, run_by=foreign)
    with pytest.raises(Refused, match="another library"):
        services.edit(service, fields={"provider": foreign}, expected=1, by=clerk)


@pytest.mark.parametrize(
    "bad",
    [
        {"age_from": 30, "age_to": 20},
        {"is_integrated": True, "partners": ""},
        {"is_candidate_to_stop": True, "why_stop": ""},
    ],
)
def test_the_database_refuses_half_said_services(service: Service, bad: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.filter(pk=service.pk).update(**bad)


def test_editing_says_what_was_saved_meanwhile(service: Service, clerk: Any) -> None:
    groups = [ParticularGroup.DEMENTIA, ParticularGroup.OLDER]
    services.edit(service, fields={"place": "Sheffield"}, groups=groups, expected=1, by=clerk)
    with pytest.raises(EditedMeanwhile):
        services.edit(service, fields={"place": "Lost"}, groups=(), expected=1, by=clerk)
    service.refresh_from_db()
    assert (service.place, service.version) == ("Sheffield", 2)
    assert queries.groups_of(service) == ["older", "dementia"]
    services.edit(service, fields={"place": "Leeds"}, expected=2, by=clerk)
    assert queries.groups_of(service) == ["older", "dementia"]


def test_ways_in_are_known_ones_once_each_in_order(service: Service, clerk: Any) -> None:
    fields = {"ways_in": [WayIn.GP, WayIn.SELF, WayIn.GP]}
    services.edit(service, fields=fields, expected=1, by=clerk)
    assert service.ways_in == ["self", "gp"]
    with pytest.raises(ValueError, match="nowhere"):
        services.edit(service, fields={"ways_in": ["nowhere"]}, expected=2, by=clerk)


def test_taking_off_the_list_keeps_all_and_can_be_undone(
    org: Any, clerk: Any, service: Service
) -> None:
    services.withdraw(service, by=clerk)
    assert not queries.listed_for(clerk).exists()
    services.bring_back(service, by=clerk)
    assert list(queries.listed_for(clerk)) == [service]
    services.withdraw(service, by=clerk)
    make.service(org, clerk, run_by=service.provider, title=service.title)
    with pytest.raises(Refused, match="already has a service"):
        services.bring_back(service, by=clerk)
    service.refresh_from_db()
    assert service.withdrawn_at is not None
    entries = AuditEntry.objects.filter(object_id=service.public_id)
    assert list(entries.values_list("verb", flat=True)) == [
        "service.added",
        "service.withdrawn",
        "service.brought_back",
        "service.withdrawn",
    ]


def test_an_audit_that_fails_undoes_the_act(
    org: Any, clerk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("no audit")

    owner = make.provider(org, clerk)
    monkeypatch.setattr(services.audit, "record", fail)
    with pytest.raises(RuntimeError):
        make.service(org, clerk, run_by=owner, groups=(ParticularGroup.OLDER,))
    assert not Service.objects.exists()
    assert not ServiceGroup.objects.exists()


@pytest.mark.row("A3-38")
def test_care_clusters_are_those_that_exist(service: Service, clerk: Any) -> None:
    services.set_cluster(service, cluster=11, people=20, cost_pence=900, by=clerk)
    services.set_cluster(service, cluster=11, people=30, by=clerk)
    row = service.clusters.get()
    assert (row.people, row.cost_pence) == (30, None)
    for wrong in (9, 22, -1):
        with pytest.raises(Refused, match="without 9"):
            services.set_cluster(service, cluster=wrong, by=clerk)
    for wrong in (9, 22):
        with pytest.raises(IntegrityError), transaction.atomic():
            ServiceCluster.objects.create(service=service, cluster=wrong)
    services.remove_cluster(service, cluster=11, by=clerk)
    assert not service.clusters.exists()


@pytest.mark.row("A4-7")
def test_a_journey_is_told_from_the_first_day(service: Service, clerk: Any) -> None:
    for day, words in ((date(2025, 1, 6), "Moved."), (date(2020, 1, 6), "Two rooms.")):
        services.add_event(
            service, happened_on=day, kind=ServiceEventKind.MOVED, words=words, by=clerk
        )
    first, last = queries.events_of(service)
    assert (first.words, last.words) == ("Two rooms.", "Moved.")
    services.edit_event(last, fields={"words": "Moved again."}, expected=1, by=clerk)
    with pytest.raises(EditedMeanwhile):
        services.edit_event(last, fields={"words": "Lost."}, expected=1, by=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceEvent.objects.filter(pk=last.pk).update(words="")


# --- Figures --------------------------------------------------------------------------------------


def test_a_figure_is_known_with_its_source_or_unknown_with_its_why(
    service: Service, clerk: Any
) -> None:
    figure = make.known(service, FigureKind.COST, 38_500_050, by=clerk)
    assert (figure.value, figure.year, figure.version) == (38_500_050, "2025-26", 1)
    figure = service_figures.set_not_known(
        service, kind=FigureKind.COST, why="Nobody tells us.", version=1, by=clerk
    )
    assert (figure.value, figure.source, figure.year, figure.dated_on) == (None, "", "", None)
    assert (figure.why_not_known, figure.version) == ("Nobody tells us.", 2)
    for stale in (0, 1):
        with pytest.raises(EditedMeanwhile):
            make.known(service, FigureKind.COST, 1, version=stale, by=clerk)
    assert service.figures.get().value is None


@pytest.mark.parametrize(
    ("kind", "lacking"),
    [
        (FigureKind.COST, {"basis": ""}),
        (FigureKind.COST, {"year": ""}),
        (FigureKind.CAPACITY, {"unit": " "}),
        (FigureKind.ACTIVITY, {"period": ""}),
        (FigureKind.WAITING, {"source": " "}),
    ],
)
def test_a_figure_without_what_goes_with_it_is_refused(
    service: Service, clerk: Any, kind: str, lacking: dict[str, str]
) -> None:
    with pytest.raises(Refused, match="Nothing was saved"):
        make.known(service, kind, 5, by=clerk, **lacking)
    with pytest.raises(Refused, match="why it is not known"):
        service_figures.set_not_known(service, kind=kind, why=" ", version=0, by=clerk)
    assert not ServiceFigure.objects.exists()


@pytest.mark.parametrize(
    "bad",
    [
        {"value": None},
        {"why_not_known": "and known"},
        {"source": ""},
        {"dated_on": None},
        {"basis": ""},
        {"year": ""},
    ],
)
@pytest.mark.thorough
def test_the_database_refuses_half_a_cost(
    service: Service, clerk: Any, bad: dict[str, Any]
) -> None:
    figure = make.known(service, FigureKind.COST, 5, by=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceFigure.objects.filter(pk=figure.pk).update(**bad)


@pytest.mark.parametrize("bad", [{"unit": ""}, {"period": ""}])
def test_the_database_refuses_an_amount_of_nothing(
    service: Service, clerk: Any, bad: dict[str, Any]
) -> None:
    figure = make.known(service, FigureKind.CAPACITY, 5, by=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceFigure.objects.filter(pk=figure.pk).update(**bad)


def test_a_figure_is_old_after_a_year(service: Service, clerk: Any) -> None:
    today = date(2026, 11, 26)
    figure = make.known(service, FigureKind.WAITING, 5, by=clerk, dated_on=date(2025, 11, 26))
    assert not queries.is_stale(figure, today)
    assert queries.is_stale(figure, today + timedelta(days=1))


@pytest.mark.parametrize(
    ("can", "does", "more", "expected"),
    [
        (100, 69, {}, (69, False)),
        (1000, 1001, {}, (100, True)),
        (4, 4, {}, (100, False)),
        (3, 2, {}, (66, False)),
        (0, 2, {}, (None, False)),
        (10, 2, {"unit": "beds"}, (None, False)),
        (10, 2, {"period": FigurePeriod.WEEK}, (None, False)),
        (10, 2, {"unit": "People"}, (20, False)),
    ],
)
def test_use_is_known_where_the_same_thing_is_counted(
    service: Service,
    clerk: Any,
    *,
    can: int,
    does: int,
    more: dict[str, str],
    expected: tuple[int | None, bool],
) -> None:
    make.known(service, FigureKind.CAPACITY, can, by=clerk)
    make.known(service, FigureKind.ACTIVITY, does, by=clerk, **more)
    figures = queries.figures_by_kind(service)
    assert (queries.use_of(figures), queries.is_over_full(figures)) == expected


# --- Choice ---------------------------------------------------------------------------------------


def answers(*four: str, **notes: str) -> dict[str, str]:
    said = {point.value: str(each) for point, each in zip(ChoicePoint, four, strict=True)}
    return said | {f"{point.value}_note": notes.get(point.value, "") for point in ChoicePoint}


@pytest.fixture
def people(org: Any, clerk: Any) -> list[Any]:
    panel = stakeholders.sitting_panel(org, by=clerk, service_users=5)
    return stakeholders.members(panel, Perspective.SERVICE_USER)


@pytest.mark.row("A3-15")
def test_the_claim_and_what_people_live_are_never_merged(
    service: Service, clerk: Any, people: list[Any]
) -> None:
    service_choices.set_claim(service, answers=answers(YES, YES, YES, YES), version=0, by=clerk)
    for each in people:
        said_in_spring(service, answers(NO, NO, NO, NO), each)
    claim = choices.claim_of(service)
    assert claim is not None
    assert {claim.answer_to(point) for point in ChoicePoint} == {YES}
    lived = choices.lived_by_service([service])[service.pk]
    assert {each.most for each in lived.values()} == {NO}
    assert choices.without_choice([service]) == {
        "claimed": [],
        "lived": [{"title": service.title, "url": service.get_absolute_url()}],
    }


SPRING, SUMMER = date(2026, 5, 5), date(2026, 8, 8)
NOTHING_SHOWN = choices.Lived()


def said_in_spring(service: Service, said: dict[str, str], by: Any) -> None:
    service_choices.say(service, answers=said, version=0, by=by, on=SPRING)


def shown(service: Service) -> dict[str, choices.Lived]:
    return choices.lived_by_service([service])[service.pk]


def test_fewer_than_five_people_in_a_quarter_are_not_shown(
    service: Service, people: list[Any]
) -> None:
    said = answers(NO, NO, NO, "", life="I had no say.")
    for each in people[:4]:
        said_in_spring(service, said, each)
    assert list(shown(service).values()) == [NOTHING_SHOWN] * 4
    said_in_spring(service, answers(YES, "", PARTLY, YES), people[4])
    lived = shown(service)
    assert lived["life"] == choices.Lived(True, "April to June 2026", NO, ("I had no say.",) * 4)
    assert not lived["access"].is_shown
    assert lived["assessment"].most == NO
    assert not lived["treatment"].is_shown


@pytest.mark.parametrize(
    ("said", "most", "words"),
    [
        ((NO, NO, NO, NO, NO), NO, "Most said no (April to June 2026)"),
        ((YES, NO, NO, NO, NO), NO, "Most said no (April to June 2026)"),
        ((YES, YES, NO, NO, NO), NO, "Most said no (April to June 2026)"),
        ((YES, PARTLY, PARTLY, NO, NO), "", "People differ (April to June 2026)"),
    ],
)
def test_only_what_most_said_is_told(
    service: Service, people: list[Any], said: tuple[str, ...], most: str, words: str
) -> None:
    """Of exact counts of five, one of them learns what all the others said."""
    for each, answer in zip(people, said, strict=True):
        said_in_spring(service, answers(answer, NO, NO, NO), each)
    lived = shown(service)["life"]
    assert lived == choices.Lived(True, "April to June 2026", most, ())
    assert lived_in_words(lived) == words
    says_none = [each["title"] for each in choices.without_choice([service])["lived"]]
    assert says_none == ([service.title] if most == NO else [])


def test_nothing_shows_what_one_person_says_or_changes_or_takes_back(
    service: Service, people: list[Any]
) -> None:
    """A reader who looks before and after each act of one person sees no number move."""
    person, others = people[0], people[1:]
    for number, each in enumerate(people):
        said_in_spring(service, answers(YES if number else NO, NO, NO, NO), each)
    for each in others:
        service_choices.say(service, answers=answers(NO, NO, NO, NO), version=0, by=each)
    before = shown(service)
    assert before["life"].most == YES
    service_choices.say(service, answers=answers(YES, YES, NO, NO), version=0, by=person)
    assert shown(service) == before
    service_choices.say(service, answers=answers(NO, YES, NO, NO), version=1, by=person)
    assert shown(service) == before
    service_choices.take_back(service, by=person)
    assert shown(service) == before
    for each in others:
        service_choices.take_back(service, by=each)
    assert shown(service) == before


def test_each_quarter_counts_by_itself_and_the_newest_is_shown(
    service: Service, people: list[Any]
) -> None:
    for each in people:
        said_in_spring(service, answers(NO, NO, NO, NO), each)
    for each in people[:4]:
        service_choices.say(
            service, answers=answers(YES, YES, YES, YES), version=0, by=each, on=SUMMER
        )
    assert (shown(service)["life"].period, shown(service)["life"].most) == (
        "April to June 2026",
        NO,
    )
    service_choices.say(
        service, answers=answers(YES, "", "", ""), version=0, by=people[4], on=SUMMER
    )
    assert shown(service)["life"].period == "July to September 2026"
    assert shown(service)["access"].period == "April to June 2026"


def test_what_was_said_today_is_shown_once_its_quarter_is_over(
    service: Service, people: list[Any]
) -> None:
    for each in people:
        service_choices.say(service, answers=answers(NO, NO, NO, NO), version=0, by=each)
    last = choices.running_until() - timedelta(days=1)
    with time_machine.travel(last, tick=False):
        assert not shown(service)["life"].is_shown
    with time_machine.travel(choices.running_until(), tick=False):
        assert shown(service)["life"].most == NO
        assert choices.own_of(service, people[0]) is None


def test_taken_back_after_the_quarter_notes_go_and_nothing_says_whose_it_was(
    service: Service, people: list[Any]
) -> None:
    for each in people:
        said_in_spring(service, answers(NO, NO, NO, NO, life="I had no say."), each)
    service_choices.take_back(service, by=people[0])
    assert shown(service)["life"].most == NO
    assert shown(service)["life"].notes == ("I had no say.",) * 4
    assert not choices.said_by(people[0]).exists()
    assert not LivedChoice.objects.filter(author=people[0]).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        LivedChoice.objects.filter(author=None).update(life_note="Still here.")
    again = AuditEntry.objects.filter(verb="service.choice_taken_back").count()
    service_choices.take_back(service, by=people[0])
    assert AuditEntry.objects.filter(verb="service.choice_taken_back").count() == again == 1


def test_who_said_what_of_choice_is_not_in_the_audit(service: Service, people: list[Any]) -> None:
    service_choices.say(service, answers=answers(NO, NO, NO, NO), version=0, by=people[0])
    service_choices.take_back(service, by=people[0])
    entries = AuditEntry.objects.filter(verb__startswith="service.choice_")
    assert entries.count() == 2
    assert not AuditContent.objects.filter(entry__in=entries, actor__isnull=False).exists()


def test_each_has_one_voice_on_choice(service: Service, clerk: Any, people: list[Any]) -> None:
    person = people[0]
    service_choices.say(service, answers=answers(NO, NO, NO, NO), version=0, by=person)
    with pytest.raises(EditedMeanwhile):
        service_choices.say(service, answers=answers(YES, NO, NO, NO), version=0, by=person)
    service_choices.say(service, answers=answers(YES, NO, NO, NO), version=1, by=person)
    assert choices.own_of(service, person).life == YES  # type: ignore[union-attr]
    with pytest.raises(IntegrityError), transaction.atomic():
        LivedChoice.objects.create(
            service=service, author=person, shown_from=choices.running_until()
        )
    service_choices.set_claim(service, answers=answers(NO, NO, NO, NO), version=0, by=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProviderChoice.objects.create(service=service)


# --- Corrections ----------------------------------------------------------------------------------


def _told(person: Any, kind: str) -> list[Notification]:
    return list(Notification.objects.filter(recipient=person, kind=f"evidence.{kind}"))


def test_a_correction_is_answered_and_its_author_hears(
    service: Service, clerk: Any, people: list[Any]
) -> None:
    author = people[0]
    correction = service_corrections.ask(service, text=" The wait is longer. ", by=author)
    assert list(queries.corrections_waiting(clerk)) == [correction]
    (asked,) = _told(clerk, "service_correction_asked")
    words = correction_asked(asked)
    assert words is not None
    assert service.title in words.paragraphs[0]
    assert author.display_name not in f"{words.subject} {words.paragraphs}"
    for status, text in ((ContributionStatus.RECEIVED, "Later."), (NO, " ")):
        with pytest.raises(Refused):
            service_corrections.answer(correction, status=status, text=text, expected=1, by=clerk)
    for version, status in enumerate(
        (ContributionStatus.NOT_ACTED_ON, ContributionStatus.ACTED_ON), start=1
    ):
        service_corrections.answer(
            correction, status=status, text="We asked.", expected=version, by=clerk
        )
        with pytest.raises(EditedMeanwhile):
            service_corrections.answer(
                correction, status=status, text="Lost.", expected=version, by=clerk
            )
    correction.refresh_from_db()
    assert (correction.status, correction.answered_by, correction.version) == (
        ContributionStatus.ACTED_ON,
        clerk,
        3,
    )
    assert correction.author_told_at is not None
    told = _told(author, "service_correction_answered")
    assert len(told) == 2
    words = correction_answered(told[0])
    assert words is not None
    assert words.link == correction.get_absolute_url()
    assert service.title not in words.subject
    assert correction_asked(asked) is None
    assert not queries.corrections_waiting(clerk).exists()


def test_who_left_is_told_and_led_to_their_own_words(
    service: Service, clerk: Any, people: list[Any]
) -> None:
    author = people[0]
    correction = service_corrections.ask(service, text="It moved.", by=author)
    seats.leave(author.seats.get(), by=author)
    service_corrections.answer(
        correction, status=ContributionStatus.ACTED_ON, text="It did.", expected=1, by=clerk
    )
    (notice,) = _told(author, "service_correction_answered")
    words = correction_answered(notice)
    assert words is not None
    assert words.link == "/my-words/"
    correction.refresh_from_db()
    assert correction.author_told_at is not None


def test_a_correction_taken_back_waits_for_nobody(
    service: Service, clerk: Any, people: list[Any]
) -> None:
    correction = service_corrections.ask(service, text="It moved.", by=people[0])
    service_corrections.take_back(correction, by=people[0])
    assert not queries.corrections_waiting(clerk).exists()
    assert not queries.corrections_of(service).exists()
    with pytest.raises(Refused, match="taken back"):
        service_corrections.answer(
            correction, status=ContributionStatus.ACTED_ON, text="It did.", expected=1, by=clerk
        )
    with pytest.raises(Refused):
        service_corrections.ask(service, text=" ", by=people[0])
    assert ServiceCorrection.objects.count() == 1


# --- Pathways -------------------------------------------------------------------------------------


def test_steps_move_with_their_hand_offs_and_come_back_at_the_end(org: Any, clerk: Any) -> None:
    way = make.pathway(org, clerk)
    first, second, third = (make.step(way, clerk, title) for title in ("A", "B", "C"))
    fields = {"falls_out": "no"}
    pathways.set_hand_off(second, fields=fields, version=0, by=clerk)

    def order() -> list[str]:
        return [each.title for each in pathways.steps_of(way)]

    pathways.move_step(third, earlier=True, by=clerk)
    assert order() == ["A", "C", "B"]
    pathways.move_step(first, earlier=True, by=clerk)
    assert order() == ["A", "C", "B"]
    pathways.remove_step(first, by=clerk)
    assert order() == ["C", "B"]
    with pytest.raises(Refused, match="not on the pathway"):
        pathways.move_step(first, earlier=True, by=clerk)
    pathways.put_step_back(first, by=clerk)
    assert order() == ["C", "B", "A"]
    assert second.hand_off.falls_out == "no"


def test_a_step_is_a_service_of_ours_or_something_that_happens(
    org: Any, clerk: Any, elsewhere: Any
) -> None:
    way = make.pathway(org, clerk)
    foreign = make.service(elsewhere, stakeholders.commissioner(elsewhere))
    with pytest.raises(Refused, match="say what happens"):
        pathways.add_step(way, fields={"service": None, "title": " "}, by=clerk)
    with pytest.raises(Refused, match="another organisation"):
        make.step(way, clerk, through=foreign)
    step = make.step(way, clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        PathwayStep.objects.filter(pk=step.pk).update(title="")


def test_a_number_of_people_lost_needs_its_source(org: Any, clerk: Any) -> None:
    step = make.step(make.pathway(org, clerk), clerk)
    for fields in (
        {"falls_out": "no", "lost": 3, "source": "The ward"},
        {"falls_out": "yes", "lost": 3, "source": ""},
    ):
        with pytest.raises(Refused, match="how we know it"):
            pathways.set_hand_off(step, fields=fields, version=0, by=clerk)
        with pytest.raises(IntegrityError), transaction.atomic():
            HandOff.objects.create(step=step, **fields)
    good = {"falls_out": "yes", "lost": 3, "source": "The ward, March 2026"}
    pathways.set_hand_off(step, fields=good, version=0, by=clerk)
    with pytest.raises(EditedMeanwhile):
        pathways.set_hand_off(step, fields={"falls_out": "no"}, version=0, by=clerk)


# --- The stock take -------------------------------------------------------------------------------


@pytest.mark.row("A1-1")
@pytest.mark.row("A1-9")
@pytest.mark.row("A3-71")
def test_the_stock_take_says_what_is_there_and_what_is_missing(
    org: Any, clerk: Any, elsewhere: Any
) -> None:
    led = ProviderSector.USER_LED
    house = make.service(
        org,
        clerk,
        sector=led,
        level="crisis",
        title="House",
        groups=(ParticularGroup.OLDER,),
        is_integrated=True,
        partners="The ward",
        unmet_need="Turned away.",
        effectiveness="Most stay at home.",
    )
    make.known(house, FigureKind.COST, 1_000_00, by=clerk)
    make.known(house, FigureKind.CAPACITY, 4, by=clerk)
    make.known(house, FigureKind.ACTIVITY, 5, by=clerk)
    make.known(house, FigureKind.UNMET, 110, by=clerk)
    ward = make.service(org, clerk, level="inpatient", title="Ward", status=ServiceStatus.CLOSING)
    make.known(ward, FigureKind.COST, 2_000_00, by=clerk, year="2024-25", dated_on=date(2024, 1, 1))
    team = make.service(
        org, clerk, title="Team", is_candidate_to_stop=True, why_stop="Nobody comes."
    )
    make.known(team, FigureKind.CAPACITY, 100, by=clerk)
    make.known(team, FigureKind.ACTIVITY, 40, by=clerk)
    services.set_cluster(team, cluster=11, people=30, by=clerk)
    make.service(org, clerk, status=ServiceStatus.PLANNED)
    make.service(org, clerk, status=ServiceStatus.CLOSED)
    services.withdraw(make.service(org, clerk), by=clerk)
    make.service(elsewhere, stakeholders.commissioner(elsewhere))
    way = make.pathway(org, clerk)
    steps = [make.step(way, clerk, through=ward), make.step(way, clerk, "Home")]
    make.step(way, clerk, through=team)
    lost = {"falls_out": "yes", "lost": 35, "source": "The ward", "wait_days": 3}
    pathways.set_hand_off(steps[0], fields=lost, version=0, by=clerk)

    # The figures of the factories grow old, as any do.
    with time_machine.travel(date(2026, 6, 1)):
        facts = queries.stock_take(org)
    named = {"title": "House", "provider": house.provider.name, "url": house.get_absolute_url()}
    assert (facts["services"], facts["providers"], facts["user_led_providers"]) == (3, 3, 1)
    assert (facts["planned"], facts["closing"], facts["closed"]) == (1, 1, 1)
    assert (facts["cost_pence"], facts["cost_not_known"]) == (3_000_00, 1)
    assert facts["cost_years"] == ["2024-25", "2025-26"]
    assert {each["level"]: each["of_100"] for each in facts["by_level"] if each["of_100"]} == {
        "crisis": 33,
        "inpatient": 67,
    }
    crisis = next(each for each in facts["by_level"] if each["level"] == "crisis")
    assert crisis["sectors"][-1] == {
        "sector": "user_led",
        "label": "Run by people who use services",
        "services": 1,
        "cost_pence": 1_000_00,
        "cost_not_known": 0,
    }
    assert crisis["sectors"][0]["services"] == 0
    groups = {each["group"]: each["services"] for each in facts["by_group"]}
    assert groups.pop("older") == [named]
    assert not any(groups.values())
    assert facts["over_full"] == [
        named | {"activity": 5, "capacity": 4, "unit": "people", "period": "a year", "of_100": 125}
    ]
    assert [each["title"] for each in facts["under_used"]] == ["Team"]
    assert facts["use_not_known"] == 1
    assert facts["unmet"] == [named | {"words": "Turned away.", "people": 110}]
    assert [(each["title"], each["why"]) for each in facts["looked_at"]] == [
        ("Team", "Nobody comes.")
    ]
    assert facts["working_with_others"] == 1
    assert facts["old_figures"] == 1
    assert facts["by_cluster"] == [{"cluster": 11, "services": 1, "people": 30, "cost_pence": None}]
    assert [
        (each["from"], each["to"], each["people"], each["wait_days"], each["responsible"])
        for each in facts["falls_between"]
    ] == [("Ward", "Home", 35, 3, "")]
    assert (facts["hand_offs"], facts["hand_offs_not_known"]) == (2, 1)
    assert {each["part"]: (each["have"], each["of"]) for each in facts["checklist"]} == {
        "statutory": (2, None),
        "independent": (0, None),
        "voluntary": (1, None),
        "costs": (2, 3),
        "effectiveness": (1, 3),
        "deficits": (0, 3),
        "unmet_need": (1, 3),
        "workforce": (0, 3),
        "benchmarks": (0, None),
        "guidance": (0, None),
        "needs": (0, None),
        "looked_at": (1, None),
    }


def test_the_stock_take_of_nothing_is_nothing(org: Any) -> None:
    facts = queries.stock_take(org)
    assert (facts["services"], facts["cost_pence"], facts["hand_offs"]) == (0, 0, 0)
    assert {each["of_100"] for each in facts["by_level"]} == {0}


@pytest.mark.thorough
def test_the_stock_take_costs_the_same_however_many_there_are(org: Any, clerk: Any) -> None:
    counts = []
    for number in (1, 2):
        for _ in range(number):
            one = make.service(org, clerk, groups=(ParticularGroup.OLDER,))
            make.known(one, FigureKind.COST, 5, by=clerk)
            services.set_cluster(one, cluster=1, by=clerk)
            way = make.pathway(org, clerk)
            make.step(way, clerk, through=one)
            make.step(way, clerk)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            queries.stock_take(org)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 14


@pytest.mark.parametrize(
    ("amounts", "shares"),
    [([], []), ([0, 0], [0, 0]), ([1, 1, 1], [34, 33, 33]), ([5], [100]), ([999, 1], [100, 0])],
)
def test_shares_of_100_add_up(amounts: list[int], shares: list[int]) -> None:
    assert queries.out_of_100(amounts) == shares
    assert sum(shares) in (0, 100)


def test_use_of_several_times_the_room_is_asked_about_and_not_stated(org: Any, clerk: Any) -> None:
    house = make.service(org, clerk, title="House")
    make.known(house, FigureKind.CAPACITY, 6, by=clerk)
    make.known(house, FigureKind.ACTIVITY, 540, by=clerk)
    known = queries.figures_by_kind(house)
    asked = (
        "Please check: 540 used of room for 6 (people a year). Are both counted in the same thing, "
        "over the same time?"
    )
    assert presenters.use_sentence(known) == asked
    facts = queries.stock_take(org)
    assert [each["words"] for each in service_map.map_page(facts)["over_full"]] == [asked]
    figure = known[FigureKind.ACTIVITY]
    for used, says in ((12, "Over full: 12 of 6 people a year"), (13, "Please check: 13 used")):
        figure.value = used
        assert presenters.use_sentence(known).startswith(says)


def test_one_year_written_in_two_ways_is_one_year(org: Any, clerk: Any) -> None:
    for number, year in enumerate(("2025-26", "2025/26")):
        one = make.service(org, clerk, title=f"House {number}")
        make.known(one, FigureKind.COST, 1_000_00, by=clerk, year=year)
    assert queries.stock_take(org)["cost_years"] == ["2025-26"]
