"""What pages say about services."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from evidence.enums import (
    CARE_CLUSTERS,
    CHOICE_QUESTIONS,
    ChoiceAnswer,
    ChoicePoint,
    FigureKind,
    ParticularGroup,
    ServiceStatus,
    WayIn,
)
from evidence.models import (
    Provider,
    ProviderChoice,
    Service,
    ServiceCluster,
    ServiceCorrection,
    ServiceFigure,
)
from evidence.queries import choices, pathways
from evidence.queries import services as queries
from evidence.queries.became import Became, became_of
from evidence.queries.choices import ENOUGH, Lived
from evidence.queries.services import (
    ASKED_ABOUT,
    UNDER_USED,
    groups_of,
    is_over_full,
    is_stale,
    use_of,
)
from vbc.core.enums import ContributionStatus
from vbc.ui.dates import day_in_words
from vbc.ui.money import in_pounds

STATUS_COLOURS = {
    ServiceStatus.PLANNED: "blue",
    ServiceStatus.IN_USE: "green",
    ServiceStatus.CLOSING: "orange",
    ServiceStatus.CLOSED: "grey",
}
NOT_SAID = "Nobody has said yet"


def counted(number: int, one: str, many: str = "") -> str:
    """1 service, 3 services; many thousands with a comma."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def list_sentence(summary: Mapping[str, int]) -> str:
    """31 services by 14 providers, 3 of them user-led; the cost of 9 is not known."""
    if not summary["services"]:
        return "No services."
    said = (
        f"{counted(summary['services'], 'service')} by {counted(summary['providers'], 'provider')}"
    )
    led, missing = summary["user_led"], summary["cost_not_known"]
    if led:
        said += f", {led} of them run by people who use services"
    else:
        said += ", none of them run by people who use services"
    if missing:
        return f"{said}. The cost of {missing} is not known."
    return f"{said}. The cost of each is known."


def status_tag(service: Service) -> dict[str, str]:
    colour = STATUS_COLOURS[ServiceStatus(service.status)]
    return {"text": service.get_status_display(), "colour": colour}


def row(service: Service) -> dict[str, Any]:
    """A service in the list; its figures and groups are fetched already."""
    figures = {each.kind: each for each in service.figures.all()}
    facts = [service.get_level_display(), _cost_in_short(figures.get(FigureKind.COST))]
    if use := use_sentence(figures):
        facts.append(use)
    return {
        "service": service,
        "tag": status_tag(service) if service.status != ServiceStatus.IN_USE else None,
        "provider": f"{service.provider.name} ({service.provider.get_sector_display()})",
        "facts": ". ".join(facts),
    }


def _cost_in_short(figure: ServiceFigure | None) -> str:
    if figure is None or figure.value is None:
        return "Cost not known"
    return f"{in_pounds(figure.value)} a year"


def service_page(service: Service, user: Any, *, may_edit: bool) -> dict[str, Any]:
    """What the page of one service shows of it, but for what was said against it."""
    figures = queries.figures_by_kind(service)
    lived = choices.lived_by_service([service])[service.pk]
    return {
        "service": service,
        "tag": status_tag(service),
        "about": about(service),
        "figures": figure_rows(service, figures, may_edit=may_edit),
        "use": use_sentence(figures),
        "words": words_rows(service),
        "clusters": cluster_rows(service, queries.clusters_of(service), may_edit=may_edit),
        "events": queries.events_of(service),
        "choice": choice_rows(choices.claim_of(service), lived),
        "enough": ENOUGH,
        "said_of_choice": choices.own_of(service, user) is not None,
        "steps": pathways.steps_through(service),
        "stakeholder": queries.stakeholder_of(service.provider, user),
        "became": [became_in_words(each) for each in became_of(service, user)],
        "may_edit": may_edit,
    }


def became_in_words(became: Became) -> dict[str, Any]:
    """How far it is with a service that was put to a panel; the state ends no sentence."""
    on = day_in_words(timezone.localdate(became.put_at))
    if not became.url:
        return {"words": f"It was put to a panel on {on}.", "title": "", "url": ""}
    state = f"Chosen: {became.chosen}" if became.chosen else became.state
    return {
        "words": f"It was put to the panel on {on}. {state}.",
        "title": became.title,
        "url": became.url,
    }


