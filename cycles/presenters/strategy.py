"""The strategy on a page: seven parts, each with what is written and what is known."""

from typing import Any

from cycles.enums import StrategyElement
from cycles.models import Cycle
from cycles.queries import strategy as queries
from vbc.ui import reading

# What to write in each part, for somebody who has never written a strategy.
PROMPTS: dict[str, str] = {
    StrategyElement.PURPOSE: (
        "What do we want to be different for people, and what do we promise them? "
        "Say who wrote this together."
    ),
    StrategyElement.GUIDANCE: (
        "Which laws and national guidance must we keep to, and what do they ask of us here?"
    ),
    StrategyElement.NEEDS: (
        "Who needs what, how many people is that, who goes without, and what is likely to change?"
    ),
    StrategyElement.SERVICES: (
        "Which services are there now, which could there be, and are they enough? "
        "Say what people who use them think."
    ),
    StrategyElement.RESEARCH: (
        "What do research and good practice elsewhere tell us, and what do they not tell us?"
    ),
    StrategyElement.CHANGES: (
        "What works and stays, what does not work, what will we buy, and what will we not buy?"
    ),
    StrategyElement.MONITORING: (
        "How will we know whether it worked, who looks, and how often? "
        "Say how people who use services take part in looking."
    ),
}


def page(cycle: Cycle) -> dict[str, Any]:
    """The seven parts in order, and how far they are, in words."""
    texts = queries.texts(cycle)
    known = queries.starting_points(cycle)
    return {
        "completeness": queries.completeness(texts),
        "easy_words": queries.easy_words(texts),
        "parts": [
            {
                "text": text,
                "known": known[element],
                "is_complete": queries.is_complete(text),
                "reading": reading.measured(text.easy_text),
                "asks_will_not": element == StrategyElement.CHANGES,
                **place(element),
            }
            for element, text in texts.items()
        ],
    }


def place(element: str) -> dict[str, Any]:
    """A part's number of seven, its name and what to write in it."""
    return {
        "element": element,
        "number": StrategyElement.values.index(element) + 1,
        "label": StrategyElement(element).label,
        "prompt": PROMPTS[element],
    }
