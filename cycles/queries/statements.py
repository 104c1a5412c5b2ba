"""Minority statements as they may be shown: without what was taken back, and without names that
were taken out. The words themselves are loaded for nobody but who may read them."""

from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from cycles.models import Decision, MinorityStatement, StatementRedaction


def as_shown(statements: QuerySet[MinorityStatement]) -> QuerySet[Any]:
    """Those that stand, in the order in which they were made, each with `shown_text` and, where its
    author chose to be named, `shown_by`."""
    newest = StatementRedaction.objects.filter(statement=OuterRef("pk")).order_by(
        "-redacted_at", "-pk"
    )
    return (
        statements.filter(withdrawal__isnull=True)
        .annotate(
            shown_text=Coalesce(Subquery(newest.values("text")[:1]), F("text")),
            shown_by=Case(
                When(shown_with_name=True, then=F("author__display_name")), default=Value("")
            ),
        )
        .defer("text")
        .order_by("made_at", "pk")
    )


def statements_shown(decision: Decision) -> QuerySet[Any]:
    """The statements of a decision that may be shown."""
    return as_shown(MinorityStatement.objects.filter(decision=decision))


def taken_back(decision: Decision) -> int:
    """How many statements their authors took back."""
    return MinorityStatement.objects.filter(decision=decision, withdrawal__isnull=False).count()


def statement_of(decision: Decision, statement_id: str) -> Any:
    """The statement as it is shown, if it stands beside this decision's record."""
    return statements_shown(decision).filter(public_id=statement_id).first()


def own_statement(user: Any, slug: str, decision_id: str, statement_id: str) -> Any:
    """What `user` wrote and has not taken back, also where they have left the panel since."""
    own = MinorityStatement.objects.filter(
        author=user.pk,
        public_id=statement_id,
        decision__public_id=decision_id,
        decision__cycle__slug=slug,
    )
    return as_shown(own).select_related("decision__cycle__organisation").first()


def redactions_of(statement: MinorityStatement) -> QuerySet[StatementRedaction]:
    """When names were taken out and by whom, newest first."""
    found: QuerySet[StatementRedaction] = statement.redactions.select_related("redacted_by")
    return found.order_by("-redacted_at", "-pk")