def about(service: Service) -> list[dict[str, str]]:
    """Who, where, for whom, and how people get in."""
    provider = service.provider
    area = service.area.name if service.area else ""
    where = f"{service.place} ({area})" if service.place and area else service.place or area
    rows = [
        ("Who runs it", f"{provider.name} ({provider.get_sector_display()})"),
        ("Kind of help", service.get_level_display()),
        ("Where", where),
        ("For whom", for_whom(service)),
        ("How people get in", "\n".join(str(WayIn(way).label) for way in service.ways_in)),
        ("Who leads it", service.lead),
        ("Who to talk to", service.contact or provider.contact),
        ("Contract ends", day_in_words(service.contract_ends) if service.contract_ends else ""),
        ("Works with others", works_with(service)),
    ]
    return [{"key": key, "value": value or NOT_SAID} for key, value in rows]


def works_with(service: Service) -> str:
    if service.is_integrated:
        return service.partners
    return service.partners or "Not for the same person, as far as we know"


def for_whom(service: Service) -> str:
    """The ages and groups that it is meant for."""
    groups = [str(ParticularGroup(group).label) for group in groups_of(service)]
    return "\n".join(filter(None, [ages(service.age_from, service.age_to), *groups]))


def ages(first: int | None, last: int | None) -> str:
    if first is not None and last is not None:
        return f"Ages {first} to {last}"
    if first is not None:
        return f"From age {first}"
    return f"Up to age {last}" if last is not None else ""


# --- Figures --------------------------------------------------------------------------------------


def figure_rows(
    service: Service, figures: Mapping[str, ServiceFigure], *, may_edit: bool
) -> list[dict[str, Any]]:
    """Each kind of figure: what is known and from where, or why it is not."""
    rows = []
    for kind in FigureKind:
        figure = figures.get(kind)
        url = reverse("evidence:service-figure", args=[service.public_id, kind.value])
        change = {"url": url, "text": "Change" if figure else "Add", "hidden": kind.label}
        rows.append(
            {
                "key": str(kind.label),
                "value": value_in_words(figure),
                "hint": source_in_words(figure),
                "actions": [change] if may_edit else [],
            }
        )
    return rows


def value_in_words(figure: ServiceFigure | None) -> str:
    if figure is None:
        return NOT_SAID
    if figure.value is None:
        return f"Not known: {figure.why_not_known}"
    if figure.kind == FigureKind.COST:
        basis = figure.get_basis_display()
        return f"{in_pounds(figure.value)} in {figure.year}. {basis}"
    if figure.kind in FigureKind.in_days():
        return counted(figure.value, "day")
    if figure.kind == FigureKind.UNMET:
        return counted(figure.value, "person", "people")
    return f"{figure.value:,} {figure.unit} {figure.get_period_display()}"


def figure_now(form: Any, figure: ServiceFigure) -> list[dict[str, str]]:
    """What a figure says now, for whoever was writing another."""
    return [{"key": figure.get_kind_display(), "value": value_in_words(figure)}]


def source_in_words(figure: ServiceFigure | None, today: date | None = None) -> str:
    if figure is None or figure.value is None or figure.dated_on is None:
        return ""
    said = f"{figure.source}, {day_in_words(figure.dated_on)}."
    return f"{said} More than a year old." if is_stale(figure, today) else said


def use_sentence(figures: Mapping[str, ServiceFigure]) -> str:
    """Where it is used little or is over full: a sentence with the figures; else nothing."""
    known = dict(figures)
    use = use_of(known)
    if use is None:
        return ""
    does, can = known[FigureKind.ACTIVITY], known[FigureKind.CAPACITY]
    return use_in_words(
        {
            "of_100": use,
            "activity": does.value,
            "capacity": can.value,
            "unit": can.unit,
            "period": can.get_period_display(),
            "is_over_full": is_over_full(known),
        }
    )


def use_in_words(fact: Mapping[str, Any]) -> str:
    """Used less than it could be: 42 of 80 places a week. Or over full, in the same way; several
    times over is asked about, because the numbers may count different things."""
    if fact["of_100"] > ASKED_ABOUT:
        return (
            f"Please check: {fact['activity']:,} used of room for {fact['capacity']:,} "
            f"({fact['unit']} {fact['period']}). Are both counted in the same thing, over the same "
            "time?"
        )
    amounts = f"{fact['activity']:,} of {fact['capacity']:,} {fact['unit']} {fact['period']}"
    if fact.get("is_over_full"):
        return f"Over full: {amounts}"
    return f"Used less than it could be: {amounts}" if fact["of_100"] < UNDER_USED else ""


