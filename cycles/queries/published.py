"""A result as plain JSON, for people outside the panel: pages, documents and data print this."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cycles.disclosure import Audience, Shown, ShownOption
from cycles.enums import EvidenceDirection
from cycles.models import Decision, Option, OptionEvidence
from cycles.queries.results import agreed, result_for
from cycles.weighing.pillars import Combination, TotalRange
from stakeholders.enums import Pillar


def published_result(
    decision: Decision, options: Sequence[Option] | None = None
) -> dict[str, Any] | None:
    """What may be told outside the panel of how a decision was weighed, as plain JSON.

    None while nothing may be told: before the first round has closed, and while another is open.
    Documents, pages and data for people outside all print this and nothing else of a rating.
    Whoever has the options at hand, as `options_with_what_is_known`, gives them.
    """
    result = result_for(decision, Audience.OUTSIDE, options)
    if result is None:
        return None
    return {
        "round": result.round.number,
        "closed_at": _moment(result.round.closed_at),
        "ballot": decision.ballot,
        "options": [_option_json(option, shown) for option, shown in result.options],
    }


def _option_json(option: Option, shown: ShownOption) -> dict[str, Any]:
    sentences = {sentence.pillar: sentence.text for sentence in option.sentences.all()}
    return {
        "id": option.public_id,
        "title": option.title,
        "pillars": [_pillar_json(one, sentences.get(one.pillar, "")) for one in shown.pillars],
        "total": _total_json(shown),
        "difference": _difference_json(shown),
        "too_few_people": [
            {"pillar": short.pillar, "label": Pillar(short.pillar).label, "needed": short.needed}
            for short in shown.not_quorate
        ],
        "evidence": _evidence_json(option),
    }


def _pillar_json(shown: Shown, sentence: str) -> dict[str, Any]:
    return {
        "pillar": shown.pillar,
        "label": Pillar(shown.pillar).label,
        "sentence": sentence,
        "number": shown.number,
        "spread": list(shown.spread) if shown.spread else None,
        "withheld": shown.withheld,
        "reason": shown.reason,
        "took_part": shown.took_part,
    }


def _total_json(shown: ShownOption) -> dict[str, Any] | None:
    weighed = shown.weighed
    if isinstance(weighed, Combination):
        return {
            "kind": "number",
            "on_scale": weighed.total_on_scale,
            "score": weighed.total,
            "geometric_mean": weighed.geometric_mean,
            "minimum": weighed.minimum,
            "is_imbalanced": weighed.is_imbalanced,
        }
    if isinstance(weighed, TotalRange):
        return {
            "kind": "range",
            "lowest_on_scale": weighed.lowest_on_scale,
            "highest_on_scale": weighed.highest_on_scale,
        }
    if weighed is None:
        return None
    return {"kind": "incomplete", "missing": list(weighed.missing)}


def _difference_json(shown: ShownOption) -> dict[str, Any] | None:
    if shown.difference is None:
        return None
    return {
        "points": shown.difference.points,
        "highest": list(shown.difference.highest),
        "lowest": list(shown.difference.lowest),
        "is_dissensus": shown.difference.is_dissensus,
    }


def _evidence_json(option: Option) -> dict[str, Any]:
    appraisal = agreed(option)
    links = [_link_json(link) for link in option.evidence.all()]
    if appraisal is None:
        return {"agreed_at": None, "links": links}
    return {
        "agreed_at": _moment(appraisal.agreed_at),
        "certainty": appraisal.get_certainty_display() if appraisal.certainty else "",
        "summary": appraisal.summary,
        "searched": appraisal.searched,
        "dissent": appraisal.dissent,
        "links": links,
    }


def _link_json(link: OptionEvidence) -> dict[str, Any]:
    source = link.reference
    return {
        "title": source.title if source else str(link.indicator),
        "authors": source.authors if source else "",
        "year": source.year if source else None,
        "direction": EvidenceDirection(link.direction).label,
        "size": link.get_size_display(),
        "how_sure": link.get_certainty_display(),
        "fits_people_here": link.get_applicability_display(),
        "note": link.note,
        "does_not_tell": link.does_not_tell,
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
