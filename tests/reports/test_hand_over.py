"""A hand-over on paper: what the page shows, for those who may see it, and kept nowhere."""

import io
from datetime import date
from typing import Any

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from reports import pdf
from reports.models import Report
from reports.services import archives, hand_overs
from stakeholders.enums import ContactMeans
from stakeholders.services import contacts
from tests.factories import involvement
from tests.factories import stakeholders as make
from tests.reports.conftest import World
from tests.reports.paper import check_is_accessible, flat, text_of
from tests.support import run_jobs
from vbc.core.models import AuditEntry

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert(1)</script> <img src="http://127.0.0.1:9/x"> {{ organisation }}'


def handing_over(world: World, said: str = "Fridays are loud.", times: int = 1) -> Any:
    """Somebody who leads on a topic and on a contact that has a log and an open promise."""
    person = make.commissioner(world.cycle.organisation, "Šárka Nguyễn")
    involvement.lead(world.cycle.organisation, person, topic="Talking therapies")
    stakeholder = involvement.stakeholder(world.cycle.panel, name="Open Door in Łódź")
    involvement.plan(stakeholder, lead=person, next_contact_on=date(2026, 12, 4))
    for number in range(times):
        contacts.log(
            stakeholder,
            held_on=date(2026, 5, 4),
            means=ContactMeans.VISIT,
            what_was_said=said,
            promise=f"Send the questions {number}.",
            next_contact_on=date(2026, 12, 4),
            by=person,
        )
    return person


def address(world: World, person: Any) -> str:
    return reverse("reports:hand-over", args=[world.cycle.organisation.public_id, person.public_id])


def printed(world: World, person: Any) -> bytes:
    answer = world.client("commissioner").post(address(world, person))
    assert answer.status_code == 200
    return answer.content


@pytest.mark.row("A1-2")
def test_it_is_an_accessible_pdf_with_all_that_the_page_shows(world: World) -> None:
    person = handing_over(world, times=3)
    content = printed(world, person)
    check_is_accessible(content, title="Hand-over")
    text = flat(text_of(content))
    for each in (
        "What Šárka Nguyễn leads on",
        "Talking therapies",
        "Open Door in Łódź",
        "Friday 4 December 2026",
        "Fridays are loud.",
        "Send the questions 0.",
        "Send the questions 2.",
        "give it only to whoever goes on with this",
    ):
        assert each in text
    page = world.client("commissioner").get(
        reverse(
            "stakeholders:hand-over",
            args=[world.cycle.organisation.public_id, person.public_id],
        )
    )
    assert address(world, person) in page.content.decode()


def test_names_are_in_no_metadata_and_no_name_of_a_file(world: World) -> None:
    person = handing_over(world)
    answer = world.client("commissioner").post(address(world, person))
    assert answer["Content-Disposition"] == 'attachment; filename="hand-over.pdf"'
    assert answer["Cache-Control"] == "private, no-store"
    document = pikepdf.open(io.BytesIO(answer.content))
    said = str(dict(document.docinfo)) + bytes(document.Root.Metadata.read_bytes()).decode()
    for each in (person.display_name, "Open Door", "Fridays"):
        assert each not in said


def test_only_those_who_may_see_the_page_can_make_it(world: World, quick_layout: None) -> None:
    person = handing_over(world)
    for who in world.people:
        client = world.client(who)
        page = client.get(
            reverse(
                "stakeholders:hand-over",
                args=[world.cycle.organisation.public_id, person.public_id],
            )
        )
        answer = client.post(address(world, person))
        assert (who, answer.status_code) == (who, page.status_code)
        assert (answer.status_code == 200) is (who in ("commissioner", "administrator"))
        assert (b"Fridays" in answer.content) is (answer.status_code == 200)
        assert client.get(address(world, person)).status_code in (302, 405)


def test_nothing_of_it_is_kept_but_that_it_was_made(world: World, quick_layout: None) -> None:
    person = handing_over(world)
    printed(world, person)
    assert not Report.objects.exists()
    assert not default_storage.exists("reports") or not default_storage.listdir("reports")[1]
    entry = AuditEntry.objects.get(verb="hand_over.printed")
    assert entry.object_id == world.cycle.organisation.public_id


def test_it_is_in_no_archive(world: World, quick_layout: None) -> None:
    person = handing_over(world)
    archive = archives.request(world.cycle, by=world.cycle.lead)
    run_jobs()
    archive.refresh_from_db()
    content = default_storage.open(archive.name).read()
    assert b"hand-over" not in content
    kept = Report.objects.values_list("snapshot", flat=True)
    assert kept
    assert not [each for each in kept if person.display_name in str(each)]


def test_what_is_typed_is_words(world: World) -> None:
    text = flat(text_of(printed(world, handing_over(world, said=HOSTILE))))
    assert HOSTILE in text


def test_where_there_is_nothing_or_too_much_it_says_what_to_do(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = make.commissioner(world.cycle.organisation)
    with pytest.raises(hand_overs.NotMade, match="nothing to hand over"):
        hand_overs.as_pdf(nobody, world.cycle.organisation, by=nobody)

    def too_long(*_: Any, **__: Any) -> None:
        raise pdf.LayoutFailed("It takes too long.")

    monkeypatch.setattr("reports.pdf.make_pdf", too_long)
    page = world.client("commissioner").post(address(world, handing_over(world)))
    assert "Print the hand-over page" in page.content.decode()
    assert not AuditEntry.objects.filter(verb="hand_over.printed").exists()
