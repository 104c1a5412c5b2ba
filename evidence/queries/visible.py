"""What a person may see of a library: where every view of this app begins.

The library of an organisation is open to whoever works for it and to whoever has a seat on one of
its panels. Files of figures concern only those who work there, and files of
references those who may add to them.
"""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from evidence.models import (
    Area,
    DataImport,
    Indicator,
    NeedsAssessment,
    Pathway,
    Provider,
    Reference,
    ReferenceImport,
    Service,
)
from evidence.queries.references import narrowed
from stakeholders.enums import OrganisationRole, Perspective
from stakeholders.models import Organisation, OrganisationMember, Seat, User


def organisations_open_to(user: Any) -> QuerySet[Organisation]:
    """Those whose library `user` may read."""
    works_here = OrganisationMember.objects.filter(
        organisation=OuterRef("pk"), user_id=user.pk, until__isnull=True
    )
    sits_here = Seat.objects.live().filter(panel__organisation=OuterRef("pk"), user_id=user.pk)
    return Organisation.objects.filter(Exists(works_here) | Exists(sits_here))


def can_read(user: Any, organisation: Organisation) -> bool:
    """Whether the library of `organisation` is open to `user`."""
    return organisations_open_to(user).filter(pk=organisation.pk).exists()


def readers_of(organisation: Organisation) -> QuerySet[User]:
    """Everybody to whom the library is open: whoever works there or sits on one of its panels."""
    works_here = OrganisationMember.objects.filter(
        organisation=organisation, user=OuterRef("pk"), until__isnull=True
    )
    sits_here = Seat.objects.live().filter(panel__organisation=organisation, user=OuterRef("pk"))
    readers = User.objects.filter(Exists(works_here) | Exists(sits_here), is_active=True)
    return readers.order_by("display_name", "pk")


def organisations_kept_by(user: Any) -> QuerySet[Organisation]:
    """Those whose library `user` looks after: where they are commissioner or administrator."""
    works_here = OrganisationMember.objects.filter(
        organisation=OuterRef("pk"),
        user_id=user.pk,
        until__isnull=True,
        role__in=OrganisationRole.values,
    )
    return Organisation.objects.filter(Exists(works_here))


def organisations_taking_references_from(user: Any) -> QuerySet[Organisation]:
    """Those whose library `user` may add references to: staff, and its evidence reviewers."""
    reviews_here = Seat.objects.live().filter(
        panel__organisation=OuterRef("pk"),
        user_id=user.pk,
        perspective=Perspective.EVIDENCE_REVIEWER,
    )
    return Organisation.objects.filter(Q(pk__in=organisations_kept_by(user)) | Exists(reviews_here))


def indicators_visible_to(user: Any) -> QuerySet[Indicator]:
    return Indicator.objects.filter(organisation__in=organisations_open_to(user))


def libraries_about(user: Any, area: Area) -> QuerySet[Organisation]:
    """The organisations whose library `user` may read and that has figures of an area, by name."""
    about = Indicator.objects.filter(organisation=OuterRef("pk"), observations__area=area)
    return organisations_open_to(user).filter(Exists(about)).order_by("name", "pk")


def imports_visible_to(user: Any) -> QuerySet[DataImport]:
    return DataImport.objects.filter(organisation__in=organisations_kept_by(user))


def references_visible_to(user: Any) -> QuerySet[Reference]:
    """Withdrawn ones too: a decision may lean on one, and its page then says so."""
    references: QuerySet[Reference] = Reference.objects.filter(
        organisation__in=organisations_open_to(user)
    )
    return references


def references_listed_for(user: Any, **asked: Any) -> QuerySet[Reference]:
    """Those in use, narrowed to what is asked (`queries.references.narrowed`).

    Long texts are left out: a list shows none of them.
    """
    found = references_visible_to(user).filter(withdrawn_at__isnull=True)
    return narrowed(found, **asked).defer("search_text", "abstract", "keywords")


def reference_imports_visible_to(user: Any) -> QuerySet[ReferenceImport]:
    return ReferenceImport.objects.filter(
        organisation__in=organisations_taking_references_from(user)
    )


def indicators_listed_for(user: Any, *, words: str = "") -> QuerySet[Indicator]:
    """Each with how many figures there are of it, as `figure_count`."""
    # Counted by itself for each that is listed, not for all by a join with every figure there is.
    itself = Indicator.objects.filter(pk=OuterRef("pk")).order_by()
    count = Subquery(itself.annotate(count=Count("observations")).values("count"))
    found = indicators_visible_to(user).annotate(figure_count=count)
    found = found.order_by("name", "pk")
    return found.filter(name__icontains=words) if words else found


def indicators_with_a_tier(user: Any) -> QuerySet[Indicator]:
    """Those of which somebody has said who chose them. Tiers are few, so they are one page."""
    return (
        indicators_visible_to(user)
        .exclude(tier="")
        .select_related("consultation_event")
        .order_by("name", "pk")
    )


def needs_visible_to(user: Any) -> QuerySet[NeedsAssessment]:
    """Drafts too: those who will use a needs assessment can see it grow."""
    return NeedsAssessment.objects.filter(
        organisation__in=organisations_open_to(user)
    ).select_related("area", "organisation", "newer", "supersedes")


def services_visible_to(user: Any) -> QuerySet[Service]:
    """Those taken off the list too: a pathway may name one, and its page then says so."""
    services: QuerySet[Service] = Service.objects.filter(
        organisation__in=organisations_open_to(user)
    ).select_related("organisation", "provider", "area")
    return services


def providers_visible_to(user: Any) -> QuerySet[Provider]:
    return Provider.objects.filter(organisation__in=organisations_open_to(user)).select_related(
        "organisation"
    )


def pathways_visible_to(user: Any) -> QuerySet[Pathway]:
    return Pathway.objects.filter(organisation__in=organisations_open_to(user)).select_related(
        "organisation", "area"
    )
