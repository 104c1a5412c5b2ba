"""How the problem is understood: everybody says it, before options, and gets an answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cycles.enums import Stage, UnderstandingKey
from cycles.models import Cycle, Option, Understanding, UnderstandingRedaction
from cycles.permissions import understanding as may
from cycles.queries.contributions import waiting
from cycles.queries.facts import facts_by_cycle, facts_of
from cycles.services import redactions, understanding
from cycles.services.cycles import NotOpenNow
from cycles.services.redactions import NotInTheText
from cycles.services.understanding import AnsweredMeanwhile
from stakeholders.enums import PanelStatus, Perspective, Pillar
from stakeholders.models import Panel, User
from stakeholders.queries.panels import seat_of
from stakeholders.services import panels, seats
from tests.factories import decisions as deciding
from tests.factories import seats as beside_members
from tests.factories import stakeholders as people
from tests.factories import values as make
from tests.pages import as_, of_cycle
from vbc.core.enums import ContributionStatus
from vbc.core.models import AuditEntry, Notification
from vbc.core.names import REMOVED
from vbc.core.refusals import Refused
from vbc.core.services.notices import words_of
from vbc.core.services.versions import EditedMeanwhile
from vbc.home.presenters.my_work import my_work

pytestmark = pytest.mark.django_db
U, C, E = Pillar.SERVICE_USERS_AND_CARERS, Pillar.CLINICAL, Pillar.EVIDENCE
ACTED = ContributionStatus.ACTED_ON


@pytest.fixture
def cycle() -> Cycle:
    return deciding.planning_cycle()


def page(cycle: Cycle, user: Any, query: str = "") -> str:
    answer = as_(user).get(of_cycle("understanding", cycle) + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def columns(said: str) -> dict[str, str]:
    """What stands in each pillar's column, and what stands below them."""
    first, *parts = said.split('<section class="vbc-pillar vbc-pillar--')
    assert len(parts) == 3, first
    last, _, below = parts[-1].partition("</section>")
    return {part.split('"')[0]: part for part in [*parts[:-1], last]} | {"": below}


