"""Turns one chart specification into a picture and ends. Run as a file, by vbc.ui.charts alone.

Run as a file and not as a module of the package, so that neither Django nor the queue is loaded.
The renderer holds the interpreter's lock and hangs after a fork: it lives in this process only.
"""

import json
import resource
import sys

import vl_convert

# What it may really use. Limiting its address space instead would keep it from starting: the
# JavaScript engine inside reserves more than 64 GB and touches little of it.
MEMORY = 2 * 1024**3
PROCESSOR_SECONDS = 30
VERSION = "5.21"  # Of the language that specifications are written in.
PNG_SCALE = 2  # Sharp in print, where a picture has half the pixels of a screen to itself.


def main() -> int:
    """Reads {"spec": ..., "fonts": folder, "as": "svg" or "png"} and writes the picture. Ends with
    1 and words on failure."""
    limit(resource.RLIMIT_DATA, MEMORY)
    limit(resource.RLIMIT_CPU, PROCESSOR_SECONDS)
    limit(resource.RLIMIT_CORE, 0)
    asked = json.load(sys.stdin)
    vl_convert.register_font_directory(asked["fonts"])
    spec = json.dumps(asked["spec"])
    try:
        if asked["as"] == "png":
            sys.stdout.buffer.write(
                vl_convert.vegalite_to_png(
                    spec, vl_version=VERSION, allowed_base_urls=[], scale=PNG_SCALE
                )
            )
        else:
            sys.stdout.write(
                vl_convert.vegalite_to_svg(spec, vl_version=VERSION, allowed_base_urls=[])
            )
    except ValueError as error:
        sys.stderr.write(str(error)[:2000])
        return 1
    return 0


def limit(kind: int, wanted: int) -> None:
    """Lowers a limit as far as the system lets us."""
    _soft, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(kind, (wanted, wanted))


if __name__ == "__main__":
    sys.exit(main())
