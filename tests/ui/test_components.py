"""Components that work something out, and the frame without anything around it."""

import re

import pytest
from django.template import TemplateSyntaxError, engines
from django.template.loader import render_to_string
from lxml import html

from stakeholders.models import Panel, SupportPlan
from vbc.core.services.versions import EditedMeanwhile
from vbc.ui.pillars import PILLARS

THREE = (
    "{% pillars %}"
    "{% pillar evidence %}E{% endpillar %}"
    "{% pillar service_users_and_carers %}{{ words }}{% endpillar %}"
    "{% pillar clinical %} {% endpillar %}"
    "{% endpillars %}"
)


def rendered(source, **context):
    return engines["django"].from_string(source).render(context)


def texts(markup, path):
    return [
        re.sub(r"\s+", " ", each.text_content()).strip()
        for each in html.fromstring(f"<main>{markup}</main>").xpath(path)
    ]


def test_pillars_stand_in_the_one_order_whatever_the_page_says():
    markup = rendered(THREE, words="<b>hello</b>")
    assert texts(markup, "//h2") == [pillar.label for pillar in PILLARS]
    assert texts(markup, "//*[contains(@class, 'vbc-pillar__body')]") == [
        "<b>hello</b>",
        "Nothing has been said yet.",
        "E",
    ]


def test_no_pillar_can_be_left_out():
    source = "{% pillars %}{% pillar evidence %}E{% endpillar %}{% endpillars %}"
    with pytest.raises(TemplateSyntaxError, match="Clinical expertise"):
        rendered(source)


def test_unknown_pillar_is_refused():
    with pytest.raises(TemplateSyntaxError, match="needs one of"):
        rendered("{% pillar money %}{% endpillar %}")


def test_page_does_not_leak_into_a_component():
    markup = rendered('{% ui "button" text="Save" %}', url="/elsewhere/", hidden="x")
    assert "<a " not in markup
    assert texts(markup, "//button") == ["Save"]


def test_component_around_content_escapes_its_values_and_keeps_the_content():
    markup = rendered(
        '{% component "card" heading=heading %}<p>{{ text }}</p>{% endcomponent %}',
        heading="<i>",
        text="a & b",
    )
    assert "<i>" not in markup
    assert "<p>a &amp; b</p>" in markup


@pytest.mark.parametrize(
    ("current", "sentence", "words"),
    [
        (
            "plan",
            "This cycle is in its second stage of four: Plan.",
            ["Done", "We are here", "Later", "Later"],
        ),
        ("closed", "This cycle is closed: all four stages are done.", ["Done"] * 4),
        ("", "This cycle has not begun.", ["Later"] * 4),
    ],
)
def test_timeline_says_in_words_where_the_cycle_is(current, sentence, words):
    markup = rendered('{% ui "stage_timeline" current=current %}', current=current)
    assert texts(markup, "//p") == [sentence]
    assert texts(markup, "//*[@class='vbc-stages__word']") == words
    assert len(texts(markup, "//*[@aria-current='step']")) == (current == "plan")


def test_task_list_says_what_is_done_and_which_role_is_waited_for():
    tasks = [
        {"title": "A", "status": "done", "url": "/a/"},
        {"title": "B", "status": "waiting", "waiting_for": "the evidence reviewers", "url": "/b/"},
        {"title": "C", "status": "later"},
    ]
    markup = rendered('{% ui "task_list" tasks=tasks %}', tasks=tasks)
    assert texts(markup, "//p") == ["1 of 3 done"]
    assert texts(markup, "//*[contains(@class, 'nhsuk-task-list__status')]") == [
        "Done",
        "Waiting for the evidence reviewers",
        "Not yet",
    ]
    assert texts(markup, "//a") == ["A", "B"]


def test_task_list_counts_nothing_that_it_does_not_show():
    tasks = [{"title": "A", "status": "done"}, {"title": "B", "status": "not_shown"}]
    markup = rendered('{% ui "task_list" tasks=tasks %}', tasks=tasks)
    assert texts(markup, "//p") == ["1 of 1 done"]
    assert "Not shown" in markup


def test_table_repeats_its_headings_for_phones_only():
    markup = rendered(
        '{% ui "table" caption="Options" head=head rows=rows %}',
        head=["Option", {"text": "Cost", "numeric": True}],
        rows=[["Crisis house", "£4"], [{"text": "Evenings", "url": "/e/"}, "£2"]],
    )
    assert texts(markup, "//th[@scope='row']//*[@class='vbc-cell']") == ["Crisis house", "Evenings"]
    hidden = html.fromstring(markup).xpath("//tbody//*[@aria-hidden='true']")
    assert len(hidden) == 4


def test_table_refuses_a_row_that_does_not_fit():
    with pytest.raises(ValueError, match="zip"):
        rendered('{% ui "table" head=head rows=rows %}', head=["a", "b"], rows=[["1"]])


