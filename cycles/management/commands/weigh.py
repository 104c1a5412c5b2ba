"""`manage.py weigh FILE`: recompute a result from ratings in a JSON file."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cycles.weighing.document import LARGEST_FILE, SEED, Malformed, read, weigh

STANDARD_INPUT = "-"
MALFORMED = 2


class Command(BaseCommand):
    """Reads no database. Ends with 2, and one line of words, where the file cannot be used."""

    help = (
        "Recompute a result: ratings in as JSON, pillars, totals, weight map and robustness out. "
        "docs/methods.md says what each number means."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the JSON file; - reads standard input")
        parser.add_argument(
            "--seed",
            type=int,
            default=SEED,
            help=f"a whole number; the same one makes the same draws (default: {SEED})",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name: str = options["file"]
        try:
            result = weigh(read(_content(name)), seed=options["seed"])
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror}", returncode=MALFORMED) from None
        except Malformed as malformed:
            said = "standard input" if name == STANDARD_INPUT else name
            raise CommandError(f"{said}: {malformed}", returncode=MALFORMED) from None
        self.stdout.write(json.dumps(result, indent=2))


def _content(name: str) -> bytes:
    """What is in the file, and of one that is too large only enough to see that it is."""
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    with Path(name).open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)
