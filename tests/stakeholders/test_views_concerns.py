"""The pages of concerns: raising one from any page, the restricted queue, naming who reads."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stakeholders.enums import ConcernStatus
from stakeholders.models import Concern, ConcernStep, User
from stakeholders.presenters.concerns import address_to_raise, page_of
from stakeholders.services import concerns, seats
from tests.factories import stakeholders as make
from tests.factories.concerns import CANARY, House, house, raised
from tests.pages import address, as_
from vbc.core.models import AuditEntry
from vbc.ui.dates import LONDON

pytestmark = pytest.mark.django_db
RAISE = "/concerns/raise/"
MONDAY = datetime(2026, 11, 23, 10, tzinfo=LONDON)


def text(answer: Any) -> str:
    assert answer.status_code == 200
    found: str = answer.content.decode()
    return found


def said(at: House, **given: str) -> dict[str, str]:
    """A filled-in form."""
    return {
        "in_danger": "no",
        "what_happened": CANARY,
        "about": f"panel:{at.panel.public_id}",
        "about_reader": "no",
        "may_know": "reader",
        "how_to_reach": "",
    } | given


# --- From any page ------------------------------------------------------------------------------


def link_on(client: Client, path: str) -> str:
    """The link at the foot of a page."""
    foot = client.get(path).content.decode().split("<footer")[1]
    return foot.split(f'href="{RAISE}')[1].split('"')[0].replace("&amp;", "&")


def test_every_page_of_whoever_is_signed_in_has_the_link_at_its_foot() -> None:
    at = house()
    client = as_(at.member)
    for path in ("/my-work/", "/panels/", "/cycles/", "/library/", "/documents/", "/help/"):
        assert "from=" in link_on(client, path)
    assert RAISE not in Client().get("/help/").content.decode()


def test_the_page_they_came_from_is_remembered_and_its_panel_chosen() -> None:
    at = house()
    client = as_(at.member)
    came_from = RAISE + link_on(client, at.panel.get_absolute_url())
    page = text(client.get(came_from))
    assert "The page you came from is sent along" in page
    chosen = page.split(f'value="panel:{at.panel.public_id}"')[1].split(">")[0]
    assert "checked" in chosen
    client.post(came_from, said(at))
    assert Concern.objects.get().page == at.panel.get_absolute_url()


def test_a_page_is_remembered_only_for_whom_it_was_shown() -> None:
    """Signed: neither a made-up address nor another's, and never a page that was refused."""
    at, elsewhere = house(), house()
    client = as_(at.member)
    signed = link_on(as_(elsewhere.member), elsewhere.panel.get_absolute_url())
    for forged in (signed, "?from=/panels/", "?from=https://example.org/:x", "?from="):
        client.post(RAISE + forged, said(at))
        assert Concern.objects.latest("pk").page == ""
    assert link_on(client, elsewhere.panel.get_absolute_url()) == ""
    assert link_on(client, reverse("stakeholders:edit-panel", args=[at.panel.public_id])) == ""
    assert link_on(client, "/there/is/no/such/page/") == ""


def test_an_address_with_a_code_and_what_stands_after_the_question_mark_are_not_remembered(
    rf: Any,
) -> None:
    at = house()
    client = as_(at.member)
    assert link_on(client, "/panels/invitation/abcdef/") == ""
    request = rf.get("/panels/?page=2")
    request.user = at.member
    request.resolver_match = client.get("/panels/").resolver_match
    signed = address_to_raise(request).split("from=")[1]
    assert page_of(at.member, unquote(signed)) == "/panels/"
    for path in (RAISE, "/concerns/mine/"):
        assert link_on(client, path) == ""


# --- Raising one --------------------------------------------------------------------------------


def test_it_says_before_what_happens_what_it_cannot_do_and_who_helps_now() -> None:
    at = house()
    main = text(as_(at.member).get(RAISE)).split("<footer")[0]
    for words in (
        "In danger now? Call 999 first",
        "We cannot send help. Nobody reads this overnight, at weekends or on bank holidays.",
        "by 5pm on the next working day",
        "Read by Lead of the panel",
        "Read by Lead of all",
        "tel:999",
        "tel:111",
        "tel:116123",
        "sms:85258",
    ):
        assert words in main


def test_it_says_afterwards_by_when_and_keeps_what_was_said() -> None:
    at = house()
    with time_machine.travel(MONDAY, tick=False):
        answer = as_(at.member).post(
            RAISE, said(at, may_know="helpers", how_to_reach="Text me"), follow=True
        )
    page = text(answer)
    assert "To be looked at by Tuesday 24 November 2026, 5pm." in page
    assert "Call 999</" not in page.split("<footer")[0]
    concern = Concern.objects.get()
    assert (concern.raised_by, concern.panel, concern.organisation) == (
        at.member,
        at.panel,
        at.organisation,
    )
    assert (concern.what_happened, concern.may_know, concern.how_to_reach) == (
        CANARY,
        "helpers",
        "Text me",
    )
    assert concern.about_lead is None
    assert CANARY not in page


