"""Pictures for a phone beside those for wide screens: drawn together, kept, one of them seen."""

import re

import pytest
from django.urls import reverse

from evidence.enums import Display, NeedsChapter
from evidence.models import ChapterChart
from evidence.presenters import figures as figure_presenters
from evidence.presenters import gaps as gap_presenters
from evidence.queries import figures, pictures
from evidence.queries.needs import chapters_of
from evidence.queries.pictures import Figures
from evidence.services import drawings, needs
from tests.factories import evidence as library
from tests.factories import experience, stakeholders
from tests.support import run_jobs
from vbc.core.models import Job
from vbc.ui import charts

pytestmark = pytest.mark.django_db

SIDEWAYS = "move it sideways"
NARROW = "vbc-chart__picture--narrow"


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


@pytest.fixture
def recovery(org, clerk):
    return library.recovery(org, clerk)


@pytest.fixture
def salford(recovery):
    return figures.area_by_code("E08000006")


def html_of(client, user, address):
    client.force_login(user)
    return client.get(address).content.decode()


def years_of(recovery, salford):
    return pictures.of_kind(recovery, Figures([recovery], salford))


def page_of(recovery):
    return recovery.get_absolute_url() + "?area=E08000006"


@pytest.mark.parametrize(
    ("display", "by_group"),
    [(Display.TREND, ""), (Display.GROUPS, "Ethnic group"), (Display.AREAS, "")],
)
def test_a_picture_has_a_twin_for_a_phone(recovery, salford, display, by_group):
    read = Figures([recovery], salford)
    made = pictures.of_kind(recovery, read, display=display, by_group=by_group)
    assert made.specs == [made.spec, made.narrow_spec]
    assert made.narrow_spec["description"] == made.spec["description"] == made.finding
    assert made.narrow_spec != made.spec


def test_a_profile_has_one_and_a_table_of_boxes_has_none(org, recovery, salford):
    read = Figures(list(figures.indicators_about(org, salford)), salford)
    assert pictures.of_area(read, display=Display.SPINE).narrow_spec is not None
    wide = pictures.of_area(read, display=Display.RUG)
    assert wide.narrow_spec is None
    assert wide.specs == [wide.spec]


def test_one_job_draws_both_and_the_page_holds_both(client, clerk, recovery, salford):
    job = drawings.ask(recovery, salford, by=clerk)
    run_jobs()
    assert Job.objects.filter(kind=job.kind).count() == 1
    html = html_of(client, clerk, page_of(recovery))
    years = html[html.index('class="vbc-chart"') : html.index("</figure>")]
    assert years.count("<svg") == 2
    assert NARROW in years
    assert SIDEWAYS not in years
    ids = re.findall(r'\sid="([^"]+)"', years)
    assert len(ids) == len(set(ids)) >= 2
    made = years_of(recovery, salford)
    for spec in made.specs:
        assert f'id="{charts.digest(spec)[:12]}-title"' in years
    assert 'width="328"' in charts.ready_svg(made.narrow_spec)


def test_of_one_alone_nothing_is_shown_until_both_are_there(client, clerk, recovery, salford):
    charts.stored_svg(years_of(recovery, salford).spec)
    client.force_login(clerk)
    shown = client.get(page_of(recovery)).context["pictures"]["years"]
    assert (shown.svg, shown.draws_itself) == (None, True)


def test_one_that_fails_for_a_phone_is_shown_as_it_is_for_wide_screens(
    client, clerk, recovery, salford, monkeypatch
):
    draw = charts.stored_svg

    def all_but_narrow(spec):
        if isinstance(spec["padding"], dict):
            raise charts.ChartFailed("It took too long.")
        return draw(spec)

    monkeypatch.setattr(charts, "stored_svg", all_but_narrow)
    drawings.ask(recovery, salford, by=clerk)
    run_jobs()
    assert Job.objects.get(kind=pictures.DRAW).status == "failed"
    html = html_of(client, clerk, page_of(recovery))
    years = html[html.index('class="vbc-chart"') : html.index("</figure>")]
    assert years.count("<svg") == 1
    assert NARROW not in years
    assert SIDEWAYS in years


