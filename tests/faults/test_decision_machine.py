"""Row 50 of the fault table: any sequence of acts on a decision, up to its record.

A state machine does to one decision whatever can be done to it. A tally that knows nothing of the
code says whether a record could be written now, and what it would rest on: nothing is recorded
while something is missing, nothing that is there is asked for again, and what was recorded is what
was rated. The controls at the end break one promise each, and show that the machine sees it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    get_state_machine_test,
    invariant,
    precondition,
    rule,
)

from cycles.enums import Certainty, DecisionStatus, RecordType
from cycles.models import Appraisal, Comment, Decision, DecisionRecord, Option
from cycles.services import (
    appraisals,
    comments,
    contributions,
    decision_values,
    decisions,
    options,
    readiness,
    records,
)
from cycles.services.records import NotYetRecordable
from stakeholders.enums import Perspective, Pillar
from tests.factories import decisions as make
from tests.factories import equality, values
from vbc.core.enums import ContributionStatus
from vbc.core.refusals import Refused

TOO_EARLY, TOO_LATE = "recorded while something is missing", "held up though nothing is missing"
MOVED = "what is rated was changed while it was rated"
PREPARING, RATING, WEIGHING = (
    DecisionStatus.PREPARING,
    DecisionStatus.RATING,
    DecisionStatus.WEIGHING,
)
SPEAKERS = {
    Pillar.SERVICE_USERS_AND_CARERS: Perspective.SERVICE_USER,
    Pillar.CLINICAL: Perspective.CLINICIAN,
    Pillar.EVIDENCE: Perspective.EVIDENCE_REVIEWER,
}
LEFT_OUT = ("evidence", "round", "rating", "answers", "equality", "values", "sentences")
numbers = st.integers(0, 20)


@dataclass
class Tally:
    """What stands, told only from the acts that went through."""

    words: dict[int, str] = field(default_factory=dict)
    agreed: set[int] = field(default_factory=set)
    sentences: dict[int, set[str]] = field(default_factory=dict)
    unanswered: set[int] = field(default_factory=set)
    at_opening: dict[int, str] = field(default_factory=dict)
    users: set[int] = field(default_factory=set)
    clinicians: set[int] = field(default_factory=set)
    has_result: bool = False
    rounds: int = 0
    has_list: bool = False
    is_linked: bool = False
    is_heard: bool = False
    is_published: bool = False
    recorded: int | None = None

    def could_record(self, chosen: int) -> bool:
        return (
            self.has_result
            and len(self.users) >= 2
            and len(self.clinicians) >= 2
            and self.words.keys() <= self.agreed
            and not self.unanswered
            and (self.is_linked or not self.has_list)
            and self.is_heard
            and self.is_published
            and self.sentences.get(chosen, set()) == set(Pillar.values)
        )


class DecisionMachine(RuleBasedStateMachine):
    def __init__(self, made: Decision) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        # Not one of the product's own transactions: a lock needs one of those.
        self.undone._from_testcase = True
        self.undone.__enter__()
        self.made = Decision.objects.select_related("cycle__panel", "cycle__lead").get(pk=made.pk)
        self.lead = self.made.cycle.lead
        self.people = {
            each: make.members(self.made, each)
            for each in ("service_user", "carer", "clinician", "evidence_reviewer")
        }
        self.tally = Tally(words={each.pk: each.title for each in make.options_of(self.made)})

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def goes_through(self, act: Callable[[], Any]) -> bool:
        """Whether the act was let through; one that was refused changed nothing, so it says."""
        try:
            with transaction.atomic():
                act()
        except Refused:
            return False
        self.made.refresh_from_db()
        return True

    def option(self, number: int) -> Option:
        standing = sorted(self.tally.words)
        return Option.objects.get(pk=standing[number % len(standing)])

    # --- Options and evidence --------------------------------------------------------------------

    @rule(number=numbers)
    def somebody_proposes(self, number: int) -> None:
        if len(self.tally.words) < 4:
            title = f"Idea {number} {len(self.tally.words)} {self.tally.rounds}"
            if self.goes_through(lambda: make.option(self.made, title)):
                new = self.made.options.get(title=title)
                self.tally.words[new.pk] = title

    @rule(number=numbers)
    def an_option_is_changed(self, number: int) -> None:
        option = self.option(number)
        title = f"{option.title[:40]}, changed {option.version}"
        edit = lambda: options.edit(  # noqa: E731
            option, expected=option.version, fields={"title": title}, by=self.lead
        )
        if self.goes_through(edit):
            self.tally.words[option.pk] = title
            if self.tally.rounds:
                # It was rated in other words before: what was agreed was of those.
                self.tally.agreed.discard(option.pk)

    @rule(number=numbers)
    def an_option_is_withdrawn(self, number: int) -> None:
        option = self.option(number)
        if len(self.tally.words) > 2 and self.goes_through(
            lambda: options.withdraw(option, by=self.lead)
        ):
            del self.tally.words[option.pk]

    @rule(all_of_them=st.booleans(), number=numbers)
    def evidence_is_appraised(self, all_of_them: bool, number: int) -> None:
        chosen = sorted(self.tally.words) if all_of_them else [self.option(number).pk]
        for key in chosen:
            if self.goes_through(lambda key=key: self.appraise(Option.objects.get(pk=key))):
                self.tally.agreed.add(key)

    def appraise(self, option: Option) -> None:
        reviewer = self.people["evidence_reviewer"][0]
        there = Appraisal.objects.filter(option=option).first()
        written = appraisals.write(
            option,
            rating=6,
            certainty=Certainty.LOW,
            summary="Three trials found fewer admissions.",
            expected=there.version if there else None,
            by=reviewer,
        )
        appraisals.sign(written, version=written.version, by=reviewer)
        appraisals.agree(written, version=written.version, by=reviewer)

    # --- Talking ---------------------------------------------------------------------------------

    @rule(number=numbers)
    def somebody_comments(self, number: int) -> None:
        who = self.people["carer"][number % len(self.people["carer"])]
        if self.goes_through(lambda: comments.add(self.made, text=f"And {number}?", by=who)):
            self.tally.unanswered.add(Comment.objects.order_by("pk").last().pk)

    @precondition(lambda self: Comment.objects.filter(decision=self.made).exists())
    @rule(number=numbers, what=st.sampled_from(["answer", "answer", "answer", "open", "back"]))
    def a_comment_is_seen_to(self, number: int, what: str) -> None:
        found = list(Comment.objects.filter(decision=self.made).order_by("pk"))
        comment = found[number % len(found)]
        match what:
            case "answer":
                answered = self.goes_through(
                    lambda: comments.answer(
                        comment, status=ContributionStatus.ACTED_ON, text="Yes.", by=self.lead
                    )
                )
                if answered:
                    self.tally.unanswered.discard(comment.pk)
            case "open":
                sent_back = self.goes_through(
                    lambda: contributions.say_not_answered(
                        comment, words="And mine?", by=comment.author
                    )
                )
                if sent_back:
                    self.tally.unanswered.add(comment.pk)
            case "back":
                if self.goes_through(lambda: comments.withdraw(comment, by=comment.author)):
                    self.tally.unanswered.discard(comment.pk)

    # --- Rounds ----------------------------------------------------------------------------------

    @rule()
    def a_round_opens(self) -> None:
        if self.goes_through(lambda: make.opened(self.made)):
            self.tally.at_opening = dict(self.tally.words)
            self.tally.rounds += 1

    @precondition(lambda self: self.made.status == RATING)
    @rule(who=st.sampled_from(["all", "all", "all", "one user", "no clinician"]))
    def the_round_is_rated_and_closes(self, who: str) -> None:
        users = self.people["service_user"][: 1 if who == "one user" else None]
        clinicians = [] if who == "no clinician" else self.people["clinician"]
        for person in (*users, *self.people["carer"], *clinicians):
            make.cast(self.made, person, [6] * len(self.tally.words))
        make.closed(self.made)
        if self.made.status == WEIGHING:
            self.tally.has_result = True
            self.tally.users = {each.pk for each in users}
            self.tally.clinicians = {each.pk for each in clinicians}

    @rule()
    def the_options_are_opened_again(self) -> None:
        reopen = lambda: decisions.reopen_options(  # noqa: E731
            self.made, reason="The costs were wrong.", by=self.lead
        )
        if self.goes_through(reopen):
            self.tally.has_result = False
            self.tally.sentences.clear()

    # --- Words -----------------------------------------------------------------------------------

    @rule(number=numbers, pillars=st.sampled_from([list(SPEAKERS), list(SPEAKERS), ["evidence"]]))
    def pillars_agree_on_a_sentence(self, number: int, pillars: list[str]) -> None:
        option = self.option(number)
        for pillar in pillars:
            there = option.sentences.filter(pillar=pillar).first()
            agree = lambda pillar=pillar, there=there: records.agree_sentence(  # noqa: E731
                option,
                pillar=pillar,
                text="It would help.",
                expected=there.version if there else None,
                by=self.people[SPEAKERS[Pillar(pillar)]][0],
            )
            if self.goes_through(agree):
                self.tally.sentences.setdefault(option.pk, set()).add(pillar)

    @rule(what=st.sampled_from(["publish", "publish", "publish", "change"]))
    def equality_is_written(self, what: str) -> None:
        if what == "publish":
            if self.goes_through(lambda: equality.published(self.made)):
                self.tally.is_published = True
        elif self.goes_through(lambda: equality.save(self.made, summary="For some it is far.")):
            self.tally.is_published = False

    @rule(what=st.sampled_from(["link", "heard", "heard", "unlink"]))
    def what_matters_is_written(self, what: str) -> None:
        linked = self.made.values_in_play.first()
        if what == "heard":
            if self.goes_through(lambda: make.three_rs(self.made)):
                self.tally.has_list = self.tally.is_linked = self.tally.is_heard = True
        elif what == "link" and linked is None:
            if self.goes_through(lambda: values.linked(self.made)):
                self.tally.has_list = self.tally.is_linked = True
        elif what == "unlink" and linked is not None:
            self.tally.is_linked = not self.goes_through(
                lambda: decision_values.unlink(linked, by=self.lead)
            )

    @rule(number=numbers, what_is_left_out=st.sampled_from(["", "", *LEFT_OUT]))
    def whatever_is_missing_is_done(self, number: int, what_is_left_out: str) -> None:
        """So that a record is in reach, or wants one thing and no more; and then it is tried."""
        steps: dict[str, Callable[[], None]] = {
            "evidence": lambda: self.evidence_is_appraised(all_of_them=True, number=0),
            "round": self.a_round_opens if self.made.status == PREPARING else lambda: None,
            "rating": self.rate_and_close
            if self.made.status in (PREPARING, RATING)
            else lambda: None,
            "answers": self.answer_everybody,
            "equality": lambda: self.equality_is_written(what="publish"),
            "values": lambda: self.what_matters_is_written(what="heard"),
            "sentences": lambda: self.pillars_agree_on_a_sentence(
                number=number, pillars=list(SPEAKERS)
            ),
        }
        for name, step in steps.items():
            if name != what_is_left_out:
                step()
        if what_is_left_out == "answers":
            self.somebody_comments(number=number)
        self.it_is_recorded(number=number)

    def rate_and_close(self) -> None:
        if self.made.status == RATING:
            self.the_round_is_rated_and_closes(who="all")

    def answer_everybody(self) -> None:
        found = Comment.objects.filter(decision=self.made).order_by("pk")
        for number in range(found.count()):
            self.a_comment_is_seen_to(number=number, what="answer")

    @rule(number=numbers)
    def it_is_recorded(self, number: int) -> None:
        option, was_recorded = self.option(number), self.tally.recorded is not None
        could = self.made.status == WEIGHING and self.tally.could_record(option.pk)
        refusal = self.record(option)
        self.made.refresh_from_db()
        if refusal is None:
            assert could, TOO_EARLY
            self.tally.recorded = option.pk
        elif isinstance(refusal, NotYetRecordable):
            assert not could, f"{TOO_LATE}: {refusal}"
            assert refusal.missing
        else:
            assert was_recorded, refusal

    def record(self, option: Option) -> Refused | None:
        """What came in the way of recording it, if anything did."""
        try:
            with transaction.atomic():
                records.record(
                    self.made,
                    record_type=RecordType.CONSENSUS,
                    chosen=option,
                    reasons="It is near.",
                    goes_against_unseen=False,
                    by=self.lead,
                )
        except Refused as refusal:
            return refusal
        return None

    # --- After every act -------------------------------------------------------------------------

    @invariant()
    def what_is_rated_stands_still(self) -> None:
        now = dict(self.made.options.filter(withdrawn_at=None).values_list("pk", "title"))
        assert now == self.tally.words
        if self.made.status in (RATING, WEIGHING, DecisionStatus.RECORDED):
            assert now == self.tally.at_opening, MOVED

    @invariant()
    def a_record_rests_on_what_was_rated(self) -> None:
        record = DecisionRecord.objects.filter(decision=self.made).first()
        assert (record.chosen_id if record else None) == self.tally.recorded
        assert (record is not None) == (self.made.status == DecisionStatus.RECORDED)
        if record is not None:
            assert record.service_users_took_part >= 2
            assert record.chosen.title == self.tally.at_opening[record.chosen_id]


def run(made: Decision, *, examples: int, steps: int) -> None:
    """The same examples in every run, each from a seed of its own."""
    for number in range(examples):
        machine = get_state_machine_test(
            lambda: DecisionMachine(made),
            settings=settings(
                max_examples=2,
                stateful_step_count=steps,
                database=None,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        seed(number)(machine)()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("examples", "steps"),
    [
        (4, 40),
        pytest.param(12, 40, marks=pytest.mark.thorough),
        pytest.param(200, 60, marks=pytest.mark.long),
    ],
)
def test_nothing_is_recorded_too_early_or_held_up_for_nothing(examples: int, steps: int) -> None:
    run(make.ready(), examples=examples, steps=steps)


def _nothing(*args: object, **kwargs: object) -> list[Any]:
    return []


def _left_unanswered(machine: DecisionMachine) -> None:
    machine.whatever_is_missing_is_done(number=0, what_is_left_out="answers")


def _changed_while_it_is_rated(machine: DecisionMachine) -> None:
    machine.a_round_opens()
    machine.an_option_is_changed(number=0)
    machine.what_is_rated_stands_still()


# What breaks, the acts that show it, and what the machine then says.
BROKEN: dict[str, tuple[Any, str, Callable[[DecisionMachine], None], str]] = {
    "comments need no answer": (readiness, "_not_answered", _left_unanswered, TOO_EARLY),
    "options move while they are rated": (
        decisions,
        "refuse_unless",
        _changed_while_it_is_rated,
        MOVED,
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("promise", BROKEN)
def test_control_the_machine_sees_a_broken_promise(
    promise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, what, acts, seen = BROKEN[promise]
    made = make.ready()
    machine = DecisionMachine(made)
    acts(machine)
    machine.teardown()
    monkeypatch.setattr(where, what, _nothing)
    machine = DecisionMachine(made)
    with pytest.raises(AssertionError, match=seen):
        acts(machine)
    machine.teardown()
