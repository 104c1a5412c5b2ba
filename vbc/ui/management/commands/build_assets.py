"""Copies the design system, the fonts and htmx from node_modules, and makes them our own."""

import re
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

FAMILY = "Source Sans 3"
FONTS = (
    ("SourceSans3-Regular", 400, "normal"),
    ("SourceSans3-It", 400, "italic"),
    ("SourceSans3-Semibold", 600, "normal"),
    ("SourceSans3-Bold", 700, "normal"),
)
# The module starts itself, on the page and on whatever htmx puts into it later, so that no script
# has to import another by a name that changes with every release.
START = """
initAll();
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) initAll({ scope: event.detail.elt });
});
"""


class Command(BaseCommand):
    """`manage.py build_assets`: after `npm ci`, before `collectstatic`. Same input, same bytes."""

    help = (
        "Copies the design system, fonts and htmx into build/assets and removes remote addresses."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to read and write; the defaults are those of the checkout."""
        parser.add_argument("--node-modules", type=Path, default=None)
        parser.add_argument("--output", type=Path, default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses with what to do when node_modules is missing or holds something unexpected."""
        base = Path(settings.BASE_DIR)
        modules = options["node_modules"] or base / "node_modules"
        output = (options["output"] or base / "build" / "assets") / "vendor"
        for package in ("nhsuk-frontend", "source-sans", "htmx.org"):
            if not (modules / package).is_dir():
                raise CommandError(
                    f"{modules / package} is missing. Run `npm ci` in {base}, then try again."
                )
        # Built beside and put in place at the end: a server that reads meanwhile sees old or new.
        new = output.with_name("vendor.new")
        shutil.rmtree(new, ignore_errors=True)
        build(modules, new)
        shutil.rmtree(output, ignore_errors=True)
        new.rename(output)
        count = sum(1 for path in output.rglob("*") if path.is_file())
        if options["verbosity"]:
            self.stdout.write(f"{count} files in {output}")


def build(modules: Path, output: Path) -> None:
    """Fills `output`, which must not exist."""
    nhsuk = modules / "nhsuk-frontend" / "dist" / "nhsuk"
    (output / "nhsuk").mkdir(parents=True)
    (output / "fonts").mkdir()
    (output / "htmx").mkdir()
    css = own_css((nhsuk / "nhsuk-frontend.min.css").read_text(encoding="utf-8"))
    (output / "nhsuk" / "nhsuk-frontend.min.css").write_text(css, encoding="utf-8")
    script = own_script((nhsuk / "nhsuk-frontend.min.js").read_text(encoding="utf-8"))
    (output / "nhsuk" / "nhsuk-frontend.min.js").write_text(script, encoding="utf-8")
    images = output / "nhsuk" / "images"
    images.mkdir()
    for image in sorted((nhsuk / "assets" / "images").iterdir()):
        shutil.copyfile(image, images / image.name)
    for name, _weight, _style in FONTS:
        fonts = modules / "source-sans"
        # The TTF is for charts and PDF, the WOFF2 is the same font whole, packed for phones.
        shutil.copyfile(fonts / "TTF" / f"{name}.ttf", output / "fonts" / f"{name}.ttf")
        shutil.copyfile(
            fonts / "WOFF2" / "TTF" / f"{name}.ttf.woff2", output / "fonts" / f"{name}.woff2"
        )
    htmx = modules / "htmx.org" / "dist" / "htmx.min.js"
    shutil.copyfile(htmx, output / "htmx" / "htmx.min.js")
    for package, licence, name in (
        ("source-sans", "LICENSE.md", "fonts/LICENCE.md"),
        ("htmx.org", "LICENSE", "htmx/LICENCE"),
    ):
        shutil.copyfile(modules / package / licence, output / name)


def own_css(css: str) -> str:
    """The style sheet with our font, relative images and no remote address.

    Raises CommandError if an address on another host is left, so that a new release of the design
    system cannot bring one in unseen.
    """
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    css = css.replace("Frutiger W01", f'"{FAMILY}"').replace("/assets/images/", "images/")
    css = css.replace('@charset "UTF-8";', "", 1)
    css = f'@charset "UTF-8";{font_faces()}{css.strip()}\n'
    if left := re.search(r"https?://[^\s\"')]*|url\(\s*[\"']?//", css):
        raise CommandError(f"The style sheet still asks for {left.group(0)}: nothing was built.")
    return css


def font_faces() -> str:
    """Our `@font-face` rules. The size is adjusted to the design system's own, larger, typeface."""
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";font-style:{style};font-weight:{weight};'
        f"font-display:swap;size-adjust:104%;"
        f'src:url(../fonts/{name}.woff2) format("woff2"),'
        f'url(../fonts/{name}.ttf) format("truetype")}}'
        for name, weight, style in FONTS
    )


def own_script(script: str) -> str:
    """The design system's module, without its source map and starting itself."""
    return re.sub(r"//# sourceMappingURL=.*", "", script).rstrip() + START
