"""Who leads on what, and handing it over so that nothing is lost."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from stakeholders.enums import ContactMeans, OrganisationRole, Perspective
from stakeholders.models import Organisation, Panel, TopicLead, User
from stakeholders.notices.leads import HANDED_ON
from stakeholders.queries import leads as queries
from stakeholders.services import contacts, leads, organisations
from tests.factories import involvement
from tests.factories import stakeholders as make
from vbc.core.models import Notification
from vbc.core.refusals import Refused
from vbc.core.services import notices

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def panel() -> Panel:
    return make.sitting_panel(
        make.organisation(), service_users=2, carers=0, clinicians=0, evidence_reviewers=0
    )


def _staff(org: Organisation, name: str = "") -> User:
    return make.commissioner(org, name)


def _pack(organisation: Organisation, person: User, name: str = "hand-over") -> str:
    return reverse(f"stakeholders:{name}", args=[organisation.public_id, person.public_id])


@pytest.mark.row("A1-2")
def test_register_names_who_leads_and_who_does_when_they_cannot(panel: Panel) -> None:
    org = panel.organisation
    lead, cover = _staff(org, "Alex Example"), _staff(org, "Kim Example")
    involvement.lead(org, lead, topic="Talking therapies", cover=cover)
    member = make.members(panel, Perspective.SERVICE_USER)[0]
    for reader in (lead, member):
        words = involvement.client_of(reader).get(reverse("stakeholders:leads")).content.decode()
        assert "Talking therapies" in words
        assert "Alex Example. When they cannot: Kim Example" in words
        assert "Since Monday 5 January 2026" in words
    stranger = make.commissioner(make.organisation())
    page = involvement.client_of(stranger).get(reverse("stakeholders:leads"))
    assert "Talking therapies" not in page.content.decode()


def test_a_topic_has_one_lead_at_a_time() -> None:
    org = make.organisation()
    staff = _staff(org)
    first = involvement.lead(org, staff, topic="Complaints")
    with pytest.raises(Refused, match="Somebody leads on this already"):
        involvement.lead(org, staff, topic="complaints")
    with pytest.raises(IntegrityError), transaction.atomic():
        TopicLead.objects.create(
            organisation=org, topic="COMPLAINTS", user=staff, since=date(2026, 1, 5)
        )
    leads.end(first, until=TODAY, by=staff)
    involvement.lead(org, staff, topic="Complaints")


def test_only_staff_lead_and_cover(panel: Panel) -> None:
    org, member = panel.organisation, make.members(panel, Perspective.SERVICE_USER)[0]
    staff = _staff(org)
    with pytest.raises(Refused, match="people who work for the organisation"):
        involvement.lead(org, member)
    lead = involvement.lead(org, staff)
    with pytest.raises(Refused):
        leads.change_cover(lead, cover=member, by=staff)
    with pytest.raises(Refused):
        leads.hand_on(org, staff, to=member, on=TODAY, by=staff)
    lead.refresh_from_db()
    assert (lead.user, lead.cover, lead.until) == (staff, None, None)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"until": date(2025, 1, 1)}, "lead_ends_after_it_began"),
        ({"cover": "self"}, "lead_cover_is_another"),
    ],
)
def test_database_keeps_leads_sensible(change: dict[str, Any], name: str) -> None:
    org = make.organisation()
    staff = _staff(org)
    lead = involvement.lead(org, staff)
    change = {key: staff if value == "self" else value for key, value in change.items()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        TopicLead.objects.filter(pk=lead.pk).update(**change)


# --- Handing over -------------------------------------------------------------------------------


def _with_history(panel: Panel, person: User) -> Any:
    """A stakeholder whom `person` leads the contact with, a log, and two promises, one open."""
    stakeholder = involvement.stakeholder(panel, name="Open Door")
    involvement.plan(stakeholder, lead=person, next_contact_on=date(2026, 12, 4))
    for said, promise in (("Fridays are loud.", "Send the questions."), ("=2+3", "Say thanks.")):
        contacts.log(
            stakeholder,
            held_on=date(2026, 5, 4),
            means=ContactMeans.VISIT,
            what_was_said=said,
            promise=promise,
            next_contact_on=date(2026, 12, 4),
            by=person,
        )
    done = stakeholder.promises.get(words="Say thanks.")
    contacts.settle(done, outcome="Said.", by=person)
    return stakeholder


@pytest.mark.row("A1-2")
def test_page_and_table_have_all_that_the_next_person_needs(panel: Panel) -> None:
    org = panel.organisation
    person = _staff(org)
    involvement.lead(org, person, topic="Talking therapies")
    _with_history(panel, person)
    others = involvement.stakeholder(panel, name="Somebody else's")
    involvement.plan(others, lead=panel.created_by)
    client = involvement.client_of(panel.created_by)
    words = client.get(_pack(org, person)).content.decode()
    wanted = (
        "Talking therapies",
        "Open Door",
        "In person, at their place.",
        "Friday 4 December 2026",
        "Fridays are loud.",
        "Send the questions.",
    )
    for each in wanted:
        assert each in words
    assert "Say thanks." not in words  # it is settled
    assert "Somebody else" not in words
    answer = client.get(_pack(org, person, "hand-over-data"))
    assert answer["Content-Disposition"] == 'attachment; filename="hand-over.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == [
        "What",
        "Leads on",
        "Contact plan",
        "Open promise",
        "Contact",
        "Contact",
    ]
    assert [row[4] for row in rows[4:]] == ["'=2+3", "Fridays are loud."]  # never a formula


@pytest.mark.row("A1-2")
def test_everything_is_handed_on_and_the_next_person_is_told(panel: Panel) -> None:
    org = panel.organisation
    old, new = _staff(org), _staff(org)
    topic = involvement.lead(org, old, topic="Talking therapies", cover=new)
    stakeholder = _with_history(panel, old)
    involvement.plan(involvement.stakeholder(panel, name="Covered"), lead=old, cover=new)
    leads.hand_on(org, old, to=new, on=TODAY, by=panel.created_by)
    topic.refresh_from_db()
    assert topic.until == TODAY
    now = TopicLead.objects.running().get(organisation=org)
    assert (now.topic, now.user, now.cover, now.since) == ("Talking therapies", new, None, TODAY)
    stakeholder.refresh_from_db()
    assert stakeholder.lead == new
    assert panel.stakeholders.get(name="Covered").cover is None
    assert queries.hand_over_of(old, org).is_empty
    pack = queries.hand_over_of(new, org)
    assert {each.name for each in pack.stakeholders} == {"Open Door", "Covered"}
    notice = Notification.objects.get(kind=HANDED_ON)
    assert notice.recipient == new
    words = notices.words_of(notice)
    assert words is not None
    assert (words.subject, words.link) == (
        "Something has been handed on to you",
        _pack(org, new),
    )


def test_notice_says_nothing_to_somebody_who_has_gone(panel: Panel) -> None:
    org = panel.organisation
    old, new = _staff(org), _staff(org)
    leads.hand_on(org, old, to=new, on=TODAY, by=old)
    organisations.end_membership(org, new, role=OrganisationRole.COMMISSIONER, by=old)
    assert notices.words_of(Notification.objects.get(kind=HANDED_ON)) is None


def test_handing_on_touches_no_other_organisation(panel: Panel) -> None:
    elsewhere = make.forming_panel(make.organisation())
    person = _staff(panel.organisation)
    organisations.add_member(elsewhere.organisation, person, role=OrganisationRole.COMMISSIONER)
    theirs = involvement.stakeholder(elsewhere)
    involvement.plan(theirs, lead=person)
    involvement.lead(elsewhere.organisation, person, topic="Elsewhere")
    new = _staff(panel.organisation)
    leads.hand_on(panel.organisation, person, to=new, on=TODAY, by=new)
    theirs.refresh_from_db()
    assert theirs.lead == person
    assert queries.hand_over_of(person, elsewhere.organisation).topics


def test_what_somebody_left_behind_can_still_be_handed_on(panel: Panel) -> None:
    org = panel.organisation
    gone = _staff(org, "Gone Example")
    _with_history(panel, gone)
    organisations.end_membership(org, gone, role=OrganisationRole.COMMISSIONER, by=gone)
    client = involvement.client_of(panel.created_by)
    assert "Gone Example" in client.get(reverse("stakeholders:leads")).content.decode()
    answer = client.post(_pack(org, gone, "hand-on"), {"to": panel.created_by.public_id})
    assert answer.url == _pack(org, panel.created_by)
    assert queries.hand_over_of(gone, org).is_empty


def test_pages_of_staff_are_not_there_for_anybody_else(panel: Panel) -> None:
    org, person = panel.organisation, panel.created_by
    _with_history(panel, person)
    lead = involvement.lead(org, person, topic="Talking therapies")
    member = make.members(panel, Perspective.SERVICE_USER)[0]
    for reader in (member, make.commissioner(make.organisation())):
        client = involvement.client_of(reader)
        for address in (
            _pack(org, person),
            _pack(org, person, "hand-over-data"),
            _pack(org, person, "hand-on"),
            reverse("stakeholders:add-lead", args=[org.public_id]),
            reverse("stakeholders:lead-cover", args=[org.public_id, lead.public_id]),
        ):
            answer = client.get(address)
            assert answer.status_code == 404
            assert "Open Door" not in answer.content.decode()
        end = reverse("stakeholders:end-lead", args=[org.public_id, lead.public_id])
        assert client.post(end).status_code == 404
    lead.refresh_from_db()
    assert lead.until is None


@pytest.mark.thorough
def test_lists_cost_the_same_for_one_and_three(panel: Panel) -> None:
    org = panel.organisation
    client = involvement.client_of(panel.created_by)

    def one_more() -> None:
        person = _staff(org)
        involvement.lead(org, person, cover=panel.created_by)
        leads.end(involvement.lead(org, person), until=TODAY, by=person)
        stakeholder = involvement.stakeholder(panel)
        involvement.plan(stakeholder, cover=person)
        contacts.log(
            stakeholder,
            held_on=TODAY,
            means=ContactMeans.PHONE,
            what_was_said="Yes.",
            promise="More.",
            by=panel.created_by,
        )

    one_more()
    pages = (reverse("stakeholders:leads"), _pack(org, panel.created_by))
    for_one = [involvement.queries(client, page) for page in pages]
    one_more()
    one_more()
    assert [involvement.queries(client, page) for page in pages] == for_one
