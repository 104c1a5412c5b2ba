"""The pages of the library: who gets which answer, what they say, what they cost."""

import re
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evidence.enums import (
    CoverageState,
    Horizon,
    ImportStatus,
    NeedsChapter,
    NumberKind,
    NumberState,
    ParticularGroup,
)
from evidence.models import DataImport, Indicator, NeedsAssessment, Observation, Reference
from evidence.queries.needs_numbers import NEEDED_NUMBERS
from evidence.services import needs_gaps, needs_review, references
from stakeholders.enums import Perspective
from tests.evidence import test_service_addresses
from tests.evidence.bad_files import BAD_FILES, CHECKED, COLUMNS, GOOD_FILES, REFUSED
from tests.evidence.frameworks.pages import OPENED, POSTED
from tests.factories import evidence as library
from tests.factories import stakeholders
from tests.support import run_jobs
from vbc.core.models import Job

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


@pytest.fixture
def member(org, clerk):
    panel = stakeholders.sitting_panel(org, by=clerk)
    return stakeholders.members(panel, Perspective.CARER)[0]


@pytest.fixture
def stranger():
    other = stakeholders.organisation()
    return stakeholders.commissioner(other)


def page(client, user, name, *args, query=None, **extra):
    client.force_login(user)
    address = reverse(f"evidence:{name}", args=args)
    return client.get(f"{address}?{urlencode(query)}" if query else address, **extra)


def post(client, user, name, *args, data=None, **extra):
    client.force_login(user)
    return client.post(reverse(f"evidence:{name}", args=args), data or {}, **extra)


def words(response):
    """The page's main part as a person reads it."""
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")] if "<main" in html else html
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# --- Who gets which answer ------------------------------------------------------------------------


@pytest.fixture
def things(org, clerk):
    draft = library.written_needs(org, clerk)
    gap = needs_gaps.add(draft, need="N", what_there_is="W", gap="G", by=clerk)
    plan = needs_gaps.add_plan(draft, partner="P", title="T", is_in_it="not_known", by=clerk)
    asked = stakeholders.admin_of(org)
    needs_review.ask_for_comments(draft, people=[asked], by=clerk)
    said = needs_review.comment(draft, text="One thing.", by=asked)
    waiting = library.read_import(
        org, clerk, library.csv(library.ROWS[0], ",,2024,111,Recovery,50,,,%,,,")
    )
    told = library.example(org, clerk)
    step = references.add_step(told, year=2024, month=3, what_happened="It began.", by=clerk)
    found = library.looked_through(org, clerk, library.ris({"TI": "What helps in a crisis"}))
    return {
        "indicator": (Indicator.objects.get().public_id,),
        "import": (waiting.public_id,),
        "area": (draft.area.code,),
        "reference": (library.reference(org, clerk).public_id,),
        "example": (told.public_id,),
        "step": (told.public_id, step.pk),
        "reference import": (found.public_id,),
        "needs": (draft.public_id,),
        "chapter": (draft.public_id, NeedsChapter.NEED),
        "group": (draft.public_id, ParticularGroup.OLDER),
        "chart": (draft.public_id, draft.charts.first().pk),
        "number": (draft.public_id, NumberKind.TREATED, Horizon.NOW),
        "gap": (draft.public_id, gap.public_id),
        "plan": (draft.public_id, plan.public_id),
        "comment": (draft.public_id, said.public_id),
    }