class TestSaying:
    @pytest.mark.row("A0-8")
    def test_each_pillar_has_a_column_and_who_sits_beside_stands_below(self, cycle: Cycle) -> None:
        assert cycle.panel is not None
        beside = people.seat(cycle.panel, Perspective.IN_ATTENDANCE).user
        for pillar in Pillar.values:
            as_(make.speaker(cycle, pillar)).post(
                of_cycle("say-understanding", cycle),
                {"text": f"As {pillar} sees it.", "key": UnderstandingKey.STRENGTHS},
            )
        make.said(cycle, "From the side.", by=beside)
        make.said(cycle, "From whoever runs it.", by=cycle.lead)
        shown = columns(page(cycle, cycle.lead))
        for pillar in Pillar.values:
            assert f"As {pillar} sees it." in shown[pillar]
            assert make.speaker(cycle, pillar).display_name in shown[pillar]
        assert "From the side." in shown[""]
        assert "From whoever runs it." in shown[""]
        assert facts_of(cycle).pillars_said_how_they_see_it == 3

    @pytest.mark.row("A0-8")
    def test_the_three_keys_are_there_with_their_source_and_date(self, cycle: Cycle) -> None:
        said = page(cycle, make.speaker(cycle, U))
        assert all(each in said for each in UnderstandingKey.labels)
        assert "2008" in said
        assert "From outside this panel" in said

    def test_nobody_is_called_by_what_they_speak_from(self, cycle: Cycle) -> None:
        make.understood(cycle)
        said = page(cycle, make.speaker(cycle, C)).split("<main")[1].split("</main>")[0]
        for word in ("Service user<", "Carer<", "Clinician", "reviewer"):
            assert word not in said

    @pytest.mark.parametrize("reader", ["supporter", "reserve", "member of a panel that waits"])
    def test_a_name_stands_in_a_column_only_for_whoever_may_know_what_people_speak_from(
        self, cycle: Cycle, reader: str
    ) -> None:
        """A name in the column of service users and carers is health information. Who stands
        ready to step in, or sits beside somebody, may not read the roles; and while the panel
        waits, its members may not."""
        assert cycle.panel is not None
        said = make.understood(cycle)
        make.said(cycle, "From whoever runs it.", by=cycle.lead)
        member = make.speaker(cycle, C)
        own = seat_of(make.speaker(cycle, U), cycle.panel)
        assert own is not None
        person = {
            "supporter": lambda: beside_members.supporter_of(own).user,
            "reserve": lambda: beside_members.on_reserve(cycle.panel, Perspective.CARER).user,
            "member of a panel that waits": lambda: member,
        }[reader]()
        if person == member:
            Panel.objects.filter(pk=cycle.panel_id).update(status=PanelStatus.PAUSED)
        shown = columns(page(cycle, person))
        for each in said:
            assert each.text in shown[each.pillar]
            is_named = each.author.display_name in shown[each.pillar]
            assert is_named == (each.author == person)
        assert "No name stands beside" in page(cycle, person)
        assert "No name stands beside" not in page(cycle, cycle.lead)
        assert cycle.lead.display_name in shown[""]

    def test_a_pillar_that_said_nothing_is_seen_to_have_said_nothing(self, cycle: Cycle) -> None:
        make.said(cycle)
        shown = columns(page(cycle, cycle.lead))
        assert "Nothing has been said yet." not in shown[U]
        assert "Nothing has been said yet." in shown[C]
        assert "Nothing has been said yet." in shown[E]

    def test_it_stays_with_the_pillar_it_was_said_for(self, cycle: Cycle) -> None:
        said = make.said(cycle)
        assert said.pillar == U
        said.author.seats.update(perspective=Perspective.IN_ATTENDANCE)
        assert said.text in columns(page(cycle, cycle.lead))[U]

    def test_what_came_after_the_first_option_says_so(self, cycle: Cycle) -> None:
        first = make.said(cycle, "Before.")
        deciding.option(deciding.decision(cycle))
        later = make.said(cycle, "After.")
        Option.objects.update(created_at=first.created_at + timedelta(seconds=1))
        Understanding.objects.filter(pk=later.pk).update(
            created_at=first.created_at + timedelta(seconds=2)
        )
        said = page(cycle, cycle.lead)
        assert said.count("Written after the first option was proposed") == 1
        assert "Written after" not in said.split("Before.")[1].split("After.")[0]

    def test_it_needs_words(self, cycle: Cycle) -> None:
        with pytest.raises(Refused, match="how you see"):
            make.said(cycle, "  ")
        answer = as_(make.speaker(cycle, U)).post(
            of_cycle("say-understanding", cycle), {"text": " "}
        )
        assert "There is a problem" in answer.content.decode()

    def test_more_than_a_page_is_paged_and_no_column_claims_silence(self, cycle: Cycle) -> None:
        for _ in range(51):
            make.said(cycle)
        shown = columns(page(cycle, cycle.lead, "?page=2"))
        assert "Nothing on this page." in shown[C]
        assert "Nothing has been said yet." not in shown[C]

    @pytest.mark.thorough
    def test_one_costs_as_many_queries_as_many(self, cycle: Cycle) -> None:
        def queries(count: int) -> int:
            for _ in range(count):
                make.understood(cycle)
            client = as_(cycle.lead)
            client.get(of_cycle("understanding", cycle))
            with CaptureQueriesContext(connection) as captured:
                client.get(of_cycle("understanding", cycle))
            return len(captured)

        assert queries(1) == queries(3)


class TestItsAuthor:
    def test_changes_it_until_it_is_answered(self, cycle: Cycle) -> None:
        said = make.said(cycle)
        client = as_(said.author)
        address = of_cycle("edit-understanding", cycle, said.public_id)
        client.post(address, {"text": "In other words.", "key": "", "version": "1"})
        said.refresh_from_db()
        assert said.text == "In other words."
        with pytest.raises(EditedMeanwhile):
            understanding.edit(said, expected=1, text="Stale.", by=said.author)
        understanding.answer(said, status=ACTED, text="Yes.", by=cycle.lead)
        assert client.get(address).status_code == 403
        with pytest.raises(AnsweredMeanwhile):
            understanding.edit(said, expected=3, text="After.", by=said.author)

    def test_takes_it_back_and_then_nobody_sees_it(self, cycle: Cycle) -> None:
        said = make.said(cycle, "Unmistakable words")
        client = as_(said.author)
        assert (
            client.post(of_cycle("withdraw-understanding", cycle, said.public_id)).status_code
            == 302
        )
        assert "Unmistakable" not in page(cycle, cycle.lead)
        assert facts_of(cycle).pillars_said_how_they_see_it == 0
        said.refresh_from_db()
        with pytest.raises(Refused, match="taken this back"):
            understanding.answer(said, status=ACTED, text="Yes.", by=cycle.lead)
        with pytest.raises(Refused, match="taken this back"):
            understanding.edit(said, expected=1, text="Again.", by=said.author)
        edit = of_cycle("edit-understanding", cycle, said.public_id)
        assert client.get(edit).status_code == 404

    def test_takes_it_back_also_when_no_longer_on_the_panel(self, cycle: Cycle) -> None:
        said, other = make.said(cycle), make.said(cycle, by=make.speaker(cycle, C))
        seats.leave(cycle.panel.seats.get(user=said.author), by=said.author)
        client = as_(said.author)
        answer = client.post(of_cycle("withdraw-understanding", cycle, said.public_id))
        assert answer.url == reverse("home:my-work")
        said.refresh_from_db()
        assert said.withdrawn_at is not None
        answer = client.post(of_cycle("withdraw-understanding", cycle, other.public_id))
        assert answer.status_code == 404

    def test_and_nobody_else(self, cycle: Cycle) -> None:
        said = make.said(cycle)
        for person in (cycle.lead, make.speaker(cycle, C)):
            client = as_(person)
            for name in ("edit-understanding", "withdraw-understanding"):
                assert client.post(of_cycle(name, cycle, said.public_id)).status_code == 403


