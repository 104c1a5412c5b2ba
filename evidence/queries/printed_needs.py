"""All facts of a needs assessment that a document prints, as plain JSON."""

from dataclasses import asdict
from typing import Any

from evidence.enums.national import DEFINITION, DEFINITION_SOURCE, DUTY, TARGETS_SOURCE
from evidence.models import (
    NeedsAssessment,
    NeedsGap,
)
from evidence.queries import hopes
from evidence.queries.experience import quotes_for, quotes_withdrawn_since
from evidence.queries.gaps import gaps_by_theme
from evidence.queries.needs import (
    ShownChart,
    challenges_of,
    chapters_of,
    coverage_of,
    gaps_of,
    how_many,
    local_targets,
    outcome_of,
    plans_of,
)
from evidence.queries.needs_numbers import number_facts, numbers_of
from evidence.queries.services import stock_take


def needs_facts(assessment: NeedsAssessment) -> dict[str, Any]:
    """Everything a printed needs assessment says, as plain JSON.

    Charts carry their Vega-Lite specification, the finding in a sentence, and the same figures as
    a table, in which what has no figure says "Suppressed" or "No figure".
    """
    chapters = chapters_of(assessment)
    every = [shown.picture for chapter in chapters for shown in chapter.charts]
    numbers = numbers_of(assessment)
    sources = {(picture.source, picture.licence) for picture in every if picture.source}
    sources |= {(number.source, "") for number in numbers if number.source}
    return {
        "id": assessment.public_id,
        "title": assessment.title,
        "organisation": assessment.organisation.name,
        "area": {
            "name": assessment.area.name,
            "code": assessment.area.code,
            "type": assessment.area.get_area_type_display(),
        },
        "status": assessment.status,
        "published_on": assessment.published_at.date().isoformat()
        if assessment.published_at
        else None,
        "edition": assessment.edition,
        "next_look_on": assessment.next_look_on.isoformat() if assessment.next_look_on else None,
        "of_others": {
            "publisher": assessment.publisher,
            "web_address": assessment.web_address,
            "issued_on": assessment.issued_on.isoformat() if assessment.issued_on else None,
        }
        if assessment.is_of_others
        else None,
        "duty": DUTY,
        "definition": {"text": DEFINITION, "source": DEFINITION_SOURCE}
        if assessment.quotes_definition
        else None,
        "statement": assessment.statement,
        "numbers": number_facts(numbers),
        "gaps": [_gap_facts(gap) for gap in gaps_of(assessment)],
        "plans": [
            {
                "partner": plan.partner,
                "title": plan.title,
                "is_in_it": plan.get_is_in_it_display(),
                "where": plan.where,
            }
            for plan in plans_of(assessment)
        ],
        "targets": {
            "lines": local_targets(assessment),
            "source": TARGETS_SOURCE,
            "population_source": assessment.population_source,
        },
        "chapters": [
            {
                "key": chapter.key,
                "label": chapter.label,
                "prompt": chapter.prompt,
                "text": chapter.text,
                "easy_text": chapter.easy_text,
                "is_silent": chapter.is_silent,
                "charts": [_chart_facts(shown) for shown in chapter.charts],
            }
            for chapter in chapters
        ],
        "coverage": [
            {
                "group": each.group,
                "label": each.label,
                "state": each.line.state if each.line else "",
                "state_label": each.words,
                "text": each.line.text if each.line else "",
                "figure": each.line.figure if each.line else "",
                "voice": each.line.voice if each.line else "",
            }
            for each in coverage_of(assessment)
        ],
        "sources": [{"source": source, "licence": licence} for source, licence in sorted(sources)],
        # What follows stands as it is today, and is no part of what is frozen.
        "services": stock_take(assessment.organisation, assessment.area),
        "quotes": [asdict(quote) for quote in quotes_for(assessment)],
        "quotes_withdrawn": quotes_withdrawn_since(
            assessment, assessment.published_at or assessment.created_at
        ),
        "hopes": _hopes(assessment),
    }


def _hopes(assessment: NeedsAssessment) -> dict[str, Any] | None:
    """How it is and what people hope for, as a sentence and a table; None before five answered."""
    themes = gaps_by_theme(assessment)
    rows = hopes.rows(themes)
    return {"finding": hopes.finding(themes), "head": hopes.HEAD, "rows": rows} if rows else None


def _gap_facts(gap: NeedsGap) -> dict[str, Any]:
    return {
        "need": gap.need,
        "what_there_is": gap.what_there_is,
        "gap": gap.gap,
        "how_many": how_many(gap.people),
        "could_be_done": gap.could_be_done,
        "outcome": outcome_of(gap),
        "challenges": challenges_of(gap),
        "place": gap.place,
        "reasons": gap.reasons,
    }


def _chart_facts(shown: ShownChart) -> dict[str, Any]:
    picture = shown.picture
    return {
        "indicator": shown.name,
        "unit": shown.chart.indicator.unit if shown.chart.indicator else "",
        "display": shown.chart.display,
        "by_group": shown.chart.by_group,
        "finding": picture.finding,
        "spec": picture.paper[0] if picture.paper else picture.spec,
        "more": [{"spec": each} for each in picture.paper[1:]],
        "table": {"head": [each["text"] for each in picture.head], "rows": picture.rows},
        "source": picture.source,
        "licence": picture.licence,
        "method": picture.method,
        "only": picture.only,
        "is_wide": picture.is_wide,
    }