# For an import that waits for a decision about its rows, and for no Vital Sign in particular.
LEADS_ON = {"import-progress", "columns", "undo-import", "add-vital-sign"}
READ = [
    ("library", None, 200, 200),
    ("indicators", None, 200, 200),
    ("indicator", "indicator", 200, 404),
    ("indicator-picture", "indicator", 200, 404),
    ("indicator-figures", "indicator", 200, 404),
    ("area-profile", "area", 200, 404),
    ("profile-picture", "area", 200, 404),
    ("profile-figures", "area", 200, 404),
    ("imports", None, 403, 200),
    ("start-import", None, 403, 200),
    ("import", "import", 404, 404),
    ("import-progress", "import", 404, 404),
    ("columns", "import", 404, 404),
    ("undo-import", "import", 404, 404),
    ("areas", None, 200, 200),
    ("nhs-areas", None, 403, 200),
    ("area", "area", 200, 200),
    ("sources", None, 200, 200),
    ("tiers", None, 200, 200),
    ("add-vital-sign", None, 403, 302),
    ("edit-indicator", "indicator", 403, 404),
    ("references", None, 200, 200),
    ("reference", "reference", 200, 404),
    ("add-reference", None, 403, 200),
    ("edit-reference", "reference", 403, 404),
    ("describe-reference", "reference", 403, 404),
    ("guidance-library", None, 403, 200),
    ("add-example", None, 403, 200),
    ("edit-example", "example", 403, 404),
    ("add-journey-step", "example", 403, 404),
    ("reference-imports", None, 403, 200),
    ("start-reference-import", None, 403, 200),
    ("reference-import", "reference import", 404, 404),
    ("reference-import-progress", "reference import", 404, 404),
    ("needs-list", None, 200, 200),
    ("needs", "needs", 200, 404),
    ("add-needs", None, 403, 200),
    ("edit-statement", "needs", 403, 404),
    ("edit-chapter", "chapter", 403, 404),
    ("add-chart", "chapter", 403, 404),
    ("edit-coverage", "group", 403, 404),
    ("add-existing-needs", None, 403, 200),
    ("edit-number", "number", 403, 404),
    ("edit-populations", "needs", 403, 404),
    ("add-gap", "needs", 403, 404),
    ("edit-gap", "gap", 403, 404),
    ("rank-gap", "gap", 403, 404),
    ("add-plan", "needs", 403, 404),
    ("edit-plan", "plan", 403, 404),
    ("ask-for-comments", "needs", 403, 404),
    ("needs-comments", "needs", 200, 404),
    ("answer-comment", "comment", 403, 404),
    ("publish-needs", "needs", 403, 404),
]
CHANGE = [
    ("draw-chart", "indicator", 302, 404),
    ("draw-profile", "area", 302, 404),
    ("keep-good-rows", "import", 404, 404),
    ("put-aside", "import", 404, 404),
    ("try-import-again", "import", 404, 404),
    ("go-on", "import", 404, 404),
    ("look-again", "import", 404, 404),
    ("confirm-columns", "import", 404, 404),
    ("read-again", "import", 404, 404),
    ("withdraw-reference", "reference", 403, 404),
    ("bring-back-reference", "reference", 403, 404),
    ("remove-journey-step", "step", 403, 404),
    ("agree-reference-import", "reference import", 404, 404),
    ("put-reference-import-aside", "reference import", 404, 404),
    ("try-reference-import-again", "reference import", 404, 404),
    ("undo-reference-import", "reference import", 404, 404),
    ("remove-chart", "chart", 403, 404),
    ("remove-gap", "gap", 403, 404),
    ("remove-plan", "plan", 403, 404),
    ("close-comments", "needs", 403, 404),
    ("new-edition", "needs", 403, 404),
    ("reopen-needs", "needs", 403, 404),
]


@pytest.fixture
def people(clerk, member, stranger):
    return {"clerk": clerk, "member": member, "stranger": stranger}


@pytest.mark.thorough
def test_reading(client, things, people):
    """One world for the whole table: reading changes nothing."""
    got = {
        name: {
            who: page(client, user, name, *(things[thing] if thing else ())).status_code
            for who, user in people.items()
        }
        for name, thing, _, _ in READ
    }
    assert got == {
        name: {
            "clerk": 302 if name in LEADS_ON or name.endswith("import-progress") else 200,
            "member": for_member,
            "stranger": for_stranger,
        }
        for name, _, for_member, for_stranger in READ
    }


def test_changing(client, things, people):
    """Who may not change, changes nothing; and nothing is changed by looking."""
    before = list(NeedsAssessment.objects.values()), list(Reference.objects.values())
    for name, thing, for_member, for_stranger in CHANGE:
        args = things[thing]
        answers = [
            post(client, people["member"], name, *args).status_code,
            post(client, people["stranger"], name, *args).status_code,
            page(client, people["clerk"], name, *args).status_code,
        ]
        assert answers == [for_member, for_stranger, 405], name
    assert (list(NeedsAssessment.objects.values()), list(Reference.objects.values())) == before


