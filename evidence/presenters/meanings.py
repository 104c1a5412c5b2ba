"""What pages say about what indicators mean, and who chose them."""

from typing import Any

from evidence.enums import TIER_MEANING, VITAL_SIGNS, BenchmarkMethod, Polarity, Tier, VitalSign
from evidence.models import Indicator
from evidence.queries import comparisons


def meaning(indicator: Indicator) -> list[dict[str, str]]:
    """What is known of an indicator besides its figures. What nobody has said is left out."""
    compared = ""
    if indicator.benchmark_method != BenchmarkMethod.NONE:
        compared = BenchmarkMethod(indicator.benchmark_method).label
        if indicator.benchmark_words:
            compared += f". In the publisher's words: {indicator.benchmark_words}"
    chosen = Tier(indicator.tier).label if indicator.tier else ""
    if indicator.consultation:
        chosen += f". It came from: {indicator.consultation}"
    polarity = Polarity(indicator.polarity)
    said = {
        "What it measures": indicator.definition,
        "Why it matters": indicator.rationale,
        "Which way is better": "" if polarity == Polarity.NO_JUDGEMENT else polarity.label,
        "How areas are compared": compared,
        "The goal": comparisons.goal_in_words(indicator),
        "Be careful about": indicator.caveats,
        "What is kept back": indicator.disclosure,
        "Who chose it": chosen,
        "Described by": indicator.described_by.source if indicator.described_by else "",
    }
    return [{"key": key, "value": words} for key, words in said.items() if words]


def by_tier(indicators: list[Indicator], *, keeps_a_library: bool) -> list[dict[str, Any]]:
    """The three tiers with the indicators of each; and the Vital Signs that are not there yet."""
    there = {indicator.code for indicator in indicators}
    return [
        {
            "title": tier.label,
            "says": TIER_MEANING[tier],
            "indicators": [each for each in indicators if each.tier == tier],
            "missing": _missing(tier, there) if keeps_a_library else [],
        }
        for tier in Tier
    ]


def _missing(tier: Tier, there: set[str]) -> list[VitalSign]:
    return [sign for sign in VITAL_SIGNS if sign.tier == tier and sign.code not in there]
