"""Which of the eleven competencies each section of the Commissioning Friend points to.

Source: the boxes in sections 3 to 6 of the Commissioning Friend for Mental Health Services
(December 2009). Competency 9 stands in no box.
"""

CROSS_WALK: dict[str, tuple[str, ...]] = {
    "3.1": ("3", "7", "10"),
    "4.2": ("6", "11"),
    "4.3": ("4", "6", "10", "11"),
    "4.5": ("6", "8", "11"),
    "4.6": ("10",),
    "4.7": ("5", "10"),
    "4.8": ("2", "3", "8"),
    "5.1": ("2", "8"),
    "5.4": ("1", "4", "7", "10", "11"),
    "5.5": ("1", "2", "3", "4"),
    "6.3": ("5",),
}


def sections_of(competency: str) -> tuple[str, ...]:
    """The sections whose box names this competency, in the order of the book."""
    return tuple(section for section, named in CROSS_WALK.items() if competency in named)