def test_every_page_of_the_app_is_in_one_of_the_tables():
    from evidence.urls import experience, urlpatterns

    # Frameworks and services have tables beside their own tests; accounts of experience stand in
    # the table of all addresses, persona by persona. So do needs assessments for everybody, which
    # are published first: `test_needs_public` opens them too.
    elsewhere = {*OPENED, *POSTED, *test_service_addresses.NAMES}
    elsewhere |= {each.name for each in experience.urlpatterns}
    elsewhere |= {"show-needs", "end-showing-needs", "public-needs", "public-needs-list"}
    assert {each.name for each in urlpatterns} - elsewhere == {row[0] for row in READ + CHANGE}


def test_signed_out_is_asked_to_sign_in(client, things):
    response = client.get(reverse("evidence:needs", args=things["needs"]))
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


# --- Adding figures -------------------------------------------------------------------------------


def add_file(client, user, content, **said):
    data = {
        "source": "NHS England",
        "published": "yes",
        "file": SimpleUploadedFile("figures.csv", content),
    }
    client.force_login(user)
    return client.post(reverse("evidence:start-import"), data | said)


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_gets_a_clear_page_and_keeps_nothing(client, clerk, name):
    content, becomes, says = BAD_FILES[name]
    response = add_file(client, clerk, content)
    assert response.status_code == 302
    run_jobs()
    shown = client.get(response["Location"])
    made = DataImport.objects.get()
    assert made.status == becomes
    assert shown.status_code == 200
    assert says in words(shown)
    kept_nothing = {
        REFUSED: "Nothing was kept, and the figures in the library are as they were.",
        CHECKED: "Nothing has been kept yet.",
        COLUMNS: "Nothing has been kept yet.",
    }
    assert kept_nothing[becomes] in words(shown)
    assert Observation.objects.count() == 0


@pytest.mark.parametrize("name", GOOD_FILES)
def test_an_odd_but_good_file_is_read(client, clerk, name):
    content, state, value = GOOD_FILES[name]
    response = add_file(client, clerk, content)
    run_jobs()
    assert "Imported" in words(client.get(response["Location"]))
    figure = Observation.objects.get()
    assert (figure.state, None if figure.value is None else str(figure.value)) == (state, value)


def test_an_empty_file_is_refused_beside_the_form(client, clerk):
    response = add_file(client, clerk, b"")
    assert response.status_code == 200
    assert "This file is empty" in words(response)
    assert DataImport.objects.count() == 0


def test_a_file_that_is_too_large_is_refused_beside_the_form(client, clerk, settings):
    settings.FIGURES_MAX_BYTES = 100
    response = add_file(client, clerk, library.csv())
    assert response.status_code == 200
    assert "larger than" in words(response)
    assert DataImport.objects.count() == 0


def test_a_period_that_cannot_be_read_is_explained(client, clerk):
    content = library.csv(
        "E08000006,Salford,1,Recovery,50", header="area_code,area_name,x,indicator,value"
    )
    response = add_file(client, clerk, content, period="last year")
    run_jobs()
    assert "The period “last year” cannot be read" in words(client.get(response["Location"]))


def test_file_is_read_while_the_page_shows_how_far_it_is(client, org, clerk):
    made = library.started_import(org, clerk)
    Job.objects.update(status="running", percent=37, progress="Checking: 4,000 lines so far")
    shown = page(client, clerk, "import", made.public_id)
    assert "Checking: 4,000 lines so far: 37%" in words(shown)
    part = page(client, clerk, "import-progress", made.public_id, headers={"HX-Request": "true"})
    assert "37%" in part.content.decode()
    Job.objects.update(status="queued")
    run_jobs()
    part = page(client, clerk, "import-progress", made.public_id, headers={"HX-Request": "true"})
    assert part.headers["HX-Refresh"] == "true"


def test_reading_that_broke_off_says_why_and_can_be_tried_again(client, org, clerk):
    made = library.started_import(org, clerk)
    Job.objects.update(status="failed", reason="It was tried five times.")
    assert "It was tried five times." in words(page(client, clerk, "import", made.public_id))
    assert post(client, clerk, "try-import-again", made.public_id).status_code == 302
    run_jobs()
    made.refresh_from_db()
    assert made.status == ImportStatus.DONE


