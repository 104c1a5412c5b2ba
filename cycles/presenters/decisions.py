"""What the page of a decision shows, and in which words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cycles.disclosure import DEFAULT_LIMITS
from cycles.enums import BALLOT_IN_PLAIN_WORDS, Ballot, DecisionStatus, Stage
from cycles.models import Appraisal, Decision, Option, OptionInterest
from cycles.permissions.appraisals import may_link_evidence
from cycles.permissions.comments import may_comment
from cycles.permissions.cycles import may_run_cycle
from cycles.permissions.decisions import (
    may_edit_decision,
    may_keep_clinical_secret,
    may_write_easy_words,
    member_seat,
)
from cycles.permissions.interests import may_declare_option_interest, may_put_on_agenda
from cycles.permissions.options import may_propose_option, may_reopen_options
from cycles.permissions.ratings import may_rate
from cycles.permissions.records import may_record_decision
from cycles.permissions.redactions import may_redact
from cycles.permissions.rounds import may_close_round, may_open_round
from cycles.permissions.values import may_say_how_heard, may_say_outweighed
from cycles.presenters import values
from cycles.presenters.contributions import Answer, answer_to
from cycles.presenters.options import OptionFacts, option_facts
from cycles.queries.agendas import meetings_about
from cycles.queries.contributions import answered_together
from cycles.queries.interests import interests_on
from cycles.queries.options import options_on_the_page, reopenings_of
from cycles.queries.ratings import rated_by
from cycles.queries.records import sentences_of
from cycles.queries.results import agreed
from cycles.queries.rounds import effective_close, open_round_of
from cycles.services.rounds import OPTIONS_NEEDED
from stakeholders.enums import Perspective, Pillar, SeatStatus
from stakeholders.queries.panels import active_perspectives
from vbc.core.refusals import Denied, Permission
from vbc.ui.dates import moment_in_words


@dataclass(frozen=True)
class RoundFacts:
    """The open round as people need to know it. `closes_at` is None while nobody can say."""

    number: int
    announced: datetime
    closes_at: datetime | None
    is_over: bool
    is_waiting: bool

    @property
    def takes_ratings(self) -> bool:
        """Whether something can be given now: the panel sits, and there is time left."""
        return not (self.is_waiting or self.closes_at is None or self.is_over)

    @property
    def sentence(self) -> str:
        """When it closes and what that means."""
        if self.is_waiting or self.closes_at is None:
            return (
                "This panel is waiting for a member, so nothing is decided meanwhile. What has "
                "been given is safe, and the time for rating stands still. You can go on reading "
                "and talking."
            )
        if self.is_over:
            return (
                "The time for rating is over. The result can be read as soon as the people who "
                "run the cycle have closed the round."
            )
        return (
            f"Rating is open until {moment_in_words(self.closes_at)}, or until everyone has "
            "rated. You can change your mind until then."
        )


@dataclass(frozen=True)
class OptionCard:
    """An option with what is known of it, for one reader."""

    option: Option
    is_rated_by_me: bool
    may_edit: bool
    appraisal: Appraisal | None
    evidence: list[Any]
    sentences: dict[str, str]
    interests: list[OptionInterest]
    is_left_out_for_me: bool
    answer: Answer | None
    facts: OptionFacts


_STATUS_SENTENCES: dict[str, str] = {
    DecisionStatus.PREPARING: (
        "This is being prepared. Options can be added, and everyone on the panel can say what "
        "they think. You will be told when rating begins."
    ),
    DecisionStatus.WEIGHING: (
        "Rating has closed, and the result is being talked about. Nothing is decided yet."
    ),
    DecisionStatus.RECORDED: "This is decided. What was decided, and why, is written down.",
    DecisionStatus.DEFERRED: "This is put off: nothing was decided.",
}


def round_facts(decision: Decision) -> RoundFacts | None:
    """The open round, or None."""
    round_ = open_round_of(decision)
    if round_ is None:
        return None
    panel = decision.cycle.panel
    # Pauses are few, and asked for where there are any.
    close = effective_close(round_, panel) if round_.had_pauses else round_.closes_at
    return RoundFacts(
        number=round_.number,
        announced=round_.closes_at,
        closes_at=close,
        is_over=close is not None and close <= round_.asked_at,
        is_waiting=panel is None or not panel.is_sitting,
    )


def speaks_in_sentences(decision: Decision) -> bool:
    """Whether the panel is so small that the ballots of service users and carers, kept secret,
    cannot give a number even inside the panel."""
    if decision.cycle.panel is None or decision.ballot == Ballot.OPEN:
        return False
    seats = active_perspectives(decision.cycle.panel)
    voices = seats[Perspective.SERVICE_USER] + seats[Perspective.CARER]
    return voices < DEFAULT_LIMITS.number_inside


def decision_page(decision: Any, user: Any) -> dict[str, Any]:
    """The context of the page, comments apart; of a decision `with_what_stands_around`."""
    round_ = open_round_of(decision)
    facts = round_facts(decision)
    rated = rated_by(user, round_)
    interests = list(interests_on(decision))
    left_out = {each.option_id for each in interests if each.seat.user_id == user.pk}
    declared = [each for each in interests if each.seat.left_at is None]
    runs = bool(may_run_cycle(user, decision.cycle))
    may_propose = may_propose_option(user, decision)
    rates = may_rate(user, decision)
    seat = member_seat(user, decision)
    is_member = seat is not None
    options = list(options_on_the_page(decision))
    together = answered_together({option.answer_group for option in options})
    cards = [
        OptionCard(
            option=option,
            is_rated_by_me=option.pk in rated,
            may_edit=bool(may_propose) and (runs or option.author_id == user.pk),
            appraisal=agreed(option),
            evidence=list(option.evidence.all()),
            sentences=sentences_of(option),
            interests=[each for each in declared if each.option_id == option.pk],
            is_left_out_for_me=option.pk in left_out,
            answer=answer_to(option, user, together=together),
            facts=option_facts(option),
        )
        for option in options
    ]
    may = {
        "run": runs,
        "rate": bool(rates),
        "comment": bool(may_comment(user, decision)),
        "propose_option": bool(may_propose),
        "link_evidence": bool(may_link_evidence(user, decision)),
        "declare_interest": bool(may_declare_option_interest(user, decision)),
        "put_on_agenda": bool(may_put_on_agenda(user, decision)),
        "redact": bool(may_redact(user, decision)),
    }
    if decision.status == DecisionStatus.PREPARING and decision.ballot == Ballot.SECRET:
        may["keep_clinical_secret"] = bool(may_keep_clinical_secret(user, decision))
    # By the same rule as the talk (`may_link_value`), so it is not asked of the database twice.
    may["link_value"] = may["comment"]
    if runs:
        may |= {
            "edit": bool(may_edit_decision(user, decision)),
            "write_easy_words": bool(may_write_easy_words(user, decision)),
            "open_round": bool(may_open_round(user, decision)),
            "close_round": bool(may_close_round(user, decision)),
            "record": bool(may_record_decision(user, decision)),
            "reopen_options": bool(may_reopen_options(user, decision)),
            "say_outweighed": bool(may_say_outweighed(user, decision)),
            "say_how_heard": bool(may_say_how_heard(user, decision)),
        }
    return {
        "decision": decision,
        "cycle": decision.cycle,
        "round": facts,
        "status_sentence": facts.sentence if facts else _STATUS_SENTENCES[decision.status],
        "ballot_sentence": BALLOT_IN_PLAIN_WORDS[decision.ballot],
        "is_member": is_member,
        "why_not_rate": _why_not_rate(rates, facts) if is_member else "",
        "is_away": seat is not None and seat.status == SeatStatus.AWAY,
        "cards": cards,
        # Before that, two of the pillars would say the same few words below each option.
        "pillars_have_spoken": any(
            card.sentences.get(pillar)
            for card in cards
            for pillar in (Pillar.SERVICE_USERS_AND_CARERS, Pillar.CLINICAL)
        ),
        "rated_count": len(rated),
        "to_rate_count": len(cards) - len(left_out),
        "all_rated": bool(cards) and len(rated) >= len(cards) - len(left_out),
        "values": values.on_decision(decision, user, may_link=may["link_value"], runs=runs),
        "reopenings": list(reopenings_of(decision)) if decision.was_reopened else [],
        "meetings": list(meetings_about(decision)) if decision.is_on_agendas else [],
        "may": may,
        "rating_waits_for": _rating_waits_for(decision, len(cards)) if runs else "",
        "crisis_line": decision.cycle.organisation.crisis_line,
        "has_result": decision.status
        in (DecisionStatus.WEIGHING, DecisionStatus.RECORDED, DecisionStatus.DEFERRED),
        "speaks_in_sentences": may["run"]
        and decision.status == DecisionStatus.PREPARING
        and speaks_in_sentences(decision),
    }


def _rating_waits_for(decision: Decision, options: int) -> str:
    """What has to be there before a first round can be opened, for whoever would open it."""
    if decision.status != DecisionStatus.PREPARING:
        return ""
    if decision.cycle.stage == Stage.ANALYSE:
        return "plan"
    return "options" if decision.cycle.stage == Stage.PLAN and options < OPTIONS_NEEDED else ""


def _why_not_rate(rates: Permission, facts: RoundFacts | None) -> str:
    """Why a member does not rate in a round in which others do; empty where nobody can."""
    if isinstance(rates, Denied) and facts and not facts.is_over and not facts.is_waiting:
        return rates.reason
    return ""
