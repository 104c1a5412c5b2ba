"""Frameworks in use: which, what they ask, what was answered, and whose word it is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from evidence.enums import SheetAbout
from evidence.frameworks import FRAMEWORKS, Item
from evidence.models import (
    FrameworkAnswer,
    FrameworkItem,
    FrameworkLink,
    FrameworkNote,
    FrameworkSheet,
    FrameworkUse,
)
from evidence.models.frameworks import FrameworkUseQuerySet
from evidence.queries.visible import organisations_kept_by, organisations_open_to
from stakeholders.enums import PILLAR_OF, OrganisationRole
from stakeholders.models import Organisation, OrganisationMember, PanelUserGrant, Seat
from vbc.core.enums import ContributionStatus

# After so long it is asked whether an answer is still true.
STILL_TRUE_AFTER = timedelta(days=365)


@dataclass(frozen=True)
class Asked:
    """One thing that a sheet asks: an item of the framework, or one that people added.

    `lever`: of an objective, what moves it.
    """

    key: str
    name: str
    question: str
    hint: str = ""
    also_known_as: str = ""
    group: str = ""
    lever: str = ""
    own: FrameworkItem | None = None


@dataclass(frozen=True)
class Line:
    """What a sheet asks, with what is answered; `notes` counts what members said of it."""

    asked: Asked
    answer: FrameworkAnswer | None
    notes: int = 0
    notes_waiting: int = 0

    @property
    def is_stale(self) -> bool:
        return self.answer is not None and is_stale(self.answer)


def uses_visible_to(user: Any) -> FrameworkUseQuerySet:
    """Those of every library that is open to the person, on or off."""
    uses: FrameworkUseQuerySet = FrameworkUse.objects.filter(
        organisation__in=organisations_open_to(user), framework__in=FRAMEWORKS
    ).select_related("organisation", "on_by")
    return uses


def sheets_visible_to(user: Any) -> QuerySet[FrameworkSheet]:
    """What is answered for the organisation, for who reads its library; for a cycle, for who works
    there or may see the cycle's panel."""
    works_here = OrganisationMember.objects.filter(
        organisation=OuterRef("use__organisation"),
        user_id=user.pk,
        until__isnull=True,
        role__in=OrganisationRole.values,
    )
    sees_panel = PanelUserGrant.objects.filter(
        content_object=OuterRef("panel"), user_id=user.pk, permission__codename="view_panel"
    )
    of_organisation = Q(
        about=SheetAbout.ORGANISATION, use__organisation__in=organisations_open_to(user)
    )
    of_cycle = Q(about=SheetAbout.CYCLE) & (Q(Exists(works_here)) | Q(Exists(sees_panel)))
    return FrameworkSheet.objects.filter(of_organisation | of_cycle).select_related(
        "use__organisation", "panel"
    )


def cycle_sheets_of(user: Any, framework: str) -> QuerySet[FrameworkSheet]:
    """Where a framework is answered about a cycle that the person may see, newest first."""
    found = sheets_visible_to(user).filter(about=SheetAbout.CYCLE, use__framework=framework)
    return found.order_by("-begun_at", "-pk")


def notes_visible_to(user: Any) -> QuerySet[FrameworkNote]:
    """Of sheets that the person may see, without what was taken back."""
    return FrameworkNote.objects.filter(
        sheet__in=sheets_visible_to(user), withdrawn_at__isnull=True
    ).select_related("sheet__use__organisation", "sheet__panel", "author")


def sheets_with_notes_waiting(user: Any) -> QuerySet[Any]:
    """Of the organisations whose library the person keeps, where notes wait for a reply, with how
    many, as `waiting_count`."""
    waits = Q(notes__withdrawn_at__isnull=True) & ~Q(
        notes__status__in=sorted(ContributionStatus.answered())
    )
    return (
        FrameworkSheet.objects.filter(use__organisation__in=organisations_kept_by(user))
        .annotate(waiting_count=Count("notes", filter=waits))
        .filter(waiting_count__gt=0)
        .select_related("use__organisation")
        .order_by("pk")
    )


