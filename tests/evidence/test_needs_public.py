"""A needs assessment that everybody may read: who decides it, what may not be in it, and that
nothing else reaches the public."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evidence.enums import CoverageState, Display, NeedsChapter, NumberKind, NumberState
from evidence.models import Indicator, NeedsAssessment
from evidence.permissions.needs import may_show_needs
from evidence.queries.needs import texts_of
from evidence.services import codings, needs, needs_gaps, needs_numbers, needs_review
from evidence.services import experience as accounts
from evidence.services import needs_public as services
from stakeholders.enums import Perspective
from tests.evidence.test_shown import HEADER, OWN
from tests.factories import evidence as library
from tests.factories import experience as make_account
from tests.factories import services as make_service
from tests.factories import stakeholders
from tests.pages import as_, queries_of, text_of
from tests.support import run_jobs
from vbc.core.models import AuditEntry
from vbc.core.refusals import Refused

pytestmark = pytest.mark.django_db

LIST = "/library/published-needs/"


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


@pytest.fixture
def panel(org, clerk):
    return stakeholders.sitting_panel(org, by=clerk)


@pytest.fixture
def published(org, clerk):
    return library.published_needs(org, clerk)


@pytest.fixture
def shown(published, clerk):
    return services.show(published, by=clerk)


def address(assessment):
    return reverse("evidence:public-needs", args=[assessment.public_id])


def public_bytes(assessment):
    """Everything that the public is sent of it: the page, unfolded and not, and the list."""
    client = Client()
    pages = (address(assessment), f"{address(assessment)}?show=everything", LIST)
    return "".join(client.get(each).content.decode() for each in pages)


@pytest.mark.row("A3-17")
@pytest.mark.row("A3-63")
def test_anybody_reads_it_from_the_moment_it_is_shown_and_no_sooner(published, clerk):
    assert Client().get(address(published)).status_code == 404
    assert published.title not in text_of(Client(), LIST)
    services.show(published, by=clerk)
    read = text_of(Client(), address(published))
    for words in (published.statement, "30,000 people", "4,500 people", "25,500 people"):
        assert words in read
    assert f"Published by {published.organisation.name} on" in read
    assert published.title in text_of(Client(), LIST)
    services.end(published, by=clerk)
    assert Client().get(address(published)).status_code == 404
    assert published.title not in text_of(Client(), LIST)


def test_each_step_is_on_record_once(published, clerk):
    for _ in range(2):
        services.show(published, by=clerk)
    for _ in range(2):
        services.end(published, by=clerk)
    steps = ["needs.shown_to_everybody", "needs.no_longer_shown"]
    said = AuditEntry.objects.filter(verb__in=steps).order_by("pk")
    assert [entry.verb for entry in said] == steps


@pytest.mark.parametrize(
    ("who", "may"),
    [("clerk", True), ("admin", True), ("service user", False), ("clinician", False)],
)
def test_only_staff_decide_it(org, clerk, published, who, may):
    panel = stakeholders.sitting_panel(org, by=clerk)
    person = {
        "clerk": lambda: clerk,
        "admin": lambda: stakeholders.admin_of(org),
        "service user": lambda: stakeholders.members(panel, Perspective.SERVICE_USER)[0],
        "clinician": lambda: stakeholders.members(panel, Perspective.CLINICIAN)[0],
    }[who]()
    assert bool(may_show_needs(person, published)) is may
    for step, is_public in (("show-needs", may), ("end-showing-needs", False)):
        answer = as_(person).post(reverse(f"evidence:{step}", args=[published.public_id]))
        assert answer.status_code == (302 if may else 403)
        published.refresh_from_db()
        assert published.is_public is is_public


def test_a_draft_is_shown_to_nobody_whoever_asks(org, clerk):
    draft = library.written_needs(org, clerk)
    assert not may_show_needs(clerk, draft)
    with pytest.raises(Refused, match="Publish it first"):
        services.show(draft, by=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedsAssessment.objects.filter(pk=draft.pk).update(
            public_at=timezone.now(), public_by=clerk
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedsAssessment.objects.filter(pk=draft.pk).update(public_by=clerk)


def test_reopened_it_is_nobodys_to_read_but_the_librarys(shown, clerk):
    needs.reopen(shown, by=clerk)
    assert Client().get(address(shown)).status_code == 404
    shown.refresh_from_db()
    needs.publish(shown, by=clerk)
    assert Client().get(address(shown)).status_code == 404


def test_an_older_edition_names_the_newer_only_where_everybody_may_read_it(shown, clerk):
    newer = needs_review.new_edition(shown, by=clerk)
    needs.publish(newer, by=clerk)
    assert "There is a newer edition" not in text_of(Client(), address(shown))
    services.show(newer, by=clerk)
    assert "There is a newer edition" in text_of(Client(), address(shown))
    assert address(newer) in Client().get(address(shown)).content.decode()


def test_the_page_that_asks_says_what_everybody_would_see(published, clerk):
    page = reverse("evidence:show-needs", args=[published.public_id])
    read = text_of(as_(clerk), page)
    assert "Read it once more as a stranger would." in read
    services.show(published, by=clerk)
    assert address(published) in text_of(as_(clerk), page)


# --- What may not be in it ---------------------------------------------------------------------


def gap(draft, clerk, people):
    return needs_gaps.add(
        draft,
        need="A room of one's own",
        what_there_is="None.",
        gap="All of it.",
        people=people,
        by=clerk,
    )


@pytest.mark.parametrize(("people", "is_refused"), [(1, True), (7, True), (8, False), (0, False)])
def test_a_small_number_of_people_keeps_it_in(org, clerk, people, is_refused):
    draft = library.written_needs(org, clerk)
    gap(draft, clerk, people)
    needs.publish(draft, by=clerk)
    if is_refused:
        with pytest.raises(services.NotForEverybody, match="A room of one's own"):
            services.show(draft, by=clerk)
        page = reverse("evidence:show-needs", args=[draft.public_id])
        assert "First, something has to change" in text_of(as_(clerk), page)
    else:
        services.show(draft, by=clerk)
    draft.refresh_from_db()
    assert draft.is_public is not is_refused


def test_a_gap_that_comes_out_small_keeps_it_in_too(org, clerk):
    """Neither part of it is small: the difference is."""
    draft = library.written_needs(org, clerk)
    for kind, amount in ((NumberKind.PREVALENCE, 40), (NumberKind.TREATED, 37)):
        needs_numbers.say(
            draft,
            kind=kind,
            state=NumberState.KNOWN,
            amount=amount,
            about="Adults",
            period="2024",
            source="NHS England",
            version=1,
            by=clerk,
        )
    needs.publish(draft, by=clerk)
    with pytest.raises(services.NotForEverybody) as refused:
        services.show(draft, by=clerk)
    assert refused.value.found == ["The number “The gap” is from 1 to 7 people."]


@pytest.mark.parametrize("where", ["statement", "chapter", "easy words", "group", "gap"])
def test_words_of_an_account_that_is_not_for_everybody_keep_it_in(org, clerk, panel, where):
    teller = stakeholders.members(panel, Perspective.SERVICE_USER)[0]
    account = make_account.quoted(org, teller, clerk=clerk, public_may_read=False)
    copied = "One said: then it was  GOOD!"
    draft = library.written_needs(org, clerk)
    if where == "statement":
        needs.edit_statement(
            draft, title=draft.title, statement=copied, version=draft.version, by=clerk
        )
    elif where in ("chapter", "easy words"):
        line = texts_of(draft)[NeedsChapter.EXPERIENCE]
        said = {"text": copied} if where == "chapter" else {"text": "Said.", "easy_text": copied}
        needs.edit_chapter(draft, chapter=line.chapter, **said, version=line.version, by=clerk)
    elif where == "group":
        line = draft.coverage.get(group="older")
        needs.set_coverage(
            draft,
            group="older",
            state=CoverageState.ASSESSED,
            text="Some.",
            voice=copied,
            version=line.version,
            by=clerk,
        )
    else:
        made = gap(draft, clerk, 900)
        needs_gaps.rank(made, place=1, reasons=copied, version=made.version, by=clerk)
    needs.publish(draft, by=clerk)
    with pytest.raises(services.NotForEverybody, match="repeats words of an account"):
        services.show(draft, by=clerk)
    leave = dict.fromkeys(accounts.CONSENTS, True)
    accounts.allow(account, **leave, by=teller)
    services.show(draft, by=clerk)


# --- What of it reaches the public ----------------------------------------------------------------


@pytest.fixture
def canaries(org, clerk, panel):
    """A public needs assessment in whose neighbourhood stands what the public may not read."""
    teller, other = stakeholders.members(panel, Perspective.SERVICE_USER)[:2]
    hidden = "I rang three times. Canaryone never came. Then it was good."
    kept = make_account.quoted(org, teller, clerk=clerk, text=hidden, public_may_read=False)
    codings.quote(kept, passage="Canaryone never came.", by=clerk)
    make_account.quoted(org, other, clerk=clerk)
    make_service.service(org, clerk, title="Canarytwo house")
    content = library.csv(*OWN, header=HEADER)
    library.read_import(org, clerk, content, is_published=False)
    draft = library.written_needs(org, clerk)
    own = Indicator.objects.get(organisation=org, code="N")
    for display in (Display.TREND, Display.AREAS):
        needs.add_chart(draft, chapter=NeedsChapter.NEED, indicator=own, display=display, by=clerk)
    needs_review.ask_for_comments(draft, people=[teller], by=clerk)
    said = needs_review.comment(draft, text="Canarythree is missing.", by=teller)
    needs_review.answer(said, text="Canaryfour is the answer.", version=1, by=clerk)
    needs.publish(draft, by=clerk)
    run_jobs()
    return services.show(draft, by=clerk), teller, other


def test_no_public_byte_holds_what_the_public_may_not_read(canaries, clerk):
    assessment, teller, other = canaries
    sent = public_bytes(assessment)
    for hidden in ("Canaryone", "Canarytwo", "Canarythree", "Canaryfour"):
        assert hidden not in sent
    for person in (clerk, teller, other):
        assert person.display_name not in sent
    assert "Then it was good." in sent  # Of the account that is for everybody.
    within = text_of(as_(teller), assessment.get_absolute_url())
    assert "1 service in use" in within  # The panel reads of the services; nobody else does.
    assert "service in use" not in sent
    assert not re.search(r'hx-(?:get|post)="[^"]*/library/', sent)
    assert "/library/needs/" not in sent


def test_no_public_byte_holds_a_number_that_is_hidden(canaries):
    """Salford had 3 in 2023, and Trafford 3 in 2024, in the organisation's own figures."""
    assessment, *_ = canaries
    sent = public_bytes(assessment)
    assert "Suppressed" in sent
    assert "numbers from 1 to 7 are hidden" in sent
    cells = re.findall(r"<(?:td|th)[^>]*>(.*?)</(?:td|th)>", sent, re.DOTALL)
    words = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]
    assert any(word.endswith("70") for word in words)  # 69, rounded: the table is there.
    assert not [word for word in words if re.search(r"(?<![\d.,])[1-7](?:\.0)?$", word)]
    pictures = re.findall(r"<svg.*?</svg>", sent, re.DOTALL)
    assert pictures
    for picture in pictures:
        assert not re.findall(r">\s*3(?:\.0)?\s*<|[:,] 3(?:\.0)?[;\"]", picture)


