"""What somebody told of their own life, when their account is closed or erased."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from evidence.models import Experience, GapAnswer, LivedChoice, Quote
from evidence.queries import choices, gaps
from evidence.queries import experience as queries
from evidence.services import gaps as hopes
from evidence.services import service_choices, themes
from stakeholders.enums import Perspective
from stakeholders.models import User
from stakeholders.services import people, seats
from tests.factories import experience as make
from tests.factories import services, stakeholders
from tests.pages import as_, queries_of, text_of
from vbc.core.models import AuditContent, AuditEntry

pytestmark = pytest.mark.django_db

TOLD = ("experience.taken_back", "service.choice_taken_back", "gap.taken_back")


@pytest.fixture
def two() -> list[Any]:
    """Two who told the same kinds of thing."""
    org = stakeholders.organisation()
    clerk = stakeholders.commissioner(org)
    panel = stakeholders.sitting_panel(org, by=clerk, service_users=2)
    both = stakeholders.members(panel, Perspective.SERVICE_USER)[:2]
    service, theme = services.service(org, clerk), make.theme(org, clerk)
    for each in both:
        make.quoted(org, each, clerk=clerk)
        service_choices.say(service, answers={"life": "no"}, version=0, by=each)
        said = {"life": "no", "life_note": "No say."}
        service_choices.say(service, answers=said, version=0, by=each, on=date(2026, 2, 3))
        hopes.say(theme, actual=2, hoped=8, by=each)
        hopes.say(theme, actual=1, hoped=7, by=each, on=date(2026, 2, 3))
    return both


def kept_of(user: User) -> tuple[int, int, int]:
    """How much of it there is: accounts, what they said of choice, hopes."""
    return (
        queries.told_by(user).count(),
        choices.said_by(user).count(),
        gaps.running_of(user).count(),
    )


def test_what_was_told_goes_with_an_account_that_is_erased(two: list[Any]) -> None:
    going, staying = two
    erased = queries.told_by(going).get()
    people.erase(going, by=going)
    assert (kept_of(going), kept_of(staying)) == ((0, 0, 0), (1, 1, 1))
    left = Experience.objects.get(pk=erased.pk)
    assert (left.text, left.shown_text, left.teller, left.public_may_read) == ("", "", None, False)
    assert Quote.objects.get(experience=left).is_withdrawn_by_teller
    assert not LivedChoice.objects.filter(author=going).exists()
    assert LivedChoice.objects.filter(author=staying).count() == 2
    (nobodys,) = LivedChoice.objects.filter(author=None)
    assert (nobodys.life, nobodys.life_note) == ("no", "")
    # A period that is over is shown already: taking one out would show which it was.
    assert GapAnswer.objects.filter(given_by=going).count() == 1
    entries = AuditEntry.objects.filter(verb__in=TOLD)
    assert entries.count() == len(TOLD)
    assert not AuditContent.objects.filter(entry__in=entries, actor__isnull=False).exists()


@pytest.mark.parametrize("by", ["leaving", "speaking from elsewhere", "a theme that is withdrawn"])
def test_what_was_said_can_be_taken_back_whatever_changed(two: list[Any], by: str) -> None:
    going, staying = two
    said, answer = choices.said_by(going).get(), gaps.running_of(going).get()
    theme = answer.theme
    if by == "leaving":
        seats.leave(going.seats.get(), by=going)
    elif by == "speaking from elsewhere":
        going.seats.update(perspective=Perspective.CLINICIAN)
    else:
        themes.withdraw(theme, by=theme.created_by)
    client = as_(going)
    mine = reverse("evidence:my-experiences")
    page = text_of(client, mine)
    assert said.service.title in page
    assert f"{theme.label}: 2 now, and you hope for 8." in page
    backs = (
        reverse("evidence:take-choice-back", args=[said.service.public_id]),
        reverse("evidence:take-back-hopes", args=[theme.organisation.public_id, theme.public_id]),
    )
    for back in backs:
        after = client.post(back)
        assert after.status_code == 302
        assert client.get(after["Location"]).status_code == 200
    assert (kept_of(going), kept_of(staying)) == ((1, 0, 0), (1, 1, 1))
    assert said.service.title not in text_of(client, mine)


def test_nobody_takes_back_what_another_said(two: list[Any]) -> None:
    said, answer = choices.said_by(two[0]).get(), gaps.running_of(two[0]).get()
    theme = answer.theme
    stranger = as_(stakeholders.person())
    where = [theme.organisation.public_id, theme.public_id]
    for back in (
        reverse("evidence:take-choice-back", args=[said.service.public_id]),
        reverse("evidence:take-back-hopes", args=where),
    ):
        assert stranger.post(back).status_code == 404
    assert kept_of(two[0]) == (1, 1, 1)


@pytest.mark.thorough
def test_the_page_to_take_back_from_costs_the_same_for_one_and_for_three(two: list[Any]) -> None:
    going = two[0]
    client, mine = as_(going), reverse("evidence:my-experiences")
    org = choices.said_by(going).get().service.organisation
    clerk = gaps.running_of(going).get().theme.created_by
    once = queries_of(client, mine)
    for _ in range(2):
        more = services.service(org, clerk)
        service_choices.say(more, answers={"life": "no"}, version=0, by=going)
        hopes.say(make.theme(org, clerk), actual=2, hoped=8, by=going)
    assert queries_of(client, mine) == once


def test_what_was_told_goes_also_when_the_account_was_closed_before(two: list[Any]) -> None:
    going, _ = two
    page = as_(going).get(reverse("home:close-account")).content.decode()
    assert f'href="{reverse("evidence:my-experiences")}">take it back</a> before' in page
    people.close(going, by=going)
    assert kept_of(going) == (1, 1, 1)
    people.erase(going, by=going)
    assert kept_of(going) == (0, 0, 0)