def test_deciding_on_the_page(client, org, clerk):
    content = library.csv(library.ROWS[0], ",,2024,111,Recovery,50,,,%,,,")
    kept, aside = (library.read_import(org, clerk, content) for _ in range(2))
    shown = words(page(client, clerk, "import", kept.public_id))
    assert "1 problem found; 1 row can be used." in shown
    assert "Line 3: there is no area code" in shown
    post(client, clerk, "keep-good-rows", kept.public_id)
    post(client, clerk, "put-aside", aside.public_id)
    run_jobs()
    shown = words(page(client, clerk, "import", kept.public_id))
    assert "1 problem, listed below" in shown
    assert "Of these 1 new Suppressed by the source None Without a figure None" in shown
    assert "put aside" in words(page(client, clerk, "import", aside.public_id))
    again = post(client, clerk, "keep-good-rows", aside.public_id)
    assert again.status_code == 403
    assert Observation.objects.count() == 1


def test_someone_of_two_organisations_says_which(client, org, clerk):
    other = stakeholders.organisation()
    from stakeholders.services import organisations

    organisations.add_member(other, clerk, role="admin")
    assert "Whose library is it for?" in words(page(client, clerk, "start-import"))
    add_file(client, clerk, library.csv(), organisation=other.pk)
    assert DataImport.objects.get().organisation == other
    foreign = stakeholders.organisation()
    assert add_file(client, clerk, library.csv(), organisation=foreign.pk).status_code == 200
    assert DataImport.objects.count() == 1


# --- Figures --------------------------------------------------------------------------------------


def test_indicator_page_says_suppressed_and_never_zero(client, org, clerk, member):
    indicator = library.recovery(org, clerk)
    shown = words(
        page(
            client,
            member,
            "indicator",
            indicator.public_id,
            query={"area": "E08000006", "group": "Ethnic group"},
        )
    )
    assert "Recovery in Salford went up, from 44 in 100 people in 2022 to 49" in shown
    assert "Black Suppressed" in shown.replace("Figure ", "")
    assert "2023" in shown
    assert "No figure" in shown
    assert "England, to compare with" in shown
    areas = shown[shown.index("All areas in 2024") :]
    for name, word in (("Trafford", "Better"), ("Manchester", "Worse"), ("Salford", "Similar")):
        assert re.search(rf"{name}.*?{word}", areas), name
    assert re.search(r"Bolton (\S+ )?Suppressed", areas.replace("Figure ", "")), areas


def test_england_is_not_among_the_areas(client, org, clerk):
    indicator = library.recovery(org, clerk)
    response = page(client, clerk, "indicator", indicator.public_id)
    names = [row.name for row in response.context["areas"]]
    assert names == ["Bolton", "Manchester", "Salford", "Trafford"]
    assert "England" not in dict(response.context["choose"].fields["area"].choices).values()


@pytest.mark.parametrize(
    "query",
    [
        {"area": "nowhere"},
        {"area": HOSTILE, "group": HOSTILE, "people": HOSTILE},
        {"people": "99"},
        {"people": "\u0663"},
        {"page": "-3"},
        {"group": "Religion"},
    ],
)
def test_indicator_page_with_a_wrong_address_shows_the_first(client, org, clerk, query):
    indicator = library.recovery(org, clerk)
    response = page(client, clerk, "indicator", indicator.public_id, query=query)
    assert response.status_code == 200
    assert HOSTILE not in response.content.decode()
    assert response.context["view"].area.name == "Bolton"


def test_chart_shows_its_table_until_it_is_drawn(client, org, clerk, member):
    indicator = library.recovery(org, clerk)
    query = {"area": "E08000006"}
    address = f"{reverse('evidence:draw-chart', args=[indicator.public_id])}?{urlencode(query)}"
    before = page(client, member, "indicator", indicator.public_id, query=query)
    shown = [each for each in before.context["pictures"].values() if each]
    assert [each.svg for each in shown] == [None, None]  # the years, and all areas
    assert f'hx-post="{address}"' in before.content.decode()
    assert Job.objects.filter(kind="evidence.draw_chart").count() == 0
    for each in shown:
        client.post(each.draw_url)
    waiting = page(client, member, "indicator-picture", indicator.public_id, query=query)
    assert "every 2s" in waiting.content.decode()
    run_jobs()
    ready = page(client, member, "indicator", indicator.public_id, query=query).content.decode()
    assert 'class="vbc-chart__picture"' in ready
    assert "hx-post" not in ready
    assert "style=" not in ready[ready.index("<main") : ready.index("</main>")]