class TestTheAnswer:
    def test_its_author_is_told_and_finds_it_in_what_became_of_their_words(
        self, cycle: Cycle
    ) -> None:
        said = make.said(cycle, "People are sent from door to door.")
        assert my_work(said.author)["words_waiting"].startswith("One thing")
        answer = as_(cycle.lead).post(
            of_cycle("answer-understanding", cycle, said.public_id),
            {"status": ACTED, "answer": "It is the first line of the question now."},
        )
        assert answer.status_code == 302
        said.refresh_from_db()
        assert said.is_answered
        assert said.author_told_at is not None
        notice = Notification.objects.get(recipient=said.author, object_id=said.public_id)
        words = words_of(notice)
        assert words is not None
        assert cycle.title not in words.subject
        assert words.link == f"{of_cycle('understanding', cycle)}#said-{said.public_id}"
        assert f'id="said-{said.public_id}"' in page(cycle, said.author)
        assert "It is the first line of the question now." in page(cycle, said.author)
        mine = my_work(said.author)
        assert [each.answer for each in mine["words"]] == [said.answer]
        assert mine["words"][0].url == words.link
        assert mine["words_waiting"] == ""

    def test_who_can_no_longer_see_the_cycle_is_led_to_their_own_words(self, cycle: Cycle) -> None:
        said = make.said(cycle)
        understanding.answer(said, status=ACTED, text="Yes.", by=cycle.lead)
        notice = Notification.objects.get(recipient=said.author, object_id=said.public_id)
        Cycle.objects.filter(pk=cycle.pk).update(panel=None)
        words = words_of(notice)
        assert words is not None
        assert words.link == my_work(said.author)["words"][0].url == "/my-words/"

    def test_what_waits_for_one_is_known_across_cycles(self, cycle: Cycle) -> None:
        first, second = make.said(cycle), make.said(cycle)
        other = make.said(deciding.planning_cycle())
        understanding.answer(first, status=ACTED, text="Yes.", by=cycle.lead)
        understanding.withdraw(second, by=second.author)
        assert set(waiting(Understanding)) == {other}
        Understanding.objects.filter(pk=first.pk).update(not_answered_at=timezone.now())
        assert set(waiting(Understanding)) == {first, other}


class TestForGates:
    def test_many_cycles_are_asked_in_one_query(self, cycle: Cycle) -> None:
        make.understood(cycle)
        make.said(cycle)
        partly = deciding.planning_cycle()
        make.understood(partly)
        withdrawn = partly.understandings.get(pillar=E)
        understanding.withdraw(withdrawn, by=withdrawn.author)
        with CaptureQueriesContext(connection) as captured:
            facts = facts_by_cycle([cycle, partly])
        assert len(captured) == 1
        assert facts[cycle.pk].pillars_said_how_they_see_it == 3
        assert facts[partly.pk].pillars_said_how_they_see_it == 2


