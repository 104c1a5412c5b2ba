"""The decisions behind a strategy: what each pillar said, what was decided and why.

Of the ratings only `published_result` is used, which is what may be shown outside the panel.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils.timezone import localdate

from cycles.disclosure import Audience
from cycles.enums import Certainty, DecisionStatus, EvidenceDirection, Heard, Screening
from cycles.models import (
    BoardAnswer,
    Cycle,
    Decision,
    DecisionRecord,
    DecisionValue,
    MinorityStatement,
    Option,
    OptionEvidence,
)
from cycles.presenters import options as in_words
from cycles.presenters.equality import harms_in_words
from cycles.presenters.signatures import (
    FIELD_LABELS,
    seal_sentence,
    signature_line,
    text_of,
)
from cycles.queries.corrections import versions_of
from cycles.queries.going_against import against_pillars, withheld_pillars
from cycles.queries.options import with_what_is_known
from cycles.queries.published import published_result
from cycles.queries.records import heard_by_pillar
from cycles.queries.results import result_for
from cycles.queries.signatures import signatures_by_version
from cycles.queries.statements import as_shown
from stakeholders.enums import Pillar


def decisions(cycle: Cycle) -> list[dict[str, Any]]:
    """Every decision of the cycle, in the order they were asked."""
    return _facts_of(cycle.decisions.order_by("created_at", "pk"), {"decision__cycle": cycle})


def one_decision(decision: Decision) -> dict[str, Any]:
    """The same of one decision."""
    asked = Decision.objects.filter(pk=decision.pk).select_related("cycle__panel")
    return _facts_of(asked, {"decision": decision})[0]


def _facts_of(asked: QuerySet[Decision], whose: dict[str, Any]) -> list[dict[str, Any]]:
    standing: dict[int, list[Option]] = defaultdict(list)
    options = Option.objects.filter(**whose, withdrawn_at__isnull=True).order_by("pk")
    for option in with_what_is_known(options):
        standing[option.decision_id].append(option)
    found = (
        asked.select_related(
            "record__chosen",
            "record__against_pillar_by",
            "record__recorded_by",
            "equality_assessment",
        )
        .prefetch_related(
            "pillar_views",
            "record__corrections__made_by",
            "record__signatures__by",
            "equality_assessment__editions",
            Prefetch(
                "values_in_play", DecisionValue.objects.select_related("value").order_by("pk")
            ),
            Prefetch("board_answers", BoardAnswer.objects.order_by("-entered_at", "-pk")),
            Prefetch("minority_statements", as_shown(MinorityStatement.objects.all())),
        )
        .annotate(taken_back=Count("minority_statements__withdrawal", distinct=True))
    )
    return [decision_facts(each, standing[each.pk]) for each in found]


def decision_facts(decision: Any, options: Sequence[Option]) -> dict[str, Any]:
    """One decision with its options, its record where there is one, and what came after it."""
    return {
        "title": decision.title,
        "question": decision.question,
        "why": decision.why,
        "status": decision.status,
        "status_label": DecisionStatus(decision.status).label,
        "options": [option_facts(each) for each in options],
        "result": result_facts(decision, options),
        "record": record_facts(decision, options),
        "values": [value_facts(each) for each in decision.values_in_play.all()],
        "raised_awareness": decision.raised_awareness,
        "mutual_respect": decision.mutual_respect,
        "minority_statements": [
            {
                "text": statement.shown_text,
                "by": statement.shown_by,
            }
            for statement in decision.minority_statements.all()
        ],
        "statements_taken_back": decision.taken_back,
        "equality": equality_facts(decision),
        "board_answers": [board_facts(each) for each in decision.board_answers.all()],
        "feels_heard": _feels_heard(decision),
    }


def option_facts(option: Option) -> dict[str, Any]:
    """One option: what is known of it, the sentence of each pillar, always all three, and the
    evidence linked to it."""
    sentences = {each.pillar: each.text for each in option.sentences.all()}
    return {
        "key": option.public_id,
        "title": option.title,
        "summary": option.plain_summary,
        "cost": option.cost,
        "facts": [
            {"label": row["key"], "text": row["value"]} for row in in_words.option_facts(option).all
        ],
        "sentences": [
            {"pillar": pillar.value, "label": pillar.label, "text": sentences.get(pillar, "")}
            for pillar in Pillar
        ],
        "appraisal": _appraisal(option),
        "evidence": [_evidence(each) for each in option.evidence.all()],
    }


def value_facts(link: DecisionValue) -> dict[str, Any]:
    """A shared value that bore on the decision, and what became of it there. Not who said so."""
    return {
        "text": link.value.text,
        "note": link.note,
        "pointed_other_way": link.pointed_other_way,
        "held_by": [
            {"pillar": pillar.value, "label": pillar.label}
            for pillar in Pillar
            if pillar in link.held_by
        ],
        "why_outweighed": link.why_outweighed,
        "look_again_on": link.look_again_on,
    }


def result_facts(decision: Decision, options: Sequence[Option]) -> dict[str, Any] | None:
    """The numbers that may be shown outside the panel; None before the close.

    Sentences and evidence stand with the option, so they are not said twice. How many people took
    part is left out: in print it would say of a small group how large it is.
    """
    result = published_result(decision, options)
    if result is None:
        return None
    return {
        "round": result["round"],
        "closed_at": result["closed_at"],
        "ballot": result["ballot"],
        "options": [
            {
                "key": option["id"],
                "pillars": [
                    {key: pillar[key] for key in ("pillar", "number", "spread", "reason")}
                    for pillar in option["pillars"]
                ],
                "total": option["total"],
                "difference": option["difference"],
                "too_few_people": option["too_few_people"],
            }
            for option in result["options"]
        ],
    }


def record_facts(decision: Decision, options: Sequence[Option]) -> dict[str, Any] | None:
    """What was decided and why, as the newest version reads; None until it is recorded.

    It counts no people under five. A signature stands with the name that its owner chose for it, or
    without one.
    """
    record = getattr(decision, "record", None)
    if record is None:
        return None
    versions = versions_of(record)
    now = versions[-1]
    signatures = signatures_by_version(record).get(now.version, [])
    return {
        "type": now.kind,
        "type_label": now.kind_label,
        "chosen": record.chosen.public_id if record.chosen else None,
        "chosen_title": record.chosen.title if record.chosen else "",
        "reasons": now.reasons,
        "values_in_play": now.values_in_play,
        "against_pillar_reason": now.against_pillar_reason,
        "against_pillar_by": (
            record.against_pillar_by.display_name if record.against_pillar_by else ""
        ),
        **_against(decision, record, options),
        "recorded_on": localdate(record.recorded_at),
        "two_service_users_took_part": record.service_users_took_part >= 2,
        "review_on": record.review_on,
        "version": now.version + 1,
        "corrections": [
            {
                "version": after.version + 1,
                "on": localdate(after.at),
                "by": after.by,
                "why": after.why,
                "read_before": [
                    {"label": FIELD_LABELS[name], "text": text_of(before, name)}
                    for name in after.changed
                ],
            }
            for before, after in pairwise(versions)
        ],
        "seal": seal_sentence([each.kind for each in signatures]),
        "signatures": [
            {"who": each.who, "said": each.said, "comment": each.comment}
            for each in map(signature_line, signatures)
        ],
    }


def _against(
    decision: Decision, record: DecisionRecord, options: Sequence[Option]
) -> dict[str, list[str]]:
    """The pillars that a record with a reason for it goes against, told from what may be shown
    outside, and those of which not all is shown, so that it cannot be told."""
    chosen = record.chosen
    if chosen is None or not record.against_pillar_by:
        return {"against_pillars": [], "against_not_shown": []}
    result = result_for(decision, Audience.OUTSIDE, options)
    against = against_pillars(result, chosen)
    return {
        "against_pillars": [str(each.label) for each in against],
        "against_not_shown": [
            str(each.label) for each in withheld_pillars(result) if each not in against
        ],
    }


def equality_facts(decision: Any) -> dict[str, Any] | None:
    """What the newest published edition of the assessment found; None where none is published."""
    assessment = getattr(decision, "equality_assessment", None)
    editions = list(assessment.editions.all()) if assessment is not None else []
    if not editions:
        return None
    newest = editions[-1]
    words = newest.words
    return {
        "edition": newest.number,
        "published_on": localdate(newest.published_at),
        "in_full": words["screening"] == Screening.FULL,
        "reason": words["screening_reason"],
        "summary": words["summary"],
        "review_on": words["review_on"],
        "harms": list(harms_in_words(words)),
    }


def board_facts(answer: BoardAnswer) -> dict[str, Any]:
    """What a board answered, when, why, and where it stands in its minutes."""
    return {
        "body": answer.body,
        "met_on": answer.met_on,
        "minute": answer.minute,
        "answer": answer.answer,
        "answer_label": answer.get_answer_display(),
        "what_changed": answer.what_changed,
        "why": answer.why,
    }


def _appraisal(option: Option) -> dict[str, Any] | None:
    """The agreed appraisal with its signatories; None while the reviewers have not agreed."""
    appraisal = getattr(option, "appraisal", None)
    if appraisal is None or appraisal.agreed_at is None:
        return None
    return {
        "summary": appraisal.summary,
        "certainty": appraisal.certainty,
        "certainty_label": Certainty(appraisal.certainty).label if appraisal.certainty else "",
        "searched": appraisal.searched,
        "dissent": appraisal.dissent,
        "signed_by": [
            each.signed_by.display_name
            for each in appraisal.signatures.all()
            if each.appraisal_version == appraisal.version
        ],
    }


def _evidence(link: OptionEvidence) -> dict[str, Any]:
    reference = link.reference
    where = (
        {
            "title": reference.title,
            "authors": reference.authors,
            "year": reference.year,
            "published_in": reference.published_in,
            "doi": reference.doi,
            "web_address": reference.web_address,
        }
        if reference
        else {"title": f"{link.indicator} (local figures)"}
    )
    return where | {
        "direction": link.direction,
        "direction_label": EvidenceDirection(link.direction).label,
        "size": link.get_size_display(),
        "certainty": link.get_certainty_display(),
        "applicability": link.get_applicability_display(),
        "note": link.note,
        "does_not_tell": link.does_not_tell,
    }


def _feels_heard(decision: Decision) -> list[dict[str, Any]]:
    """What each pillar says together: yes only where all who said anything say yes. Who said it
    and how many is left out."""
    return [
        {
            "pillar": pillar,
            "label": str(Pillar(pillar).label),
            "feels_heard": None if said.feels is None else said.feels == Heard.YES,
            "some_feel_heard": said.feels == Heard.NOT_ALL,
            "words_of_no": list(said.words_of_no),
            "words_of_yes": list(said.words_of_yes),
        }
        for pillar, said in heard_by_pillar(decision).items()
    ]