def test_where_somebody_is_in_danger_999_stands_first() -> None:
    at = house()
    page = text(as_(at.member).post(RAISE, said(at, in_danger="yes"), follow=True))
    main = page.split("<main")[1]
    assert main.index("Call 999") < main.index("Thank you for telling us")
    assert "We cannot send help" in main
    assert Concern.objects.get().is_in_danger


def test_it_can_be_about_the_one_who_would_read_it() -> None:
    at = house()
    as_(at.member).post(RAISE, said(at, about_reader="yes"))
    assert Concern.objects.get().about_lead == at.panel_lead


def test_it_can_belong_to_no_panel() -> None:
    at = house()
    as_(at.member).post(RAISE, said(at, about=f"organisation:{at.organisation.public_id}"))
    concern = Concern.objects.get()
    assert (concern.panel, concern.organisation) == (None, at.organisation)


def test_nothing_is_lost_where_something_is_missing_or_too_long() -> None:
    at = house()
    long = "word " * 2000 + "the end of it"
    page = text(as_(at.member).post(RAISE, said(at, what_happened=long, in_danger="")))
    assert "Say whether somebody is in danger now" in page
    assert "Nothing is lost: all of it is still here." in page
    assert "the end of it" in page
    assert not Concern.objects.exists()


def test_nothing_is_lost_where_nobody_else_can_read_it() -> None:
    at = house()
    nowhere = said(at, about=f"organisation:{at.organisation.public_id}", about_reader="yes")
    page = text(as_(at.member).post(RAISE, nowhere))
    assert "the only person who would read it is the one it is about" in page
    assert CANARY in page
    assert not Concern.objects.exists()


def test_panels_of_others_are_neither_offered_nor_taken() -> None:
    at, elsewhere = house(), house()
    client = as_(at.member)
    page = text(client.get(RAISE))
    assert elsewhere.panel.public_id not in page
    assert elsewhere.organisation.name not in page
    for forged in (
        f"panel:{elsewhere.panel.public_id}",
        f"organisation:{elsewhere.organisation.public_id}",
    ):
        assert client.post(RAISE, said(at, about=forged)).status_code == 200
    assert not Concern.objects.exists()


def test_whoever_has_left_can_still_choose_the_panel() -> None:
    at = house()
    make.seat(at.panel, "service_user")
    seats.leave(at.panel.seats.get(user=at.member), by=at.member)
    client = as_(at.member)
    assert client.get(at.panel.get_absolute_url()).status_code == 404
    client.post(RAISE, said(at))
    assert Concern.objects.get().panel == at.panel


def test_whoever_belongs_nowhere_can_turn_to_an_organisation_that_named_somebody() -> None:
    stranger = make.person()
    assert "Nobody is named yet who would read it" in text(as_(stranger).get(RAISE))
    at = house()
    without = make.organisation()
    page = text(as_(stranger).get(RAISE))
    assert at.organisation.name in page
    assert without.name not in page.split("<footer")[0]
    about = f"organisation:{at.organisation.public_id}"
    as_(stranger).post(RAISE, said(at, about=about))
    assert Concern.objects.get().raised_by == stranger


def test_forged_fields_are_ignored() -> None:
    at = house()
    as_(at.member).post(
        RAISE,
        said(
            at, raised_by=str(at.panel_lead.pk), status="closed", page="/x/", look_by="2030-01-01"
        ),
    )
    concern = Concern.objects.get()
    assert (concern.raised_by, concern.status, concern.page) == (at.member, "new", "")
    assert concern.look_by.year < 2030


# --- Those who read -----------------------------------------------------------------------------

PAGES = ("concern",)
POSTS = ("open-concern", "note-on-concern", "pass-on-concern", "close-concern", "reopen-concern")


def others(at: House) -> dict[str, User]:
    return {
        "chair and writer": at.member,
        "organisation's lead": at.organisation_lead,
        "commissioner": at.panel.created_by,
        "administrator": make.admin_of(at.organisation),
        "superuser": User.objects.create_superuser("root@example.org", "a-long-passphrase"),
        "lead elsewhere": house().panel_lead,
        "stranger": make.person(),
    }


