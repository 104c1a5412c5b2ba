"""The pages of accounts of experience: what they say, to whom, and what they cost."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from evidence.models import Coding, Experience, GapAnswer, Quote, Theme
from evidence.services import experience as services
from stakeholders.enums import Perspective
from stakeholders.services import seats
from tests.factories import experience as make
from tests.factories import stakeholders
from tests.pages import as_, queries_of, text_of
from tests.support import run_jobs

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


class World:
    def __init__(self) -> None:
        self.org = stakeholders.organisation()
        self.clerk = stakeholders.commissioner(self.org)
        self.panel = stakeholders.sitting_panel(self.org, by=self.clerk)
        self.teller = stakeholders.members(self.panel, Perspective.SERVICE_USER)[0]
        self.member = stakeholders.members(self.panel, Perspective.CLINICIAN)[0]


@pytest.fixture
def world():
    return World()


def at(name, *args):
    return reverse(f"evidence:{name}", args=args)


def test_front_of_the_library_leads_nobody_to_a_refusal(world):
    make.opened(world.org, world.teller, clerk=world.clerk, public_may_read=True)
    outside = [stakeholders.person()]
    left = stakeholders.members(world.panel, Perspective.CARER)[0]
    seats.leave(left.seats.get(), by=left)
    outside.append(left)
    for person in outside:
        client = as_(person)
        page = client.get(at("library")).content.decode().split("<main")[1].split("</main")[0]
        assert at("tell-experience") not in page
        assert page.count("You see here only what is public.") == 1
        assert f'{at("public-experiences")}">What people told us</a> (1)' in page
        links = re.findall(r'href="(/[^"#]*)"', page)
        assert at("public-needs-list") in links
        for link in links:
            assert client.get(link).status_code == 200, link
    for person in (world.member, world.clerk):
        page = as_(person).get(at("library")).content.decode()
        assert at("tell-experience") in page
        assert "only what is public" not in page


def test_telling_checking_reading_and_taking_back(world):
    """The whole way, by its pages alone."""
    mine, staff, panel = as_(world.teller), as_(world.clerk), as_(world.member)
    said = {
        "title": "Nobody rang back",
        "text": "I rang. Anna Field came.",
        "panel_may_read": "on",
        "report_may_quote": "on",
    }
    assert mine.post(at("tell-experience"), said).status_code == 302
    told = Experience.objects.get()
    assert (told.panel_may_read, told.public_may_read, told.told_by) == (True, False, "")
    assert panel.get(told.get_absolute_url()).status_code == 404
    assert "1 waits for somebody" in text_of(staff, at("experiences"))
    assert staff.get(told.get_absolute_url())["Location"] == at("check-experience", told.public_id)
    wrong = {"version": told.version, "names": "Bella"}
    answer = staff.post(at("check-experience", told.public_id), wrong)
    assert "does not stand there" in answer.content.decode()
    right = {"version": told.version, "names": "Anna Field"}
    assert staff.post(at("check-experience", told.public_id), right).status_code == 302
    read = text_of(panel, told.get_absolute_url())
    assert "I rang. [name removed] came." in read
    assert "Anna" not in read
    assert world.teller.display_name not in panel.get(told.get_absolute_url()).content.decode()
    assert "Anna Field came." in text_of(mine, at("my-experience", told.public_id))
    assert mine.get(at("take-back-experience", told.public_id)).status_code == 200
    assert Experience.objects.get().text
    assert mine.post(at("take-back-experience", told.public_id)).status_code == 302
    assert panel.get(told.get_absolute_url()).status_code == 404
    assert "Nothing yet" in text_of(mine, at("my-experiences"))


def test_a_name_in_when_it_was_is_seen_by_whoever_checks_and_by_nobody_after(world):
    told = make.told(world.org, world.teller, happened="when Jo Bell ran it", text="It was good.")
    check = at("check-experience", told.public_id)
    assert "Roughly when: when Jo Bell ran it" in text_of(as_(world.clerk), check)
    as_(world.clerk).post(check, {"version": told.version, "names": "Jo Bell"})
    for client, address in (
        (as_(world.clerk), check),
        (as_(world.member), told.get_absolute_url()),
        (Client(), at("public-experience", told.public_id)),
    ):
        read = text_of(client, address)
        assert "Roughly when: when [name removed] ran it" in read, address
        assert "Jo Bell" not in read, address
    own = text_of(as_(world.teller), at("my-experience", told.public_id))
    assert "Roughly when: when Jo Bell ran it" in own
    assert "Roughly when: when [name removed] ran it" in own


def test_leave_that_is_taken_back_empties_every_page_at_once(world):
    told = make.quoted(world.org, world.teller, clerk=world.clerk)
    theme = Theme.objects.get()
    pages = [
        (as_(world.member), told.get_absolute_url()),
        (as_(world.member), at("experiences")),
        (as_(world.member), at("experiences") + "?words=rang"),
        (as_(world.member), at("experiences") + f"?theme={theme.public_id}"),
        (Client(), at("public-experiences")),
        (Client(), at("public-experience", told.public_id)),
    ]
    for client, address in pages:
        assert told.shown_title in client.get(address).content.decode(), address
    nothing = {"panel_may_read": "", "report_may_quote": "", "public_may_read": ""}
    as_(world.teller).post(at("allow-experience", told.public_id), nothing)
    for client, address in pages:
        page = client.get(address).content.decode()
        assert told.shown_title not in page, address
        assert "rang three times" not in page, address
    assert "In no account yet" in text_of(as_(world.member), at("themes"))


def test_by_a_code_and_nothing_else(world):
    """Somebody without an account: staff write it down, and the code opens it."""
    cache.clear()
    words = {"title": "Told to Jo", "text": "I was afraid.", "panel_may_read": "on"}
    page = as_(world.clerk).post(at("write-down-experience"), words).content.decode()
    code = re.search(r"(?:[3479A-Z]{4}-){3}[3479A-Z]{4}", page)
    assert code is not None
    told = Experience.objects.get()
    assert (told.teller, told.told_by) == (None, "written_down")
    visitor = Client()
    assert visitor.get(at("told-by-code"))["Location"] == at("enter-code")
    wrong = visitor.post(at("enter-code"), {"code": "AAAA-AAAA-AAAA-AAAA"})
    assert "This code opens nothing" in wrong.content.decode()
    typed = code[0].lower().replace("-", " ")
    assert visitor.post(at("enter-code"), {"code": typed}).status_code == 302
    assert "I was afraid." in text_of(visitor, at("told-by-code"))
    assert visitor.post(at("allow-by-code"), {"public_may_read": "on"}).status_code == 302
    told.refresh_from_db()
    assert (told.panel_may_read, told.public_may_read) == (False, True)
    assert visitor.post(at("take-back-by-code")).status_code == 302
    assert visitor.get(at("told-by-code"))["Location"] == at("enter-code")
    assert Experience.objects.get().text == ""
    again = visitor.post(at("enter-code"), {"code": typed})
    assert "This code opens nothing" in again.content.decode()


def test_codes_cannot_be_guessed_quickly(world):
    cache.clear()
    visitor = Client()
    answers = [visitor.post(at("enter-code"), {"code": f"X{n}"}).status_code for n in range(12)]
    assert answers.count(429) >= 1
    cache.clear()


def test_themes_and_quotes_by_their_pages(world):
    told = make.opened(world.org, world.teller, clerk=world.clerk)
    theme = make.theme(world.org, world.clerk)
    member, staff = as_(world.member), as_(world.clerk)
    data = {"theme": theme.pk, "passage": "I rang three times."}
    assert member.post(at("code-experience", told.public_id), data).status_code == 302
    coding = Coding.objects.get()
    read = text_of(staff, told.get_absolute_url())
    assert f"Found by {world.member.display_name}" in read
    assert "“I rang three times.”" in read
    not_mine = at("uncode-experience", told.public_id, coding.pk)
    assert staff.post(not_mine).status_code == 403
    assert member.post(not_mine).status_code == 302
    assert not Coding.objects.exists()
    assert member.get(at("quote-experience", told.public_id)).status_code == 403
    wrong = staff.post(at("quote-experience", told.public_id), {"passage": "not there"})
    assert "do not stand in the account" in wrong.content.decode()
    staff.post(at("quote-experience", told.public_id), {"passage": "Then it was good."})
    quote = Quote.objects.get()
    staff.post(at("unquote-experience", told.public_id, quote.public_id))
    quote.refresh_from_db()
    assert (quote.withdrawn_at is not None, quote.is_withdrawn_by_teller) == (True, False)


def test_two_who_change_a_theme_at_once(world):
    theme = make.theme(world.org, world.clerk)
    staff = as_(world.clerk)
    data = {"label": "Waiting", "meaning": "How long.", "version": 1}
    assert staff.post(at("edit-theme", theme.public_id), data).status_code == 302
    late = staff.post(at("edit-theme", theme.public_id), data | {"label": "Being left alone"})
    assert late.status_code == 409
    assert "This was changed after you opened it" in late.content.decode()
    assert Theme.objects.get().label == "Waiting"


def test_hostile_words_are_only_words(world):
    told = make.opened(
        world.org, world.teller, clerk=world.clerk, title=HOSTILE, text=HOSTILE + " end"
    )
    services.say_what_became(told, version=told.version, words=HOSTILE, by=world.clerk)
    for client, address in (
        (as_(world.member), told.get_absolute_url()),
        (as_(world.member), at("experiences")),
        (as_(world.teller), at("my-experience", told.public_id)),
        (Client(), at("public-experience", told.public_id)),
    ):
        page = client.get(address).content.decode()
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page


def test_a_title_of_the_page_says_nothing_of_anybody(world):
    told = make.opened(world.org, world.teller, clerk=world.clerk)
    for client, address in (
        (as_(world.member), told.get_absolute_url()),
        (as_(world.teller), at("my-experience", told.public_id)),
    ):
        title = re.search(r"<title>([^<]*)", client.get(address).content.decode())
        assert title is not None
        assert told.shown_title not in title[1]


@pytest.mark.thorough
def test_lists_cost_the_same_for_one_and_for_three(world):
    member, staff = as_(world.member), as_(world.clerk)
    lists = [
        (member, at("experiences")),
        (staff, at("experiences-to-check")),
        (as_(world.teller), at("my-experiences")),
        (member, at("themes")),
        (Client(), at("public-experiences")),
        (as_(world.teller), at("hopes", world.org.public_id)),
    ]

    def grow():
        make.quoted(world.org, world.teller, clerk=world.clerk)
        make.told(world.org, world.teller)

    grow()
    once = [queries_of(client, address) for client, address in lists]
    grow()
    grow()
    assert [queries_of(client, address) for client, address in lists] == once
    told = Experience.objects.checked()[0]
    before = queries_of(member, told.get_absolute_url())
    for theme in Theme.objects.all():
        Coding.objects.get_or_create(experience=told, theme=theme, by=world.member)
    assert queries_of(member, told.get_absolute_url()) == before


@pytest.mark.row("A4-3")
def test_hopes_are_said_by_members_and_shown_with_a_picture_once_they_may(world):
    theme = make.theme(world.org, world.clerk)
    mine, staff = as_(world.teller), as_(world.clerk)
    page = at("hopes", world.org.public_id)
    assert "Too few people have answered yet" in text_of(mine, page)
    say = at("say-hopes", world.org.public_id, theme.public_id)
    assert "I choose not to score" not in text_of(mine, say)
    for hoped, says in (("", "Say what you hope for: choose a number"), ("10", "Choose a number")):
        assert says in mine.post(say, {"actual": "3", "hoped": hoped}).content.decode()
    assert mine.post(say, {"actual": "3", "hoped": "8"}).status_code == 302
    assert "You said 3 now, and hope for 8." in text_of(mine, page)
    assert "You said" not in text_of(staff, page)
    mine.post(at("take-back-hopes", world.org.public_id, theme.public_id))
    assert not GapAnswer.objects.exists()
    make.hopes_at_event(theme, world.panel, [(2, 8)] * 4, world.clerk)
    assert "Too few people have answered yet" in text_of(staff, page)
    make.hopes_at_event(theme, world.panel, [(2, 8)] * 11, world.clerk)
    read = text_of(staff, page)
    assert "people say 2 of 9 and hope for 8" in read
    assert "At least 10" in read
    assert not re.search(r"\b11\b", read.split("In a crisis")[0])
    staff.post(at("draw-hopes", world.org.public_id))
    run_jobs()
    assert "<svg" in staff.get(page).content.decode()


def test_what_people_at_an_event_said_is_typed_in_line_by_line(world):
    theme = make.theme(world.org, world.clerk)
    make.hopes_at_event(make.theme(world.org, world.clerk), world.panel, [(1, 2)], world.clerk)
    event = GapAnswer.objects.get().event
    staff = as_(world.clerk)
    data = {"event": event.public_id, "theme": theme.public_id}
    address = at("record-hopes", world.org.public_id)
    for wrong in ("3", "3 10", "a b", "3 8 9", "٣ ٤", "  "):
        answer = staff.post(address, data | {"pairs": f"1 2\n{wrong}" if wrong.strip() else wrong})
        assert answer.status_code == 200
    assert GapAnswer.objects.filter(theme=theme).count() == 0
    assert staff.post(address, data | {"pairs": "1 2\n\n3 8\n"}).status_code == 302
    assert GapAnswer.objects.filter(theme=theme).count() == 2
