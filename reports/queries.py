"""Reads of documents. Whoever may see what a document is about may see it; nobody else knows."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from cycles.models import Cycle, Decision, EqualityEdition
from reports.enums import Subject
from reports.models import Archive, Report, Schedule
from stakeholders.enums import OrganisationRole
from stakeholders.models import Meeting, OrganisationMember

# Who makes documents for an organisation.
MAKERS = (OrganisationRole.COMMISSIONER, OrganisationRole.ADMIN)


def reports_visible_to(user: Any) -> QuerySet[Report]:
    """Documents of the cycles, decisions and meetings that `user` may see."""
    about_a_cycle = Q(decision=None, cycle__in=Cycle.objects.visible_to(user))
    about_a_decision = Q(decision__in=Decision.objects.visible_to(user))
    about_a_meeting = Q(meeting__in=Meeting.objects.visible_to(user))
    return (
        Report.objects.filter(about_a_cycle | about_a_decision | about_a_meeting)
        .select_related("organisation", "cycle", "decision", "meeting__panel", "created_by", "job")
        .defer("snapshot")  # It can be large, and a page that asks for progress does not need it.
    )


def edition_of_file(digest: str) -> Report | None:
    """The finished edition that has a file of this SHA-256, whoever asks."""
    return _finished().filter(files__digest=digest).first()


def edition_with_fingerprint(start: str) -> Report | None:
    """The newest finished edition whose fingerprint begins so, whoever asks.

    Sixteen letters cannot be guessed, so whoever has them has read the document.
    """
    return _finished().filter(snapshot_digest__startswith=start).order_by("-made_at", "-pk").first()


def newest_after(report: Report) -> Report | None:
    """The last finished edition of the same document, where it came after this one."""
    after = _finished_beside(report).filter(edition__gt=report.edition)
    return after.order_by("-edition").first()


def edition_before(report: Report) -> Report | None:
    """The last finished edition of the same document before this one."""
    before = _finished_beside(report).filter(edition__lt=report.edition)
    return before.order_by("-edition").first()


def _finished_beside(report: Report) -> QuerySet[Report]:
    return _finished().filter(
        kind=report.kind,
        cycle=report.cycle_id,
        decision=report.decision_id,
        meeting=report.meeting_id,
    )


def _finished() -> QuerySet[Report]:
    return Report.objects.filter(made_at__isnull=False).select_related("organisation")


def archives_visible_to(user: Any) -> QuerySet[Archive]:
    """Files of all documents, of the cycles that `user` may see."""
    return Archive.objects.filter(cycle__in=Cycle.objects.visible_to(user)).select_related(
        "cycle__organisation", "created_by", "job"
    )


def schedules_visible_to(user: Any) -> QuerySet[Schedule]:
    """What is made by itself, of the cycles that `user` may see."""
    running = Schedule.objects.filter(stopped_at__isnull=True)
    return running.filter(cycle__in=Cycle.objects.visible_to(user)).select_related(
        "cycle__organisation", "created_by"
    )


def newest_archive(cycle: Cycle) -> Archive | None:
    return Archive.objects.filter(cycle=cycle).select_related("job").first()


def schedules_of(cycle: Cycle) -> list[Schedule]:
    """What is made by itself of a cycle, the next first."""
    running = Schedule.objects.filter(cycle=cycle, stopped_at__isnull=True)
    return list(running.select_related("created_by"))


def subject_visible_to(user: Any, about: str, key: str) -> Cycle | Decision | Meeting | None:
    """The cycle (by its slug), decision or meeting (by their ids) that a document is asked for."""
    if about == Subject.CYCLE:
        return Cycle.objects.visible_to(user).filter(slug=key).first()
    if about == Subject.DECISION:
        decisions = Decision.objects.visible_to(user).select_related("cycle__organisation")
        return decisions.filter(public_id=key).first()
    meetings = Meeting.objects.visible_to(user).select_related("panel__organisation")
    return meetings.filter(public_id=key).first()


def cycles_with_documents(user: Any, *, slug: str = "") -> QuerySet[Cycle]:
    """The cycles that `user` may see, or the one with `slug`, newest first, with documents."""
    cycles = Cycle.objects.visible_to(user)
    if slug:
        cycles = cycles.filter(slug=slug)
    return cycles.select_related("organisation", "area").prefetch_related(
        Prefetch("reports", queryset=_editions().filter(decision=None))
    )


def decisions_with_documents(user: Any) -> QuerySet[Decision]:
    """The decisions that `user` may see, in the order in which they were asked, with documents and
    whether it `is_assessed`: an equality impact assessment of it is published."""
    published = EqualityEdition.objects.filter(assessment__decision=OuterRef("pk"))
    return (
        Decision.objects.visible_to(user)
        .select_related("cycle__organisation")
        .prefetch_related(Prefetch("reports", queryset=_editions()))
        .annotate(is_assessed=Exists(published))
        .order_by("created_at", "pk")
    )


def _editions() -> QuerySet[Report]:
    """Editions for shelves, the newest of each kind first."""
    found = Report.objects.defer("snapshot").select_related("created_by", "job")
    return found.order_by("kind", "-edition")


def editions_about(subject: Decision | Meeting) -> QuerySet[Report]:
    """Every edition about a decision or a meeting, of each kind the newest first. Whoever may see
    it may see them."""
    return (
        subject.reports.defer("snapshot")
        .select_related("created_by", "job")
        .order_by("kind", "-edition")
    )


def organisations_made_for_by(user: Any) -> set[int]:
    """The keys of the organisations for whose cycles `user` may make documents."""
    return set(
        OrganisationMember.objects.filter(
            user_id=user.pk, until__isnull=True, role__in=MAKERS
        ).values_list("organisation_id", flat=True)
    )