def test_for_everybody_but_the_named_lead_there_is_no_such_page() -> None:
    at = house()
    concern = raised(at)
    for name, person in others(at).items():
        client = as_(person)
        for page in PAGES:
            answer = client.get(address(page, concern))
            assert answer.status_code == 404, name
            assert "Quillfeather" not in answer.content.decode()
        for post in POSTS:
            given = {"note-note": "x", "close-told": "x"}
            assert client.post(address(post, concern), given).status_code == 404, name
    concern.refresh_from_db()
    assert concern.status == ConcernStatus.NEW
    assert not ConcernStep.objects.exists()
    assert as_(at.panel_lead).get(address("concern", concern)).status_code == 200


def test_the_queue_is_there_for_leads_alone() -> None:
    at = house()
    raised(at)
    people = others(at)
    readers = {"organisation's lead", "lead elsewhere"}
    for name, person in people.items():
        answer = as_(person).get("/concerns/")
        assert answer.status_code == (200 if name in readers else 404), name
        assert at.panel.name not in answer.content.decode()
    assert at.panel.name in text(as_(at.panel_lead).get("/concerns/"))


def test_queue_and_cover_show_neither_the_words_nor_who_wrote_them() -> None:
    at = house()
    concern = raised(at)
    client = as_(at.panel_lead)
    for path in ("/concerns/", address("concern", concern)):
        page = text(client.get(path))
        assert "Quillfeather" not in page
        assert at.member.display_name not in page
    assert not AuditEntry.objects.filter(verb="concern.opened").exists()


def test_opening_shows_it_for_a_while_and_every_opening_is_written_down() -> None:
    at = house()
    with time_machine.travel(MONDAY, tick=False) as clock:
        concern, client = raised(at), as_(at.panel_lead)
        page = text(client.post(address("open-concern", concern), follow=True))
        assert CANARY in page
        assert at.member.display_name in page
        assert CANARY in text(client.get(address("concern", concern)))
        clock.shift(timedelta(minutes=31))
        assert CANARY not in text(client.get(address("concern", concern)))
        assert CANARY not in text(as_(at.panel_lead).get(address("concern", concern)))
    assert AuditEntry.objects.filter(verb="concern.opened").count() == 1


def test_a_form_that_is_not_whole_does_not_show_what_was_not_opened() -> None:
    at = house()
    concern = raised(at)
    concerns.open_concern(concern, by=at.panel_lead)
    for name in ("note-on-concern", "pass-on-concern", "close-concern"):
        answer = as_(at.panel_lead).post(address(name, concern), {}, follow=True)
        assert CANARY not in text(answer)
        assert answer.redirect_chain == [(address("concern", concern), 302)]


def test_a_lead_writes_passes_on_closes_and_looks_again() -> None:
    at = house()
    concern = raised(at)
    client = as_(at.panel_lead)
    assert client.post(address("close-concern", concern), {"close-told": "x"}).status_code == 403
    client.post(address("open-concern", concern))
    wrong = text(client.post(address("pass-on-concern", concern), {"pass-on-note": "My words"}))
    assert "Answer “To whom did you pass it on?”" in wrong
    assert "My words" in wrong
    day = {"pass-on-day_day": "20", "pass-on-day_month": "11", "pass-on-day_year": "2026"}
    client.post(
        address("pass-on-concern", concern),
        {"pass-on-to": "police", "pass-on-told": "They ring you.", **day},
    )
    client.post(address("note-on-concern", concern), {"note-note": "Spoke with them."})
    page = text(
        client.post(address("close-concern", concern), {"close-told": "She is safe."}, follow=True)
    )
    for words in ("Passed on to the police on Friday 20 November 2026", "Spoke with them."):
        assert words in page
    concern.refresh_from_db()
    assert concern.is_closed
    client.post(address("reopen-concern", concern))
    concern.refresh_from_db()
    assert concern.status == ConcernStatus.LOOKED_AT


def test_it_cannot_have_been_passed_on_in_the_future() -> None:
    at = house()
    concern = raised(at)
    client = as_(at.panel_lead)
    client.post(address("open-concern", concern))
    day = {"pass-on-day_day": "1", "pass-on-day_month": "1", "pass-on-day_year": "2100"}
    answer = client.post(address("pass-on-concern", concern), {"pass-on-to": "police", **day})
    assert "or earlier" in text(answer)
    assert not ConcernStep.objects.filter(kind="passed_on").exists()


def test_the_queue_narrows_and_a_late_one_is_said_to_be_late() -> None:
    at = house()
    with time_machine.travel(MONDAY, tick=False) as clock:
        closed, late = raised(at), raised(at)
        concerns.open_concern(closed, by=at.panel_lead)
        concerns.close(closed, told="Done.", by=at.panel_lead)
        clock.shift(timedelta(days=2))
        client = as_(at.panel_lead)
        shown = {
            show: text(client.get("/concerns/", {"show": show}))
            for show in ("", "open", "closed", "all", "rubbish")
        }
    here = {
        show: (closed.public_id in page, late.public_id in page) for show, page in shown.items()
    }
    assert here == {
        "": (False, True),
        "open": (False, True),
        "closed": (True, False),
        "all": (True, True),
        "rubbish": (False, True),
    }
    assert "Late: it was to be looked at by Tuesday 24 November 2026, 5pm" in shown[""]


