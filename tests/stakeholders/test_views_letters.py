"""Printed letters, from the printing to the answer: nobody needs an e-mail address."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stakeholders.enums import OrganisationRole, Perspective, SeatKind
from stakeholders.models import Invitation, Panel, Seat, User
from stakeholders.services import codes, invitations, organisations, panels, people, seats
from stakeholders.services import sign_in_letters as letters
from tests.factories import invitations as ask
from tests.factories import stakeholders as make
from tests.pages import address, as_
from vbc.core.refusals import Refused

pytestmark = pytest.mark.django_db
CODE_PAGE = "/panels/code/"
PASSWORD = "seven purple kettles"


@pytest.fixture(autouse=True)
def _nobody_has_mistyped_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def panel() -> Panel:
    return make.forming_panel(make.organisation())


def answers(**other: str) -> dict[str, str]:
    return {
        "display_name": "Jo",
        "password": PASSWORD,
        "perspective": Perspective.CARER,
        "is_employed": "no",
        "is_adult": "on",
        **other,
    }


def printed(invitation: Invitation) -> str:
    return invitations.print_letter(invitation, by=invitation.invited_by)


def typed(code: str, client: Client | None = None) -> tuple[Client, Any]:
    client = client or Client()
    return client, client.post(CODE_PAGE, {"code": code})


# --- Printing -----------------------------------------------------------------------------------


def test_runner_makes_and_prints_a_letter(panel: Panel) -> None:
    client = as_(panel.created_by)
    made = client.post(
        address("invite", panel), {"label": "Jo", "perspective": Perspective.CARER}, follow=True
    )
    assert "The invitation for Jo is ready. Now print its letter." in made.content.decode()
    invitation = Invitation.objects.get()
    answer = client.post(address("print-invitation", panel, invitation.public_id))
    page = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    found = re.search(r"(?:[A-Z0-9]{4}-){3}[A-Z0-9]{4}", page)
    assert found is not None
    invitation.refresh_from_db()
    assert codes.digest(found[0]) == invitation.code_digest
    assert CODE_PAGE in page
    assert "An invitation for Jo" in page
    assert found[0] not in client.get(address("invite", panel)).content.decode()
    paper = page.split('class="vbc-letter"')[1].split("</main>")[0]
    for word in ("carer", "service user", panel.name, "mental health"):
        assert word not in paper.lower()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"email": "", "label": ""}, "Enter an e-mail address, or who a printed letter is for"),
        ({"email": "a@example.org", "label": "Jo"}, "Choose one way"),
        ({"email": "nonsense", "label": ""}, "such as name@example.org"),
        ({"label": "x" * 81}, "there is room for 80"),
    ],
)
def test_one_way_is_chosen(panel: Panel, given: dict[str, str], said: str) -> None:
    answer = as_(panel.created_by).post(address("invite", panel), {"perspective": "carer"} | given)
    assert said.lower() in answer.content.decode().lower()
    assert not Invitation.objects.exists()


def test_letter_is_printed_by_a_post_only(panel: Panel) -> None:
    invitation = ask.letter(panel)
    page = address("print-invitation", panel, invitation.public_id)
    assert as_(panel.created_by).get(page).status_code == 405


# --- Typing the code ----------------------------------------------------------------------------


def test_code_leads_to_the_answer_and_stands_in_no_address(panel: Panel) -> None:
    code = printed(ask.letter(panel))
    client, answer = typed(code.lower().replace("-", " "))
    assert answer.url == CODE_PAGE + "answer/"
    page = client.get(answer.url)
    assert "no-store" in page["Cache-Control"]
    assert panel.purpose in page.content.decode()
    assert code not in page.content.decode()
    assert code not in str(dict(client.session))


def test_without_a_code_there_is_nothing_to_answer() -> None:
    for page in ("answer/", "new-password/"):
        assert Client().get(CODE_PAGE + page).url == CODE_PAGE
        assert Client().post(CODE_PAGE + page, answers()).url == CODE_PAGE


@pytest.mark.parametrize("end", ["never was", "used", "withdrawn", "printed again"])
def test_every_code_that_is_over_gets_the_same_answer(panel: Panel, end: str) -> None:
    invitation = ask.letter(panel)
    code = printed(invitation)
    if end == "never was":
        code = codes.new_code()
    elif end == "used":
        client, _ = typed(code)
        client.post(CODE_PAGE + "answer/", answers())
        assert Seat.objects.count() == 1
    elif end == "withdrawn":
        invitations.withdraw(invitation, by=invitation.invited_by)
    else:
        printed(invitation)
    _, answer = typed(code)
    _, unknown = typed("3333-3333-3333-3333")
    without = re.compile(r'value="[^"]*"|nonce="[^"]*"|"X-CSRFToken": "[^"]*"')
    assert without.sub("", answer.content.decode()) == without.sub("", unknown.content.decode())
    assert "This code opens nothing." in answer.content.decode()
    assert panel.name not in answer.content.decode()


def test_guessing_is_slowed_down_and_right_codes_are_not_counted(panel: Panel) -> None:
    code = printed(ask.letter(panel))
    for _ in range(12):
        assert typed(code)[1].status_code == 302
    for _ in range(10):
        assert typed(codes.new_code())[1].status_code == 200
    assert typed(codes.new_code())[1].status_code == 429
    assert typed(code)[1].status_code == 429


def test_link_of_a_mail_opens_no_letter_and_the_other_way_round(panel: Panel) -> None:
    code = printed(ask.letter(panel))
    for shown in (code, code.replace("-", "")):
        assert Client().get(reverse("stakeholders:invitation", args=[shown])).status_code == 404
    by_mail = invitations.invite(
        panel, email="a@example.org", suggested_perspective="carer", by=panel.created_by
    )
    link_code = invitations.link(by_mail).rstrip("/").split("/")[-1]
    assert typed(link_code)[1].status_code == 200


# --- Answering ----------------------------------------------------------------------------------


def test_person_without_email_joins_and_can_sign_in_again(panel: Panel) -> None:
    client, _ = typed(printed(ask.letter(panel)))
    answer = client.post(CODE_PAGE + "answer/", answers(), follow=True)
    person = Seat.objects.get(panel=panel).user
    assert answer.redirect_chain == [(address("welcome", panel), 302)]
    page = answer.content.decode()
    assert person.signs_in_as in page
    assert "no-email.invalid" not in page
    for name in ("home:account", "account_email", "home:my-work"):
        assert "no-email.invalid" not in client.get(reverse(name)).content.decode()
    for way in (person.signs_in_as, f" {person.signs_in_as.upper().replace('-', ' ')} "):
        again = Client().post(reverse("account_login"), {"login": way, "password": PASSWORD})
        assert again.url == reverse("home:my-work")


def test_whoever_has_email_goes_on_to_the_panel(panel: Panel) -> None:
    seat = make.seat(panel, Perspective.CARER)
    assert as_(seat.user).get(address("welcome", panel)).url == panel.get_absolute_url()


def test_letter_can_be_answered_from_an_account(panel: Panel) -> None:
    person = make.person("Wren")
    code = printed(ask.letter(panel))
    client, _ = typed(code, as_(person))
    page = client.get(CODE_PAGE + "answer/").content.decode()
    assert "You answer as Wren." in page
    assert 'name="password"' not in page
    client.post(CODE_PAGE + "answer/", answers())
    assert Seat.objects.get(panel=panel).user == person


def test_code_survives_signing_in(panel: Panel) -> None:
    person = make.person("Wren")
    client, _ = typed(printed(ask.letter(panel)))
    assert "?next=/panels/code/answer/" in client.get(CODE_PAGE + "answer/").content.decode()
    back = client.post(
        reverse("account_login"),
        {"login": person.email, "password": make.PASSWORD, "next": CODE_PAGE + "answer/"},
    )
    assert "You answer as Wren." in client.get(back.url).content.decode()


@pytest.mark.parametrize(
    ("kind", "button", "true", "untrue"),
    [
        (SeatKind.MEMBER, "Yes, I take part", "You can also step away", "You do not rate"),
        (SeatKind.COVER, "Yes, I can be asked to step in", "You never see how", "You do not rate,"),
        (SeatKind.RESERVE, "Yes, put me on the list", "Perhaps you are never asked", "do not rate"),
        (SeatKind.SUPPORTER, "Yes, I will be there", "You do not rate", "you rate each choice"),
    ],
)
def test_each_kind_reads_its_own_true_words(
    panel: Panel, kind: str, button: str, true: str, untrue: str
) -> None:
    member = make.seat(panel, Perspective.SERVICE_USER)
    client, _ = typed(printed(ask.asked(member, kind, label="Jo")))
    page = client.get(CODE_PAGE + "answer/").content.decode()
    assert button in page
    assert true in page
    assert untrue not in page
    for everywhere in ("What is kept", "You can leave at any moment", panel.purpose):
        assert everywhere in page


def test_supporter_is_asked_neither_perspective_nor_work(panel: Panel) -> None:
    member = make.seat(panel, Perspective.SERVICE_USER)
    client, _ = typed(printed(ask.asked(member, SeatKind.SUPPORTER, label="Jo")))
    page = client.get(CODE_PAGE + "answer/").content.decode()
    assert 'name="perspective"' not in page
    assert 'name="is_employed"' not in page
    client.post(CODE_PAGE + "answer/", answers(perspective=Perspective.SERVICE_USER))
    seat = Seat.objects.get(kind=SeatKind.SUPPORTER)
    assert (seat.perspective, seat.beside) == (Perspective.IN_ATTENDANCE, member)


def test_cover_is_not_told_beforehand_what_it_would_speak_from(panel: Panel) -> None:
    member = make.seat(panel, Perspective.SERVICE_USER)
    client, _ = typed(printed(ask.asked(member, SeatKind.COVER, label="Jo")))
    page = client.get(CODE_PAGE + "answer/").content.decode()
    boxes = [part.split(">")[0] for part in page.split("<input")[1:]]
    assert not [box for box in boxes if 'name="perspective"' in box and "checked" in box]
    assert len([box for box in boxes if 'name="perspective"' in box]) == 2


def test_cover_that_speaks_from_something_else_is_told_and_nothing_happens(panel: Panel) -> None:
    member = make.seat(panel, Perspective.SERVICE_USER)
    client, _ = typed(printed(ask.asked(member, SeatKind.COVER, label="Jo")))
    answer = client.post(CODE_PAGE + "answer/", answers(perspective=Perspective.CARER))
    assert answer.status_code == 200
    assert "Cover speaks from the same" in answer.content.decode()
    assert not User.objects.filter(display_name="Jo").exists()
    assert client.get(reverse("home:my-work")).status_code == 302
    done = client.post(CODE_PAGE + "answer/", answers(perspective=Perspective.SERVICE_USER))
    assert done.url == address("welcome", panel)


# --- Adults and young people --------------------------------------------------------------------


@pytest.mark.parametrize("kind", SeatKind.values)
def test_adults_say_that_they_are_and_it_is_kept_nowhere(panel: Panel, kind: str) -> None:
    member = make.seat(panel, Perspective.SERVICE_USER)
    client, _ = typed(printed(ask.asked(member, kind, label="Jo")))
    given = answers(perspective=Perspective.SERVICE_USER)
    refused = client.post(CODE_PAGE + "answer/", {**given, "is_adult": ""})
    assert "This panel is for people of 18 and over." in refused.content.decode()
    assert client.post(CODE_PAGE + "answer/", given).status_code == 302
    columns = {field.name for model in (Seat, User, Invitation) for field in model._meta.fields}
    assert not [name for name in columns if "adult" in name or "birth" in name or name == "age"]


def test_panel_of_young_people_needs_the_organisations_word(panel: Panel) -> None:
    org, staff = panel.organisation, panel.created_by
    details = {
        "name": "Young voices",
        "purpose": "Help at school.",
        "authority": "advisory",
        "minimum_service_users": "2",
        "organisation": org.public_id,
        "is_for_under_18s": "on",
    }
    client = as_(staff)
    page = client.post(reverse("stakeholders:create-panel"), details).content.decode()
    assert "has not written down yet how consent" in page
    assert reverse("stakeholders:organisation", args=[org.public_id]) in page
    with pytest.raises(Refused, match="needs that first"):
        panels.create(
            org, name="A", purpose="B", authority="advisory", is_for_under_18s=True, by=staff
        )
    organisations.state_young_people(
        org, statement="A parent agrees with you.", expected=org.version, by=staff
    )
    client.post(reverse("stakeholders:create-panel"), details)
    young = Panel.objects.get(name="Young voices")
    assert young.is_for_under_18s
    reader, _ = typed(printed(ask.letter(young)))
    page = reader.get(CODE_PAGE + "answer/").content.decode()
    assert "A parent agrees with you." in page
    assert "is_adult" not in page
    reader.post(CODE_PAGE + "answer/", answers())
    assert young.seats.live().count() == 1


def test_the_word_given_to_young_people_is_not_taken_away(panel: Panel) -> None:
    org, staff = panel.organisation, panel.created_by
    organisations.state_young_people(org, statement="Yes.", expected=1, by=staff)
    panels.create(org, name="A", purpose="B", authority="advisory", is_for_under_18s=True, by=staff)
    page = reverse("stakeholders:organisation", args=[org.public_id])
    answer = as_(staff).post(page, {"statement": " ", "version": "2"})
    assert "not take it away" in answer.content.decode()
    org.refresh_from_db()
    assert org.young_people_statement == "Yes."


def test_two_who_write_at_once_do_not_write_over_each_other(panel: Panel) -> None:
    org = panel.organisation
    page = reverse("stakeholders:organisation", args=[org.public_id])
    client = as_(panel.created_by)
    assert client.post(page, {"statement": "First.", "version": "1"}).status_code == 302
    answer = client.post(page, {"statement": "Second.", "version": "1"}).content.decode()
    assert "First." in answer
    org.refresh_from_db()
    assert org.young_people_statement == "First."
    assert 'value="2"' in answer
    assert client.post(page, {"statement": "Second.", "version": "2"}).status_code == 302


# --- Signing in again ---------------------------------------------------------------------------


def test_forgotten_password_is_mended_by_a_letter(panel: Panel) -> None:
    person = ask.without_email("Siskin")
    ask.came(make.seat(panel, Perspective.SERVICE_USER), SeatKind.RESERVE, person)
    elsewhere = as_(person)
    staff = as_(panel.created_by)
    assert "Siskin" in staff.get(address("sign-in-letters", panel)).content.decode()
    letter = staff.post(address("print-sign-in-letter", panel, person.public_id))
    found = re.search(r"(?:[A-Z0-9]{4}-){3}[A-Z0-9]{4}", letter.content.decode())
    assert found is not None
    assert "no-store" in letter["Cache-Control"]
    assert "no-email.invalid" not in letter.content.decode()
    client, answer = typed(found[0])
    assert answer.url == CODE_PAGE + "new-password/"
    assert person.signs_in_as in client.get(answer.url).content.decode()
    assert "too short" in client.post(answer.url, {"password": "short"}).content.decode()
    assert elsewhere.get(reverse("home:my-work")).status_code == 200
    assert client.post(answer.url, {"password": PASSWORD}).url == reverse("account_login")
    assert elsewhere.get(reverse("home:my-work")).status_code == 302
    signed_in = client.post(
        reverse("account_login"), {"login": person.signs_in_as, "password": PASSWORD}
    )
    assert signed_in.url == reverse("home:my-work")
    assert typed(found[0])[1].status_code == 200


def test_staff_print_no_letter_for_whoever_has_email_or_is_elsewhere(panel: Panel) -> None:
    staff = as_(panel.created_by)
    with_email = make.seat(panel, Perspective.CARER).user
    on_another = ask.without_email()
    ask.came(
        make.seat(make.forming_panel(make.organisation()), Perspective.CARER),
        SeatKind.RESERVE,
        on_another,
    )
    for person in (with_email, on_another, panel.created_by):
        assert (
            staff.post(address("print-sign-in-letter", panel, person.public_id)).status_code == 404
        )
    assert letters.SignInLetter.objects.count() == 0


def test_chair_prints_no_letter(panel: Panel) -> None:
    chair = make.seat(panel, Perspective.SERVICE_USER)
    panels.appoint_chair(panel, chair.user, by=panel.created_by)
    person = ask.without_email()
    ask.came(chair, SeatKind.RESERVE, person)
    client = as_(chair.user)
    assert client.get(address("sign-in-letters", panel)).status_code == 403
    page = address("print-sign-in-letter", panel, person.public_id)
    assert client.post(page).status_code == 403
    assert "sign-in-letters" not in client.get(address("invite", panel)).content.decode()


@pytest.mark.thorough
def test_list_of_letters_costs_the_same_for_one_and_three(panel: Panel) -> None:
    member = make.seat(panel, Perspective.SERVICE_USER)
    client = as_(panel.created_by)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address("sign-in-letters", panel)).status_code == 200
        return len(captured)

    ask.came(member, SeatKind.RESERVE, ask.without_email())
    queries()
    for_one = queries()
    for _ in range(2):
        ask.came(member, SeatKind.RESERVE, ask.without_email())
    assert queries() == for_one


def test_whoever_gets_an_address_goes_on_by_either_way(panel: Panel) -> None:
    """An address added later and made the first one: the made name still opens the door."""
    from allauth.account.models import EmailAddress

    person = ask.without_email()
    added = EmailAddress.objects.create(user=person, email="new@example.org", verified=True)
    added.set_as_primary()
    name = person.signs_in_as
    person.refresh_from_db()
    assert person.has_email
    for way in (name, "new@example.org"):
        answer = Client().post(reverse("account_login"), {"login": way, "password": make.PASSWORD})
        assert answer.url == reverse("home:my-work"), way


def test_unknown_name_and_wrong_password_are_answered_alike() -> None:
    person = people.create_without_email(display_name="Jo", password=make.PASSWORD)
    said = []
    for login in (person.signs_in_as, "nobody-here-99"):
        page = Client().post(reverse("account_login"), {"login": login, "password": "wrong words"})
        found = re.search(r"The email address or sign-in name[^<]*", page.content.decode())
        assert found is not None
        said.append(found[0])
    assert said[0] == said[1]


@pytest.mark.parametrize("worker", ["there", "superuser"])
def test_a_letter_never_opens_the_account_of_who_works_for_another_organisation(
    panel: Panel, worker: str
) -> None:
    """Somebody without e-mail is on a panel here and an administrator elsewhere: whoever prints a
    letter here would sign in there."""
    person = ask.without_email("Merle")
    seats.accept(
        ask.letter(panel), perspective="carer", is_employed_by_affected_body=False, by=person
    )
    staff = as_(panel.created_by)
    page = address("print-sign-in-letter", panel, person.public_id)
    if worker == "there":
        organisations.add_member(make.organisation(), person, role="admin")
    else:
        User.objects.filter(pk=person.pk).update(is_superuser=True)
    assert staff.post(page).status_code == 403
    assert not person.sign_in_letters.exists()


def letter_printed(panel: Panel) -> tuple[User, User, str]:
    """Somebody without e-mail on a panel, who of the staff printed their letter, and its code."""
    person = ask.without_email("Merle")
    seats.accept(
        ask.letter(panel), perspective="carer", is_employed_by_affected_body=False, by=person
    )
    printer = make.admin_of(panel.organisation)
    return person, printer, letters.print_letter(panel, person, by=printer)


def something_changed(panel: Panel, person: User, printer: User, what: str) -> None:
    if what == "the printer works there no more":
        organisations.end_membership(
            panel.organisation, printer, role=OrganisationRole.ADMIN, by=panel.created_by
        )
    elif what == "the printer's account is closed":
        seats.account_disabled(printer, by=panel.created_by)
    elif what == "the account opens an organisation's doors":
        organisations.add_member(make.organisation(), person, role=OrganisationRole.COMMISSIONER)
    elif what == "the person has left the panel":
        seats.leave(panel.seats.get(user=person), by=person)
    else:
        User.objects.filter(pk=person.pk).update(email="jo@example.org")


@pytest.mark.parametrize(
    "what",
    [
        "the printer works there no more",
        "the printer's account is closed",
        "the account opens an organisation's doors",
        "the person has left the panel",
        "the person has an address",
    ],
)
def test_letter_that_could_not_be_printed_today_opens_nothing(panel: Panel, what: str) -> None:
    """Neither as it is typed, nor on the page that it opened a moment before."""
    person, printer, code = letter_printed(panel)
    client, opened = typed(code)
    assert opened.url == CODE_PAGE + "new-password/"
    something_changed(panel, person, printer, what)
    assert "This code opens nothing." in typed(code)[1].content.decode()
    answer = client.post(opened.url, {"password": PASSWORD}, follow=True)
    assert answer.redirect_chain == [(CODE_PAGE, 302)]
    assert "Ask the people who gave it to you for a new one." in answer.content.decode()
    with pytest.raises(letters.LetterOver):
        letters.choose_password(
            letters.SignInLetter.objects.get(user=person), password=PASSWORD, by=person
        )
    person.refresh_from_db()
    assert not person.check_password(PASSWORD)


def test_letter_still_opens_where_nothing_changed(panel: Panel) -> None:
    person, _, code = letter_printed(panel)
    client, opened = typed(code)
    client.post(opened.url, {"password": PASSWORD})
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