def test_drawing_that_failed_says_so_and_does_not_ask_again_by_itself(client, org, clerk):
    indicator = library.recovery(org, clerk)
    post(client, clerk, "draw-chart", indicator.public_id)
    Job.objects.filter(kind="evidence.draw_chart").update(status="failed", reason="It took long.")
    shown = page(client, clerk, "indicator", indicator.public_id)
    assert "It took long." in words(shown)
    address = reverse("evidence:draw-chart", args=[indicator.public_id])
    assert f'hx-post="{address}?area=E08000001"' not in shown.content.decode()
    assert "Draw the picture" in words(shown)


def test_source_word_that_is_not_known_is_shown_as_it_is(client, org, clerk):
    library.read_import(
        org, clerk, library.csv("E08000006,Salford,2024,9,Prevalence,4,,,%,,,Very odd")
    )
    indicator = Indicator.objects.get(code="9")
    assert "Very odd" in words(page(client, clerk, "indicator", indicator.public_id))


# --- References -----------------------------------------------------------------------------------

REFERENCE = {"kind": "trial", "title": "Peer support", "plain_summary": "It helps.", "year": "2021"}


def test_adding_and_changing_a_reference(client, org, clerk):
    response = post(client, clerk, "add-reference", data=REFERENCE)
    made = Reference.objects.get()
    assert response["Location"] == made.get_absolute_url()
    changed = REFERENCE | {"title": "Peer support at work", "version": "1"}
    assert post(client, clerk, "edit-reference", made.public_id, data=changed).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.version) == ("Peer support at work", 2)
    stale = post(client, clerk, "edit-reference", made.public_id, data=REFERENCE | {"version": "1"})
    assert stale.status_code == 409
    assert "This was changed after you opened it" in words(stale)
    assert 'value="Peer support"' in stale.content.decode()
    assert 'name="version" value="2"' in stale.content.decode()


def test_a_second_reference_with_a_doi_is_refused_beside_the_form(client, org, clerk):
    library.reference(org, clerk, doi="10.1/x", title="The first")
    response = post(
        client, clerk, "add-reference", data=REFERENCE | {"doi": "https://doi.org/10.1/X"}
    )
    assert response.status_code == 200
    assert "already has a reference with this DOI: “The first”" in words(response)
    assert Reference.objects.count() == 1


@pytest.mark.parametrize("year", ["99999", "-5", "x"])
def test_a_year_that_cannot_be(client, org, clerk, year):
    response = post(client, clerk, "add-reference", data=REFERENCE | {"year": year})
    assert response.status_code == 200
    assert Reference.objects.count() == 0


def test_an_address_that_is_a_script_is_refused(client, org, clerk):
    response = post(
        client, clerk, "add-reference", data=REFERENCE | {"web_address": "javascript:alert(1)"}
    )
    assert response.status_code == 200
    assert Reference.objects.count() == 0


def test_hostile_words_are_shown_as_words(client, org, clerk):
    made = library.reference(org, clerk, title=HOSTILE, plain_summary=HOSTILE, authors=HOSTILE)
    for response in (
        page(client, clerk, "reference", made.public_id),
        page(client, clerk, "references"),
    ):
        assert "<script>alert" not in response.content.decode()
        assert "&lt;script&gt;alert" in response.content.decode()


def test_withdrawing_and_bringing_back(client, org, clerk):
    made = library.reference(org, clerk)
    post(client, clerk, "withdraw-reference", made.public_id)
    assert made.title not in words(page(client, clerk, "references"))
    assert "was withdrawn" in words(page(client, clerk, "reference", made.public_id))
    post(client, clerk, "bring-back-reference", made.public_id)
    assert made.title in words(page(client, clerk, "references"))


# --- Needs assessments ----------------------------------------------------------------------------