def asked_on(sheet: FrameworkSheet) -> list[Asked]:
    """Everything that a sheet asks: ours in their order, then what people added, oldest first."""
    return _asked(sheet, sheet.own_items.filter(withdrawn_at__isnull=True))


def lines_of(sheets: Iterable[FrameworkSheet]) -> dict[int, list[Line]]:
    """The lines of each sheet, by its key; three queries, however many sheets there are."""
    shown = list(sheets)
    own: dict[int, list[FrameworkItem]] = defaultdict(list)
    for item in FrameworkItem.objects.filter(sheet__in=shown, withdrawn_at__isnull=True):
        own[item.sheet_id].append(item)
    answers = {
        (each.sheet_id, each.item): each
        for each in FrameworkAnswer.objects.filter(sheet__in=shown).select_related(
            "sheet", "answered_by", "confirmed_by"
        )
    }
    notes = {
        (sheet, item): (said, waiting)
        for sheet, item, said, waiting in _standing_notes(shown)
        .order_by()
        .values_list("sheet", "item")
        .annotate(
            said=Count("pk"),
            waiting=Count("pk", filter=~Q(status__in=sorted(ContributionStatus.answered()))),
        )
    }
    return {
        sheet.pk: [
            Line(each, answers.get((sheet.pk, each.key)), *notes.get((sheet.pk, each.key), (0, 0)))
            for each in _asked(sheet, own[sheet.pk])
        ]
        for sheet in shown
    }


def answer_on(sheet: FrameworkSheet, item: str) -> FrameworkAnswer | None:
    """What is answered of one item."""
    answers = sheet.answers.filter(item=item)
    return answers.select_related("sheet__use", "answered_by", "confirmed_by").first()


def sheet_before(sheet: FrameworkSheet) -> FrameworkSheet | None:
    """The year before it that was assessed, whether or not one was left out between them."""
    if sheet.year is None:
        return None
    return sheet.use.sheets.filter(year__lt=sheet.year).order_by("-year").first()


def notes_on(sheet: FrameworkSheet, item: str) -> QuerySet[FrameworkNote]:
    """What members said of one item, oldest first."""
    return _standing_notes([sheet]).filter(item=item)


def links_of(answers: Iterable[FrameworkAnswer]) -> dict[int, list[FrameworkLink]]:
    """What each answer points to, by its key; one query."""
    found: dict[int, list[FrameworkLink]] = defaultdict(list)
    links = FrameworkLink.objects.filter(answer__in=[each.pk for each in answers])
    for link in links.select_related("reference"):
        found[link.answer_id].append(link)
    return found


def standing_sheets(uses: Iterable[FrameworkUse]) -> dict[int, FrameworkSheet]:
    """Of each use, what is answered for the organisation now: of its newest year, where it is
    answered by the year. One query."""
    newest: dict[int, FrameworkSheet] = {}
    sheets = FrameworkSheet.objects.filter(
        use__in=[each.pk for each in uses], about=SheetAbout.ORGANISATION
    ).select_related("use__organisation", "panel")
    for sheet in sheets.order_by("year", "pk"):
        newest[sheet.use_id] = sheet
    return newest


def years_of(use: FrameworkUse) -> list[FrameworkSheet]:
    """The sheets of its years, oldest first."""
    sheets = use.sheets.filter(year__isnull=False).select_related("use__organisation", "panel")
    return list(sheets.order_by("year"))


def is_stale(answer: FrameworkAnswer) -> bool:
    """Whether it is a year since anybody said that it is so. A year's own answer never is."""
    last = answer.confirmed_at or answer.answered_at
    return answer.sheet.year is None and last < timezone.now() - STILL_TRUE_AFTER


