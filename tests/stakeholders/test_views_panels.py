"""The pages of panels: who sees what, what they say, and what forged fields cannot do."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stakeholders.enums import PanelStatus, Perspective, SeatStatus
from stakeholders.models import Panel, PanelUserGrant, Seat, User
from stakeholders.permissions import panels as permissions
from stakeholders.services import panels, seats
from tests.factories import seats as make_seat
from tests.factories import stakeholders as make
from tests.pages import address, as_, text_of
from vbc.core.models import AuditEntry

pytestmark = pytest.mark.django_db
SERVICE_USER = Perspective.SERVICE_USER
WORDS = {"name": "Crisis panel", "purpose": "What helps in a crisis.", "authority": "advisory"}


def page_of(person: Any, panel: Panel) -> str:
    answer = as_(person).get(panel.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def one(panel: Panel, perspective: str = SERVICE_USER, number: int = 0) -> Any:
    return make.members(panel, perspective)[number]


RUNNERS_PAGES = ("edit-panel", "appoint-chair", "invite")
RUNNERS_ACTS = ("open-panel", "resume-panel")
OWN_PAGES = ("leave", "change-perspective")
OWN_ACTS = ("leave", "go-away", "come-back")


# --- Who may open what --------------------------------------------------------------------------


def small() -> Panel:
    """Just enough people to sit."""
    return make.sitting_panel(
        make.organisation(), service_users=2, carers=0, clinicians=0, evidence_reviewers=0
    )


def test_signed_out_person_is_asked_to_sign_in() -> None:
    panel = small()
    for name in ("panel", *RUNNERS_PAGES, *OWN_PAGES):
        answer = Client().get(address(name, panel))
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))


def test_stranger_finds_nothing_though_there_is_something() -> None:
    panel, elsewhere = small(), small()
    for stranger in (make.person(), make.commissioner(elsewhere.organisation), one(elsewhere)):
        client = as_(stranger)
        for name in ("panel", *RUNNERS_PAGES, *OWN_PAGES):
            answer = client.get(address(name, panel))
            assert answer.status_code == 404
            assert panel.name not in answer.content.decode()


def test_stranger_can_do_nothing() -> None:
    panel, stranger = small(), one(small())
    before = AuditEntry.objects.count()
    for name in (*RUNNERS_ACTS, *OWN_ACTS, *RUNNERS_PAGES):
        assert as_(stranger).post(address(name, panel), WORDS).status_code == 404
    assert AuditEntry.objects.count() == before


def test_member_may_not_run_and_is_told_why() -> None:
    panel = small()
    client = as_(one(panel))
    for name in RUNNERS_PAGES:
        answer = client.get(address(name, panel))
        assert answer.status_code == 403
        assert "Only the chair of the panel and the organisation" in answer.content.decode()


@pytest.mark.parametrize("name", RUNNERS_ACTS)
def test_member_may_not_open_or_resume(name: str) -> None:
    panel = make.forming_panel(make.organisation())
    seat = make.seat(panel, SERVICE_USER)
    make.seat(panel, SERVICE_USER)
    assert as_(seat.user).post(address(name, panel)).status_code == 403
    panel.refresh_from_db()
    assert panel.status == PanelStatus.FORMING


def test_staff_and_chair_may_run() -> None:
    panel = small()
    panels.appoint_chair(panel, one(panel), by=panel.created_by)
    for runner in (panel.created_by, make.admin_of(panel.organisation), one(panel)):
        client = as_(runner)
        for name in RUNNERS_PAGES:
            assert client.get(address(name, panel)).status_code == 200


@pytest.mark.parametrize("name", [*RUNNERS_ACTS, "go-away", "come-back"])
def test_a_link_alone_changes_nothing(name: str) -> None:
    panel = small()
    assert as_(panel.created_by).get(address(name, panel)).status_code == 405


def test_closed_panel_is_read_and_not_run() -> None:
    panel = make.sitting_panel(make.organisation())
    Panel.objects.filter(pk=panel.pk).update(
        status=PanelStatus.CLOSED, closed_at=timezone.now(), closed_by=panel.created_by
    )
    page = page_of(panel.created_by, panel)
    assert "This panel has been closed. It can be read, but not changed." in page
    assert "Running this panel" not in page
    assert as_(panel.created_by).get(address("edit-panel", panel)).status_code == 403
    assert "How to leave or step away" in page_of(one(panel), panel)


# --- What the page says -------------------------------------------------------------------------


def test_sitting_panel_says_who_takes_part_in_words() -> None:
    panel = make.sitting_panel(make.organisation(), clinicians=4)
    page = page_of(one(panel), panel)
    assert (
        "This panel is sitting: three service users, two carers, four clinicians, "
        "two evidence reviewers." in page
    )


def test_numbers_above_ten_are_figures() -> None:
    panel = make.sitting_panel(make.organisation(), clinicians=11, carers=1)
    assert "three service users, one carer, 11 clinicians" in page_of(one(panel), panel)


@pytest.mark.row("A1-15")
def test_panel_being_formed_says_what_is_missing() -> None:
    panel = make.forming_panel(make.organisation())
    staff = panel.created_by
    assert "nobody has joined yet. It needs two service users before it can open." in page_of(
        staff, panel
    )
    make.seat(panel, SERVICE_USER)
    page = page_of(staff, panel)
    assert "so far one service user. It needs one more service user before it can open." in page
    assert "Open the panel" not in page
    make.seat(panel, SERVICE_USER)
    page = page_of(staff, panel)
    assert "Enough service users are on it to open." in page
    assert "Open the panel" not in page
    make.make_ready(panel)
    assert "Open the panel" in page_of(staff, panel)


@pytest.mark.row("A1-17")
def test_missing_carer_is_said_kindly() -> None:
    without = make.sitting_panel(make.organisation(), carers=0)
    assert "No carer is on this panel at the moment." in page_of(one(without), without)
    with_one = make.sitting_panel(make.organisation(), carers=1)
    assert "No carer is on this panel" not in page_of(one(with_one), with_one)


@pytest.mark.row("A1-16")
def test_last_but_one_service_user_leaves() -> None:
    """To the person, to the one who is now alone, to others and to staff: the right words."""
    panel = make.sitting_panel(make.organisation(), service_users=2)
    leaver, alone = make.members(panel, SERVICE_USER)
    clinician = one(panel, Perspective.CLINICIAN)
    leaving = as_(leaver)
    gone = leaving.post(address("leave", panel), follow=True)
    words = gone.content.decode()
    assert gone.redirect_chain[-1][0] == reverse("home:my-work")
    assert "Thank you for what you gave: it stands." in words
    assert "waiting" not in words.split("<h1")[0]
    assert leaving.get(panel.get_absolute_url()).status_code == 404
    waiting = "This panel is waiting for a member: nothing is decided meanwhile"
    for member in (alone, clinician):
        page = page_of(member, panel)
        assert waiting in page
        assert leaver.display_name not in page
        # The reader's own part is all that is said of anyone's part.
        assert page.count("Service user") == 0
        assert page.count("Clinician") == 0
        assert "stopped" not in page
        assert "left" not in page.split('class="vbc-leave"')[0]
    staff_page = page_of(panel.created_by, panel)
    assert waiting in staff_page
    assert "To go on, the panel needs more service users." in staff_page
    assert "First, be in touch with its members today, everybody alike" in staff_page
    assert leaver.display_name not in staff_page


def test_what_members_speak_from_is_for_members_and_staff() -> None:
    panel = make.sitting_panel(make.organisation())
    for reader in (one(panel), panel.created_by):
        page = page_of(reader, panel)
        members = page.split("Who is on it")[1]
        assert members.count("Service user") == 3
        assert members.count("Evidence reviewer") == 2


def test_what_members_speak_from_is_never_in_title_or_address() -> None:
    panel = make.sitting_panel(make.organisation())
    client = as_(one(panel))
    for name in ("panel", *OWN_PAGES):
        page = client.get(address(name, panel)).content.decode()
        title = page.split("<title>")[1].split("</title>")[0].lower()
        assert "service user" not in title
        links = [part.split('"')[0] for part in page.split('href="')[1:]]
        assert not [link for link in links if "service" in link.lower() and "user" in link.lower()]


def test_member_who_stepped_away_is_not_shown_as_away_to_others() -> None:
    panel = make.sitting_panel(make.organisation(), service_users=4)
    person = one(panel)
    seats.go_away(Seat.objects.get(user=person, panel=panel), by=person)
    others = page_of(one(panel, Perspective.CARER), panel)
    assert person.display_name in others
    assert "away" not in others.split('class="vbc-leave"')[0].lower()
    assert "You have stepped away from this panel." in page_of(person, panel)


def test_names_are_escaped() -> None:
    panel = make.sitting_panel(make.organisation())
    make.seat(panel, Perspective.CARER, user=make.person("<script>alert(1)</script>"))
    panels.edit(
        panel,
        expected=panel.version,
        fields={"name": "<b>Bold</b>", "purpose": "<img src=x>"},
        by=panel.created_by,
    )
    page = page_of(panel.created_by, panel)
    assert "<script>alert(1)" not in page
    assert "<b>Bold</b>" not in page
    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt;" in page


# --- Leaving and stepping away ------------------------------------------------------------------


def test_leaving_takes_two_taps_and_nothing_has_to_be_answered() -> None:
    panel = small()
    client = as_(one(panel))
    assert address("leave", panel) in client.get(panel.get_absolute_url()).content.decode()
    second = client.get(address("leave", panel)).content.decode()
    assert "Leaving is always all right" in second
    main = second.split("<main")[1].split("</main>")[0]
    assert "<textarea" not in main
    asked = main.count('type="radio"')
    assert asked == main.count('name="ratings"') == 2
    assert main.count("<input") == main.count('name="csrfmiddlewaretoken"') + asked
    client.post(address("leave", panel))
    assert not Seat.objects.live().filter(user=one_gone(panel), panel=panel).exists()


def one_gone(panel: Panel) -> Any:
    return Seat.objects.get(panel=panel, left_at__isnull=False).user


def test_leaving_twice_is_kind() -> None:
    panel = small()
    client = as_(one(panel))
    client.post(address("leave", panel))
    assert client.post(address("leave", panel)).status_code == 404
    assert Seat.objects.filter(panel=panel, left_at__isnull=False).count() == 1


def test_stepping_away_and_back() -> None:
    panel = small()
    client = as_(one(panel))
    away = client.post(address("go-away", panel), follow=True).content.decode()
    assert "You have stepped away. Your seat stays yours" in away
    assert "Come back" in client.get(address("leave", panel)).content.decode()
    back = client.post(address("come-back", panel), follow=True).content.decode()
    assert "Good to have you back." in back
    assert Seat.objects.get(panel=panel, user=one(panel)).status == SeatStatus.ACTIVE


def test_leaving_ignores_forged_fields() -> None:
    """The seat is the reader's own, whatever the form says."""
    panel = small()
    me, other = make.members(panel, SERVICE_USER)[:2]
    theirs = Seat.objects.get(panel=panel, user=other)
    as_(me).post(
        address("leave", panel),
        {"seat": theirs.public_id, "user": other.public_id, "id": theirs.pk, "reason": "x"},
    )
    theirs.refresh_from_db()
    assert theirs.left_at is None
    assert Seat.objects.get(panel=panel, user=me).left_at is not None


