"""The frameworks that an organisation or a cycle can hold its work against, as data.

Names and numbers are their sources', which each framework states; questions and hints are in our
own words. What people answer is in the database; an item is known there by framework and key, so
neither of these ever changes.
"""

from evidence.frameworks.assessments import ASSESSMENTS
from evidence.frameworks.cross_walk import CROSS_WALK, sections_of
from evidence.frameworks.national import NATIONAL
from evidence.frameworks.practice import PRACTICE
from evidence.frameworks.shape import About, Era, Framework, Item, Kind
from evidence.frameworks.steps import STEPS
from evidence.frameworks.topic_packs import TOPIC_PACKS

__all__ = [
    "CROSS_WALK",
    "FRAMEWORKS",
    "About",
    "Era",
    "Framework",
    "Item",
    "Kind",
    "sections_of",
]

# In the order in which they are listed.
FRAMEWORKS: dict[str, Framework] = {
    each.key: each for each in (*PRACTICE, *STEPS, *ASSESSMENTS, *NATIONAL, *TOPIC_PACKS)
}
