"""What waits for an answer, as whoever answers reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cycles.models import Comment


@dataclass(frozen=True)
class Waiting:
    """Something that waits, with the box to tick it by."""

    heading: str
    who: str
    when: datetime
    words: str
    note: str
    replied_to: str
    before: str
    objection: str
    box: Any


def waiting_rows(things: Iterable[Any], boxes: Mapping[str, Any]) -> list[Waiting]:
    """Each of `things`, with its words, its box, and what its author said of an answer before."""
    return [_row(thing, boxes[thing.public_id]) for thing in things]


def _row(thing: Any, box: Any) -> Waiting:
    is_comment = isinstance(thing, Comment)
    return Waiting(
        heading=_about(thing) if is_comment else f"Option: {thing.title}",
        who=thing.author.display_name,
        when=thing.created_at,
        words=thing.text if is_comment else thing.plain_summary,
        note=thing.content_note if is_comment else "",
        replied_to=thing.parent.author.display_name if is_comment and thing.parent else "",
        before=thing.answer if thing.not_answered_at else "",
        objection=thing.not_answered_words if thing.not_answered_at else "",
        box=box,
    )


def _about(comment: Comment) -> str:
    return f"About {comment.option.title}" if comment.option else "About the whole decision"