def test_staff_without_a_seat_have_nothing_to_leave() -> None:
    panel = small()
    staff = as_(panel.created_by)
    for name in OWN_ACTS:
        assert staff.post(address(name, panel)).status_code == 404
    assert "How to leave or step away" not in page_of(panel.created_by, panel)


def test_person_changes_what_they_speak_from_and_only_their_own() -> None:
    panel = small()
    me, other = make.members(panel, SERVICE_USER)[:2]
    theirs = Seat.objects.get(panel=panel, user=other)
    answer = as_(me).post(
        address("change-perspective", panel),
        {
            "perspective": Perspective.CARER,
            "is_employed": "no",
            "seat": theirs.public_id,
            "panel": make.forming_panel(panel.organisation).public_id,
        },
    )
    assert answer.status_code == 302
    assert Seat.objects.get(panel=panel, user=me).perspective == Perspective.CARER
    theirs.refresh_from_db()
    assert theirs.perspective == SERVICE_USER


def test_unknown_perspective_is_refused() -> None:
    panel = small()
    answer = as_(one(panel)).post(
        address("change-perspective", panel), {"perspective": "minister", "is_employed": "no"}
    )
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert Seat.objects.get(panel=panel, user=one(panel)).perspective == SERVICE_USER


# --- Setting up and running ---------------------------------------------------------------------


