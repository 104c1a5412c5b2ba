"""What of a figure may be shown, so that nobody can be recognised. Knows nothing of Django.

Profiles: "hes" for an organisation's own counts, by the published rule for hospital figures below
national level; "talking_therapies" and "none" for figures that are published already, which are
shown as their source shows them. Applied where figures are shown, never where they are kept.
"""

from evidence.disclosure.hiding import Cell, Sum, hidden, is_secret
from evidence.disclosure.rounding import Kind, Numbers, is_small, nearest_five, protected

CONTROLLED = "hes"

__all__ = [
    "CONTROLLED",
    "Cell",
    "Kind",
    "Numbers",
    "Sum",
    "hidden",
    "is_secret",
    "is_small",
    "nearest_five",
    "protected",
]