class TestWhoMay:
    ROLES = ("runner", "author", "member", "away", "beside", "admin", "stranger")

    @pytest.mark.parametrize("stage", list(Stage))
    def test_role_by_stage(self, cycle: Cycle, stage: str) -> None:
        panel = cycle.panel
        assert panel is not None
        away = people.members(panel, Perspective.CARER)[0]
        away.seats.update(status="away")
        cast: dict[str, User] = {
            "runner": cycle.lead,
            "author": make.speaker(cycle, U),
            "member": make.speaker(cycle, C),
            "away": away,
            "beside": people.seat(panel, Perspective.IN_ATTENDANCE).user,
            "admin": people.admin_of(cycle.organisation),
            "stranger": people.person(),
        }
        said = make.said(cycle, by=cast["author"])
        fields: dict[str, Any] = {"stage": stage}
        if stage == Stage.CLOSED:
            fields |= {"closed_at": timezone.now(), "closed_by": cycle.lead}
        Cycle.objects.filter(pk=cycle.pk).update(**fields)
        cycle.refresh_from_db()
        said.cycle = cycle
        allowed = {
            "say": {each for each in self.ROLES if may.may_say_understanding(cast[each], cycle)},
            "edit": {each for each in self.ROLES if may.may_edit_understanding(cast[each], said)},
            "withdraw": {
                each for each in self.ROLES if may.may_withdraw_understanding(cast[each], said)
            },
            "answer": {
                each for each in self.ROLES if may.may_answer_understanding(cast[each], cycle)
            },
        }
        early, closed = stage in (Stage.ANALYSE, Stage.PLAN), stage == Stage.CLOSED
        assert allowed == {
            "say": {"runner", "author", "member", "away", "beside"} if early else set(),
            "edit": {"author"} if early else set(),
            "withdraw": set() if closed else {"author"},
            "answer": set() if closed else {"runner"},
        }

    def test_the_service_asks_the_stage_too(self, cycle: Cycle) -> None:
        said = make.said(cycle)
        Cycle.objects.filter(pk=cycle.pk).update(stage=Stage.DO)
        with pytest.raises(NotOpenNow):
            make.said(cycle)
        with pytest.raises(NotOpenNow):
            understanding.edit(said, expected=1, text="Late.", by=said.author)

    def test_strangers_find_nothing_where_there_is_something(self, cycle: Cycle) -> None:
        said = make.said(cycle, "Unmistakable words")
        elsewhere = as_(people.commissioner(people.organisation()))
        for address in (
            of_cycle("understanding", cycle),
            of_cycle("say-understanding", cycle),
            of_cycle("edit-understanding", cycle, said.public_id),
            of_cycle("answer-understanding", cycle, said.public_id),
            of_cycle("redact-understanding", cycle, said.public_id),
        ):
            answer = elsewhere.get(address)
            assert answer.status_code == 404
            assert "Unmistakable" not in answer.content.decode()

    def test_what_was_said_in_another_cycle_is_not_found_here(self, cycle: Cycle) -> None:
        foreign = make.said(deciding.planning_cycle())
        address = of_cycle("answer-understanding", cycle, foreign.public_id)
        assert as_(cycle.lead).get(address).status_code == 404


class TestNamesOfOthers:
    NAME = "Josephine Quillfeather"

    def lead_of(self, cycle: Cycle) -> User:
        assert cycle.panel is not None
        lead = people.admin_of(cycle.organisation, "Safe Guard")
        panels.name_safeguarding_lead(cycle.panel, lead, by=cycle.panel.created_by)
        return lead

    def test_a_name_is_taken_out_and_its_author_told_kindly(self, cycle: Cycle) -> None:
        said = make.said(cycle, f"{self.NAME} waited a year.")
        answer = as_(cycle.lead).post(
            of_cycle("redact-understanding", cycle, said.public_id), {"names": self.NAME}
        )
        assert answer.status_code == 302
        said.refresh_from_db()
        assert said.text == f"{REMOVED} waited a year."
        redaction = UnderstandingRedaction.objects.get()
        assert redaction.original == {"text": f"{self.NAME} waited a year."}
        notice = Notification.objects.get(object_id=redaction.public_id)
        words = words_of(notice)
        assert notice.recipient == said.author
        assert words is not None
        assert self.NAME not in str(words)
        assert words.link.endswith(f"#said-{said.public_id}")
        with pytest.raises(NotInTheText):
            redactions.redact(said, words=["Nobody"], by=cycle.lead)

    def test_the_original_is_for_the_safeguarding_lead_and_reading_is_written_down(
        self, cycle: Cycle
    ) -> None:
        said = make.said(cycle, f"{self.NAME} waited a year.")
        lead = self.lead_of(cycle)
        redaction = redactions.redact(said, words=[self.NAME], by=cycle.lead)
        address = of_cycle("see-original-understanding", cycle, redaction.public_id)
        for person in (cycle.lead, said.author):
            answer = as_(person).post(address)
            assert answer.status_code == 403
            assert self.NAME not in answer.content.decode()
        # The safeguarding lead is named on the panel, so the cycle is read anew.
        shown = as_(lead).post(address)
        assert self.NAME in shown.content.decode()
        assert AuditEntry.objects.filter(verb="redaction.opened").count() == 1