def test_staff_set_up_a_panel_in_their_own_organisation_only() -> None:
    mine, theirs = make.organisation(), make.organisation()
    client = as_(make.commissioner(mine))
    given = {**WORDS, "minimum_service_users": "2"}
    refused = client.post(
        reverse("stakeholders:create-panel"), {**given, "organisation": theirs.public_id}
    )
    assert refused.status_code == 200
    assert not Panel.objects.exists()
    made = client.post(
        reverse("stakeholders:create-panel"),
        {**given, "organisation": mine.public_id, "status": "sitting", "chair": "1"},
    )
    panel = Panel.objects.get()
    assert made.url == panel.get_absolute_url()
    assert (panel.organisation, panel.status, panel.chair) == (mine, PanelStatus.FORMING, None)


def test_minimum_of_service_users_is_never_below_two() -> None:
    org = make.organisation()
    answer = as_(make.commissioner(org)).post(
        reverse("stakeholders:create-panel"),
        {**WORDS, "minimum_service_users": "1", "organisation": org.public_id},
    )
    assert "A panel has at least two service users." in answer.content.decode()
    assert not Panel.objects.exists()


def test_member_cannot_set_up_a_panel() -> None:
    panel = small()
    answer = as_(one(panel)).get(reverse("stakeholders:create-panel"))
    assert answer.status_code == 403


