"""Charts: a Vega-Lite specification in, a safe SVG out, kept under the digest of its content.

Only this module starts the renderer, in a process of its own, and only a background worker should
call it. A web page asks `ready_svg` and shows the table until there is one.
"""

import hashlib
import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from vbc.ui.pillars import PILLARS
from vbc.ui.svg import UnsafeSvg, made_safe

# Raise it when the look or the cleaning changes: charts kept under the old number are drawn anew.
STYLE_VERSION = 1
SECONDS = 30
LARGEST_SPEC = 2 * 1024 * 1024
# Each of these makes the renderer, or whoever opens the picture, ask for something elsewhere.
REFUSED_KEYS = frozenset({"url", "href", "loader", "usermeta"})
SCRIPT = Path(__file__).with_name("_render_chart.py")

FONT = "Source Sans 3"
HOUSE_CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": "white",
    "padding": 8,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 15,
        "titleFontSize": 15,
        "titleFontWeight": 600,
        "labelColor": "#212b32",
        "titleColor": "#212b32",
        "gridColor": "#d8dde0",
        "domainColor": "#768692",
        "tickColor": "#768692",
        "labelLimit": 260,
    },
    "axisX": {"grid": False},
    "legend": {"labelFontSize": 15, "titleFontSize": 15, "symbolSize": 140, "labelLimit": 260},
    "header": {"labelFontSize": 15, "titleFontSize": 15},
    "title": {"fontSize": 16, "fontWeight": 600, "anchor": "start"},
    "text": {"fontSize": 15, "color": "#212b32"},
    "line": {"strokeWidth": 3},
    "point": {"size": 80, "filled": True},
    "mark": {"color": "#425563"},
    # The pillars' colours and shapes belong to the pillars: see PILLAR_COLOURS, PILLAR_SHAPES.
    "range": {
        "category": ["#425563", "#7c2855", "#b25c00", "#00789c", "#4c7a00", "#768692"],
        "symbol": ["diamond", "cross", "triangle-down", "triangle-right", "triangle-left"],
    },
}
PILLAR_COLOURS: dict[str, list[str]] = {
    "domain": [pillar.label for pillar in PILLARS],
    "range": [pillar.colour for pillar in PILLARS],
}
PILLAR_SHAPES: dict[str, list[str]] = {
    "domain": [pillar.label for pillar in PILLARS],
    "range": [pillar.shape for pillar in PILLARS],
}


class ChartFailed(Exception):
    """The chart could not be drawn; the message says why in words fit for a page."""


def checked(spec: dict[str, Any]) -> str:
    """The specification with the house style, as canonical JSON.

    Raises ValueError if it asks for anything from elsewhere, has no `description` (the finding in
    a sentence, which becomes the picture's text alternative), is too large or is not plain JSON.
    """
    if not str(spec.get("description", "")).strip():
        raise ValueError("A chart needs a description: its finding, in a sentence.")
    refuse_addresses(spec)
    styled = {**spec, "config": merged(HOUSE_CONFIG, spec.get("config", {}))}
    text = json.dumps(styled, sort_keys=True, separators=(",", ":"), allow_nan=False)
    if len(text) > LARGEST_SPEC:
        raise ValueError("This chart holds more than 2 MB of figures: summarise them first.")
    return text


def refuse_addresses(part: Any, path: str = "chart") -> None:
    """Raises ValueError at the first key through which something could be fetched or linked."""
    if isinstance(part, dict):
        for key, value in part.items():
            if not isinstance(key, str):
                raise ValueError(f"{path}: keys are texts.")
            if key.lower() in REFUSED_KEYS:
                raise ValueError(f"{path}: “{key}” is refused, a chart holds its own figures.")
            refuse_addresses(value, f"{path}.{key}")
    elif isinstance(part, list | tuple):
        for number, value in enumerate(part):
            refuse_addresses(value, f"{path}[{number}]")


def merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """`base` with what `over` says differently, at every depth."""
    result = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = merged(result[key], value) if both else value
    return result


def digest(spec: dict[str, Any]) -> str:
    """The name of a chart: a SHA-256 over its content, its style and the renderer's version."""
    made_with = f"{STYLE_VERSION}\n{version('vl-convert-python')}\n"
    return hashlib.sha256((made_with + checked(spec)).encode()).hexdigest()


def render_svg(spec: dict[str, Any]) -> str:
    """Draws the chart; about a second. Raises ValueError for a specification we refuse, and
    ChartFailed if the renderer does not manage it in 30 seconds or makes something unsafe.
    """
    drawn = _drawn(spec, "svg")
    try:
        return made_safe(drawn.decode(), title=str(spec["description"]), key=digest(spec)[:12])
    except UnsafeSvg as error:
        raise ChartFailed(f"The drawn chart was refused: {error}") from None


def _drawn(spec: dict[str, Any], kind: str) -> bytes:
    """The picture as the renderer makes it."""
    text = checked(spec)
    fonts = fonts_folder()
    asked = f'{{"spec":{text},"fonts":{json.dumps(str(fonts))},"as":{json.dumps(kind)}}}'
    try:
        ended = subprocess.run(  # noqa: S603 - our own file, no shell, nothing from outside
            [sys.executable, "-I", str(SCRIPT)],
            input=asked.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": os.devnull, "TZ": "UTC"},
        )
    except subprocess.TimeoutExpired:
        raise ChartFailed("Drawing this chart took too long. The table has the figures.") from None
    if ended.returncode:
        why = ended.stderr.decode(errors="replace").strip().splitlines()
        reason = f" ({why[0][:200]})" if why and ended.returncode == 1 else ""
        raise ChartFailed(f"This chart could not be drawn{reason}. The table has the figures.")
    return ended.stdout


def stored_svg(spec: dict[str, Any]) -> str:
    """The chart from the store, drawn and kept first if it is not there. For background work."""
    name = stored_name(spec)
    kept = read(name)
    if kept is None:
        kept = render_svg(spec)
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(kept.encode()))
    return kept


def stored_png(spec: dict[str, Any]) -> bytes:
    """The same as a picture in pixels, for files that take no drawing. For background work.

    Raises like `render_svg`. It holds nothing but pixels, so there is nothing in it to be cleaned.
    """
    name = f"charts/{digest(spec)}.png"
    try:
        with default_storage.open(name) as kept:
            return bytes(kept.read())
    except FileNotFoundError:
        pass
    made = _drawn(spec, "png")
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(made))
    return made


def ready_svg(spec: dict[str, Any]) -> str | None:
    """The chart if it has been drawn already, else None. Draws nothing: for web pages."""
    return read(stored_name(spec))


def stored_name(spec: dict[str, Any]) -> str:
    """Where the store keeps this chart."""
    return f"charts/{digest(spec)}.svg"


def read(name: str) -> str | None:
    """What the store holds under `name`, or None."""
    try:
        with default_storage.open(name) as kept:
            return str(kept.read().decode())
    except FileNotFoundError:
        return None


def fonts_folder() -> Path:
    """The fonts that the asset step copied; without them text would be measured in another one."""
    folder = Path(settings.BASE_DIR) / "build" / "assets" / "vendor" / "fonts"
    if not folder.is_dir():
        raise ChartFailed("The fonts are not there yet. Run `manage.py build_assets` first.")
    return folder
