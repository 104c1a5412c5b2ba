"""The front of the library: what there is, shelf by shelf, and what to do first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from evidence.enums import ReferenceKind
from evidence.queries import visible
from evidence.queries.experience import experiences_listed_for, public_experiences
from evidence.queries.frameworks import uses_visible_to
from evidence.queries.needs_public import public_needs


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the library. `count` is how many things are there; None where it is one page."""

    text: str
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind of knowledge: a sentence, its pages, and what those who keep it can add."""

    key: str
    heading: str
    says: str
    entries: list[Entry]
    actions: list[Entry]


def shelves(user: Any) -> list[Shelf]:
    """Every shelf, in the order in which somebody new would ask. One query for each count."""
    keeps = visible.organisations_kept_by(user).exists()
    services = visible.services_visible_to(user).filter(withdrawn_at__isnull=True)
    adds = keeps or visible.organisations_taking_references_from(user).exists()
    return [
        Shelf(
            "needs",
            "What an area needs",
            "Who needs what, how many they are, and who goes without.",
            [_counted("Needs assessments", "needs-list", visible.needs_visible_to(user))],
            [
                _entry("Start a needs assessment", "add-needs"),
                _entry("Link one that others have made", "add-existing-needs"),
            ]
            if keeps
            else [],
        ),
        Shelf(
            "experience",
            "What people say",
            "What people lived through, and what they hope for.",
            [
                _counted("Accounts of experience", "experiences", experiences_listed_for(user)),
                *_hopes(user),
            ],
            [_entry("Tell what you lived through", "tell-experience")],
        ),
        Shelf(
            "services",
            "What services there are",
            "Who does what for whom, at what cost, and where people fall between.",
            [
                _entry("The map of services", "service-map"),
                _counted("Services", "services", services),
                _counted("Pathways", "pathways", visible.pathways_visible_to(user)),
                _entry("Where people can choose", "choice-audit"),
                _entry("Who to talk to", "service-contacts"),
            ],
            [
                _entry("Add a service", "add-service"),
                _entry("Add many from a file", "import-services"),
            ]
            if keeps
            else [],
        ),
        Shelf(
            "figures",
            "Figures",
            "Published figures, each with its source, its area and how it compares.",
            [
                _counted("Indicators", "indicators", visible.indicators_visible_to(user)),
                _entry("Areas", "areas"),
                _entry("Where public figures come from", "sources"),
                _entry("Who chose what is measured", "tiers"),
            ],
            [_entry("Add a file", "start-import"), _entry("Files that were added", "imports")]
            if keeps
            else [],
        ),
        Shelf(
            "references",
            "What has been written",
            "Studies, guidance and good practice, in words that a neighbour understands.",
            [
                _counted("References", "references", visible.references_listed_for(user)),
                Entry(
                    "Good practice",
                    f"{reverse('evidence:references')}?kind={ReferenceKind.EXAMPLE}",
                ),
            ],
            [
                _entry("Add a reference", "add-reference"),
                _entry("Add many from a file", "start-reference-import"),
                _entry("Tell of good practice", "add-example"),
                *([_entry("Add the guidance library", "guidance-library")] if keeps else []),
            ]
            if adds
            else [],
        ),
        Shelf(
            "frameworks",
            "Checklists and frameworks",
            "Named lists to hold one’s work against, of then and of now.",
            [_counted("Frameworks in use", "frameworks", uses_visible_to(user).on())],
            [],
        ),
    ]


def shelves_for_everybody() -> list[Shelf]:
    """What there is for whoever can read no library: what is public, and nothing that only looks
    empty because they may not see it."""
    return [
        Shelf(
            "public",
            "What everybody can read",
            "What areas need, and what people lived through and let everybody read.",
            [
                _counted("Needs assessments", "public-needs-list", public_needs()),
                _counted("What people told us", "public-experiences", public_experiences()),
            ],
            [],
        ),
        Shelf(
            "figures",
            "Places and figures",
            "Which places there are, and who publishes figures about them.",
            [_entry("Areas", "areas"), _entry("Where public figures come from", "sources")],
            [],
        ),
    ]


def _hopes(user: Any) -> list[Entry]:
    """How it is and what people hope for, a page for each library that is open to `user`."""
    libraries = list(visible.organisations_open_to(user))
    name = "How it is, and what people hope for"
    return [
        Entry(
            f"{name}: {each.name}" if len(libraries) > 1 else name,
            reverse("evidence:hopes", args=[each.public_id]),
        )
        for each in libraries
    ]


def _entry(text: str, name: str) -> Entry:
    return Entry(text, reverse(f"evidence:{name}"))


def _counted(text: str, name: str, things: QuerySet[Any]) -> Entry:
    return Entry(text, reverse(f"evidence:{name}"), count=things.count())
