"""What people are told about documents."""

import pytest

from tests.factories import cycles, reports
from vbc.core.models import Notification
from vbc.core.services.notices import words_of


@pytest.fixture
def notice(db: None, quick_layout: None) -> Notification:
    reports.made(cycles.cycle(title="Help with psychosis at night"))
    return Notification.objects.get(kind="reports.ready")


def test_whoever_asked_is_told_with_a_link(notice: Notification) -> None:
    words = words_of(notice)
    assert words is not None
    assert words.subject == "Your document is ready"
    assert words.link == f"/documents/{notice.object_id}/"
    assert "Commissioning strategy, edition 1, of “Help with psychosis at night” is ready." in (
        words.paragraphs
    )


def test_the_subject_tells_nothing_of_the_cycle(notice: Notification) -> None:
    words = words_of(notice)
    assert words is not None
    assert "psychosis" not in words.subject + words.link


def test_whoever_may_no_longer_see_it_is_told_nothing(notice: Notification) -> None:
    from django.utils import timezone

    notice.recipient.organisation_roles.update(until=timezone.now())
    assert words_of(notice) is None