def pillar_of(user: Any, sheet: FrameworkSheet) -> str | None:
    """The pillar that the person speaks for here: on the cycle's panel, or on any panel of the
    organisation. Empty for a seat that speaks for none; None for who has no part in a panel."""
    seats = Seat.objects.taking_part().filter(user_id=user.pk)
    if sheet.about == SheetAbout.CYCLE:
        seats = seats.filter(panel=sheet.panel_id)
    else:
        seats = seats.filter(panel__organisation=sheet.use.organisation_id)
    pillars = {str(PILLAR_OF.get(each, "")) for each in seats.values_list("perspective", flat=True)}
    if not pillars:
        return None
    return pillars.pop() if len(pillars) == 1 else ""


def is_on_in(organisation: Organisation, framework: str) -> bool:
    """Whether the organisation's work is held against it today."""
    return FrameworkUse.objects.filter(
        organisation=organisation, framework=framework, off_at__isnull=True
    ).exists()


def organisations_to_switch_on(user: Any, framework: str) -> QuerySet[Organisation]:
    """Those whose library the person keeps, and that do not use it now."""
    on = FrameworkUse.objects.on().filter(organisation=OuterRef("pk"), framework=framework)
    return organisations_kept_by(user).exclude(Exists(on))


def references_to_link(organisation: Organisation) -> QuerySet[Any]:
    found: QuerySet[Any] = organisation.references.filter(withdrawn_at__isnull=True)
    return found


def sheet_facts(sheets: Iterable[FrameworkSheet]) -> list[dict[str, Any]]:
    """Everything a document says of these sheets, as plain JSON; four queries for all of them.

    Notes of members are not in it: they are theirs, and written for the people here.
    """
    shown = list(sheets)
    lines = lines_of(shown)
    answers = [each.answer for lines_ in lines.values() for each in lines_ if each.answer]
    links = links_of(answers)
    return [
        {
            "framework": sheet.use.framework,
            "name": sheet.use.definition.name,
            "purpose": sheet.use.definition.purpose,
            "source": sheet.use.definition.source,
            "publisher": sheet.use.definition.publisher,
            "published_in": sheet.use.definition.year,
            "is_historic": sheet.use.definition.era == "historic",
            "is_ours": sheet.use.definition.is_ours,
            "why": sheet.use.why,
            "about": sheet.about,
            "year": sheet.year,
            "items": [_line_facts(each, links) for each in lines[sheet.pk]],
        }
        for sheet in shown
    ]


def _line_facts(line: Line, links: dict[int, list[FrameworkLink]]) -> dict[str, Any]:
    answer = line.answer
    return {
        "key": line.asked.key,
        "name": line.asked.name,
        "also_known_as": line.asked.also_known_as,
        "question": line.asked.question,
        "lever": line.asked.lever,
        "is_own": line.asked.own is not None,
        "answer": answer.answer if answer else "",
        "answer_label": answer.get_answer_display() if answer else "Not answered",
        "words": answer.words if answer else "",
        "effect": answer.effect if answer else "",
        "answered_on": answer.answered_at.date().isoformat() if answer else None,
        "confirmed_on": answer.confirmed_at.date().isoformat()
        if answer and answer.confirmed_at
        else None,
        "links": [
            {
                "title": each.reference.title if each.reference else each.title,
                "address": each.reference.get_absolute_url() if each.reference else each.address,
            }
            for each in (links[answer.pk] if answer and answer.pk in links else [])
        ],
    }


def _asked(sheet: FrameworkSheet, own: Iterable[FrameworkItem]) -> list[Asked]:
    return [*map(_ours, sheet.use.definition.items), *map(_added, own)]


def _ours(item: Item) -> Asked:
    return Asked(item.key, item.name, item.question, item.hint, item.also_known_as, item.group)


def _added(item: FrameworkItem) -> Asked:
    question = item.question or f"Is it so: {item.name}?"
    return Asked(item.public_id, item.name, question, lever=item.lever, own=item)


def _standing_notes(sheets: Iterable[FrameworkSheet]) -> QuerySet[FrameworkNote]:
    return FrameworkNote.objects.filter(sheet__in=sheets, withdrawn_at__isnull=True)
