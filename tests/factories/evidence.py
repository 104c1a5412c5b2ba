"""Libraries: figures, references and needs assessments, built through the services."""

import itertools
from typing import Any

from django.core.files.base import ContentFile

from evidence.enums import (
    CoverageState,
    Horizon,
    NeedsChapter,
    NumberKind,
    NumberState,
    ParticularGroup,
    ReferenceKind,
)
from evidence.models import Area, DataImport, Indicator, NeedsAssessment, Reference, ReferenceImport
from evidence.services import imports, needs, reference_imports, references
from evidence.services import needs_numbers as numbers
from tests.kept import kept
from tests.support import run_jobs

# No number begins with another, so that no name stands inside another.
_numbers = itertools.count(10_001)

HEADER = (
    "area_code,area_name,period,indicator_code,indicator,value,lower,upper,unit,"
    "category_type,category,comparison"
)
# A trend beside England, a group that is suppressed, a year without a figure, and an area worse.
ROWS = (
    "E92000001,England,2022,111,Recovery,50,49,51,%,,,",
    "E92000001,England,2023,111,Recovery,51,50,52,%,,,",
    "E92000001,England,2024,111,Recovery,52,51,53,%,,,",
    "E08000006,Salford,2022,111,Recovery,44,40,48,%,,,Worse",
    "E08000006,Salford,2023,111,Recovery,,,,%,,,",
    "E08000006,Salford,2024,111,Recovery,49,45,53,%,,,Similar",
    "E08000006,Salford,2024,111,Recovery,45,,,%,Ethnic group,Asian,",
    "E08000006,Salford,2024,111,Recovery,*,,,%,Ethnic group,Black,",
    "E08000006,Salford,2024,111,Recovery,50,,,%,Ethnic group,White,",
    "E08000009,Trafford,2024,111,Recovery,57,55,60,%,,,Better",
    "E08000003,Manchester,2024,111,Recovery,41,39,43,%,,,Worse",
    "E08000001,Bolton,2024,111,Recovery,*,,,%,,,",
)


def csv(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *(rows or ROWS)]).encode() + b"\n"


def file(content: bytes | None = None, name: str = "figures.csv") -> ContentFile:
    return ContentFile(csv() if content is None else content, name=name)


@kept
def started_import(
    organisation: Any,
    by: Any,
    content: bytes | None = None,
    *,
    name: str = "figures.csv",
    **said: Any,
) -> DataImport:
    """A file that waits to be read."""
    said.setdefault("source", "NHS England")
    return imports.start(file(content, name), organisation=organisation, by=by, **said)


@kept
def read_import(
    organisation: Any, by: Any, content: bytes | None = None, **said: Any
) -> DataImport:
    """A file that has been read, by the same task as the worker's."""
    made = started_import(organisation, by, content, **said)
    run_jobs()
    made.refresh_from_db()
    return made


@kept
def recovery(organisation: Any, by: Any) -> Indicator:
    """The indicator of `ROWS`, imported."""
    read_import(organisation, by)
    return Indicator.objects.get(organisation=organisation, code="111")


def salford() -> Area:
    return Area.objects.get(code="E08000006")


@kept
def reference(organisation: Any, by: Any, **said: Any) -> Reference:
    number = next(_numbers)
    said.setdefault("kind", ReferenceKind.REVIEW)
    said.setdefault("title", f"What helps people recover, part {number}")
    said.setdefault("plain_summary", "Talking with peers helps about one person in five more.")
    return references.add(organisation, by=by, **said)


def ris(*records: dict[str, Any]) -> bytes:
    """A file of references; the names of a record's fields are the tags of the format."""
    lines = []
    for record in records:
        lines.append("TY  - JOUR")
        for tag, value in record.items():
            every = value if isinstance(value, list) else [value]
            lines += [f"{tag}  - {each}" for each in every]
        lines.append("ER  - \n")
    return "\n".join(lines).encode()