@pytest.mark.parametrize("path", ["/concerns/", "/concerns/mine/", "/my-work/"])
@pytest.mark.thorough
def test_lists_cost_the_same_at_one_row_and_at_three(path: str) -> None:
    at = house()
    client = as_(at.panel_lead if path != "/concerns/mine/" else at.member)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            text(client.get(path))
        return len(queries)

    raised(at)
    one = cost()
    for _ in range(2):
        concern = raised(at)
        if path == "/concerns/mine/":
            concerns.open_concern(concern, by=at.panel_lead)
    assert cost() == one


# --- Whoever raised it --------------------------------------------------------------------------


def test_they_read_what_became_of_it_and_never_the_notes() -> None:
    at = house()
    concern = raised(at)
    concerns.open_concern(concern, by=at.panel_lead)
    concerns.add_note(concern, note="Mallowfield rang.", by=at.panel_lead)
    concerns.pass_on(
        concern,
        to="local_authority",
        day=MONDAY.date(),
        told="They visit on Thursday.",
        note="Duty desk 4.",
        by=at.panel_lead,
    )
    page = text(as_(at.member).get("/concerns/mine/"))
    assert "Passed on to the local council" in page
    assert "Monday 23 November 2026. They visit on Thursday." in page
    assert CANARY in page
    assert "Mallowfield" not in page
    assert "Duty desk" not in page
    concerns.close(concern, told="She has moved.", by=at.panel_lead)
    assert "She has moved." in text(as_(at.member).get("/concerns/mine/"))


def test_nobody_reads_what_another_raised() -> None:
    at = house()
    concern = raised(at)
    for person in others(at).values():
        if person == at.member:
            continue
        assert CANARY not in text(as_(person).get("/concerns/mine/"))
        assert as_(person).get(address("concern-raised", concern)).status_code == 404
    assert as_(at.member).get(address("concern-raised", concern)).status_code == 200


def test_my_work_leads_both_to_it_without_a_word_of_it() -> None:
    at = house()
    concern = raised(at)
    lead, writer = (text(as_(each).get("/my-work/")) for each in (at.panel_lead, at.member))
    assert concern.get_absolute_url() in lead
    assert "Something you wrote" in writer
    assert "/concerns/mine/" in writer
    for page in (lead, writer, text(as_(at.panel.created_by).get("/my-work/"))):
        assert "Quillfeather" not in page
    assert concern.get_absolute_url() not in text(as_(at.organisation_lead).get("/my-work/"))


# --- Naming who reads ---------------------------------------------------------------------------


def test_those_who_run_the_panel_name_its_lead() -> None:
    at = house()
    path = reverse("stakeholders:safeguarding-lead", args=[at.panel.public_id])
    newcomer = make.admin_of(at.organisation, "Newly Named")
    assert as_(at.member).get(path).status_code == 403
    assert as_(make.person()).get(path).status_code == 404
    client = as_(at.panel.created_by)
    page = text(client.get(path))
    assert "Newly Named" in page
    assert at.member.display_name not in page.split("<main")[1].split("</main>")[0]
    client.post(path, {"lead": newcomer.public_id})
    at.panel.refresh_from_db()
    assert at.panel.safeguarding_lead == newcomer
    outsider = make.commissioner(make.organisation())
    assert client.post(path, {"lead": outsider.public_id}).status_code == 200
    at.panel.refresh_from_db()
    assert at.panel.safeguarding_lead == newcomer


def test_those_who_work_there_name_the_organisations_lead() -> None:
    at = house()
    path = reverse("stakeholders:organisation-safeguarding", args=[at.organisation.public_id])
    for person in (at.member, make.person(), make.commissioner(make.organisation())):
        assert as_(person).get(path).status_code == 404
        assert as_(person).post(path, {"lead": at.panel_lead.public_id}).status_code == 404
    newcomer = make.admin_of(at.organisation)
    as_(at.panel.created_by).post(path, {"lead": newcomer.public_id})
    at.organisation.refresh_from_db()
    assert at.organisation.safeguarding_lead == newcomer


def test_a_panel_being_formed_asks_for_its_lead() -> None:
    panel = make.forming_panel(make.organisation())
    page = text(as_(panel.created_by).get(panel.get_absolute_url()))
    assert "Somebody who reads concerns about people" in page
    assert reverse("stakeholders:safeguarding-lead", args=[panel.public_id]) in page