def test_from_the_first_word_to_publishing_and_back(client, org, clerk):
    library.recovery(org, clerk)
    area = library.salford()
    told = words(page(client, clerk, "add-needs"))
    assert "eight short chapters, in any order, and ten more where there is something" in told
    assert "six numbers, and for ten groups of people" in told
    assert len(NeedsChapter) == 8 + 10
    post(client, clerk, "add-needs", data={"title": "Needs in Salford", "area": area.code})
    draft = NeedsAssessment.objects.get()
    shown = words(page(client, clerk, "needs", draft.public_id))
    assert (
        "it still needs the needs in one paragraph, 6 numbers, 8 chapters and 10 groups." in shown
    )
    early = post(client, clerk, "publish-needs", draft.public_id, follow=True)
    assert "Still missing" in words(early)

    said = {"title": "Needs in Salford", "statement": "One in six.", "version": "1"}
    post(client, clerk, "edit-statement", draft.public_id, data=said)
    for chapter in NeedsChapter.values:
        text = {"text": f"Words on {chapter}", "version": "1"}
        post(client, clerk, "edit-chapter", draft.public_id, chapter, data=text)
    for kind, horizon in NEEDED_NUMBERS:
        number = {
            "state": NumberState.NOT_KNOWN,
            "why_not_known": "Nobody counted.",
            "what_is_done": "We ask.",
            "version": "0",
        }
        post(client, clerk, "edit-number", draft.public_id, kind, horizon, data=number)
    for group in ParticularGroup.values:
        line = {"state": CoverageState.NOT_ASSESSED, "text": "Not yet.", "version": "0"}
        post(client, clerk, "edit-coverage", draft.public_id, group, data=line)
    chart = {"indicator": Indicator.objects.get().pk, "show": "groups:Ethnic group"}
    post(client, clerk, "add-chart", draft.public_id, NeedsChapter.NEED, data=chart)
    assert "It can be published." in words(page(client, clerk, "needs", draft.public_id))
    day = {"next_look_on_day": "1", "next_look_on_month": "3", "next_look_on_year": "2999"}
    post(client, clerk, "publish-needs", draft.public_id, data=day)
    shown = words(page(client, clerk, "needs", draft.public_id))
    assert "Published on" in shown
    assert "lowest for Asian (45 in 100), highest for White (50 in 100)" in shown
    assert "Write" not in shown
    assert page(client, clerk, "edit-statement", draft.public_id).status_code == 403
    post(client, clerk, "reopen-needs", draft.public_id)
    assert page(client, clerk, "edit-statement", draft.public_id).status_code == 200


def test_stale_chapter_keeps_both_texts_on_the_page(client, org, clerk):
    draft = library.needs_draft(org, clerk)
    args = (draft.public_id, NeedsChapter.NEED)
    post(client, clerk, "edit-chapter", *args, data={"text": "Theirs", "version": "1"})
    stale = post(client, clerk, "edit-chapter", *args, data={"text": "Mine", "version": "1"})
    assert stale.status_code == 409
    assert "Theirs" in words(stale)
    assert "Mine" in words(stale)
    post(client, clerk, "edit-chapter", *args, data={"text": "Both", "version": "2"})
    assert draft.texts.get(chapter=NeedsChapter.NEED).text == "Both"


def test_a_chart_by_groups_that_do_not_exist_is_explained(client, org, clerk):
    draft = library.needs_draft(org, clerk)
    library.read_import(org, clerk, library.csv("E08000006,Salford,2024,9,Prevalence,4,,,%,,,"))
    chart = {"indicator": Indicator.objects.get(code="9").pk, "show": "groups:Ethnic group"}
    response = post(client, clerk, "add-chart", draft.public_id, NeedsChapter.NEED, data=chart)
    assert response.status_code == 200
    assert "has no figures by Ethnic group for Salford" in words(response)


@pytest.mark.parametrize("name", ["edit-chapter", "add-chart", "edit-coverage"])
def test_a_part_that_does_not_exist_is_not_found(client, org, clerk, name):
    draft = library.needs_draft(org, clerk)
    assert page(client, clerk, name, draft.public_id, "nonsense").status_code == 404