def test_two_people_edit_at_once_and_no_word_is_lost() -> None:
    panel = make.forming_panel(make.organisation())
    client = as_(panel.created_by)
    opened_with = panel.version
    panels.edit(
        panel,
        expected=opened_with,
        fields={"name": WORDS["name"], "purpose": "Said by somebody else."},
        by=panel.created_by,
    )
    mine = {**WORDS, "purpose": "Said by me."}
    shown = client.post(address("edit-panel", panel), {**mine, "version": opened_with})
    page = shown.content.decode()
    assert "Said by somebody else." in page
    assert "Said by me." in page
    panel.refresh_from_db()
    assert panel.purpose == "Said by somebody else."
    current = page.split('name="version" value="')[1].split('"')[0]
    client.post(address("edit-panel", panel), {**mine, "version": current})
    panel.refresh_from_db()
    assert panel.purpose == "Said by me."


def test_opening_tells_what_is_missing_and_then_opens() -> None:
    panel = make.forming_panel(make.organisation())
    client = as_(panel.created_by)
    make.seat(panel, SERVICE_USER)
    refused = client.post(address("open-panel", panel), follow=True).content.decode()
    assert "A panel needs at least 2 service users" in refused
    make.seat(panel, SERVICE_USER)
    refused = client.post(address("open-panel", panel), follow=True).content.decode()
    assert "Name who reads concerns about somebody&#x27;s safety." in refused
    make.make_ready(panel)
    done = client.post(address("open-panel", panel), follow=True).content.decode()
    assert "The panel is sitting. Everyone on it has been told." in done
    panel.refresh_from_db()
    assert panel.is_sitting


def test_paused_panel_gives_newcomers_time_to_read() -> None:
    panel = small()
    person = one(panel)
    seats.leave(Seat.objects.get(panel=panel, user=person), by=person)
    make.seat(panel, SERVICE_USER)
    client = as_(panel.created_by)
    page = client.get(panel.get_absolute_url()).content.decode()
    assert "has time to read until" in page
    assert "Let the panel sit again" not in page
    forced = client.post(address("resume-panel", panel), follow=True).content.decode()
    assert "still has time to read" in forced
    panel.refresh_from_db()
    assert panel.status == PanelStatus.PAUSED
    newest = Seat.objects.active().filter(panel=panel).order_by("-joined_at").first()
    panel.pauses.update(began_at=timezone.now() - timedelta(days=5))
    Seat.objects.filter(panel=panel).update(joined_at=timezone.now() - timedelta(days=30))
    Seat.objects.filter(pk=newest.pk).update(joined_at=timezone.now() - timedelta(days=4))
    assert "Let the panel sit again" in client.get(panel.get_absolute_url()).content.decode()
    client.post(address("resume-panel", panel))
    panel.refresh_from_db()
    assert panel.is_sitting


