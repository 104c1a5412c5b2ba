"""More points at which a worker can be killed; see `trouble`, which only a worker may import."""

OTHER_POINTS = (
    "before the facts",
    "after the layout",
    "after keeping the file",
    "after it is written down",
)