@kept
def started_reference_import(
    organisation: Any, by: Any, content: bytes, *, name: str = "found.ris", **said: Any
) -> ReferenceImport:
    """A file of references that waits to be looked through."""
    said.setdefault("source", "PubMed, searched in May")
    return reference_imports.start(
        ContentFile(content, name=name), organisation=organisation, by=by, **said
    )


@kept
def looked_through(organisation: Any, by: Any, content: bytes, **said: Any) -> ReferenceImport:
    """A file of references that has been looked through, by the same task as the worker's."""
    made = started_reference_import(organisation, by, content, **said)
    run_jobs()
    made.refresh_from_db()
    return made


@kept
def added_references(organisation: Any, by: Any, content: bytes, **said: Any) -> ReferenceImport:
    """A file of references that somebody agreed to add."""
    return looked_through(organisation, by, content, is_agreed=True, **said)


@kept
def example(organisation: Any, by: Any, **said: Any) -> Reference:
    number = next(_numbers)
    said.setdefault("title", f"A café at night {number}")
    said.setdefault("plain_summary", "A café that is open when nothing else is.")
    said.setdefault("place", "A made-up town")
    said.setdefault("what_they_did", "They opened a café from six to midnight.")
    return references.add_example(organisation, by=by, **said)


@kept
def needs_draft(organisation: Any, by: Any, title: str = "") -> NeedsAssessment:
    """A draft for Salford, with nothing written; imports figures if there are none."""
    if not Area.objects.filter(code="E08000006").exists():
        recovery(organisation, by)
    return needs.create(
        organisation, area=salford(), title=title or f"Needs {next(_numbers)}", by=by
    )


@kept
def say_numbers(draft: NeedsAssessment, by: Any) -> None:
    """The six that have to be said: three counted, the gap worked out, two not known."""
    for kind, amount, about in (
        (NumberKind.PREVALENCE, 30_000, "Adults with a common mental health problem"),
        (NumberKind.TREATED, 4_500, "Adults who finished a course of talking therapy"),
    ):
        numbers.say(
            draft,
            kind=kind,
            state=NumberState.KNOWN,
            amount=amount,
            about=about,
            period="2024",
            source="NHS England",
            by=by,
        )
    numbers.say(draft, kind=NumberKind.UNMET, state=NumberState.WORKED_OUT, by=by)
    for kind, horizon in (
        (NumberKind.WELLBEING, Horizon.NOW),
        (NumberKind.COST, Horizon.NOW),
        (NumberKind.PREVALENCE, Horizon.LATER),
    ):
        numbers.say(
            draft,
            kind=kind,
            horizon=horizon,
            state=NumberState.NOT_KNOWN,
            why_not_known="Nobody has counted it here.",
            what_is_done="The council asks in its next survey.",
            by=by,
        )


@kept
def written_needs(organisation: Any, by: Any, title: str = "") -> NeedsAssessment:
    """A draft with everything that publishing needs, and a chart of each kind."""
    draft = needs_draft(organisation, by, title)
    needs.edit_statement(
        draft,
        title=draft.title,
        statement="About one adult in six here has a common mental health problem.",
        version=draft.version,
        by=by,
    )
    for text in draft.texts.all():
        needs.edit_chapter(
            draft,
            chapter=text.chapter,
            text=f"What is known about: {NeedsChapter(text.chapter).label}.",
            version=text.version,
            by=by,
        )
    say_numbers(draft, by)
    for group in ParticularGroup.values:
        needs.set_coverage(
            draft,
            group=group,
            state=CoverageState.ASSESSED,
            text="Assessed with the people concerned.",
            version=0,
            by=by,
        )
    indicator = Indicator.objects.filter(organisation=organisation, code="111").first()
    if indicator is None:
        indicator = recovery(organisation, by)
    for by_group in ("", "Ethnic group"):
        needs.add_chart(
            draft, chapter=NeedsChapter.NEED, indicator=indicator, by_group=by_group, by=by
        )
    draft.refresh_from_db()
    return draft


@kept
def published_needs(organisation: Any, by: Any, title: str = "") -> NeedsAssessment:
    draft = written_needs(organisation, by, title)
    needs.publish(draft, by=by)
    draft.refresh_from_db()
    return draft