def words_rows(service: Service) -> list[dict[str, str]]:
    """What is known in words."""
    rows = [
        ("How well it works, and how we know", service.effectiveness),
        ("What does not work well", service.deficits),
        ("Who needs it and does not get it", service.unmet_need),
        ("Staff and skills it needs", service.workforce),
    ]
    return [{"key": key, "value": value or NOT_SAID} for key, value in rows]


def cluster_rows(
    service: Service, clusters: Iterable[ServiceCluster], *, may_edit: bool
) -> list[dict[str, Any]]:
    return [
        {
            "name": f"{each.cluster}: {CARE_CLUSTERS[each.cluster]}",
            "people": "Not known" if each.people is None else f"{each.people:,}",
            "cost": "Not known" if each.cost_pence is None else in_pounds(each.cost_pence),
            "remove_url": reverse(
                "evidence:remove-service-cluster", args=[service.public_id, each.cluster]
            )
            if may_edit
            else "",
        }
        for each in clusters
    ]


# --- Choice ---------------------------------------------------------------------------------------


def choice_rows(claim: ProviderChoice | None, lived: Mapping[str, Lived]) -> list[dict[str, Any]]:
    """Each choice point: what the provider says, and beside it what people live."""
    return [
        {
            "label": str(point.label),
            "question": CHOICE_QUESTIONS[point],
            "claim": claim_in_words(claim, point),
            "claim_note": claim.note_on(point) if claim else "",
            "lived": lived_in_words(lived[point]),
            "lived_notes": lived[point].notes,
        }
        for point in ChoicePoint
    ]


def claim_in_words(claim: ProviderChoice | None, point: str) -> str:
    answer = claim.answer_to(point) if claim else ""
    return str(ChoiceAnswer(answer or ChoiceAnswer.NOT_KNOWN).label)


def lived_in_words(lived: Lived) -> str:
    """What most said, or that they differ, and in which quarter; or that nothing is shown."""
    if not lived.is_shown:
        return "Not shown yet"
    said = f"Most said {ChoiceAnswer(lived.most).label.lower()}" if lived.most else "People differ"
    return f"{said} ({lived.period})"


def _uncapitalised(words: str) -> str:
    return words[:1].lower() + words[1:]


def choice_table(
    services: Iterable[Service], lived: Mapping[int, Mapping[str, Lived]]
) -> dict[str, Any]:
    """Services down, choice points across; in each cell the claim, under it what people live."""
    head = ["Service", *(str(point.label) for point in ChoicePoint)]
    rows = []
    for each in services:
        claim = getattr(each, "claimed_choice", None)
        cells: list[dict[str, str]] = [
            {"text": each.title, "url": f"{each.get_absolute_url()}#choice"}
        ]
        cells += [
            {
                "text": f"Provider: {claim_in_words(claim, point).lower()}",
                "note": f"People: {_uncapitalised(lived_in_words(lived[each.pk][point]))}"
                if lived[each.pk][point].is_shown
                else "People: too few have answered in a quarter that is over",
            }
            for point in ChoicePoint
        ]
        rows.append(cells)
    return {"head": head, "rows": rows}


# --- Corrections ----------------------------------------------------------------------------------


def correction_rows(
    corrections: Iterable[ServiceCorrection], user: Any, *, may_answer: bool
) -> list[dict[str, Any]]:
    """What was said against the page, without names, and what became of it."""
    rows = []
    for each in corrections:
        ids = [each.service.public_id, each.public_id]
        is_own = each.author_id == user.pk
        rows.append(
            {
                "correction": each,
                "who": "You wrote" if is_own else "Somebody on a panel wrote",
                "state": ContributionStatus(each.status).label
                if each.is_answered
                else "Waiting for an answer",
                "answer_url": reverse("evidence:answer-service-correction", args=ids)
                if may_answer
                else "",
                "take_back_url": reverse("evidence:take-service-correction-back", args=ids)
                if is_own
                else "",
            }
        )
    return rows


def provider_row(provider: Provider) -> dict[str, Any]:
    number: int = provider.service_count  # type: ignore[attr-defined] # counted by the query
    return {
        "provider": provider,
        "services": counted(number, "service") if number else "No services yet",
    }


CONTACTS_HEAD = ["Service", "Provider", "Who leads it", "How to reach them"]


def contact_rows(services: Iterable[Service]) -> list[list[Any]]:
    """Who to talk to for each service; where nobody is named, the provider's own contact."""
    return [
        [
            {"text": each.title, "url": each.get_absolute_url()},
            each.provider.name,
            each.lead or "Not said",
            each.contact or each.provider.contact or "We do not know who to talk to",
        ]
        for each in services
    ]
