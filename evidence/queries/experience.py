"""Accounts of experience: who may see which, and what may be quoted.

Every page, document, search and table reads accounts through this module, so that what somebody no
longer allows is gone from all of them at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from evidence.enums import ToldBy
from evidence.models import Coding, Experience, NeedsAssessment, Quote, Theme
from evidence.queries.visible import organisations_kept_by, organisations_open_to
from stakeholders.models import Organisation

# What each use needs the leave of the teller for.
LEAVE_FOR = {
    "panel": "panel_may_read",
    "report": "report_may_quote",
    "public": "public_may_read",
}


@dataclass(frozen=True)
class QuoteFact:
    """A passage that may be printed, as plain facts. Nothing in it says who told it."""

    words: str
    themes: tuple[str, ...]
    happened: str
    told_by: str
    account: str


def experiences_open_to(user: Any) -> QuerySet[Experience]:
    """Those that `user` may read: what tellers open to the panel and, of the organisations that
    `user` works for, all, because somebody has to take the names out."""
    may_read = Q(checked_at__isnull=False, panel_may_read=True) & Q(
        organisation__in=organisations_open_to(user)
    )
    kept = Q(organisation__in=organisations_kept_by(user))
    found: QuerySet[Experience] = Experience.objects.standing().filter(may_read | kept)
    return found.select_related("organisation")


def experiences_listed_for(
    user: Any, *, words: str = "", theme: Theme | None = None
) -> QuerySet[Experience]:
    """Those that have been checked, narrowed to some words or a theme, with what was found."""
    found = experiences_open_to(user).filter(checked_at__isnull=False)
    if words:
        found = found.filter(Q(shown_title__icontains=words) | Q(shown_text__icontains=words))
    if theme:
        found = found.filter(Exists(Coding.objects.filter(experience=OuterRef("pk"), theme=theme)))
    by_theme = Coding.objects.select_related("theme").order_by("theme__label")
    return found.prefetch_related(Prefetch("codings", by_theme))


def experiences_to_check(user: Any) -> QuerySet[Experience]:
    """Those that wait for somebody to take the names out, the longest first."""
    waiting: QuerySet[Experience] = Experience.objects.standing().filter(
        checked_at__isnull=True, organisation__in=organisations_kept_by(user)
    )
    return waiting.order_by("told_at", "pk")


def told_by(user: Any) -> QuerySet[Experience]:
    """What `user` told, wherever that was, and whether they are still on a panel there."""
    told: QuerySet[Experience] = Experience.objects.standing().filter(teller_id=user.pk)
    return told.select_related("organisation")


def by_code(digest: str) -> Experience | None:
    """The account that a typed code belongs to; None for a code that is none."""
    if not digest:
        return None
    told: Experience | None = (
        Experience.objects.standing()
        .filter(code_digest=digest)
        .select_related("organisation")
        .first()
    )
    return told


def public_experiences() -> QuerySet[Experience]:
    """Those that anybody may read."""
    found: QuerySet[Experience] = Experience.objects.checked().filter(public_may_read=True)
    return found.select_related("organisation")


def codings_of(experience: Experience) -> QuerySet[Coding]:
    """What people found in it, by theme, with who found it."""
    return experience.codings.select_related("theme", "by", "experience").order_by(
        "theme__label", "at", "pk"
    )


def quotes_in(experience: Experience) -> QuerySet[Quote]:
    """Its passages that reports may print today."""
    return _quotes("report").filter(experience=experience).select_related("experience", "chosen_by")


def quotes_for(
    scope: NeedsAssessment | Organisation, use: str = "report", themes: Iterable[Theme] = ()
) -> list[QuoteFact]:
    """The quotes that may be used today, in the order in which they were chosen.

    `use`: "report", or "public" and "panel" for those that may besides be read there: a page that
    panels read is no report, so that it takes "panel". `themes`
    narrows it to accounts in which one of them was found. Raises KeyError for another use.
    """
    organisation = organisation_of(scope)
    found = _quotes(use).filter(experience__organisation=organisation)
    if themes := list(themes):
        coded = Coding.objects.filter(experience=OuterRef("experience"), theme__in=themes)
        found = found.filter(Exists(coded))
    found = found.select_related("experience").prefetch_related("experience__codings__theme")
    return [_fact(each) for each in found]


def quotes_withdrawn_since(scope: NeedsAssessment | Organisation, moment: datetime) -> int:
    """How many quotes their tellers no longer allow since `moment`, such as that of an edition;
    also those that were chosen after it, since a document may have printed them meanwhile."""
    organisation = organisation_of(scope)
    return Quote.objects.filter(
        experience__organisation=organisation,
        withdrawn_at__gte=moment,
        is_withdrawn_by_teller=True,
    ).count()


def themes_listed_for(user: Any) -> QuerySet[Theme]:
    """The themes of the libraries that `user` may read, those withdrawn last, with how many
    accounts that the reader may see each was found in, as `experience_count`."""
    counted = Count(
        "codings__experience",
        filter=Q(codings__experience__in=experiences_open_to(user).order_by()),
        distinct=True,
    )
    return (
        Theme.objects.filter(organisation__in=organisations_open_to(user))
        .select_related("organisation")
        .annotate(experience_count=counted)
        .order_by("withdrawn_at", "label", "pk")
    )


def themes_of(organisation: Organisation) -> QuerySet[Theme]:
    """Those that can be chosen today."""
    return organisation.themes.filter(withdrawn_at__isnull=True)


def organisation_of(scope: NeedsAssessment | Organisation) -> Organisation:
    """Whose library it is."""
    return scope.organisation if isinstance(scope, NeedsAssessment) else scope


def _quotes(use: str) -> QuerySet[Quote]:
    leave = {f"experience__{LEAVE_FOR[use]}": True, "experience__report_may_quote": True}
    return Quote.objects.filter(
        withdrawn_at__isnull=True,
        experience__withdrawn_at__isnull=True,
        experience__checked_at__isnull=False,
        **leave,
    )


def _fact(chosen: Quote) -> QuoteFact:
    experience = chosen.experience
    found = sorted({coding.theme.label for coding in experience.codings.all()})
    return QuoteFact(
        words=chosen.words,
        themes=tuple(found),
        happened=experience.shown_happened,
        told_by=ToldBy(experience.told_by).label if experience.told_by else "",
        account=experience.public_id,
    )
