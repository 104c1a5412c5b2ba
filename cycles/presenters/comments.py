"""The talk, as one reader may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from cycles.enums import Moderation, Stance
from cycles.models import Comment, Decision
from cycles.permissions.comments import may_comment
from cycles.permissions.decisions import may_answer_contributions
from cycles.permissions.moderation import may_moderate
from cycles.permissions.redactions import may_redact
from cycles.presenters.contributions import Answer, answer_to
from cycles.queries.comments import REPLIES, Mention, mentions_of
from cycles.queries.contributions import answered_together

# Short enough to stand beside a name on a phone.
STANCES: dict[str, str] = {
    Stance.FOR: "For",
    Stance.NEUTRAL: "Neutral",
    Stance.AGAINST: "Against",
}
# Stands in an address for the one comment it is about; no slug and no id has capitals.
ANY_COMMENT = "COMMENT"
_TAKEN_BACK = "Somebody took back what they said here. What others replied stays."
_KEPT_BACK: dict[str, str] = {
    Moderation.HELD: "A comment is held back here until its author has changed it.",
    Moderation.TAKEN_DOWN: "A comment was taken down here.",
}
_YOURS_KEPT_BACK: dict[str, str] = {
    Moderation.HELD: "Only you can read this for now: it is held back until you have changed it.",
    Moderation.TAKEN_DOWN: "Only you can read this: it was taken down.",
}
_ASKED = "You have asked for another look."


@dataclass(frozen=True)
class Link:
    """Something to do. `hidden` is for whoever does not see what it stands beside."""

    text: str
    url: str
    hidden: str = ""


@dataclass(frozen=True)
class Remark:
    """Something that was said, for one reader. Kept back, it has no words for others."""

    anchor: str
    who: str
    when: datetime
    about: str
    stance: str
    words: str
    note: str
    kept_back: str
    why: str
    is_edited: bool
    earlier_url: str
    mentions: list[Link]
    answer: Answer | None
    waits: bool
    links: list[Link]
    thread_url: str = ""
    reply_count: int = 0
    replies: list["Remark"] = field(default_factory=list)

    @property
    def more_replies(self) -> int:
        """How many replies stand on the thread's own page alone."""
        return self.reply_count - len(self.replies)