def test_progress_asks_again_until_it_is_finished():
    source = '{% ui "progress" words="Making it" percent=percent url="/j/" is_finished=done %}'
    going = rendered(source, percent=140, done=False)
    assert 'hx-trigger="every 2s"' in going
    assert 'value="100"' in going
    assert 'href="/j/"' in going
    assert "hx-get" not in rendered(source, percent=100, done=True)


def test_chart_shows_its_table_until_the_picture_is_there():
    source = '{% ui "chart" finding="It rose." svg=svg head=head rows=rows %}'
    context = {"head": ["Year", "Rate"], "rows": [["2019", "43"]]}
    waiting = rendered(source, svg="", **context)
    assert re.search(r"<details[^>]* open", waiting)
    ready = rendered(source, svg="<svg></svg>", **context)
    assert "<svg></svg>" in ready
    assert not re.search(r"<details[^>]* open", ready)


@pytest.mark.parametrize(
    ("drawn", "is_wide", "look"),
    [
        ('<svg class="marks" width="460" height="9"></svg>', True, "fits"),
        ('<svg class="marks" width="520.5" height="9"></svg>', True, ""),
        ('<svg class="marks" width="742" height="9"></svg>', False, ""),
        ('<svg data-width="40" height="9"></svg>', True, ""),
    ],
)
def test_a_picture_that_is_drawn_narrow_is_neither_stretched_nor_said_to_be_too_wide(
    drawn, is_wide, look
):
    source = '{% ui "chart" finding="It rose." svg=svg is_wide=is_wide %}'
    markup = rendered(source, svg=drawn, is_wide=is_wide)
    classes = html.fromstring(markup).xpath("//*[@role='group']")[0].get("class").split()
    assert classes == ["vbc-chart__picture", *([f"vbc-chart__picture--{look}"] if look else [])]
    assert ("wider than your screen" in markup) is (look != "fits")


def test_frame_stands_without_request_context_or_database():
    markup = render_to_string("base.html")
    assert '<html lang="en-GB">' in markup
    assert "Samaritans" in markup
    assert "Sign out" not in markup


def test_frame_shows_where_one_is_and_how_to_sign_out():
    markup = render_to_string(
        "base.html",
        {
            "signed_in": True,
            "account_name": "Maryam",
            "csrf_token": "t0ken",
            "organisation": {"name": "Harbour and Vale"},
            "navigation": [
                {"label": "My work", "url": "/", "current": True},
                {"label": "Cycles", "url": "/cycles/", "current": False},
            ],
        },
    )
    assert texts(markup, "//*[@aria-current]") == ["My work"]
    form = html.fromstring(markup).xpath("//header//form")[0]
    assert form.get("method") == "post"
    assert texts(markup, "//header//form//button") == ["Sign out"]


@pytest.mark.parametrize(
    "name",
    [
        *("400", "403", "403_csrf", "404", "405", "413", "429", "500"),
        *("refused", "edited_meanwhile", "signed_out"),
    ],
)
def test_error_page_says_what_happened_and_what_to_do_without_a_database(name):
    markup = render_to_string(f"errors/{name}.html")
    assert len(texts(markup, "//h1")) == 1
    assert len(texts(markup, "//main//p")) >= 2
    assert "style=" not in markup


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (SupportPlan, "You saved this in another window in the meantime."),
        (Panel, "This was changed after you opened it."),
    ],
)
def test_page_of_what_was_saved_meanwhile_says_what_is_known_of_who(thing, words):
    markup = render_to_string("errors/edited_meanwhile.html", {"error": EditedMeanwhile(thing())})
    assert words in markup
    assert "one else" not in markup


@pytest.mark.parametrize("name", ["413", "429", "500"])
def test_page_for_bad_days_needs_no_script(name):
    assert "<script" not in render_to_string(f"errors/{name}.html")


def test_refusal_shows_its_reason():
    markup = render_to_string("errors/403.html", {"reason": "This round is closed."})
    assert "This round is closed." in markup


def test_title_says_that_there_is_an_error():
    class Wrong:
        errors = {"a": ["b"]}

    title = texts(render_to_string("base.html", {"form": Wrong()}), "//title")[0]
    assert title.startswith("Error: ")


def test_text_is_shown_as_people_mean_it_and_is_never_markup():
    typed = "Two things:\n- the bus <b>stops</b>\n- nobody calls\n\n> I gave up.\n\nKey point: ask."
    markup = rendered('{% ui "text" text=typed %}', typed=typed)
    assert texts(markup, "//ul/li") == ["the bus <b>stops</b>", "nobody calls"]
    assert texts(markup, "//blockquote") == ["I gave up."]
    assert texts(markup, "//strong") == ["Key point"]
    assert texts(rendered('{% ui "text" text=typed %}', typed=None), "//p") == []
