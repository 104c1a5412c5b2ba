"""Whether a decision can be recorded: everything that is missing, in plain words with links."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from cycles.disclosure import Audience
from cycles.enums import BallotMethod
from cycles.gates import Blocker, counted
from cycles.models import Decision, Option, Round
from cycles.queries.contributions import holding_up_the_record
from cycles.queries.going_against import against_pillars, withheld_pillars
from cycles.queries.moderation import waiting_for_another_look
from cycles.queries.options import options_with_what_is_known
from cycles.queries.records import sentences_of
from cycles.queries.results import agreed, result_for
from cycles.queries.rounds import (
    clinicians_who_took_part,
    last_closed_round,
    open_round_of,
    service_users_who_took_part,
)
from cycles.queries.values import values_of
from cycles.services import checklists, equality
from cycles.weighing.quorum import CLINICIANS_NEEDED, SERVICE_USERS_NEEDED
from stakeholders.enums import Pillar

# What members gave, and what it means that a choice goes against them, by the decision's method.
_GIVEN: dict[str, str] = {
    BallotMethod.RATING: "number",
    BallotMethod.RANKING: "order",
    BallotMethod.YES_NO: "vote",
}
_WANTED: dict[str, str] = {
    BallotMethod.RATING: "rated another option higher",
    BallotMethod.RANKING: "put another option first",
    BallotMethod.YES_NO: "want something else",
}


def missing_for_record(
    decision: Decision,
    *,
    chosen: Option | None,
    audience: Audience,
    has_reason_against_pillar: bool = False,
    goes_against_unseen: bool | None = None,
    options: Sequence[Option] | None = None,
) -> list[Blocker]:
    """Everything that is missing before `chosen` can be recorded; empty when nothing is.

    With no option chosen yet, what depends on the choice is left out. Whether a choice goes against
    a pillar is told from what `audience` may see; where a number is withheld from it, somebody has
    to say, and `goes_against_unseen` is their answer, None where nobody has answered. Whoever has
    the options at hand, as `options_with_what_is_known`, gives them.
    """
    if open_round_of(decision) is not None:
        return [still_open(decision)]
    round_ = last_closed_round(decision)
    if round_ is None:
        return [_blocker(decision, "open-round", "No round of rating has been held yet.")]
    if options is None:
        options = list(options_with_what_is_known(decision))
    missing = [
        *_too_few(decision, round_),
        *_not_appraised(decision, options),
        *_not_answered(decision),
        *_not_looked_at_again(decision),
        *_three_rs(decision),
        *equality.blockers_for_record(decision),
        *checklists.blockers_for_record(decision),
    ]
    if chosen is None:
        return missing
    known = next((option for option in options if option.pk == chosen.pk), chosen)
    result = result_for(decision, audience, options)
    return [
        *missing,
        *_not_said(decision, known),
        *_goes_against(
            decision,
            seen=against_pillars(result, chosen),
            withheld=withheld_pillars(result),
            answer=goes_against_unseen,
            has_reason=has_reason_against_pillar,
        ),
    ]


def still_open(decision: Decision) -> Blocker:
    """What is said while a round is open: nothing else matters until it has closed."""
    return _blocker(decision, "decision", "Rating is still open. It must close first.")


def in_a_sentence(pillars: Sequence[str]) -> str:
    """The names of pillars as they stand inside a sentence."""
    return " and ".join(Pillar(pillar).label.lower() for pillar in pillars)


def _too_few(decision: Decision, round_: Round) -> list[Blocker]:
    texts = []
    if service_users_who_took_part(round_) < SERVICE_USERS_NEEDED:
        texts.append(f"Fewer than {SERVICE_USERS_NEEDED} service users took part.")
    if clinicians_who_took_part(round_) < CLINICIANS_NEEDED:
        texts.append(f"Fewer than {CLINICIANS_NEEDED} people took part for clinical expertise.")
    return [_blocker(decision, "open-round", f"{text} Hold another round.") for text in texts]


def _not_appraised(decision: Decision, options: Iterable[Option]) -> list[Blocker]:
    return [
        _blocker(
            decision,
            "appraisal",
            f"The evidence on “{option.title}” has no agreed appraisal. “No evidence found” is "
            "one too, with who looked, where and when.",
            option,
        )
        for option in options
        if agreed(option) is None
    ]


def _not_answered(decision: Decision) -> list[Blocker]:
    waiting = holding_up_the_record(decision).count()
    if not waiting:
        return []
    said = counted(waiting, "comment has", "comments have")
    return [_blocker(decision, "contributions", f"{said} had no answer yet.")]


def _not_looked_at_again(decision: Decision) -> list[Blocker]:
    """Nobody keeps a comment out of the talk just long enough to record without answering it."""
    waiting = waiting_for_another_look(decision).count()
    if not waiting:
        return []
    kept = counted(
        waiting,
        "comment was kept back, and its author has",
        "comments were kept back, and their authors have",
    )
    text = f"{kept} asked for another look at {'it' if waiting == 1 else 'them'}."
    return [_blocker(decision, "moderation-log", text)]


def _three_rs(decision: Decision) -> list[Blocker]:
    """Recognition, raised awareness and respect (NIMHE Values Framework), asked of each decision.

    A cycle without a list of values has nothing to name; its gate says so.
    """
    missing = []
    if not decision.values_in_play.exists() and values_of(decision.cycle).exists():
        text = "Nobody has said yet which of the things that matter to all of us bear on this."
        missing.append(_blocker(decision, "link-value", text))
    for words, text in (
        (
            decision.raised_awareness,
            "It does not say yet what was done so that everybody's values were heard.",
        ),
        (
            decision.mutual_respect,
            "It does not say yet how we treated each other where we saw it differently.",
        ),
    ):
        if not words:
            missing.append(_blocker(decision, "how-heard", text))
    return missing


def _not_said(decision: Decision, option: Option) -> list[Blocker]:
    # Those who speak for the pillar write it, on a page that opens for nobody else.
    return [
        Blocker(
            f"{Pillar(pillar).label}: no sentence about “{option.title}” has been agreed yet. "
            "Those who speak for it on the panel write it, on the page of the result."
        )
        for pillar, text in sentences_of(option).items()
        if not text
    ]


def _goes_against(
    decision: Decision,
    *,
    seen: Sequence[str],
    withheld: Sequence[str],
    answer: bool | None,
    has_reason: bool,
) -> list[Blocker]:
    record = _blocker(decision, "record", "").url
    why, whether = f"{record}#id_against_pillar_reason", f"{record}#id_goes_against_unseen_0"
    missing = []
    if seen and not has_reason:
        missing.append(
            Blocker(
                f"This choice goes against {in_a_sentence(seen)}, who {_WANTED[decision.method]}. "
                "Say why, under your name.",
                why,
            )
        )
    if withheld and answer is None:
        missing.append(
            Blocker(
                f"Not every {_GIVEN[decision.method]} of {in_a_sentence(withheld)} is shown. Say "
                "whether this choice goes against what they want.",
                whether,
            )
        )
    if withheld and answer and not has_reason:
        missing.append(
            Blocker(
                f"You say that this choice goes against what {in_a_sentence(withheld)} want. "
                "Say why, under your name.",
                why,
            )
        )
    return missing


def _blocker(decision: Decision, page: str, text: str, option: Option | None = None) -> Blocker:
    where = [decision.cycle.slug, decision.public_id]
    if option is not None:
        where.append(option.public_id)
    return Blocker(text=text, url=reverse(f"cycles:{page}", args=where))
