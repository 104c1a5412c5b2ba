"""Makes a drawn chart safe to put into a page or a document."""

import re
from xml.etree.ElementTree import Element, register_namespace, tostring

from defusedxml.ElementTree import ParseError, fromstring

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
ALLOWED = frozenset(
    {"svg", "g", "defs", "clipPath", "linearGradient", "radialGradient", "stop"}
) | {"path", "line", "rect", "circle", "ellipse", "polygon", "polyline", "text", "tspan"}
LINK = re.compile(r"url\(\s*['\"]?(?!#)|[a-z][a-z0-9+.-]*://|javascript:", re.IGNORECASE)
OWN_LINK = re.compile(r"url\(\s*(['\"]?)#([^)'\"]+)\1\s*\)")


class UnsafeSvg(Exception):
    """The drawing holds something that does not belong in a drawing."""


def made_safe(svg: str, *, title: str, key: str) -> str:
    """The drawing with `title` as its first child and every id begun with `key`.

    The title is what a screen reader says and what a PDF keeps as the picture's alternative text.
    Style attributes become plain attributes, for a strict content security policy. Raises
    UnsafeSvg for elements that are not drawing, for scripts and for addresses.
    """
    try:
        root: Element = fromstring(svg)
    except (ParseError, ValueError) as error:
        raise UnsafeSvg(f"it is not well-formed ({type(error).__name__})") from None
    if root.tag != f"{{{SVG}}}svg":
        raise UnsafeSvg("it is not a drawing")
    for element in root.iter():
        clean(element, key)
    heading = Element(f"{{{SVG}}}title", {"id": f"{key}-title"})
    heading.text = title
    heading.tail = None
    root.insert(0, heading)
    root.set("role", "img")
    root.set("aria-labelledby", f"{key}-title")
    register_namespace("", SVG)
    return tostring(root, encoding="unicode")


def clean(element: Element, key: str) -> None:
    """Refuses what is not drawing, and rewrites the attributes that stay."""
    name = element.tag.removeprefix(f"{{{SVG}}}") if isinstance(element.tag, str) else "a comment"
    if name not in ALLOWED:
        raise UnsafeSvg(f"it contains {name}")
    style = element.attrib.pop("style", "")
    for rule in filter(None, (each.strip() for each in style.split(";"))):
        attribute, _, value = rule.partition(":")
        element.attrib.setdefault(attribute.strip(), value.strip())
    for attribute, value in list(element.attrib.items()):
        lower = attribute.lower()
        # Inside a picture with a text of its own these would be read out one by one, or not at all.
        if lower == "role" or lower.startswith("aria-"):
            del element.attrib[attribute]
            continue
        if lower.startswith("on") or "href" in lower or LINK.search(value):
            raise UnsafeSvg(f"its {name} has {attribute.removeprefix(f'{{{XLINK}}}')}")
        if lower == "id":
            element.set("id", f"{key}-{value}")
        else:
            element.set(attribute, OWN_LINK.sub(rf"url(#{key}-\2)", value))
