"""The words of a page, for the measure of how hard they are to read."""

from html.parser import HTMLParser

_BLOCKS = {"p", "li", "h1", "h2", "h3", "td", "th", "summary", "legend", "dt", "dd"}
_SILENT = {"script", "style", "svg", "form", "nav"}


class _Blocks(HTMLParser):
    """The text of each paragraph, list item and heading inside `main`."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.in_main = False
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_main |= tag == "main"
        self.silent += tag in _SILENT
        if tag in _BLOCKS:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        self.in_main &= tag != "main"
        self.silent -= tag in _SILENT
        if tag in _BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self.in_main and not self.silent and self.blocks:
            self.blocks[-1] += data


def text_of(page: str) -> str:
    """The words of a page, each block ending like a sentence."""
    parser = _Blocks()
    parser.feed(page)
    blocks = (" ".join(block.split()) for block in parser.blocks)
    return " ".join(b if b[-1] in ".!?:" else f"{b}." for b in blocks if b)
