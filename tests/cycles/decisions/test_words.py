"""What notices and pages say of the close and of how ratings are kept; how long a text may be."""

import importlib
import inspect
import pkgutil
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.core.validators import MaxLengthValidator
from django.urls import reverse
from django.utils import timezone

import cycles.forms
from cycles.enums import BALLOT_IN_PLAIN_WORDS, Ballot
from cycles.forms.records import RecordForm
from cycles.models import Decision, Option
from stakeholders.enums import Perspective
from stakeholders.queries.panels import seat_of
from stakeholders.services import seats
from tests.factories import decisions as make
from tests.pages import as_, day
from vbc.core.models import Notification
from vbc.core.services.notices import words_of
from vbc.ui.dates import moment_in_words


def page(person: Any, name: str, decision: Decision, *more: str) -> str:
    client = as_(person)
    address = reverse(f"cycles:{name}", args=[decision.cycle.slug, decision.public_id, *more])
    return client.get(address).content.decode()


def opened_notice(person: Any) -> str:
    notice = Notification.objects.get(kind="cycles.round_opened", recipient=person)
    return " ".join(words_of(notice).paragraphs)


@pytest.mark.django_db
def test_notice_prints_the_close_with_the_pauses_and_how_it_may_come_earlier() -> None:
    decision = make.rating()
    round_ = make.round_of(decision)
    began = round_.opened_at + timedelta(minutes=1)
    decision.cycle.panel.pauses.create(began_at=began, ended_at=began + timedelta(days=3))
    said = opened_notice(make.members(decision, Perspective.CARER)[0])
    close = moment_in_words(round_.closes_at + timedelta(days=3))
    assert f"is open until {close}, or until everyone has rated." in said


@pytest.mark.django_db
def test_notice_says_that_the_panel_waits_and_no_date_meanwhile() -> None:
    decision = make.rating(service_users=2)
    leaver, other = make.members(decision, Perspective.SERVICE_USER)
    seats.leave(seat_of(leaver, decision.cycle.panel), by=leaver)
    said = opened_notice(other)
    assert "this panel is waiting for a member" in said
    assert "until" not in said.split("What has been given")[0]
    assert leaver.display_name not in said


@pytest.mark.django_db
@pytest.mark.parametrize("ballot", Ballot.values)
def test_how_ratings_are_kept_is_said_before_anyone_rates(ballot: str) -> None:
    decision = make.rating(ballot=ballot)
    person = make.members(decision, Perspective.CARER)[0]
    sentence = BALLOT_IN_PLAIN_WORDS[ballot]
    assert sentence in page(person, "decision", decision)
    rate = page(person, "rate", decision, make.options_of(decision)[0].public_id)
    assert rate.index(sentence) < rate.index('name="value"')
    assert sentence in opened_notice(person)


@pytest.mark.django_db
def test_page_says_that_everyone_having_rated_may_close_the_round() -> None:
    decision = make.rating()
    said = page(make.members(decision, Perspective.CARER)[0], "decision", decision)
    assert ", or until everyone has rated." in said


@pytest.mark.django_db
def test_how_to_leave_stands_only_where_one_has_a_seat() -> None:
    decision = make.rating()
    member, runner = make.members(decision, Perspective.CARER)[0], decision.cycle.lead
    words = "How to leave or step away"
    assert words in page(member, "decision", decision)
    assert words not in page(runner, "decision", decision)
    for person, is_there in ((member, True), (runner, False)):
        client = as_(person)
        said = client.get(decision.cycle.get_absolute_url()).content.decode()
        assert (words in said) is is_there


@pytest.mark.django_db
def test_appraisal_that_stands_says_so_and_offers_no_change() -> None:
    decision = make.weighing()
    reviewer = make.members(decision, Perspective.EVIDENCE_REVIEWER)[0]
    option = make.options_of(decision)[0].public_id
    said = page(reviewer, "appraisal", decision, option)
    assert "hold another round" in said
    assert "Change the appraisal" not in said
    assert "hold another round" in page(reviewer, "write-appraisal", decision, option)
    make.opened(decision)
    assert "Change the appraisal" in page(reviewer, "appraisal", decision, option)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, ["goes_against_unseen"]),
        ({"goes_against_unseen": "yes"}, ["against_pillar_reason"]),
        ({"goes_against_unseen": "maybe"}, ["goes_against_unseen"]),
        ({"goes_against_unseen": "yes", "against_pillar_reason": "It is near."}, []),
        ({"goes_against_unseen": "no"}, []),
        ({"record_type": "deferred"}, []),
    ],
)
def test_record_form_asks_where_a_number_is_withheld(
    given: dict[str, str], wrong: list[str]
) -> None:
    option = make.option(make.decision())
    sent = {
        "record_type": "consensus",
        "chosen": option.public_id,
        "reasons": "It is nearest.",
        **day("review_on", timezone.localdate() + timedelta(days=365)),
        **given,
    }
    form = RecordForm(sent, options=Option.objects.all(), withheld="service users and carers")
    assert "Does this go against what service users and carers want?" in str(form)
    assert list(form.errors) == wrong
    assert "goes_against_unseen" not in RecordForm(sent, options=Option.objects.all()).fields


@pytest.mark.django_db
def test_record_page_asks_only_where_a_number_is_withheld() -> None:
    small = make.weighing(service_users=2, carers=0, clinicians=2)
    question = "Does this go against what service users and carers want?"
    assert question in page(small.cycle.lead, "record", small)
    whole = make.weighing(ballot=Ballot.OPEN)
    assert "Does this go against" not in page(whole.cycle.lead, "record", whole)


def every_form() -> list[type[forms.Form]]:
    found = set()
    for module in pkgutil.iter_modules(cycles.forms.__path__):
        loaded = importlib.import_module(f"cycles.forms.{module.name}")
        found |= {
            thing
            for _, thing in inspect.getmembers(loaded, inspect.isclass)
            if issubclass(thing, forms.BaseForm) and thing.__module__ == loaded.__name__
        }
    return sorted(found, key=lambda form: form.__name__)


@pytest.mark.parametrize("form", every_form(), ids=lambda form: form.__name__)
def test_every_free_text_has_a_longest(form: type[forms.Form]) -> None:
    for name, field in form.base_fields.items():
        if isinstance(field, forms.CharField):
            limits = [v for v in field.validators if isinstance(v, MaxLengthValidator)]
            assert limits, f"{form.__name__}.{name} takes any length"
