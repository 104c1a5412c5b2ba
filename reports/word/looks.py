"""How the file looks: its page, and a style for each thing that stands on it."""

from collections.abc import Callable
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

TYPEFACE = "Arial"
INK, QUIET, BLUE = RGBColor(0x21, 0x2B, 0x32), RGBColor(0x4C, 0x62, 0x72), RGBColor(0, 0x30, 0x87)
# A4, as paper is here.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2.5)
# What may follow the borders of a paragraph in its properties (ECMA-376, part 1, 17.3.1.26).
AFTER_BORDERS = tuple(
    f"w:{name}"
    for name in (
        *("shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct"),
        *("topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid"),
        *("spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc"),
        *("textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle"),
        *("rPr", "sectPr", "pPrChange"),
    )
)


def set_page(section: Any) -> None:
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN


def add_styles(document: Any) -> None:
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = TYPEFACE, Pt(11), INK
    normal.paragraph_format.space_after = Pt(8)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)
    for each in document.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), "en-GB")
    sizes = {"Title": 26, "Heading 1": 18, "Heading 2": 14, "Heading 3": 12, "Heading 4": 11}
    for name, size in {**sizes, "Heading 5": 11, "Caption": 11, "TOC Heading": 14}.items():
        style = styles[name]
        style.font.name, style.font.size, style.font.color.rgb = TYPEFACE, Pt(size), BLUE
        style.font.bold, style.font.italic = True, False
        style.paragraph_format.keep_with_next = True
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    makers: dict[str, Callable[[Any], None]] = {
        "Note": lambda style: _look(style, size=9.5, colour=QUIET),
        "Number": lambda style: _look(style, size=16, after=2, bold=True),
        "Cell": lambda style: _look(style, size=10, after=2),
        "Cell Head": lambda style: _look(style, size=10, after=2, bold=True),
        "Box": _box,
        "toc 1": lambda style: _look(style, size=11, colour=BLUE, after=3),
        "toc 2": _deeper,
    }
    for name, make in makers.items():
        is_builtin = name.startswith("toc")
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=is_builtin)
        style.base_style = normal
        make(style)


def _look(
    style: Any,
    *,
    size: float,
    colour: RGBColor = INK,
    after: float = 6,
    bold: bool = False,
) -> None:
    style.font.size, style.font.color.rgb, style.font.bold = Pt(size), colour, bold
    style.paragraph_format.space_after = Pt(after)


def _deeper(style: Any) -> None:
    _look(style, size=10.5, colour=BLUE, after=3)
    style.paragraph_format.left_indent = Cm(0.6)


def _box(style: Any) -> None:
    style.paragraph_format.left_indent = Cm(0.5)
    edges = OxmlElement("w:pBdr")
    left = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", "003087")):
        left.set(qn(f"w:{name}"), value)
    edges.append(left)
    # Where the schema has it: a strict reader refuses a file whose elements are out of order.
    style.element.get_or_add_pPr().insert_element_before(edges, *AFTER_BORDERS)
