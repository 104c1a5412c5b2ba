"""The pages of frameworks: who gets which answer, what they say, what they cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evidence.frameworks import FRAMEWORKS
from evidence.models import FrameworkAnswer, FrameworkItem, FrameworkNote, FrameworkUse
from evidence.services import framework_notes, frameworks
from stakeholders.enums import SeatKind
from stakeholders.services import seats
from tests.evidence.frameworks.pages import OPENED, POSTED
from tests.factories import evidence as library
from tests.factories import stakeholders

pytestmark = pytest.mark.django_db


def page(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"evidence:{name}", args=args))


def post(client, user, name, /, *args, **data):
    client.force_login(user)
    return client.post(reverse(f"evidence:{name}", args=args), data)


def words(response):
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# --- The list and a framework ---------------------------------------------------------------------


@pytest.mark.row("A1-3")
def test_a_clerk_switches_one_on_answers_it_item_by_item_and_reads_it(client, clerk, org):
    on = post(
        client,
        clerk,
        "switch-framework-on",
        framework="putting-people-first",
        why="To see where we stand.",
    )
    assert on.status_code == 302
    use = FrameworkUse.objects.get()
    sheet = use.sheets.get()
    shown = words(page(client, clerk, "framework-sheet", sheet.public_id))
    assert "None of 4 is answered yet." in shown
    assert "Can people have a personal budget that follows what they need?" in shown
    for item in ("budgets", "prevention"):
        answered = post(
            client,
            clerk,
            "answer-framework",
            sheet.public_id,
            item,
            answer="partly",
            words="In two of four places.",
            version="0",
        )
        assert answered.url == reverse("evidence:framework-item", args=[sheet.public_id, item])
    shown = words(page(client, clerk, "framework-sheet", sheet.public_id))
    assert "2 of 4 answered." in shown
    assert "Partly In two of four places. Commissioner" in shown
    shown = words(page(client, clerk, "frameworks"))
    assert f"Putting People First 2 of 4 answered. {org.name}: To see where we stand." in shown


def test_the_list_tells_use_and_era_apart(client, clerk, switch_on):
    switch_on("putting-people-first")
    shown = words(page(client, clerk, "frameworks"))
    parts = re.split("In use here|Of use today|From the past, to look back or compare with", shown)
    assert [part.count("Putting People First") for part in parts] == [0, 1, 0, 0]
    assert [part.count("National Service Framework for Older") for part in parts] == [0, 0, 0, 1]
    assert [part.count("Is this programme values-based?") for part in parts] == [0, 0, 1, 0]


@pytest.mark.parametrize("key", FRAMEWORKS)
def test_each_framework_has_a_page_with_all_that_it_asks(client, clerk, key):
    response = page(client, clerk, "framework", key)
    assert response.status_code == 200
    shown = words(response).replace("&#x27;", "'")
    for item in FRAMEWORKS[key].items:
        assert item.name in shown
        assert item.question in shown
    assert ("The questions and their list are ours" in shown) == FRAMEWORKS[key].is_ours


def test_what_is_not_there_is_not_found(client, clerk, switch_on):
    sheet = switch_on()
    assert page(client, clerk, "framework", "no-such").status_code == 404
    for name, args in (
        ("framework-sheet", ["no-such"]),
        ("framework-item", [sheet.public_id, "no-such"]),
        ("framework-years", [sheet.use.public_id]),  # It is not answered by the year.
        ("add-framework-item", [sheet.public_id]),  # Its items are fixed.
        ("add-framework-link", [sheet.public_id, "budgets"]),  # Nothing is answered yet.
    ):
        assert page(client, clerk, name, *args).status_code == 404, name


# --- Who may --------------------------------------------------------------------------------------


@pytest.fixture
def things(clerk, service_user, switch_on, answer):
    sheet = switch_on("valued-care")
    found = answer(sheet, "local", "yes")
    link = frameworks.link(found, title="The plan", address="/cycles/x/", by=clerk)
    own = frameworks.add_item(sheet, name="A garden", by=clerk)
    note = framework_notes.add(sheet, item="local", text="Ask us.", by=service_user)
    return {
        "sheet": sheet.public_id,
        "item": "local",
        "own": own.public_id,
        "note": note.public_id,
        "use": sheet.use.public_id,
        "link": link.public_id,
        "key": "valued-care",
        "yearly": switch_on("ten-capabilities").use.public_id,
    }


@pytest.fixture
def people(stranger, clerk, service_user):
    return stranger, clerk, service_user


@pytest.mark.parametrize("name", [*OPENED, *POSTED])
def test_who_may_do_what(client, things, name, people):
    keys, *expected = (OPENED | POSTED)[name]
    args = [things[key] for key in keys.split()]
    found = []
    for user in people:
        if name in OPENED:
            found.append(page(client, user, name, *args).status_code)
        else:
            found.append(post(client, user, name, *args, version="1").status_code)
    assert found[::-1] == expected


def test_switched_off_it_is_read_and_not_changed(client, things, clerk, service_user):
    post(client, clerk, "switch-framework-off", things["use"])
    sheet = things["sheet"]
    shown = words(page(client, service_user, "framework-sheet", sheet))
    assert "This is switched off here. You can read what was answered." in shown
    for user, name in ((clerk, "answer-framework"), (service_user, "add-framework-note")):
        refused = page(client, user, name, sheet, "local")
        assert refused.status_code == 403
        assert "switched off here" in words(refused)
    # Who has said something still hears back, and can still take it back.
    assert page(client, clerk, "answer-framework-note", things["note"]).status_code == 200
    assert post(client, service_user, "withdraw-framework-note", things["note"]).status_code == 302


def test_whoever_left_the_panel_reads_nothing_more(client, things, service_user):
    seat = service_user.seats.get(kind=SeatKind.MEMBER)
    seats.leave(seat, by=service_user)
    assert page(client, service_user, "framework-sheet", things["sheet"]).status_code == 404
    answered = post(client, service_user, "add-framework-note", things["sheet"], "local", text="x")
    assert answered.status_code == 404
    assert FrameworkNote.objects.count() == 1


# --- One item -------------------------------------------------------------------------------------


def test_two_who_answer_the_same_both_keep_their_words(client, clerk, switch_on):
    sheet = switch_on()
    sent = {"answer": "no", "version": "0"}
    where = ("answer-framework", sheet.public_id, "budgets")
    post(client, clerk, *where, words="The first wrote this.", **sent)
    second = post(client, clerk, *where, words="The second wrote this.", **sent)
    assert second.status_code == 409
    shown = second.content.decode()
    assert "This was changed after you opened it" in shown
    assert "The first wrote this." in shown
    assert "The second wrote this." in shown
    assert FrameworkAnswer.objects.get().words == "The first wrote this."
    post(client, clerk, *where, words="Both together.", **(sent | {"version": "1"}))
    assert FrameworkAnswer.objects.get().words == "Both together."


def test_more_than_a_yes_is_asked_for_its_words(client, clerk, switch_on):
    sheet = switch_on()
    response = post(
        client, clerk, "answer-framework", sheet.public_id, "budgets", answer="no", version="0"
    )
    assert response.status_code == 200
    assert "Say more in a sentence" in words(response)
    assert not FrameworkAnswer.objects.exists()


def test_an_old_answer_asks_staff_whether_it_is_still_true(
    client, clerk, service_user, switch_on, answer
):
    sheet = switch_on()
    answer(sheet, "budgets", "yes")
    FrameworkAnswer.objects.update(answered_at=timezone.now() - timedelta(days=400))
    where = (sheet.public_id, "budgets")
    assert "Is it still true?" in words(page(client, clerk, "framework-item", *where))
    assert "Is it still true?" not in words(page(client, service_user, "framework-item", *where))
    post(client, clerk, "framework-still-true", *where, version="1")
    shown = words(page(client, clerk, "framework-item", *where))
    assert "Is it still true?" not in shown
    assert "Still true: Commissioner" in shown
    again = post(client, clerk, "framework-still-true", *where, version="1")
    assert again.status_code == 409


def test_notes_stand_in_three_columns_without_a_name(client, service_user, clinician, switch_on):
    sheet = switch_on()
    where = (sheet.public_id, "budgets")
    post(client, service_user, "add-framework-note", *where, text="I waited a year.")
    post(client, clinician, "add-framework-note", *where, text="The forms are long.")
    shown = words(page(client, clinician, "framework-item", *where))
    columns = re.split("Service users and carers|Clinical expertise|Evidence", shown)
    assert [("waited" in part, "forms" in part) for part in columns] == [
        (False, False),
        (True, False),
        (False, True),
        (False, False),
    ]
    assert service_user.display_name not in shown
    assert "You ," in columns[2]


def test_a_framework_that_is_named_by_a_question_ends_the_caption(client, clerk, switch_on):
    sheet = switch_on("living-values")
    shown = words(page(client, clerk, "answer-framework", sheet.public_id, "known"))
    assert f", {sheet.year}: How well do we live our values? Known" in shown


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "//elsewhere.example", "/\\elsewhere.example", "ftp://x", "x"],
)
def test_a_link_leads_to_a_page_and_runs_nothing(client, clerk, switch_on, answer, address):
    found = answer(switch_on(), "budgets", "yes")
    where = (found.sheet.public_id, "budgets")
    response = post(client, clerk, "add-framework-link", *where, title="Look", address=address)
    assert response.status_code == 200
    assert "Begin the address with /" in words(response)
    assert not found.links.exists()


def test_what_shows_it_is_linked_and_taken_off(client, org, clerk, switch_on, answer):
    found = answer(switch_on(), "budgets", "yes")
    where = (found.sheet.public_id, "budgets")
    reference = library.reference(org, clerk, title="What budgets do")
    post(client, clerk, "add-framework-link", *where, reference=reference.public_id)
    post(client, clerk, "add-framework-link", *where, title="Its plan", address="/cycles/x/")
    shown = page(client, clerk, "framework-item", *where).content.decode()
    assert f'href="{reference.get_absolute_url()}"' in shown
    assert 'href="/cycles/x/"' in shown
    both = post(
        client, clerk, "add-framework-link", *where, reference=reference.public_id, title="x"
    )
    assert "one at a time" in words(both)
    neither = post(client, clerk, "add-framework-link", *where)
    assert "Choose a reference, or give a page" in words(neither)
    link = found.links.get(reference=reference)
    post(client, clerk, "remove-framework-link", *where, link.public_id)
    assert [each.title for each in found.links.all()] == ["Its plan"]


@pytest.mark.row("A3-12")
def test_a_table_of_objectives_what_moves_them_and_what_is_known(client, org, clerk, answer):
    use = frameworks.switch_on(org, "objectives", why="For the strategy.", by=clerk)
    sheet = frameworks.begin_for_cycle(
        use, title="Help nearby", address="/cycles/x/", panel=None, by=clerk
    )
    post(
        client,
        clerk,
        "add-framework-item",
        sheet.public_id,
        name="Help in places people know",
        lever="A line in each contract",
    )
    own = FrameworkItem.objects.get()
    found = answer(sheet, own.public_id, "no", "It is in none.")
    reference = library.reference(org, clerk, title="What places do")
    frameworks.link(found, reference=reference, by=clerk)
    shown = words(page(client, clerk, "framework-sheet", sheet.public_id))
    assert "Help in places people know What moves it A line in each contract" in shown
    assert "What is known What places do How it is No It is in none." in shown
    where = ("edit-framework-item", sheet.public_id, own.public_id)
    post(client, clerk, *where, name="Help nearby", lever="Rent", version="1")
    late = post(client, clerk, *where, name="Help far away", lever="Buses", version="1")
    assert late.status_code == 409
    own.refresh_from_db()
    assert (own.name, own.lever) == ("Help nearby", "Rent")


# --- What it costs --------------------------------------------------------------------------------


def queries_of(client, user, name, *args):
    page(client, user, name, *args)
    with CaptureQueriesContext(connection) as captured:
        page(client, user, name, *args)
    return len(captured)


@pytest.mark.thorough
def test_the_list_costs_the_same_with_one_and_with_three(client, clerk, switch_on, answer):
    answer(switch_on("putting-people-first"), "budgets", "yes")
    one = queries_of(client, clerk, "frameworks")
    for key, item in (("nine-factors", "policy"), ("valued-care", "local")):
        answer(switch_on(key), item, "yes")
    assert queries_of(client, clerk, "frameworks") == one


@pytest.mark.thorough
def test_a_sheet_and_an_item_cost_the_same_however_much_is_said(
    client, clerk, service_user, switch_on, answer
):
    sheet = switch_on("valued-care")
    answer(sheet, "local", "yes")

    def note():
        framework_notes.add(sheet, item="local", text="Ask us.", by=service_user)

    note()
    frameworks.add_item(sheet, name="A garden", by=clerk)
    names = [("framework-sheet",), ("framework-item", "local")]
    one = [queries_of(client, clerk, name, sheet.public_id, *args) for name, *args in names]
    for item in ("national", "culture"):
        answer(sheet, item, "yes")
        note()
        frameworks.add_item(sheet, name=f"More {item}", by=clerk)
    three = [queries_of(client, clerk, name, sheet.public_id, *args) for name, *args in names]
    assert three == one


@pytest.mark.thorough
def test_three_years_cost_as_much_as_one(client, clerk, switch_on, answer):
    sheet = switch_on("ten-capabilities")
    answer(sheet, "ethics", "level_2", "Words.")
    one = queries_of(client, clerk, "framework-years", sheet.use.public_id)
    for ago in (1, 2):
        earlier = frameworks.begin_year(sheet.use, year=sheet.year - ago, by=clerk)
        answer(earlier, "ethics", "level_1", "Words.")
    assert queries_of(client, clerk, "framework-years", sheet.use.public_id) == one


def test_what_people_write_is_never_markup(client, clerk, service_user, switch_on, answer):
    hostile = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    sheet = switch_on("valued-care")
    answer(sheet, "local", "no", hostile)
    own = frameworks.add_item(sheet, name=hostile, question=hostile, by=clerk)
    framework_notes.add(sheet, item="local", text=hostile, by=service_user)
    for name, *args in (
        ("framework-sheet", sheet.public_id),
        ("framework-item", sheet.public_id, "local"),
        ("framework-item", sheet.public_id, own.public_id),
    ):
        shown = page(client, clerk, name, *args).content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


def test_nobody_switches_on_for_a_library_they_do_not_keep(client, service_user, clerk, org):
    response = page(client, service_user, "switch-framework-on")
    assert response.status_code == 403
    assert "Tell one of them which would help" in words(response)
    elsewhere = stakeholders.organisation()
    post(
        client,
        clerk,
        "switch-framework-on",
        framework="nine-factors",
        why="x",
        organisation=elsewhere.pk,
    )
    assert FrameworkUse.objects.get().organisation == org


def test_a_note_waits_in_the_work_of_staff_until_it_has_a_reply(
    client, clerk, service_user, switch_on
):
    sheet = switch_on()
    note = framework_notes.add(sheet, item="budgets", text="I waited a year.", by=service_user)
    title = "Reply to what members said on “Putting People First”"

    def work_of(user):
        client.force_login(user)
        return words(client.get(reverse("home:my-work")))

    assert (title in work_of(clerk), title in work_of(service_user)) == (True, False)
    framework_notes.answer(
        note, status="acted_on", text="It is now a month.", version=note.version, by=clerk
    )
    assert title not in work_of(clerk)
