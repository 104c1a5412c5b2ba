"""Rating with the help of somebody whom the member chose: it counts once, and it is theirs."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from cycles.enums import BallotMethod
from cycles.models import Decision, Rating, RatingHelper
from cycles.notices.ratings import HELPER_CHOSEN, RECORDED_WITH_HELP
from cycles.queries.helping import people_who_can_help
from cycles.queries.rounds import everyone_has_rated, service_users_who_took_part
from cycles.services import cycles, helping, interests, ratings
from cycles.services.ratings import Helped, NoVoice, RoundNotOpen
from stakeholders.enums import OrganisationRole, Perspective
from stakeholders.models import Seat, User
from stakeholders.queries.panels import seat_of
from stakeholders.services import organisations, panels, seats
from tests.factories import decisions as make
from tests.factories import invitations as ask
from tests.factories import ratings as make_ratings
from tests.factories import seats as make_seat
from tests.factories import stakeholders as people
from tests.pages import as_, text_of, url
from vbc.core.models import AuditContent, AuditEntry, Notification
from vbc.core.refusals import Refused
from vbc.core.services import notices
from vbc.ui.templatetags.ui import when

pytestmark = pytest.mark.django_db
USER, CARER, CLINICIAN = Perspective.SERVICE_USER, Perspective.CARER, Perspective.CLINICIAN


def member_and_helper(made: Decision) -> tuple[Any, Any]:
    """A service user and a carer of the panel."""
    return make.members(made, USER)[0], make.members(made, CARER)[0]


def seat_on(made: Decision, person: Any) -> Seat:
    found = seat_of(person, made.cycle.panel)
    assert found is not None
    return found


class TestWhoCanHelp:
    def test_everybody_on_the_panel_also_who_sits_beside_somebody(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        seat = seat_on(made, person)
        beside = make_seat.supporter_of(seat)
        can = set(people_who_can_help(seat))
        assert {other, beside.user, *make.members(made, CLINICIAN)} <= can
        assert person not in can

    @pytest.mark.parametrize("perspective", [CLINICIAN, USER])
    def test_the_list_tells_nobody_who_only_stands_ready(self, perspective: str) -> None:
        """They are service users and carers, all of them, and others do not know who they are."""
        made = make.rating()
        person, other = make.members(made, perspective)[0], make.members(made, USER)[1]
        ready = make_seat.on_reserve(made.cycle.panel, CARER).user
        cover = make_seat.cover_for(seat_on(made, other)).user
        can = set(people_who_can_help(seat_on(made, person)))
        assert not {ready, cover} & can
        assert other in can
        assert cover in set(people_who_can_help(seat_on(made, other)))

    @pytest.mark.parametrize("who", ["chair", "works there", "runs the cycle", "stranger", "left"])
    def test_never_who_has_power_over_what_becomes_of_it(self, who: str) -> None:
        made = make.rating(service_users=4)
        person, other = member_and_helper(made)
        panel = made.cycle.panel
        if who == "chair":
            panels.appoint_chair(panel, other, by=made.cycle.lead)
        elif who == "works there":
            organisations.add_member(panel.organisation, other, role=OrganisationRole.ADMIN)
        elif who == "runs the cycle":
            cycles.start(
                panel.organisation,
                title="Another cycle",
                summary="Of the same panel.",
                area=made.cycle.area,
                lead=other,
                panel=panel,
                by=made.cycle.lead,
            )
        elif who == "stranger":
            other = people.person()
        else:
            seats.leave(seat_on(made, other), by=other)
        with pytest.raises(Refused, match="cannot help you to rate"):
            make_ratings.helper(made, person, other)
        assert not RatingHelper.objects.exists()

    def test_nobody_chooses_for_somebody_else(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        with pytest.raises(Refused):
            helping.choose(seat_on(made, person), other, by=other)

    def test_who_does_not_rate_chooses_nobody(self) -> None:
        made = make.rating()
        reviewer = make.members(made, Perspective.EVIDENCE_REVIEWER)[0]
        with pytest.raises(Refused):
            make_ratings.helper(made, reviewer, make.members(made, CARER)[0])

    def test_one_at_a_time_and_the_next_takes_the_place_of_the_first(self) -> None:
        made = make.rating()
        person, first = member_and_helper(made)
        second = make.members(made, CARER)[1]
        before = make_ratings.helper(made, person, first)
        assert make_ratings.helper(made, person, first) == before
        now = make_ratings.helper(made, person, second)
        before.refresh_from_db()
        assert before.ended_at == now.chosen_at
        with pytest.raises(IntegrityError), transaction.atomic():
            RatingHelper.objects.create(seat=now.seat, helper=first, chosen_at=timezone.now())


class TestEntering:
    @pytest.mark.row("A1-16")
    def test_it_counts_for_the_members_place_once_and_says_who_entered_it(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        option, round_ = make.options_of(made)[0], make.round_of(made)
        make.cast(made, person, (3, 3))
        chosen = make_ratings.helper(made, person, other)
        entered = make_ratings.entered(made, chosen, 8)
        seat = seat_on(made, person)
        assert (entered.seat, entered.place_id, entered.perspective) == (seat, seat.place_id, USER)
        assert (entered.entered_by, entered.value) == (other, 8)
        live = Rating.objects.live().filter(round=round_, option=option)
        assert list(live) == [entered]
        assert service_users_who_took_part(round_) == 1

    def test_a_helper_gets_no_voice_and_loses_none(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        beside = make_seat.supporter_of(seat_on(made, person)).user
        chosen = make_ratings.helper(made, person, beside)
        make_ratings.entered(made, chosen, 8)
        with pytest.raises(NoVoice):
            make.cast(made, beside, (8, 8))
        # Who rates themselves, and helps, has each voice in its own place.
        chosen = make_ratings.helper(made, person, other)
        own = make.cast(made, other, (2, 2))
        make_ratings.entered(made, chosen, 8)
        assert Rating.objects.live().filter(pk__in=[each.pk for each in own]).count() == 2

    def test_without_the_members_word_nothing_is_recorded(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        chosen = make_ratings.helper(made, person, other)
        with pytest.raises(Refused, match="Say that they told you this"):
            ratings.cast(
                make.round_of(made),
                option=make.options_of(made)[0],
                value=5,
                by=other,
                helped=Helped(chosen, member_said_so=False),
            )
        assert not Rating.objects.exists()

    def test_the_audit_says_that_the_member_said_so_and_nothing_of_what(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        make_ratings.entered(made, make_ratings.helper(made, person, other), 8, reason="Near.")
        content = AuditContent.objects.get(entry__verb="rating.recorded")
        assert content.actor == other
        assert content.data["member_said_so"] is True
        assert set(content.data) == {"round", "option", "receipt", "digest", "member_said_so"}
        assert content.entry.subject_pseudonym not in ("", content.entry.actor_pseudonym)

    def test_after_it_ended_nothing_more_is_entered_and_what_was_stands(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        chosen = make_ratings.helper(made, person, other)
        entered = make_ratings.entered(made, chosen, 8)
        helping.end(chosen, by=person)
        helping.end(chosen, by=person)
        with pytest.raises(NoVoice, match="no longer enter anything"):
            make_ratings.entered(made, chosen, 2)
        assert list(Rating.objects.live()) == [entered]
        assert AuditEntry.objects.filter(verb="rating_helper.ended").count() == 1

    def test_the_helper_can_end_it_and_nobody_else(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        chosen = make_ratings.helper(made, person, other)
        with pytest.raises(Refused, match="Only the two of them"):
            helping.end(chosen, by=made.cycle.lead)
        helping.end(chosen, by=other)
        chosen.refresh_from_db()
        assert chosen.ended_at is not None

    def test_somebody_else_enters_nothing_with_another_persons_choice(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        chosen = make_ratings.helper(made, person, other)
        chosen.helper = make.members(made, CARER)[1]
        with pytest.raises(NoVoice):
            make_ratings.entered(made, chosen, 8)

    @pytest.mark.parametrize("what", ["chair", "works there", "left"])
    def test_who_gained_power_since_enters_nothing_more(self, what: str) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        chosen = make_ratings.helper(made, person, other)
        panel = made.cycle.panel
        if what == "chair":
            panels.appoint_chair(panel, other, by=made.cycle.lead)
        elif what == "works there":
            organisations.add_member(panel.organisation, other, role=OrganisationRole.COMMISSIONER)
        else:
            seats.leave(seat_on(made, other), by=other)
        with pytest.raises(NoVoice, match="no longer enter anything"):
            make_ratings.entered(made, chosen, 8)
        assert not Rating.objects.exists()

    @pytest.mark.parametrize("what", ["away", "interest", "settled"])
    def test_why_the_member_has_no_voice_is_not_told_to_the_helper(self, what: str) -> None:
        made = make.rating(service_users=4)
        person, other = member_and_helper(made)
        option = make.options_of(made)[0]
        if what == "settled":
            seat = seat_on(made, person)
            cover = make_seat.cover_for(seat)
            make.cast(made, person, (3, 3))
            seats.go_away(seat, by=person)
            seats.step_in(cover, seat.place, by=cover.user)
            person = cover.user
        chosen = make_ratings.helper(made, person, other)
        if what == "away":
            seats.go_away(seat_on(made, person), by=person)
        elif what == "interest":
            interests.declare(option, words="My sister works there.", by=person)
        with pytest.raises(NoVoice) as refusal:
            make_ratings.entered(made, chosen, 8)
        assert str(refusal.value).startswith("Nothing can be entered for this person now.")

    def test_the_rules_of_the_round_hold_all_the_same(self) -> None:
        made = make.rating()
        clinician, other = make.members(made, CLINICIAN)[0], make.members(made, CARER)[0]
        chosen = make_ratings.helper(made, clinician, other)
        make.over(made)
        with pytest.raises(RoundNotOpen):
            make_ratings.entered(made, chosen, 8, reason="From the ward.")

    def test_an_order_and_a_vote_can_be_entered_too(self) -> None:
        for method in (BallotMethod.RANKING, BallotMethod.YES_NO):
            made = make_ratings.rated_by(method)
            person, other = member_and_helper(made)
            helped = Helped(make_ratings.helper(made, person, other), member_said_so=True)
            options, round_ = make.options_of(made), make.round_of(made)
            if method == BallotMethod.RANKING:
                ratings.rank(round_, order=options, by=other, helped=helped)
            else:
                for option in options:
                    ratings.vote(round_, option=option, vote="no", by=other, helped=helped)
            given = Rating.objects.live().filter(round=round_)
            assert {(each.seat.user, each.entered_by) for each in given} == {(person, other)}
            assert given.count() == len(options)


class TestWhatIsSeen:
    def test_the_same_as_before_is_recorded_again_so_that_it_tells_the_helper_nothing(self) -> None:
        """Were it the member's own receipt, the helper would know that it was the same number."""
        made = make.rating()
        person, other = member_and_helper(made)
        own = make.cast(made, person, (7, 7))[0]
        chosen = make_ratings.helper(made, person, other)
        entered = make_ratings.entered(made, chosen, 7, reason=own.reason)
        assert entered.receipt != own.receipt
        assert make_ratings.entered(made, chosen, 7, reason=own.reason) == entered
        page = as_(other).get(url("help-member", made, chosen)).content.decode()
        assert entered.receipt in page
        assert own.receipt not in page

    def test_the_helper_sees_an_empty_form_and_nothing_of_before(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        given = ratings.cast(
            make.round_of(made),
            option=make.options_of(made)[0],
            value=7,
            reason="Unmistakable words",
            by=person,
        )
        chosen = make_ratings.helper(made, person, other)
        client = as_(other)
        pages = [
            client.get(url("helping", made)),
            client.get(url("help-member", made, chosen)),
            client.get(url("help-enter", made, chosen, given.option)),
        ]
        for answer in pages:
            said = answer.content.decode()
            assert answer.status_code == 200
            assert "Unmistakable" not in said
            assert given.receipt not in said
            assert "checked" not in said

    @pytest.mark.parametrize("method", BallotMethod.values)
    def test_nothing_tells_the_helper_whether_the_member_has_to_give_a_reason(
        self, method: str
    ) -> None:
        """Clinicians have to and carers need not, and who sits beside somebody may not know who is
        who."""
        made = make_ratings.rated_by(method)
        reviewer = make.members(made, Perspective.EVIDENCE_REVIEWER)[0]
        helper = make_seat.supporter_of(seat_on(made, reviewer)).user
        client, option = as_(helper), make.options_of(made)[0]
        given = {
            BallotMethod.RATING: {"value": "8"},
            BallotMethod.YES_NO: {"vote": "no"},
            BallotMethod.RANKING: {"not_said": "on"},
        }[BallotMethod(method)]
        told = []
        for person in (make.members(made, CARER)[0], make.members(made, CLINICIAN)[0]):
            chosen = make_ratings.helper(made, person, helper)
            is_ranking = method == BallotMethod.RANKING
            page = url(
                "help-rank" if is_ranking else "help-enter",
                made,
                chosen,
                *([] if is_ranking else [option]),
            )
            form = text_of(client, page).replace(person.display_name, "NAME")
            sent = client.post(page, given | {"reason": "", "said_so": "on"})
            assert sent.url == url("help-member", made, chosen)
            after = text_of(client, sent.url).replace(person.display_name, "NAME")
            for each in Rating.objects.filter(seat__user=person):
                after = after.replace(each.receipt, "RECEIPT").replace(when(each.given_at), "WHEN")
            told.append((form, after))
        assert told[0] == told[1]

    def test_who_has_to_give_a_reason_is_asked_on_a_page_of_their_own(self) -> None:
        made = make.rating()
        helper = make.members(made, CARER)[0]
        option = make.options_of(made)[0]
        asked = {}
        for person in (make.members(made, CLINICIAN)[0], make.members(made, USER)[0]):
            make_ratings.entered(made, make_ratings.helper(made, person, helper), 8)
            asked[person] = "Your reason is still missing" in text_of(
                as_(person), url("recorded-for-me", made)
            )
        assert list(asked.values()) == [True, False]
        clinician = next(iter(asked))
        client, page = as_(clinician), url("rate", made, option)
        assert page in client.get(url("recorded-for-me", made)).content.decode()
        # Once they do it themselves, it is needed as ever.
        client.post(page, {"value": "8", "reason": ""})
        assert Rating.objects.live().get(seat__user=clinician).entered_by == helper
        client.post(page, {"value": "8", "reason": "From the ward."})
        assert "still missing" not in text_of(client, url("recorded-for-me", made))

    def test_the_page_looks_the_same_whether_the_member_has_rated_or_not(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        chosen = make_ratings.helper(made, person, other)
        client, page = as_(other), url("help-member", made, chosen)
        before = strip_tags(client.get(page).content.decode())
        make.cast(made, person, (7, 2))
        assert strip_tags(client.get(page).content.decode()) == before

    def test_what_the_member_changes_afterwards_is_not_seen_by_the_helper(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        chosen = make_ratings.helper(made, person, other)
        make_ratings.entered(made, chosen, 7)
        client, page = as_(other), url("help-member", made, chosen)
        before = strip_tags(client.get(page).content.decode())
        own = make.cast(made, person, (2, 2))[0]
        after = client.get(page).content.decode()
        assert strip_tags(after) == before
        assert own.receipt not in after

    def test_the_member_reads_it_knows_who_entered_it_and_can_change_it(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        chosen = make_ratings.helper(made, person, other)
        entered = make_ratings.entered(made, chosen, 7, reason="As they said.")
        client = as_(person)
        shown = strip_tags(client.get(url("recorded-for-me", made)).content.decode())
        assert "7, of 1 to 9" in shown
        assert "As they said." in shown
        assert f"{other.display_name} entered this for you." in shown
        page = url("rate", made, entered.option)
        assert f"{other.display_name} entered this for you" in client.get(page).content.decode()
        client.post(page, {"value": "2", "reason": ""})
        now = Rating.objects.live().get(seat__user=person, option=entered.option)
        assert (now.value, now.entered_by) == (2, None)

    def test_the_helper_checks_no_more_of_a_receipt_than_anybody(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        entered = make_ratings.entered(made, make_ratings.helper(made, person, other), 7)
        check = ratings.check_receipt(made, entered.receipt, by=other)
        assert (check.recorded_at, check.stands) == (None, None)
        assert ratings.check_receipt(made, entered.receipt, by=person).stands


class TestNotices:
    def test_the_helper_is_asked_and_the_member_is_told_without_content(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        chosen = make_ratings.helper(made, person, other)
        asked = Notification.objects.get(kind=HELPER_CHOSEN)
        assert asked.recipient == other
        words = notices.words_of(asked)
        assert words.link == url("helping", made)
        assert person.display_name not in words.subject
        make_ratings.entered(made, chosen, 7, reason="Unmistakable words")
        make_ratings.entered(made, chosen, 6, option=make.options_of(made)[1])
        told = Notification.objects.get(kind=RECORDED_WITH_HELP)
        assert told.recipient == person
        words = notices.words_of(told)
        said = " ".join([words.subject, *words.paragraphs])
        assert words.link == url("recorded-for-me", made)
        assert "Unmistakable" not in said
        assert "service user" not in said.lower()
        assert not any(option.title in said for option in make.options_of(made))

    def test_nobody_is_told_of_what_they_may_no_longer_see(self) -> None:
        made = make.rating(service_users=4)
        person, other = member_and_helper(made)
        chosen = make_ratings.helper(made, person, other)
        make_ratings.entered(made, chosen, 7)
        seats.leave(seat_on(made, person), by=person)
        for kind in (HELPER_CHOSEN, RECORDED_WITH_HELP):
            assert notices.words_of(Notification.objects.get(kind=kind)) is None

    def test_who_has_no_email_reads_it_on_their_page(self) -> None:
        made = make.rating()
        panel = made.cycle.panel
        person = ask.without_email()
        seats.accept(
            ask.letter(panel), perspective=USER, is_employed_by_affected_body=False, by=person
        )
        chosen = make_ratings.helper(made, person, make.members(made, CARER)[0])
        make_ratings.entered(made, chosen, 7)
        shown = as_(User.objects.get(pk=person.pk)).get(url("recorded-for-me", made))
        assert "entered this for you" in shown.content.decode()


class TestPages:
    def test_choosing_entering_and_ending_through_pages(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        own, helper = as_(person), as_(other)
        shown = own.get(url("helping", made)).content.decode()
        assert other.display_name in shown
        assert (
            made.cycle.lead.display_name
            not in shown.split("Choose this person")[0].split("<fieldset")[1]
        )
        own.post(url("choose-helper", made), {"helper": other.public_id})
        chosen = RatingHelper.objects.get()
        option = make.options_of(made)[0]
        page = url("help-enter", made, chosen, option)
        asked = helper.get(page).content.decode()
        assert f"How does {person.display_name} rate this option?" in asked
        assert "How do you rate this option?" not in asked
        without = helper.post(page, {"value": "8", "reason": ""})
        assert f"Tick that {person.display_name} told you this" in without.content.decode()
        assert not Rating.objects.exists()
        done = helper.post(page, {"value": "8", "reason": "", "said_so": "on"}, follow=True)
        assert Rating.objects.get().receipt in done.content.decode()
        assert "Hand this to" in done.content.decode()
        # One tap.
        own.post(url("end-helping", made, chosen))
        assert helper.get(page).status_code == 404
        assert helper.get(url("help-member", made, chosen)).status_code == 404

    def test_while_the_panel_waits_there_is_nothing_to_enter_with(self) -> None:
        made = make.rating(service_users=2)
        person, helper = member_and_helper(made)
        found = helping.choose(seat_on(made, person), helper, by=person)
        leaver = make.members(made, USER)[1]
        seats.leave(seat_on(made, leaver), by=leaver)
        page = as_(helper).get(url("help-enter", made, found, make.options_of(made)[0]))
        said = " ".join(strip_tags(page.content.decode()).split())
        assert said.count("This panel is waiting for a member") == 1
        assert "Record it for them" not in said
        assert 'name="value"' not in page.content.decode()
        # Nothing of what the member gave is the helper's to read.
        assert "recorded for" not in said

    def test_an_order_is_entered_on_a_page_of_its_own(self) -> None:
        made = make_ratings.rated_by(BallotMethod.RANKING)
        person, other = member_and_helper(made)
        chosen = make_ratings.helper(made, person, other)
        client, options = as_(other), make.options_of(made)
        places = {f"place-{option.public_id}": str(3 - n) for n, option in enumerate(options)}
        moved = client.post(
            url("help-rank", made, chosen),
            places | {"reason": "", "said_so": "on", "move": f"up:{options[0].public_id}"},
        ).content.decode()
        assert "It is not saved yet" in moved
        assert not Rating.objects.exists()
        client.post(url("help-rank", made, chosen), places | {"reason": "", "said_so": "on"})
        given = Rating.objects.live().filter(seat__user=person).order_by("rank")
        assert [each.option for each in given] == options[::-1]
        assert client.get(url("help-enter", made, chosen, options[0])).url == url(
            "help-rank", made, chosen
        )

    def test_other_people_find_nothing_there(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        chosen = make_ratings.helper(made, person, other)
        option = make.options_of(made)[0]
        for reader in (
            make.members(made, CARER)[1],
            made.cycle.lead,
            person,
            people.person(),
            people.commissioner(people.organisation()),
        ):
            client = as_(reader)
            for page in (
                url("help-member", made, chosen),
                url("help-enter", made, chosen, option),
                url("help-rank", made, chosen),
            ):
                assert client.get(page).status_code == 404
            if reader != person:
                assert client.post(url("end-helping", made, chosen)).status_code == 404
        chosen.refresh_from_db()
        assert chosen.ended_at is None

    def test_somebody_outside_the_list_cannot_be_chosen(self) -> None:
        made = make.rating()
        person, _ = member_and_helper(made)
        client = as_(person)
        sent = {"helper": made.cycle.lead.public_id}
        shown = client.post(url("choose-helper", made), sent).content.decode()
        assert "Choose somebody from the list" in shown
        assert not RatingHelper.objects.exists()

    def test_an_option_with_an_interest_is_not_offered(self) -> None:
        made = make.rating()
        person, other = member_and_helper(made)
        chosen = make_ratings.helper(made, person, other)
        first, second = make.options_of(made)
        interests.declare(first, words="I work there.", by=person)
        shown = as_(other).get(url("help-member", made, chosen)).content.decode()
        assert second.title in shown
        assert first.title not in shown

    @pytest.mark.thorough
    def test_as_many_queries_for_many_members_as_for_one(self) -> None:
        made = make.rating(service_users=4)
        other = make.members(made, CARER)[0]
        counts = []
        for person in make.members(made, USER)[:3]:
            make_ratings.helper(made, person, other)
            client = as_(other)
            client.get(url("helping", made))
            with CaptureQueriesContext(connection) as queries:
                client.get(url("helping", made))
            counts.append(len(queries))
        assert counts[1] == counts[2] == counts[0]


def test_who_is_helped_is_waited_for_like_everybody() -> None:
    small = {"service_users": 2, "carers": 0, "clinicians": 1, "evidence_reviewers": 1}
    made = make.rating(**small)
    one, two = make.members(made, USER)
    (clinician,) = make.members(made, CLINICIAN)
    chosen = make_ratings.helper(made, one, clinician)
    make.cast(made, two, (5, 5))
    make.cast(made, clinician, (5, 5))
    for option in make.options_of(made):
        assert not everyone_has_rated(make.round_of(made), made.cycle.panel)
        make_ratings.entered(made, chosen, 5, option=option)
    assert everyone_has_rated(make.round_of(made), made.cycle.panel)
