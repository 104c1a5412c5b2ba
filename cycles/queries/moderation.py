"""Who keeps the talk safe, and what they did."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cycles.enums import Moderation, ModerationStepKind
from cycles.models import Comment, Cycle, CycleUserGrant, Decision, ModerationStep
from stakeholders.enums import OrganisationRole
from stakeholders.models import OrganisationMember, PanelUserGrant, User

# What keeps a comment back, and so can be appealed against.
ACTS = (ModerationStepKind.HELD, ModerationStepKind.TAKEN_DOWN)


def moderators_of(cycle: Cycle) -> QuerySet[User]:
    """Who chairs the panel, and who runs the cycle, also when it is closed: the organisation's
    commissioners, and the lead while they may see it."""
    staff = OrganisationMember.objects.filter(
        organisation=cycle.organisation_id, user=OuterRef("pk"), until__isnull=True
    )
    sees = Exists(staff) | Exists(
        PanelUserGrant.objects.filter(
            content_object=cycle.panel_id,
            user=OuterRef("pk"),
            permission__codename="view_panel",
        )
    )
    leads = CycleUserGrant.objects.filter(
        content_object=cycle, user=OuterRef("pk"), permission__codename="run_cycle"
    )
    chairs = Q(pk=cycle.panel.chair_id) if cycle.panel else Q(pk__in=[])
    return User.objects.filter(
        Q(Exists(staff.filter(role=OrganisationRole.COMMISSIONER)))
        | (Q(Exists(leads)) | chairs) & Q(sees),
        is_active=True,
    ).order_by("pk")


def who_looks_again(comment: Comment) -> QuerySet[User]:
    """Who can answer an appeal: who keeps the talk safe, without whoever acted and the author.

    Where that leaves nobody, the administrators of the organisation, with the same two left out.
    """
    act = last_act(comment)
    involved = [comment.author_id, *([act.by_id] if act else [])]
    cycle = comment.decision.cycle
    others = moderators_of(cycle).exclude(pk__in=involved)
    if others.exists():
        return others
    admins = OrganisationMember.objects.filter(
        organisation=cycle.organisation_id, role=OrganisationRole.ADMIN, until__isnull=True
    )
    return (
        User.objects.filter(pk__in=admins.values("user"), is_active=True)
        .exclude(pk__in=involved)
        .order_by("pk")
    )


def last_step(comment: Comment) -> ModerationStep | None:
    return comment.moderation_steps.order_by("-at", "-pk").first()


def last_act(comment: Comment) -> ModerationStep | None:
    """The last time it was held back or taken down."""
    acts = comment.moderation_steps.filter(kind__in=ACTS)
    return acts.order_by("-at", "-pk").select_related("by").first()


def open_appeal(comment: Comment) -> ModerationStep | None:
    """The appeal that waits for somebody else to look again."""
    step = last_step(comment)
    return step if step is not None and step.kind == ModerationStepKind.APPEALED else None


def has_appealed(comment: Comment) -> bool:
    """Whether its author has asked for another look at what was last done."""
    act = last_act(comment)
    if act is None:
        return False
    appeals = comment.moderation_steps.filter(kind=ModerationStepKind.APPEALED, pk__gt=act.pk)
    return appeals.exists()


def was_put_back_on_appeal(comment: Comment) -> bool:
    """Whether somebody else looked again and put it back, and its words are still the same."""
    two = list(comment.moderation_steps.order_by("-at", "-pk")[:2])
    if [step.kind for step in two] != [ModerationStepKind.PUT_BACK, ModerationStepKind.APPEALED]:
        return False
    return comment.edited_at is None or comment.edited_at <= two[0].at


def log_of(decision: Decision) -> QuerySet[ModerationStep]:
    """Everything that was done to keep the talk safe, newest first. No words of any comment."""
    return (
        ModerationStep.objects.filter(comment__decision=decision)
        .select_related("by", "comment")
        .defer("comment__text", "comment__content_note", "comment__answer")
        .order_by("-at", "-pk")
    )


def full_words(comment: Comment) -> Comment:
    """The words themselves, also where they are kept back: for who judges them, and their author.

    Whether the reader is one of them is asked before.
    """
    return Comment.objects.only("text", "content_note").get(pk=comment.pk)


def appeals_for(user: Any, most: int) -> list[Comment]:
    """The comments that `user` can look at again, the one that has waited longest first.

    At most `most` of those that are open where they can see them are looked at.
    """
    waiting = (
        _appealed()
        .filter(decision__in=Decision.objects.visible_to(user))
        .exclude(author_id=user.pk)
        .select_related("decision__cycle__panel")
        .order_by("since", "pk")
    )
    return [each for each in waiting[:most] if who_looks_again(each).filter(pk=user.pk).exists()]


def waiting_for_another_look(decision: Decision) -> QuerySet[Any]:
    """The comments on a decision that have no answer yet, as they were kept out of the talk, and of
    which their authors have asked for another look. With a published cut-off, those before it."""
    kept_back = _appealed().filter(decision=decision, answered_at__isnull=True)
    if decision.answers_cover_until is None:
        return kept_back
    return kept_back.filter(created_at__lte=decision.answers_cover_until)


def _appealed() -> QuerySet[Any]:
    """Comments that are kept out of the talk and wait for another look, each with `since` when."""
    newest = ModerationStep.objects.filter(comment=OuterRef("pk")).order_by("-at", "-pk")
    return (
        Comment.objects.filter(
            withdrawn_at__isnull=True, moderation_steps__kind=ModerationStepKind.APPEALED
        )
        .exclude(moderation=Moderation.STANDS)
        .annotate(newest=newest.values("kind")[:1], since=newest.values("at")[:1])
        .filter(newest=ModerationStepKind.APPEALED)
        .distinct()
    )