def test_only_someone_with_a_seat_can_be_chair() -> None:
    panel = small()
    elsewhere = make.seat(make.forming_panel(panel.organisation), SERVICE_USER)
    client = as_(panel.created_by)
    forged = client.post(address("appoint-chair", panel), {"chair": elsewhere.user.public_id})
    assert "There is a problem" in forged.content.decode()
    panel.refresh_from_db()
    assert panel.chair is None
    client.post(address("appoint-chair", panel), {"chair": one(panel).public_id})
    panel.refresh_from_db()
    assert panel.chair == one(panel)


# --- Lists --------------------------------------------------------------------------------------


def _queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.thorough
def test_list_costs_the_same_for_one_and_three() -> None:
    org = make.organisation()
    staff = make.commissioner(org)
    client = as_(staff)
    make.sitting_panel(org, by=staff)
    for_one = _queries(client, reverse("stakeholders:panels"))
    make.sitting_panel(org, by=staff)
    make.forming_panel(org, by=staff)
    assert _queries(client, reverse("stakeholders:panels")) == for_one


@pytest.mark.thorough
def test_panel_page_costs_the_same_for_few_and_many_members() -> None:
    panel = small()
    client = as_(panel.created_by)
    few = _queries(client, panel.get_absolute_url())
    for _ in range(3):
        make.seat(panel, Perspective.CARER)
    assert _queries(client, panel.get_absolute_url()) == few


def test_list_holds_only_what_a_person_may_see() -> None:
    mine = small()
    other = small()
    page = as_(one(mine)).get(reverse("stakeholders:panels")).content.decode()
    assert mine.name in page
    assert f">{other.name}<" not in page
    assert "You are not on a panel" in (
        as_(make.person()).get(reverse("stakeholders:panels")).content.decode()
    )


# --- What the numbers and the list would tell -----------------------------------------------------


def test_roles_are_for_members_and_staff_and_not_for_who_stands_by() -> None:
    """The page promises it: "only the panel's members and the staff who run it"."""
    panel = make.sitting_panel(make.organisation(), clinicians=4)
    member = Seat.objects.filter(panel=panel, perspective=SERVICE_USER)[0]
    beside = make_seat.supporter_of(member)
    reserve = make_seat.on_reserve(panel, Perspective.CARER)
    cover = make_seat.cover_for(member)
    for seat in (beside, reserve, cover):
        page = page_of(seat.user, panel)
        members = page.split("Who is on it")[1]
        assert member.user.display_name in members
        assert "Service user" not in members
        assert "Clinician" not in members
        assert "While the panel waits" not in page
        assert not permissions.may_read_roles(seat.user, panel)
    seats.go_away(member, by=member.user)
    seats.step_in(cover, member.place, by=cover.user)
    for person in (cover.user, member.user, panel.created_by):
        assert "Clinician" in page_of(person, panel).split("Who is on it")[1]


def test_panel_being_formed_tells_nobody_beside_it_what_its_two_people_speak_from() -> None:
    """Two names, and "so far two service users"."""
    panel = make.forming_panel(make.organisation())
    first = make.seat(panel, SERVICE_USER)
    beside = make_seat.supporter_of(first)
    page = page_of(beside.user, panel)
    assert "One person is on it so far. It opens once at least two service users are on it." in page
    make.seat(panel, SERVICE_USER)
    for where in (panel.get_absolute_url(), reverse("stakeholders:panels")):
        said = text_of(as_(beside.user), where)
        assert "This panel is being formed. Two people are on it so far." in said
        assert "so far two service users" not in said
        assert "needs" not in said
    assert "so far two service users" in page_of(first.user, panel)


def test_who_may_not_know_roles_reads_the_same_before_and_after_somebody_leaves() -> None:
    """A name fewer, and "one carer" has become "no carer is on this panel", would tell."""
    panel = make.sitting_panel(make.organisation(), carers=1)
    clinician = panel.seats.get(user=one(panel, Perspective.CLINICIAN))
    for reader in (
        make_seat.supporter_of(clinician).user,
        make_seat.on_reserve(panel, Perspective.CARER).user,
    ):
        for where in (panel.get_absolute_url(), reverse("stakeholders:panels")):
            said = text_of(as_(reader), where)
            assert "This panel is sitting. Nine people are on it" in said
            assert "nobody who uses services sits alone" in said
            assert "three service users" not in said
    carer = panel.seats.get(perspective=Perspective.CARER, kind="member")
    seats.leave(carer, by=carer.user)
    said = text_of(as_(reader), panel.get_absolute_url())
    assert "This panel is sitting. Eight people are on it" in said
    assert "No carer is on this panel" not in said
    assert "No carer is on this panel" in page_of(one(panel), panel)