def test_taking_a_chart_of_another_assessment_out_does_nothing(client, org, clerk):
    draft, other = library.needs_draft(org, clerk), library.written_needs(org, clerk)
    post(client, clerk, "remove-chart", draft.public_id, other.charts.first().pk)
    assert other.charts.count() == 2


# --- What pages cost ------------------------------------------------------------------------------


def queries(client, user, name, django_assert_max_num_queries):
    client.force_login(user)
    with django_assert_max_num_queries(60) as captured:
        assert client.get(reverse(f"evidence:{name}")).status_code == 200
    return len(captured.captured_queries)


@pytest.mark.parametrize(
    "name",
    ["library", "indicators", "imports", "references", "reference-imports", "needs-list"],
)
@pytest.mark.thorough
def test_lists_cost_the_same_for_one_row_and_three(
    client, org, clerk, name, django_assert_max_num_queries
):
    def add(number):
        library.read_import(
            org,
            clerk,
            library.csv(f"E08000006,Salford,2024,{number},Indicator {number},4,,,%,,,"),
        )
        library.reference(org, clerk)
        title = f"What was found in search {number}"
        library.added_references(org, clerk, library.ris({"TI": title}))
        library.needs_draft(org, clerk)

    add(1)
    one = queries(client, clerk, name, django_assert_max_num_queries)
    add(2)
    add(3)
    assert queries(client, clerk, name, django_assert_max_num_queries) == one


def test_empty_pages_say_what_to_do_first(client, org, clerk, member):
    assert "Start with figures" in words(page(client, clerk, "library"))
    for name, says in (
        ("imports", "No file has been added yet"),
        ("indicators", "There are no figures yet"),
        ("references", "Add the first"),
        ("needs-list", "Start a needs assessment"),
        ("add-needs", "First, some figures"),
    ):
        assert says in words(page(client, clerk, name)), name
    assert "Add figures" not in words(page(client, member, "library"))


def test_nobody_is_told_what_another_library_holds(client, org, clerk, stranger):
    indicator = library.recovery(org, clerk)
    reference = library.reference(org, clerk)
    draft = library.needs_draft(org, clerk, title="Our own needs")
    for name in ("library", "indicators", "references", "needs-list", "imports", "add-needs"):
        shown = page(client, stranger, name).content.decode()
        for secret in (indicator.name, reference.title, draft.title):
            assert f">{secret}" not in shown, (name, secret)


def test_a_file_at_the_wrong_door_is_shown_the_right_one(client, org, clerk):
    """References among the figures, and figures among the references."""
    client.force_login(clerk)
    articles = library.read_import(org, clerk, library.ris({"TI": "A trial"}), name="found.ris")
    shown = client.get(articles.get_absolute_url()).content.decode()
    assert articles.status == REFUSED
    assert "This is a list of references: it holds neither figures nor areas." in shown
    assert reverse("evidence:start-reference-import") in shown
    figures = library.looked_through(org, clerk, library.csv())
    shown = client.get(figures.get_absolute_url()).content.decode()
    assert "This file cannot be read" in shown
    assert reverse("evidence:start-import") in shown


def test_what_is_broken_down_for_england_alone_can_be_looked_at(client, org, clerk):
    """Tenths by deprivation are published of England; beside them stand totals of other areas."""
    library.read_import(
        org,
        clerk,
        library.csv(
            "E92000001,England,2024,5,Depression,13.7,,,%,Deprivation decile,1 (most deprived),",
            "E92000001,England,2024,5,Depression,9.1,,,%,Deprivation decile,10 (least deprived),",
            "E92000001,England,2024,6,Asthma,9.1,,,%,,,",
            "E08000006,Salford,2024,5,Depression,12,,,%,,,",
            "E08000006,Salford,2024,6,Asthma,12,,,%,,,",
        ),
    )
    client.force_login(clerk)
    depression, asthma = (Indicator.objects.get(code=code) for code in "56")
    asked = {"area": "E92000001", "group": "Deprivation decile"}
    shown = words(client.get(depression.get_absolute_url(), asked))
    assert "1 (most deprived) Figure 13.7%" in shown
    # England's total is what the areas are compared with, and no area of its own.
    assert 'value="E92000001"' not in client.get(asthma.get_absolute_url()).content.decode()
