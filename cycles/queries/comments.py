"""What members said about a decision, for one reader.

The words of a comment that is kept back are read by its author alone. For everybody else they are
not even fetched.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber

from cycles.enums import Moderation, ModerationStepKind
from cycles.models import Comment, CommentEdit, Decision, ModerationStep, Option
from evidence.models import Reference

# How many threads a page of the talk shows, and how many replies it shows of each.
THREADS, REPLIES = 10, 5


@dataclass(frozen=True)
class Wanted:
    """Which part of the talk somebody wants to read, and in which order."""

    option: Option | None = None
    only_whole: bool = False
    stance: str = ""
    newest_first: bool = False

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self.option is None and not self.only_whole and not self.stance


@dataclass(frozen=True)
class Place:
    """Where a comment is read: on which page of the talk, or of its own thread."""

    thread: Comment
    page: int
    is_in_thread: bool


@dataclass(frozen=True)
class Mention:
    """An option or a reference that somebody pointed to; an option may have been withdrawn."""

    title: str
    public_id: str
    is_reference: bool
    is_gone: bool = False


ALL = Wanted()


def comments_on(decision: Decision) -> QuerySet[Comment]:
    """The comments that stand, oldest first, with their authors and what they are about."""
    return (
        Comment.objects.standing()
        .filter(decision=decision)
        .select_related("author", "option", "answered_by")
        .order_by("created_at", "pk")
    )


def threads_on(decision: Decision, wanted: Wanted = ALL) -> QuerySet[Comment]:
    """What the threads of the talk begin with.

    What was taken back is left out, unless somebody replied: their words stay, and hang on it.
    """
    first = Comment.objects.filter(decision=decision, parent__isnull=True).filter(_is_shown())
    if not wanted.is_all:
        said = _saying(decision, wanted).order_by()
        first = first.filter(pk__in=said.values(thread=Coalesce("parent_id", "pk")))
    order = ("-created_at", "-pk") if wanted.newest_first else ("created_at", "pk")
    return first.order_by(*order)


def count_of_threads() -> Coalesce:
    """How many threads a decision has, to annotate decisions with; as `threads_on` of all."""
    threads = Comment.objects.filter(decision=OuterRef("pk"), parent__isnull=True)
    counted = threads.filter(_is_shown()).order_by().values("decision").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def with_replies(decision: Decision, threads: QuerySet[Comment], reader: Any) -> list[Any]:
    """`threads` of the decision and the first replies to each, as `reader` may read them: one
    query, which looks at nothing beside the decision.

    In the order in which they were written; each first comment has `reply_count`.
    """
    keys = threads.values("pk")
    found = Comment.objects.filter(
        Q(pk__in=keys) | Q(parent__in=keys, withdrawn_at__isnull=True), decision=decision
    ).annotate(
        place=Window(
            RowNumber(),
            # Each first comment is alone in its partition; replies stand with their like.
            partition_by=[Coalesce(F("parent_id"), -F("pk"))],
            order_by=["created_at", "pk"],
        ),
        reply_count=_reply_count(),
    )
    return list(as_read_by(reader, found.filter(place__lte=REPLIES)).order_by("created_at", "pk"))


def replies_to(thread: Comment, reader: Any) -> QuerySet[Any]:
    """All replies to a first comment, oldest first, as `reader` may read them."""
    replies = Comment.objects.filter(parent=thread, withdrawn_at__isnull=True)
    return as_read_by(reader, replies).order_by("created_at", "pk")


def comment_read_by(reader: Any, decision: Decision, comment_id: str) -> Any:
    """One comment of the decision as `reader` may read it; None where it is gone."""
    found = Comment.objects.filter(decision=decision, public_id=comment_id).filter(_is_shown())
    return as_read_by(reader, found).annotate(reply_count=_reply_count()).first()


def to_take_back(user: Any) -> QuerySet[Comment]:
    """The talk that `user` may read; and what they said themselves, wherever they sit today."""
    own_or_seen = Q(author=user) | Q(decision__in=Decision.objects.visible_to(user))
    return Comment.objects.filter(own_or_seen, _is_shown()).select_related("decision__cycle")


def as_read_by(reader: Any, comments: QuerySet[Comment]) -> QuerySet[Any]:
    """Each with `who` said it, what it is `about`, its `words`, its `note` and, where it is kept
    back, `why_kept_back`; and where the reader wrote it, whether they `asked_for_another_look`.

    Words and note are empty for whoever may not read them, and the columns themselves stay where
    they are.
    """
    readable = Q(withdrawn_at__isnull=True) & (
        Q(moderation=Moderation.STANDS) | Q(author_id=reader.pk)
    )
    kept_back = [ModerationStepKind.HELD, ModerationStepKind.TAKEN_DOWN]
    all_acts = ModerationStep.objects.filter(kind__in=kept_back).order_by("-at", "-pk")
    acts = all_acts.filter(comment=OuterRef("pk"))
    asked = ModerationStep.objects.filter(
        comment=OuterRef("pk"),
        kind=ModerationStepKind.APPEALED,
        pk__gt=Subquery(all_acts.filter(comment=OuterRef("comment")).values("pk")[:1]),
    )
    own_kept_back = Q(author_id=reader.pk) & ~Q(moderation=Moderation.STANDS)
    nothing = Value("", output_field=TextField())
    return comments.annotate(
        # Two names alone: of a whole page of comments that is quicker than who and what.
        who=F("author__display_name"),
        about=F("option__title"),
        words=Case(When(readable, then=F("text")), default=nothing, output_field=TextField()),
        note=Case(
            When(readable, then=F("content_note")), default=nothing, output_field=TextField()
        ),
        has_mentions=Exists(_pointing(Comment.mentioned_options.through))
        | Exists(_pointing(Comment.mentioned_references.through)),
        why_kept_back=Case(
            When(~Q(moderation=Moderation.STANDS), then=Subquery(acts.values("reason")[:1])),
            default=nothing,
            output_field=TextField(),
        ),
        asked_for_another_look=Case(
            When(own_kept_back, then=Exists(asked)),
            default=Value(False),
            output_field=BooleanField(),
        ),
    ).defer("text", "content_note")


def mentions_of(comments: Iterable[Any]) -> dict[int, list[Mention]]:
    """What each of `comments` points to: options first, then references. One query, or none where
    none of them points to anything."""
    keys = [comment.pk for comment in comments if comment.has_mentions]
    if not keys:
        return {}
    options = Comment.mentioned_options.through.objects.filter(comment__in=keys).values_list(
        "comment_id", Value(0), "option__title", "option__public_id", "option__withdrawn_at"
    )
    references = Comment.mentioned_references.through.objects.filter(comment__in=keys).values_list(
        "comment_id",
        Value(1),
        "reference__title",
        "reference__public_id",
        Value(None, output_field=DateTimeField()),
    )
    found: dict[int, list[Mention]] = defaultdict(list)
    for key, is_reference, title, public_id, gone in sorted(
        options.union(references, all=True), key=lambda row: row[:4]
    ):
        found[key].append(Mention(title, public_id, bool(is_reference), gone is not None))
    return found


def linked_references(options: Sequence[Option]) -> list[Reference]:
    """The references linked to any of `options`, once each, by title; they are prefetched."""
    linked = {
        link.reference.pk: link.reference
        for option in options
        for link in option.evidence.all()
        if link.reference is not None
    }
    return sorted(linked.values(), key=lambda each: (each.title.casefold(), each.pk))


def is_talked_about() -> Q:
    """Whether a comment that stands is about an option, or mentions it; to annotate options with,
    wrapped in an ExpressionWrapper."""
    about = Comment.objects.standing().filter(option=OuterRef("pk")).order_by()
    mentioning = Comment.mentioned_options.through.objects.filter(
        option=OuterRef("pk"),
        comment__moderation=Moderation.STANDS,
        comment__withdrawn_at__isnull=True,
    )
    return Q(Exists(about)) | Q(Exists(mentioning))


def place_of(comment: Comment) -> Place:
    """Where in the talk, read from its beginning, this comment stands."""
    thread = comment.parent or comment
    before = threads_on(comment.decision).filter(_earlier(thread)).count()
    page = before // THREADS + 1
    if comment.parent is None:
        return Place(thread, page, is_in_thread=False)
    replies_before = (
        Comment.objects.filter(parent=thread, withdrawn_at__isnull=True)
        .filter(_earlier(comment))
        .count()
    )
    if replies_before < REPLIES:
        return Place(thread, page, is_in_thread=False)
    return Place(thread, replies_before // THREADS + 1, is_in_thread=True)


def earlier_wordings(comment: Comment, reader: Any) -> QuerySet[CommentEdit]:
    """How it read before its author changed it, newest first.

    What was held back and then changed is not readable by this way round: others see only what
    was changed after it was shown again.
    """
    edits = comment.edits.order_by("-until", "-pk")
    if comment.author_id == reader.pk:
        return edits
    shown_again = last_reposted(comment)
    return edits.filter(until__gt=shown_again) if shown_again else edits


def last_reposted(comment: Comment) -> datetime | None:
    """When its author last changed it so that it could be shown again."""
    step = comment.moderation_steps.filter(kind=ModerationStepKind.REPOSTED)
    return step.order_by("-at").values_list("at", flat=True).first()


def _pointing(through: Any) -> QuerySet[Any]:
    return through.objects.filter(comment=OuterRef("pk")).order_by()


def _is_shown() -> Q:
    replied_to = Comment.objects.filter(parent=OuterRef("pk"), withdrawn_at__isnull=True)
    return Q(withdrawn_at__isnull=True) | Q(Exists(replied_to))


def _earlier(than: Comment) -> Q:
    return Q(created_at__lt=than.created_at) | Q(created_at=than.created_at, pk__lt=than.pk)


def _saying(decision: Decision, wanted: Wanted) -> QuerySet[Comment]:
    """The comments, replies too, that are what is wanted."""
    said = Comment.objects.standing().filter(decision=decision)
    if wanted.stance:
        said = said.filter(stance=wanted.stance)
    if wanted.only_whole:
        said = said.filter(option__isnull=True)
    if wanted.option is not None:
        mentioning = Comment.mentioned_options.through.objects.filter(
            comment=OuterRef("pk"), option=wanted.option
        )
        said = said.filter(Q(option=wanted.option) | Q(Exists(mentioning)))
    return said


def _reply_count() -> Coalesce:
    replies = (
        Comment.objects.filter(parent=OuterRef("pk"), withdrawn_at__isnull=True)
        .order_by()
        .values("parent")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(replies, output_field=IntegerField()), 0)