def test_number_of_people_is_the_number_of_names_so_that_it_does_not_tell_who_is_away() -> None:
    panel = make.sitting_panel(make.organisation())
    member = panel.seats.filter(perspective=SERVICE_USER)[0]
    cover = make_seat.cover_for(member)
    reader = as_(make_seat.on_reserve(panel, Perspective.CARER).user)

    def told() -> tuple[str, int]:
        page = reader.get(panel.get_absolute_url())
        number = page.context["sentence"].split(". ")[1].split(" ")[0].lower()
        return number, len(page.context["members"])

    assert told() == ("ten", 10)
    seats.go_away(member, by=member.user)
    assert told() == ("ten", 10)
    seats.step_in(cover, member.place, by=cover.user)
    assert told() == ("11", 11)


def test_roles_of_many_panels_are_known_to_the_same_people_as_of_one() -> None:
    """The list asks once for all its panels what the page asks for one."""
    sitting, paused = make.sitting_panel(make.organisation()), small()
    first, second = Seat.objects.filter(panel=paused)
    seats.go_away(first, by=first.user)
    readers = [
        sitting.created_by,
        paused.created_by,
        one(sitting),
        second.user,
        make_seat.on_reserve(sitting, SERVICE_USER).user,
        make_seat.supporter_of(second).user,
        make_seat.cover_for(sitting.seats.filter(perspective=SERVICE_USER)[0]).user,
        make.person(),
    ]
    panels = list(Panel.objects.filter(pk__in=[sitting.pk, paused.pk]))
    known = [permissions.panels_with_roles_for(reader, panels) for reader in readers]
    assert known == [
        {panel.pk for panel in panels if permissions.may_read_roles(reader, panel)}
        for reader in readers
    ]
    assert known == [{sitting.pk}, {paused.pk}, {sitting.pk}, set(), set(), set(), set(), set()]


@pytest.mark.parametrize("why", ["works for a provider", "has stepped away"])
def test_panel_being_formed_does_not_tell_members_who_does_not_count(why: str) -> None:
    """Two names and "it needs one more" would tell each of the two something about the other."""
    panel = make.forming_panel(make.organisation())
    reader = make.seat(panel, SERVICE_USER)
    other = make.seat(panel, SERVICE_USER, employed=why == "works for a provider")
    if why == "has stepped away":
        seats.go_away(other, by=other.user)
    for page in ("panel", "panels"):
        url = reverse(f"stakeholders:{page}", args=[panel.public_id] if page == "panel" else [])
        shown = as_(reader.user).get(url).content.decode()
        assert "This panel is being formed: so far two service users." in shown
        assert "It needs" not in shown
        assert "Enough service users" not in shown
    staff = page_of(panel.created_by, panel)
    assert "It needs one more service user before it can open." in staff


def test_being_a_superuser_is_no_grant_on_a_panel() -> None:
    panel = make.sitting_panel(make.organisation())
    member = one(panel)
    User.objects.filter(pk=member.pk).update(is_superuser=True)
    member = User.objects.get(pk=member.pk)
    assert not permissions.may_run_panel(member, panel)
    assert as_(member).get(address("invite", panel)).status_code == 403
    panels.appoint_chair(panel, member, by=panel.created_by)
    assert permissions.may_run_panel(member, panel)


def test_leaving_needs_no_grant_so_that_none_that_was_lost_refuses_it() -> None:
    panel = make.sitting_panel(make.organisation())
    for act in ("go-away", "leave"):
        member = one(panel)
        PanelUserGrant.objects.filter(user=member).delete()
        assert as_(member).post(address(act, panel)).status_code == 302
    assert not Seat.objects.live().filter(panel=panel, user=member).exists()


def test_only_words_of_a_panel_can_be_edited() -> None:
    panel = make.sitting_panel(make.organisation())
    for field, value in (("status", "closed"), ("minimum_service_users", 2), ("authority", "x")):
        with pytest.raises(ValueError, match=field):
            panels.edit(panel, expected=1, fields={field: value}, by=panel.created_by)
