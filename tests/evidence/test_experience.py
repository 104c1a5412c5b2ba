"""Accounts of experience: whose they are, what may be done with them, and taking that back."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from evidence.models import Coding, Experience, Quote
from evidence.permissions import experience as permissions
from evidence.presenters import experience as presenters
from evidence.queries import experience as queries
from evidence.services import codings, themes
from evidence.services import experience as services
from stakeholders.enums import Perspective
from stakeholders.services import seats
from tests.factories import evidence as library
from tests.factories import experience as make
from tests.factories import stakeholders
from tests.pages import as_, text_of
from tests.support import run_jobs
from vbc.core.models import AuditContent, AuditEntry, Notification
from vbc.core.names import without
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db

NOTHING = dict.fromkeys(make.ALL, False)


class World:
    def __init__(self) -> None:
        self.org = stakeholders.organisation()
        self.clerk = stakeholders.commissioner(self.org)
        self.panel = stakeholders.sitting_panel(self.org, by=self.clerk)
        self.teller = stakeholders.members(self.panel, Perspective.SERVICE_USER)[0]
        self.member = stakeholders.members(self.panel, Perspective.CLINICIAN)[0]
        self.reviewer = stakeholders.members(self.panel, Perspective.EVIDENCE_REVIEWER)[0]
        self.elsewhere = stakeholders.commissioner(stakeholders.organisation())


@pytest.fixture
def world():
    return World()


def everywhere(world, told):
    """Whether the account is read by the panel, quoted in reports, and read by everybody."""
    return (
        told in queries.experiences_listed_for(world.member),
        bool(queries.quotes_for(world.org)),
        told in queries.public_experiences(),
    )


def test_before_it_is_checked_only_staff_and_its_teller_read_it(world):
    told = make.told(world.org, world.teller)
    assert list(queries.experiences_to_check(world.clerk)) == [told]
    assert list(queries.told_by(world.teller)) == [told]
    assert everywhere(world, told) == (False, False, False)
    assert not queries.experiences_open_to(world.member).exists()


@pytest.mark.row("A1-6")
def test_each_leave_is_given_and_taken_by_itself_and_holds_at_once(world):
    told = make.quoted(world.org, world.teller, clerk=world.clerk)
    assert everywhere(world, told) == (True, True, True)
    services.allow(told, **make.ALL | {"panel_may_read": False}, by=world.teller)
    assert everywhere(world, told) == (False, True, True)
    services.allow(told, **make.ALL | {"public_may_read": False}, by=world.teller)
    assert everywhere(world, told) == (True, True, False)
    services.allow(told, **make.ALL | {"report_may_quote": False}, by=world.teller)
    assert everywhere(world, told) == (True, False, True)
    services.allow(told, **NOTHING, by=world.teller)
    assert everywhere(world, told) == (False, False, False)


@pytest.mark.parametrize(
    ("allowed", "says"),
    [
        ({"panel_may_read"}, "Yes."),
        (set(), "No. Nobody on the panel sees it."),
        ({"report_may_quote"}, "Only what a report quotes they can read there, like everybody."),
        ({"public_may_read"}, "you let everybody read it, and that is the panel too"),
        ({"public_may_read", "report_may_quote"}, "you let everybody read it"),
    ],
)
def test_no_to_the_panel_is_said_as_far_as_it_goes(world, allowed, says):
    told = make.opened(
        world.org,
        world.teller,
        clerk=world.clerk,
        **dict.fromkeys(make.ALL, False),
    )
    services.allow(told, **{name: name in allowed for name in make.ALL}, by=world.teller)
    (panel, report, _) = presenters.allowed(told)
    assert panel.is_allowed == ("panel_may_read" in allowed)
    assert says in panel.means
    assert ("also those on the panel" in report.means) == ("report_may_quote" in allowed)
    assert ("Nobody on the panel sees it" in panel.means) == (not allowed)


@pytest.mark.parametrize("leave", [True, False])
def test_a_page_that_panels_read_quotes_only_with_the_leave_for_the_panel(world, leave):
    make.quoted(world.org, world.teller, clerk=world.clerk, panel_may_read=leave)
    draft = library.needs_draft(world.org, world.clerk)
    shown = [text_of(as_(who), draft.get_absolute_url()) for who in (world.member, world.clerk)]
    assert ["Then it was good." in each for each in shown] == [leave, leave]
    # A report is no page of the panel: its leave is one of its own.
    assert [each.words for each in queries.quotes_for(draft)] == ["Then it was good."]


def test_a_quote_goes_with_its_leave_and_is_chosen_anew_after_it(world):
    told = make.quoted(world.org, world.teller, clerk=world.clerk)
    before = timezone.now()
    services.allow(told, **NOTHING, by=world.teller)
    assert queries.quotes_withdrawn_since(world.org, before) == 1
    services.allow(told, **make.ALL, by=world.teller)
    assert queries.quotes_for(world.org) == []
    codings.quote(told, passage="Then it was good.", by=world.clerk)
    assert [each.words for each in queries.quotes_for(world.org)] == ["Then it was good."]
    assert queries.quotes_withdrawn_since(world.org, timezone.now()) == 0


def test_a_quote_that_staff_leave_out_is_none_that_its_teller_withdrew(world):
    """The next edition would say that somebody took their leave away, and nobody did."""
    told = make.quoted(world.org, world.teller, clerk=world.clerk)
    before = timezone.now()
    codings.unquote(told.quotes.get(), by=world.clerk)
    assert queries.quotes_for(world.org) == []
    assert queries.quotes_withdrawn_since(world.org, before) == 0


def test_taking_it_back_leaves_no_word_and_nobody(world):
    told = make.quoted(world.org, world.teller, clerk=world.clerk)
    services.say_what_became(told, version=told.version, words="We ring back now.", by=world.clerk)
    before = timezone.now()
    services.take_back(told, by=world.teller)
    left = Experience.objects.get()
    words = (left.title, left.text, left.shown_title, left.shown_text, left.became)
    when = (left.happened, left.shown_happened)
    assert words + when == ("",) * 7
    assert (left.teller, left.code_digest, left.told_by) == (None, "", "")
    assert everywhere(world, told) == (False, False, False)
    assert not queries.experiences_open_to(world.clerk).exists()
    assert not Coding.objects.exists()
    assert queries.quotes_withdrawn_since(world.org, before) == 1
    with pytest.raises(Refused, match="taken back"):
        services.check(told, version=told.version, names=[], by=world.clerk)


def test_the_audit_names_no_teller_and_holds_no_words(world):
    told = make.quoted(world.org, world.teller, clerk=world.clerk)
    services.allow(told, **NOTHING, by=world.teller)
    services.take_back(told, by=world.teller)
    entries = AuditEntry.objects.filter(object_id=told.public_id)
    assert entries.filter(verb="experience.told").exists()
    for content in AuditContent.objects.filter(entry__in=entries):
        assert content.actor_id != world.teller.pk
        assert "rang" not in str(content.data)
    theirs = AuditEntry.objects.filter(
        verb__in=["experience.told", "experience.allowed", "experience.taken_back"]
    )
    assert set(theirs.values_list("actor_pseudonym", "subject_pseudonym")) == {("", "")}


def test_only_names_are_taken_out_and_how_it_was_told_stays_sealed(world):
    told = make.told(world.org, world.teller, text="Anna came. Ann did not. Anna Field did.")
    services.check(told, version=told.version, names=["Anna Field", "Anna"], by=world.clerk)
    assert told.shown_text == "[name removed] came. Ann did not. [name removed] did."
    assert told.text == "Anna came. Ann did not. Anna Field did."
    with pytest.raises(Refused, match="does not stand there"):
        services.check(told, version=told.version, names=["Anna"], by=world.clerk)


def test_a_name_that_stands_only_in_when_it_was_is_taken_out_everywhere(world):
    told = make.told(world.org, world.teller, happened="when Jo Bell ran it", text="It was good.")
    services.check(told, version=told.version, names=["Jo Bell"], by=world.clerk)
    codings.quote(told, passage="It was good.", by=world.clerk)
    assert told.happened == "when Jo Bell ran it"
    (fact,) = queries.quotes_for(world.org)
    assert fact.happened == told.shown_happened == "when [name removed] ran it"


def test_a_line_that_no_longer_fits_without_its_names_is_refused(world):
    told = make.told(world.org, world.teller, happened="Jo " * 26)
    with pytest.raises(Refused, match="longer than fits"):
        services.check(told, version=told.version, names=["Jo"], by=world.clerk)
    assert not Experience.objects.get().is_checked


def test_a_name_found_later_is_taken_out_and_passages_keep_their_words(world):
    text = "Bo was kind. I rang Bo three times. Bo Lee came. Then it was good."
    told = make.opened(world.org, world.teller, clerk=world.clerk, text=text)
    theme = make.theme(world.org, world.clerk)
    kept = codings.code(told, theme=theme, passage="I rang Bo three times.", by=world.clerk)
    half = codings.code(told, theme=theme, passage="Lee came", by=world.clerk)
    quote = codings.quote(told, passage="Then it was good.", by=world.clerk)
    services.check(told, version=told.version, names=["Bo Lee", "Bo"], by=world.clerk)
    assert told.shown_text.startswith("[name removed] was kind.")
    assert Coding.objects.get(pk=kept.pk).words == "I rang [name removed] three times."
    assert not Coding.objects.filter(pk=half.pk).exists()
    assert Quote.objects.get(pk=quote.pk).words == "Then it was good."


def test_passages_that_overlap_may_come_to_stand_where_another_stood(world):
    # Without "Bo" everything after it moves by 12: the second comes to stand where the third is.
    text = "Bo aaaaa aaaaa aaaaa aaaaa aaaaa"
    told = make.opened(world.org, world.teller, clerk=world.clerk, text=text)
    theme = make.theme(world.org, world.clerk)
    places = [(3, 14), (9, 20), (15, 26), (21, 32)]
    for start, end in places:
        said = {"experience": told, "start": start, "end": end}
        Quote.objects.create(chosen_by=world.clerk, **said)
        Coding.objects.create(theme=theme, by=world.clerk, **said)
    services.check(told, version=told.version, names=["Bo"], by=world.clerk)
    assert told.shown_text == "[name removed] aaaaa aaaaa aaaaa aaaaa aaaaa"
    now = [(start + 12, end + 12) for start, end in places]
    for kind in (Quote, Coding):
        assert list(kind.objects.order_by("start").values_list("start", "end")) == now
        assert {each.words for each in kind.objects.all()} == {"aaaaa aaaaa"}


def test_a_passage_that_ends_inside_of_a_longer_name_is_none_any_more(world):
    text = "Bo came. Then Bo Lee came."
    told = make.opened(world.org, world.teller, clerk=world.clerk, text=text)
    whole = codings.quote(told, passage="Bo Lee", by=world.clerk)
    half = Quote.objects.create(experience=told, start=14, end=16, chosen_by=world.clerk)
    services.check(told, version=told.version, names=["Bo", "Bo Lee"], by=world.clerk)
    whole.refresh_from_db()
    half.refresh_from_db()
    assert (whole.withdrawn_at, whole.words) == (None, "[name removed]")
    assert half.withdrawn_at is not None
    assert not half.is_withdrawn_by_teller


WORDS = st.lists(st.sampled_from(["Bo", "Lee", "bo", "came", "é", "x"]), min_size=1, max_size=14)
SPACES = st.sampled_from([" ", "  ", "\n", ". "])
NAMES = st.lists(st.sampled_from(["Bo", "Bo Lee", "Lee", "Lee came", "x", "é x"]), unique=True)
MARKS = "\ue000\ue001"


def where_marks_end(text, passage, names):
    """Where a passage is found once the names are gone, by marks in the text that go with it."""
    start, end = passage
    marked = text[:start] + MARKS[0] + text[start:end] + MARKS[1] + text[end:]
    gone = without(marked, names)
    if gone.replace(MARKS[0], "").replace(MARKS[1], "") != without(text, names):
        return None  # A mark stood inside of a name, so that it was not found.
    return gone.index(MARKS[0]), gone.index(MARKS[1]) - 1


@given(data=st.data(), words=WORDS, rounds=st.lists(NAMES, min_size=1, max_size=3))
@hypothesis_settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_passages_there_are_names_can_be_taken_out(one_account, data, words, rounds):
    told, theme, by = one_account
    spaces = data.draw(st.lists(SPACES, min_size=len(words), max_size=len(words)))
    text = "".join(f"{word}{space}" for word, space in zip(words, spaces, strict=True)).strip()
    edges = [each.span() for each in re.finditer(r"\w+", text)]
    pairs = st.tuples(st.sampled_from(edges), st.sampled_from(edges))
    spans = pairs.map(lambda two: (min(two)[0], max(two)[1]))
    passages = data.draw(st.sets(spans, max_size=8))
    with transaction.atomic():
        told.quotes.all().delete()
        told.codings.all().delete()
        Experience.objects.filter(pk=told.pk).update(text=text, shown_text=text)
        for start, end in passages:
            told.quotes.create(start=start, end=end, chosen_by=by)
            told.codings.create(start=start, end=end, theme=theme, by=by)
        for wanted in rounds:
            told.refresh_from_db()
            before = told.shown_text
            names = [each for each in wanted if without(before, [each]) != before]
            expected = {where_marks_end(before, each, names) for each in passages} - {None}
            services.check(told, version=told.version, names=names, by=by)
            live = told.quotes.filter(withdrawn_at=None)
            assert set(live.values_list("start", "end")) == expected
            assert set(told.codings.values_list("start", "end")) == expected
            passages = expected


@pytest.fixture
def one_account(world):
    told = make.opened(world.org, world.teller, clerk=world.clerk)
    return told, make.theme(world.org, world.clerk), world.clerk


def test_words_are_its_tellers_until_they_are_checked(world):
    told = make.told(world.org, world.teller)
    new = {"title": "Better", "text": "Better words.", "happened": ""}
    services.edit(told, version=1, **new, by=world.teller)
    assert (told.text, told.version) == ("Better words.", 2)
    with pytest.raises(EditedMeanwhile):
        services.edit(told, version=1, **new, by=world.teller)
    with pytest.raises(EditedMeanwhile):
        services.check(told, version=1, names=[], by=world.clerk)
    services.check(told, version=2, names=[], by=world.clerk)
    with pytest.raises(Refused, match="stays as it is"):
        services.edit(told, version=3, **new, by=world.teller)


def test_two_people_who_find_different_things_both_stay(world):
    told = make.opened(world.org, world.teller, clerk=world.clerk)
    waiting, kindness = (make.theme(world.org, world.clerk) for _ in range(2))
    passage = "Nobody  rang\nback"
    codings.code(told, theme=waiting, passage=passage, by=world.clerk)
    codings.code(told, theme=kindness, passage=passage, by=world.member)
    codings.code(told, theme=kindness, passage=passage, by=world.member)
    codings.code(told, theme=waiting, by=world.member)
    found = [(each.theme, each.words, each.by) for each in queries.codings_of(told)]
    assert found == [
        (waiting, "Nobody rang back", world.clerk),
        (waiting, "", world.member),
        (kindness, "Nobody rang back", world.member),
    ]
    with pytest.raises(Refused, match="Somebody else"):
        codings.uncode(Coding.objects.filter(by=world.clerk)[0], by=world.member)
    assert Coding.objects.count() == 3


@pytest.mark.parametrize("passage", ["it was bad", "obody rang", "Nobody ran", "x" * 2000, "(.*)"])
def test_a_passage_is_whole_words_of_the_account(world, passage):
    told = make.opened(world.org, world.teller, clerk=world.clerk)
    with pytest.raises(codings.NotAPassage):
        codings.quote(told, passage=passage, by=world.clerk)
    assert not Quote.objects.exists()


def test_a_quote_needs_leave_and_a_check(world):
    told = make.told(world.org, world.teller)
    with pytest.raises(Refused, match="not open yet"):
        codings.quote(told, passage="Nobody", by=world.clerk)
    closed = make.opened(world.org, world.teller, clerk=world.clerk, report_may_quote=False)
    with pytest.raises(Refused, match="does not allow"):
        codings.quote(closed, passage="Nobody", by=world.clerk)


def test_quotes_are_plain_facts_for_an_assessment_too(world):
    told = make.quoted(world.org, world.teller, clerk=world.clerk)
    draft = library.needs_draft(world.org, world.clerk)
    (fact,) = queries.quotes_for(draft)
    theme = Coding.objects.get().theme
    assert fact == queries.QuoteFact(
        words="Then it was good.",
        themes=(theme.label,),
        happened="last winter",
        told_by="Told by the person it happened to",
        account=told.public_id,
    )
    assert queries.quotes_for(draft, themes=[theme]) == [fact]
    assert queries.quotes_for(draft, themes=[make.theme(world.org, world.clerk)]) == []
    assert queries.quotes_for(draft, use="public") == [fact]
    with pytest.raises(KeyError):
        queries.quotes_for(draft, use="advertising")


def test_somebody_without_an_account_holds_a_code_of_which_only_the_digest_is_kept(world):
    words = {"title": "Told", "text": "I was afraid.", "happened": ""}
    told, code = services.write_down(world.org, **words, **NOTHING, by=world.clerk)
    assert queries.by_code(told.code_digest) == told
    assert code not in str(Experience.objects.values().get())
    assert told.told_by == "written_down"
    assert queries.by_code("") is None
    services.take_back(told, by=None)
    assert queries.by_code(told.code_digest or "x") is None


def test_its_teller_hears_that_it_was_read_and_what_became_of_it(world):
    told = make.opened(world.org, world.teller, clerk=world.clerk)
    services.say_what_became(told, version=told.version, words="We ring back.", by=world.clerk)
    notices = Notification.objects.filter(kind="evidence.experience_news")
    assert set(notices.values_list("recipient", flat=True)) == {world.teller.pk}
    assert notices.count() == 2


def test_what_is_sent_says_nothing_of_what_it_is_about(world, mailoutbox):
    told = make.opened(world.org, world.teller, clerk=world.clerk)
    run_jobs()
    (sent,) = [each for each in mailoutbox if each.to == [world.teller.email]][-1:]
    for word in (told.title, "rang", "carer", "service user"):
        assert word.lower() not in (sent.subject + sent.body).lower()


def test_somebody_who_left_still_says_what_may_be_done_with_their_words(world):
    told = make.quoted(world.org, world.teller, clerk=world.clerk)
    seats.leave(world.teller.seats.get(), by=world.teller)
    assert list(queries.told_by(world.teller)) == [told]
    services.allow(told, **NOTHING, by=world.teller)
    assert everywhere(world, told) == (False, False, False)


ROLES = ("clerk", "teller", "member", "reviewer", "elsewhere")
ALLOWED = {
    "may_tell_experience": {"clerk", "teller", "member", "reviewer"},
    "may_write_down_experience": {"clerk"},
    "may_check_experience": {"clerk"},
    "may_answer_experience": {"clerk"},
    "may_code_experience": {"clerk", "teller", "member", "reviewer"},
    "may_quote_experience": {"clerk", "reviewer"},
    "may_keep_themes": {"clerk", "reviewer"},
    "may_say_hopes": {"teller"},
    "may_record_hopes": {"clerk"},
}
OF_ORGANISATION = {
    "may_tell_experience",
    "may_write_down_experience",
    "may_keep_themes",
    "may_say_hopes",
    "may_record_hopes",
}


def test_role_by_action(world):
    told = make.opened(world.org, world.teller, clerk=world.clerk)
    for action, allowed in ALLOWED.items():
        about = world.org if action in OF_ORGANISATION else told
        answers = {
            role: getattr(permissions, action)(getattr(world, role), about) for role in ROLES
        }
        assert {role for role, answer in answers.items() if answer} == allowed, action
        assert all(answer.reason for answer in answers.values() if not answer), action


def test_who_sees_what(world):
    told = make.opened(world.org, world.teller, clerk=world.clerk)
    for role in ROLES:
        sees = list(queries.experiences_open_to(getattr(world, role))) == [told]
        assert sees == (role != "elsewhere"), role
    assert not queries.experiences_open_to(AnonymousUser()).exists()
    assert not queries.told_by(AnonymousUser()).exists()


def test_one_theme_of_a_name_whatever_its_capitals(world):
    first = make.theme(world.org, world.clerk, "Waiting")
    with pytest.raises(Refused):
        themes.add(world.org, label="WAITING", meaning="x", by=world.clerk)
    themes.withdraw(first, by=world.clerk)
    make.theme(world.org, world.clerk, "waiting")
    with pytest.raises(Refused):
        themes.bring_back(first, by=world.clerk)


def test_the_database_holds_its_rules(world):
    told = make.quoted(world.org, world.teller, clerk=world.clerk)
    one = Experience.objects.filter(pk=told.pk)
    for wrong in (
        {"teller": None},
        {"code_digest": "x"},
        {"checked_by": None},
        {"became_at": timezone.now()},
        {"withdrawn_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            one.update(**wrong)
    for wrong in ({"end": 0}, {"is_withdrawn_by_teller": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Quote.objects.update(**wrong)
    for wrong in ({"end": None}, {"end": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Coding.objects.update(**wrong)