class Talk:
    """How one reader reads comments on a decision: what they may do is asked once."""

    def __init__(
        self, decision: Decision, reader: Any, known: Mapping[str, bool] | None = None
    ) -> None:
        self.decision = decision
        self.reader = reader
        self.may = may_in_talk(decision, reader, known)
        self._addresses: dict[str, str] = {}

    def threads(self, comments: Sequence[Any], *, newest_first: bool = False) -> list[Remark]:
        """Threads with their replies, from comments in the order in which they were written."""
        remarks = self.remarks(comments)
        threads = {comment.pk: remarks[comment.pk] for comment in comments if not comment.parent_id}
        for comment in comments:
            if comment.parent_id in threads:
                threads[comment.parent_id].replies.append(remarks[comment.pk])
        found = list(threads.values())
        return found[::-1] if newest_first else found

    def remarks(self, comments: Sequence[Any]) -> dict[int, Remark]:
        """Each comment, by its key; what they point to is fetched for all of them at once."""
        mentions = mentions_of(comments)
        together = answered_together({comment.answer_group for comment in comments})
        return {
            comment.pk: self._remark(comment, mentions.get(comment.pk, []), together)
            for comment in comments
        }

    def _remark(
        self, comment: Any, mentions: Sequence[Mention], together: Mapping[str, int]
    ) -> Remark:
        comment.decision = self.decision
        is_mine = comment.author_id == self.reader.pk
        is_gone = comment.withdrawn_at is not None
        stands = comment.moderation == Moderation.STANDS and not is_gone
        is_read = stands or (is_mine and not is_gone)
        reply_count = getattr(comment, "reply_count", 0)
        return Remark(
            anchor=f"comment-{comment.public_id}",
            who=comment.who if is_read else "",
            when=comment.created_at,
            about=(comment.about or "") if not comment.parent_id else "",
            stance=STANCES[comment.stance] if is_read else "",
            words=comment.words,
            note=comment.note,
            kept_back=_kept_back(comment, is_mine=is_mine),
            why="" if is_gone else comment.why_kept_back,
            is_edited=is_read and comment.edited_at is not None,
            earlier_url=self._url("earlier-wordings", comment) if comment.edited_at else "",
            mentions=[self._mention(each) for each in mentions] if is_read else [],
            answer=answer_to(comment, self.reader, together=together) if is_read else None,
            waits=stands and not comment.is_answered,
            links=self._links(comment, is_mine=is_mine, stands=stands) if not is_gone else [],
            thread_url=self._url("thread", comment) if reply_count > REPLIES else "",
            reply_count=reply_count,
        )

    def _links(self, comment: Any, *, is_mine: bool, stands: bool) -> list[Link]:
        about = f": what {comment.who} said" if stands else ""
        links = []
        if self.may["comment"] and stands:
            links.append(Link("Reply", self._url("reply", comment), about))
        if self.may["answer"] and stands:
            links.append(Link("Answer", self._url("answer-comment", comment), about))
        if is_mine and (self.may["comment"] or comment.moderation == Moderation.HELD):
            is_down = comment.moderation == Moderation.TAKEN_DOWN
            text = "Take it back" if is_down else "Change or take back"
            links.append(Link(text, self._url("edit-comment", comment), ": what you said"))
        if is_mine and not stands and not comment.asked_for_another_look:
            links.append(Link("Ask for another look", self._url("appeal", comment)))
        if self.may["redact"] and stands:
            links.append(
                Link(
                    "Take a name out",
                    self._url("redact-comment", comment),
                    f" of what {comment.who} said",
                )
            )
        if self.may["moderate"] and not is_mine:
            text = "Hold back" if stands else "Look at it again"
            links.append(Link(text, self._url("moderate-comment", comment), about))
        return links

    def _mention(self, mention: Mention) -> Link:
        if mention.is_reference:
            return Link(mention.title, reverse("evidence:reference", args=[mention.public_id]))
        page = self.decision.get_absolute_url()
        return Link(mention.title, "" if mention.is_gone else f"{page}#option-{mention.public_id}")

    def _url(self, name: str, comment: Comment) -> str:
        """Looked up once for a whole talk: a hundred remarks have some hundreds of addresses."""
        if name not in self._addresses:
            decision = self.decision
            args = [decision.cycle.slug, decision.public_id, ANY_COMMENT]
            self._addresses[name] = reverse(f"cycles:{name}", args=args)
        return self._addresses[name].replace(ANY_COMMENT, comment.public_id)


def may_in_talk(
    decision: Decision, reader: Any, known: Mapping[str, bool] | None = None
) -> dict[str, bool]:
    """What the reader may do in the talk; `known` is what the page has asked already."""
    if known is None:
        return {
            "answer": bool(may_answer_contributions(reader, decision)),
            "comment": bool(may_comment(reader, decision)),
            "redact": bool(may_redact(reader, decision)),
            "moderate": bool(may_moderate(reader, decision)),
        }
    panel = decision.cycle.panel
    moderates = known["run"] or (panel is not None and panel.chair_id == reader.pk)
    if decision.cycle.is_closed:
        moderates = bool(may_moderate(reader, decision))
    return {
        "answer": known["run"],
        "comment": known["comment"],
        "redact": known["redact"],
        "moderate": moderates,
    }


def _kept_back(comment: Any, *, is_mine: bool) -> str:
    if comment.withdrawn_at is not None:
        return _TAKEN_BACK
    said = (_YOURS_KEPT_BACK if is_mine else _KEPT_BACK).get(comment.moderation, "")
    return f"{said} {_ASKED}" if comment.asked_for_another_look else said