def test_a_profile_says_what_is_wider_than_a_screen_only_where_it_is(client, clerk, recovery):
    client.force_login(clerk)
    address = reverse("evidence:area-profile", args=["E08000006"]) + "?beside=E08000009"
    for name in ("spine", "rug"):
        client.post(client.get(address).context[name].draw_url)
    run_jobs()
    html = client.get(address).content.decode()
    assert html.count(NARROW) == 1  # the spine's
    assert html.count(SIDEWAYS) == 1  # the rug's


# --- Finished between two reads of a page ---------------------------------------------------------


def ends_just_now(read_job):
    """Reads the job only after the worker has done it, as when both happen at the same moment."""

    def read(*said, **more):
        run_jobs()
        return read_job(*said, **more)

    return read


def test_a_chart_that_is_finished_while_its_page_is_made_is_shown(
    client, clerk, recovery, salford, monkeypatch
):
    drawings.ask(recovery, salford, by=clerk)
    ended = ends_just_now(pictures.drawing_job)
    monkeypatch.setattr(figure_presenters.pictures, "drawing_job", ended)
    client.force_login(clerk)
    shown = client.get(page_of(recovery)).context["pictures"]["years"]
    assert shown.svg
    assert shown.narrow_svg
    assert not shown.draws_itself


@pytest.fixture
def hoping(org, clerk):
    """An organisation whose panel said, at an event, how it is and what they hope for."""
    theme = experience.theme(org, clerk)
    experience.hopes_at_event(
        theme, stakeholders.sitting_panel(org, by=clerk), [(2, 8)] * 12, clerk
    )
    return org


def test_hopes_that_are_finished_while_their_page_is_made_are_shown(
    client, clerk, hoping, monkeypatch
):
    client.force_login(clerk)
    address = reverse("evidence:hopes", args=[hoping.public_id])
    client.post(reverse("evidence:draw-hopes", args=[hoping.public_id]))
    ended = ends_just_now(gap_presenters.drawing_job)
    monkeypatch.setattr(gap_presenters, "drawing_job", ended)
    html = client.get(address).content.decode()
    assert "being drawn" not in html
    assert html.count(NARROW) == 1
    assert SIDEWAYS not in html


# --- As published ---------------------------------------------------------------------------------


def published(org, clerk, recovery):
    draft = library.written_needs(org, clerk)
    needs.add_chart(draft, chapter=NeedsChapter.NEED, indicator=recovery, by=clerk)
    needs.publish(draft, by=clerk)
    run_jobs()
    draft.refresh_from_db()
    return draft


def test_a_published_picture_keeps_its_twin(client, org, clerk, recovery):
    done = published(org, clerk, recovery)
    frozen = ChapterChart.objects.filter(assessment=done).first().frozen
    assert frozen["narrow_spec"]["description"] == frozen["finding"]
    # Read again since, the figures are others; what was published stays, for a phone too.
    library.read_import(org, clerk, library.csv("E08000006,Salford,2025,111,Recovery,60,,,%,,,"))
    shown = [each.picture for part in chapters_of(done) for each in part.charts]
    assert frozen["narrow_spec"] in [each.narrow_spec for each in shown]
    html = html_of(client, clerk, done.get_absolute_url() + "?show=everything")
    assert f'id="{charts.digest(frozen["narrow_spec"])[:12]}-title"' in html


def test_one_published_before_there_were_twins_is_shown_wide(client, org, clerk, recovery):
    done = published(org, clerk, recovery)
    for chart in done.charts.all():
        del chart.frozen["narrow_spec"]
        chart.save(update_fields=["frozen"])
    html = html_of(client, clerk, done.get_absolute_url() + "?show=everything")
    assert "<svg" in html
    assert NARROW not in html
    assert SIDEWAYS in html
