"""Charts: drawn apart, safe, kept by content."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import override_settings

from vbc.ui import charts
from vbc.ui.svg import ALLOWED, UnsafeSvg, made_safe

SVG = "{http://www.w3.org/2000/svg}"
FINDING = "Recovery rose from 43 to 50 in 100 between 2019 & 2024."
SPEC = {
    "description": FINDING,
    "width": 200,
    "height": 100,
    "data": {"values": [{"year": "2019", "rate": 43}, {"year": "2024", "rate": 50}]},
    "mark": {
        "type": "area",
        "clip": True,
        "color": {
            "gradient": "linear",
            "stops": [{"offset": 0, "color": "white"}, {"offset": 1, "color": "black"}],
        },
    },
    "encoding": {
        "x": {"field": "year", "type": "ordinal"},
        "y": {"field": "rate", "type": "quantitative"},
    },
}


@pytest.fixture(scope="module", autouse=True)
def fonts(tmp_path_factory):
    """The asset step, into a folder of its own that stands in for the checkout."""
    base = tmp_path_factory.mktemp("base")
    call_command("build_assets", output=base / "build" / "assets", verbosity=0)
    with override_settings(BASE_DIR=base):
        yield


@pytest.fixture(autouse=True)
def _drawn_each_time(monkeypatch):
    """Here it is the drawing that is tried."""
    monkeypatch.setattr(charts, "_drawn", charts._drawn.__wrapped__)


@pytest.fixture
def store(tmp_path):
    with override_settings(
        MEDIA_ROOT=tmp_path,
        STORAGES={
            **settings.STORAGES,
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        },
    ):
        yield tmp_path


@pytest.fixture(scope="module")
def drawn(fonts):
    return charts.render_svg(SPEC)


def test_finding_is_the_title_and_the_first_child(drawn):
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == FINDING
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == root[0].get("id")


def test_drawing_holds_no_address_script_or_style(drawn):
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in ALLOWED | {"title"}
        for name, value in element.attrib.items():
            assert name != "style"
            assert "href" not in name
            assert "://" not in value


def test_ids_begin_with_the_digest_and_links_inside_follow(drawn):
    key = charts.digest(SPEC)[:12]
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
    ids = {each.get("id") for each in root.iter() if each.get("id")}
    assert len(ids) >= 2
    assert all(name.startswith(key) for name in ids)
    used = {part.split(")")[0] for part in drawn.split("url(#")[1:]}
    assert used
    assert used <= ids


def test_text_is_in_our_font(drawn):
    assert 'font-family="Source Sans 3"' in drawn


@pytest.mark.parametrize(
    "change",
    [
        {"data": {"url": "http://127.0.0.1/x.json"}},
        {"data": {"URL": "file:///etc/passwd"}},
        {"encoding": {"href": {"value": "https://example.org"}}},
        {"mark": "image", "encoding": {"url": {"value": "https://example.org/x.png"}}},
        {"layer": [{"transform": [{"lookup": "a", "from": {"data": {"url": "x"}}}]}]},
        {"usermeta": {"embedOptions": {"loader": {}}}},
        {"description": "  "},
        {"data": {"values": [{"rate": float("nan")}]}},
        {"data": {"values": ["x" * charts.LARGEST_SPEC]}},
    ],
)
def test_hostile_or_unfit_specification_is_refused_before_anything_starts(change, monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("the renderer was started")

    monkeypatch.setattr(subprocess, "run", never)
    with pytest.raises(ValueError, match=r"."):
        charts.render_svg({**SPEC, **change})


def test_broken_specification_says_so_in_words():
    with pytest.raises(charts.ChartFailed, match="could not be drawn"):
        charts.render_svg({"description": "x", "mark": "no such mark", "encoding": 7})


def test_too_long_says_so_in_words(monkeypatch):
    monkeypatch.setattr(charts, "SECONDS", 0.01)
    with pytest.raises(charts.ChartFailed, match="took too long"):
        charts.render_svg(SPEC)


def test_without_fonts_nothing_is_drawn_in_another(tmp_path):
    with (
        override_settings(BASE_DIR=tmp_path),
        pytest.raises(charts.ChartFailed, match="build_assets"),
    ):
        charts.render_svg(SPEC)


def test_chart_is_drawn_once_and_kept_by_its_content(store, monkeypatch, drawn):
    calls = []
    monkeypatch.setattr(charts, "render_svg", lambda spec: calls.append(1) or drawn)
    assert charts.ready_svg(SPEC) is None
    assert charts.stored_svg(SPEC) == drawn
    assert charts.stored_svg(dict(reversed(SPEC.items()))) == drawn
    assert charts.ready_svg(SPEC) == drawn
    assert calls == [1]
    name = f"charts/{charts.digest(SPEC)}.svg"
    assert [str(path.relative_to(store)) for path in Path(store).rglob("*.svg")] == [name]
    assert default_storage.exists(name)


def test_other_content_or_style_has_another_name(monkeypatch):
    name = charts.digest(SPEC)
    assert charts.digest({**SPEC, "width": 201}) != name
    monkeypatch.setattr(charts, "STYLE_VERSION", 99)
    assert charts.digest(SPEC) != name


def test_renderer_is_never_loaded_here():
    assert "vl_convert" not in sys.modules


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>",
        "<foreignObject/>",
        '<image href="x.png"/>',
        '<path onload="x()"/>',
        '<rect fill="url(https://example.org/x)"/>',
        '<rect style="fill:url(http://example.org/x)"/>',
        '<use href="#a"/>',
        "<!ENTITY x 'y'>",
    ],
)
def test_unsafe_drawing_is_refused(inside):
    with pytest.raises(UnsafeSvg):
        made_safe(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>', title="t", key="k")


def test_style_attribute_becomes_plain_attributes():
    safe = made_safe(
        '<svg xmlns="http://www.w3.org/2000/svg"><rect style="fill: red; opacity:.5"/></svg>',
        title="a < b",
        key="k",
    )
    assert 'fill="red"' in safe
    assert 'opacity=".5"' in safe
    assert "style=" not in safe
    assert "a &lt; b" in safe