def test_every_way_on_from_it_is_open_to_everybody(canaries):
    assessment, *_ = canaries
    ways = set(re.findall(r'href="(/[^"#?]*)"', public_bytes(assessment)))
    pages = {way for way in ways if not way.startswith("/static/")}
    assert LIST in pages
    assert {way: Client().get(way).status_code for way in pages} == dict.fromkeys(pages, 200)


def test_what_is_taken_back_is_gone_from_it_at_once(canaries):
    assessment, _, other = canaries
    account = other.experiences_told.get()
    accounts.allow(
        account,
        panel_may_read=True,
        report_may_quote=True,
        public_may_read=False,
        by=other,
    )
    assert "Then it was good." not in public_bytes(assessment)


def test_words_that_staff_copied_are_gone_too_when_their_teller_takes_them_back(org, clerk, panel):
    teller = stakeholders.members(panel, Perspective.SERVICE_USER)[0]
    account = make_account.quoted(org, teller, clerk=clerk)
    draft = library.written_needs(org, clerk)
    needs_gaps.add_plan(
        draft,
        partner="The council",
        title="A plan",
        is_in_it="no",
        where="Then it was good.",
        by=clerk,
    )
    needs.publish(draft, by=clerk)
    services.show(draft, by=clerk)
    assert "Then it was good." in public_bytes(draft)
    leave = {"panel_may_read": True, "report_may_quote": True, "public_may_read": False}
    accounts.allow(account, **leave, by=teller)
    assert Client().get(address(draft)).status_code == 404
    assert "Then it was good." not in public_bytes(draft)
    page = text_of(as_(clerk), reverse("evidence:show-needs", args=[draft.public_id]))
    assert "not shown to anybody outside at the moment" in page
    assert "“A plan” repeats words of an account" in page


@pytest.mark.thorough
def test_the_list_takes_as_many_queries_with_three_as_with_one(org, clerk, shown):
    one = queries_of(Client(), LIST)
    for _ in range(2):
        services.show(library.published_needs(org, clerk), by=clerk)
    assert queries_of(Client(), LIST) == one
