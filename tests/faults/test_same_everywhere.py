"""Whatever a result goes out by, it says the same: page, closer look, document, data, PDF, e-mail.

Two panels that differ in nothing but what is hidden from a reader leave that reader every way out
unchanged, byte for byte, before the record and after it (trust row 10).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pypdfium2
import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cycles.disclosure import Audience
from cycles.enums import RecordType
from cycles.models import Decision
from cycles.queries.results import result_for
from cycles.services import decisions, records
from reports.models import Report
from stakeholders.enums import Perspective
from tests.factories import decisions as make
from tests.factories import equality, reports
from tests.pages import as_, without_tokens
from tests.support import run_jobs, thoroughly

pytestmark = pytest.mark.django_db

# By perspective: what each person gives to the two options.
Profile = Mapping[str, Sequence[tuple[int, int]]]
PAGES = ("decision", "decision-result", "decision-result-closer", "board")
CLOSED_AT = timezone.now()
CLOCK = re.compile(r"\b\d{1,2}(:\d\d)?[ap]m\b")
# What is random of a document: its address, and the seal of the page somebody comes from.
DOCUMENT = re.compile(r"/documents/[a-z0-9]{12}/|\?from=[^\"]*")


def address(name: str, made: Decision) -> str:
    return reverse(f"cycles:{name}", args=[made.cycle.slug, made.public_id])


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is not there afterwards, so that the next one begins where it did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ready(**panel_of: int) -> Decision:
    """Two options, with all that a record needs beside the ratings: the same in each telling."""
    made = make.ready(2, **panel_of)
    make.three_rs(made)
    equality.published(made)
    return made


def rated(made: Decision, profile: Profile) -> None:
    make.opened(made)
    for option in make.options_of(made):
        make.appraised(option)
    make.cast_all(made, **{key: list(rows) for key, rows in profile.items()})
    make.closed(made)
    # The data say to the microsecond when it closed.
    made.rounds.update(closed_at=CLOSED_AT)


def recorded(made: Decision) -> None:
    make.recordable(made)
    records.record(
        made,
        record_type=RecordType.BALANCED,
        chosen=make.options_of(made)[0],
        reasons="It is near.",
        goes_against_unseen=False,
        against_pillar_reason="It can begin this year.",
        by=made.cycle.lead,
    )
    made.refresh_from_db()


def pages(made: Decision, reader: Any) -> dict[str, str]:
    client = as_(reader)
    found = {name: client.get(address(name, made)) for name in PAGES}
    found["my work"] = client.get(reverse("home:my-work"))
    found["cycle"] = client.get(made.cycle.get_absolute_url())
    return {
        name: without_tokens(answer.content.decode())
        for name, answer in found.items()
        if answer.status_code == 200
    }


def document(made: Decision, reader: Any) -> dict[str, str]:
    report: Report = reports.made(made.cycle)
    client = as_(reader)
    found = {
        name: client.get(reverse(f"reports:report-{name}", args=[report.public_id]))
        for name in ("read", "data")
    }
    assert {answer.status_code for answer in found.values()} == {200}
    pdf = pypdfium2.PdfDocument(reports.content(report))
    ways = {name: without_tokens(each.content.decode()) for name, each in found.items()}
    ways["pdf"] = "\n".join(each.get_textpage().get_text_range() for each in pdf)
    return {name: text.replace(report.public_id, "ONE") for name, text in ways.items()}


def mails() -> str:
    run_jobs()
    return "\n".join(sorted(f"{each.to} {each.subject} {each.body}" for each in mail.outbox))


def every_way_out(made: Decision, reader: Any, profile: Profile) -> dict[str, str]:
    """All that reaches this reader of a round with these ratings, before the record and after."""
    with undone():
        mail.outbox.clear()
        rated(made, profile)
        ways = {f"{name}, weighing": text for name, text in pages(made, reader).items()}
        recorded(made)
        ways |= {f"{name}, recorded": text for name, text in pages(made, reader).items()}
        ways |= document(made, reader) | {"mails": mails()}
        return {
            name: DOCUMENT.sub("/documents/ONE/", CLOCK.sub("TIME", text))
            for name, text in ways.items()
        }


def outside_of_four(made: Decision) -> Any:
    return made.cycle.lead


def inside_of_two(made: Decision) -> Any:
    return make.members(made, Perspective.CLINICIAN)[0]


def beside_two_clinicians(made: Decision) -> Any:
    return make.members(made, Perspective.CARER)[0]


OTHERS = {"clinician": [(7, 3), (6, 5), (5, 6)]}
# The panel, whether clinicians are secret too, who reads, and two profiles that this reader cannot
# tell apart: as far from each other as two can be, together with one that is of a mind.
HIDDEN: dict[str, tuple[dict[str, int], bool, Callable[[Decision], Any], list[Profile]]] = {
    "four of service users and carers, from outside": (
        {"service_users": 3, "carers": 1},
        False,
        outside_of_four,
        [
            OTHERS | {"service_user": [(9, 1), (9, 1), (8, 2)], "carer": [(9, 1)]},
            OTHERS | {"service_user": [(1, 9), (2, 9), (1, 8)], "carer": [(9, 9)]},
            OTHERS | {"service_user": [(5, 5), (5, 5), (5, 5)], "carer": [(5, 5)]},
        ],
    ),
    "two service users without a carer, from inside": (
        {"service_users": 2, "carers": 0},
        False,
        inside_of_two,
        [
            OTHERS | {"service_user": [(9, 1), (9, 1)]},
            OTHERS | {"service_user": [(1, 9), (9, 1)]},
        ],
    ),
    "two clinicians who keep theirs secret, from inside": (
        {"service_users": 3, "carers": 2, "clinicians": 2},
        True,
        beside_two_clinicians,
        [
            {
                "service_user": [(8, 4), (7, 4), (6, 5)],
                "carer": [(8, 4), (6, 3)],
                "clinician": [(9, 1), (8, 1)],
            },
            {
                "service_user": [(8, 4), (7, 4), (6, 5)],
                "carer": [(8, 4), (6, 3)],
                "clinician": [(1, 9), (5, 5)],
            },
        ],
    ),
}


@pytest.mark.parametrize(
    "case", thoroughly(HIDDEN, "four of service users and carers, from outside")
)
def test_what_is_hidden_changes_nothing_that_goes_out(case: str) -> None:
    panel_of, keeps_secret, who, profiles = HIDDEN[case]
    made = ready(**panel_of)
    if keeps_secret:
        decisions.keep_clinical_secret(made, by=make.members(made, Perspective.CLINICIAN)[0])
        made.refresh_from_db()
    reader = who(made)
    first, *others = (every_way_out(made, reader, profile) for profile in profiles)
    assert {"decision-result, weighing", "board, recorded", "data", "pdf", "mails"} <= set(first)
    assert "A number needs scores from at least" in first["decision-result, recorded"]
    for other in others:
        differing = [name for name in first if first[name] != other.get(name)]
        assert differing == [], f"{case}: told apart by {', '.join(differing)}"


def test_what_is_shown_does_change_what_goes_out() -> None:
    """The control: the same question of ratings that may be seen finds every way out changed."""
    made = ready()
    users = {"service_user": [(9, 1)] * 3, "carer": [(8, 2)] * 2}
    one, other = (
        every_way_out(made, made.cycle.lead, users | {"clinician": rows})
        for rows in ([(7, 3), (6, 5), (5, 6)], [(2, 8), (3, 9), (1, 9)])
    )
    changed = {name for name in one if one[name] != other[name]}
    assert changed == {
        *(f"{name}, {when}" for name in PAGES[1:] for when in ("weighing", "recorded")),
        "read",
        "data",
        "pdf",
    }


@pytest.mark.thorough
def test_page_data_and_print_show_the_same_numbers_and_withhold_the_same() -> None:
    made = ready(service_users=3, carers=1)
    with undone():
        rated(made, HIDDEN["four of service users and carers, from outside"][3][0])
        recorded(made)
        result = result_for(made, Audience.OUTSIDE)
        assert result is not None
        may_be_shown = [[one.number for one in shown.pillars] for _, shown in result.options]
        assert may_be_shown == [[None, 6, 6], [None, 5, 6]]
        page = pages(made, made.cycle.lead)["decision-result"]
        assert re.findall(r"<strong>(\d)</strong> on the scale", page) == ["6", "6", "5", "6"]
        ways = document(made, made.cycle.lead)
        (facts,) = reports.Report.objects.get().snapshot["decisions"]
        assert [
            [one["number"] for one in option["pillars"]] for option in facts["result"]["options"]
        ] == may_be_shown
        for way in ("read", "pdf"):
            words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", ways[way]))
            assert words.count("A number needs scores from at least 5 people") >= 2, way
