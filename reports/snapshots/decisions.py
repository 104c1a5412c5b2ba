"""The decisions behind a strategy: what each pillar said, what was decided and why.

Of the ratings only `published_result` is used, which is what may be shown outside the panel.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import localdate

from cycles.enums import Certainty, DecisionStatus, EvidenceDirection, RecordType
from cycles.models import Cycle, Decision, Option, OptionEvidence
from cycles.queries.decisions import published_result
from stakeholders.enums import Pillar


def decisions(cycle: Cycle) -> list[dict[str, Any]]:
    """Every decision of the cycle, in the order they were asked."""
    # Options are fetched apart and not prefetched, because the query of results fetches its own.
    standing: dict[int, list[Option]] = defaultdict(list)
    for option in (
        Option.objects.filter(decision__cycle=cycle, withdrawn_at__isnull=True)
        .select_related("appraisal")
        .prefetch_related(
            "sentences",
            "appraisal__signatures__signed_by",
            Prefetch("evidence", OptionEvidence.objects.select_related("reference")),
        )
        .order_by("pk")
    ):
        standing[option.decision_id].append(option)
    asked = (
        cycle.decisions.select_related("record__chosen", "record__against_pillar_by")
        .prefetch_related("pillar_views", "minority_statements__author")
        .order_by("created_at", "pk")
    )
    return [decision_facts(each, standing[each.pk]) for each in asked]


def decision_facts(decision: Decision, options: Sequence[Option]) -> dict[str, Any]:
    """One decision with its options, and its record where there is one."""
    return {
        "title": decision.title,
        "question": decision.question,
        "why": decision.why,
        "status": decision.status,
        "status_label": DecisionStatus(decision.status).label,
        "options": [option_facts(each) for each in options],
        "result": result_facts(decision),
        "record": record_facts(decision),
        "minority_statements": [
            {
                "text": statement.text,
                "by": statement.author.display_name if statement.shown_with_name else "",
            }
            for statement in decision.minority_statements.all()
        ],
        "feels_heard": _feels_heard(decision),
    }


def option_facts(option: Option) -> dict[str, Any]:
    """One option: the sentence of each pillar, always all three, and the evidence linked to it."""
    sentences = {each.pillar: each.text for each in option.sentences.all()}
    return {
        "key": option.public_id,
        "title": option.title,
        "summary": option.plain_summary,
        "cost": option.cost,
        "sentences": [
            {"pillar": pillar.value, "label": pillar.label, "text": sentences.get(pillar, "")}
            for pillar in Pillar
        ],
        "appraisal": _appraisal(option),
        "evidence": [_evidence(each) for each in option.evidence.all()],
    }


def result_facts(decision: Decision) -> dict[str, Any] | None:
    """The numbers that may be shown outside the panel; None before the close.

    Sentences and evidence stand with the option, so they are not said twice. How many people took
    part is left out: in print it would say of a small group how large it is.
    """
    result = published_result(decision)
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


def record_facts(decision: Decision) -> dict[str, Any] | None:
    """What was decided and why; None until it is recorded. It counts no people under five."""
    record = getattr(decision, "record", None)
    if record is None:
        return None
    return {
        "type": record.record_type,
        "type_label": RecordType(record.record_type).label,
        "chosen": record.chosen.public_id if record.chosen else None,
        "chosen_title": record.chosen.title if record.chosen else "",
        "reasons": record.reasons,
        "values_in_play": record.values_in_play,
        "against_pillar_reason": record.against_pillar_reason,
        "against_pillar_by": (
            record.against_pillar_by.display_name if record.against_pillar_by else ""
        ),
        "recorded_on": localdate(record.recorded_at),
        "two_service_users_took_part": record.service_users_took_part >= 2,
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
    return {
        "title": reference.title,
        "authors": reference.authors,
        "year": reference.year,
        "published_in": reference.published_in,
        "doi": reference.doi,
        "web_address": reference.web_address,
        "direction": link.direction,
        "direction_label": EvidenceDirection(link.direction).label,
        "note": link.note,
    }


def _feels_heard(decision: Decision) -> list[dict[str, Any]]:
    views = {each.pillar: each for each in decision.pillar_views.all()}
    return [
        {
            "pillar": pillar.value,
            "label": pillar.label,
            "feels_heard": views[pillar].feels_heard if pillar in views else None,
            "comment": views[pillar].comment if pillar in views else "",
        }
        for pillar in Pillar
    ]
