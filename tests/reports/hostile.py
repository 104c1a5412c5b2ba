"""Texts that want to be more than words, put wherever a document prints what somebody wrote.

Nobody has to say where that is: each text of a document's facts is changed by itself, and where the
change is printed, it is one of them.
"""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

from django.template.loader import render_to_string

from reports.editions import printed
from reports.kinds import KINDS
from reports.services import forms
from reports.snapshots.plain import digest

Path = tuple[str, ...]
EACH = "*"
_MARK = "\u2603mark"


def canary() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that notes whoever asks it for anything: its address, and what it
    was asked for."""
    asked: list[str] = []

    class Note(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_HEAD = do_POST = do_OPTIONS = do_GET

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Note)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def payloads(address: str, file: str) -> list[str]:
    """What tries to fetch, open, attach, run, break out, or be a formula. `address` is a server
    that listens, `file` the address of a file with a secret."""
    return [
        f'<script src="{address}/script"></script><script>alert(1)</script>',
        f'<img src="{address}/img" onerror="alert(1)">',
        f'<img src="{file}">',
        '<img src="data:image/svg+xml,<svg onload=alert(1)>"><img src="own:document.css">',
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}/svg"/></svg>',
        f'<svg><use href="{file}#x"/><style>@import "{address}/in-svg";</style></svg>',
        f"<style>body {{ background: url({address}/css) }} @import '{address}/import';</style>",
        f'<p style="background: url({address}/style)">x</p>',
        f'<link rel="stylesheet" href="{address}/link">',
        f'<link rel="attachment" href="{file}"><link rel="xmp" href="{file}">',
        f'<a rel="attachment" href="{file}">x</a><a href="javascript:alert(1)">x</a>',
        f'<iframe src="{address}/iframe"></iframe>',
        f'<object data="{file}"></object><embed src="{address}/embed">',
        f'<base href="{address}/">',
        f'<meta http-equiv="refresh" content="0;url={address}/meta"><meta name="author">',
        f"\"><img src={address}/quoted> ' onmouseover=alert(1) x='",
        "</title></style></textarea></svg></table></body><h1>Broken out</h1>",
        "{{ cycle }} {% include 'base.html' %} {# gone #} ${7*7} <%= 7*7 %>",
        "&lt;img src=x&gt; ]]> <!-- comment --> <![CDATA[ x ]]> &#60;b&#62;",
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "{file}">]><x>&y;</x>',
        f'=HYPERLINK("{address}/cell","x")',
        '=cmd|"/c calc"!A1',
        "+1+1",
        "-1+1",
        "@SUM(1,1)",
        f'{{ INCLUDETEXT "{file}" }} {{ HYPERLINK "{address}/field" }} MERGEFIELD x',
        "javascript:alert(1)",
        "../../etc/passwd\\..\\x.exe;CON.pdf",
        "\u202efdp.exe\u202c \u2066a\u2069 \u200b\u200d\ufeff\u00ad x\u0085y",
        "".join(map(chr, range(32))) + "\x7f \ud800 \udfff \ufffe \uffff bells",
        "W" * 400,
        "> " * 50 + "deep",
        "Łódź Ђорђе Ґ Ελλάδα Nguyễn Ẹ̀gbẹ́ Ọ̀ṣọ́ ½ ≥ … “ﬁ”",
        "\uf0b7 \ue000 \U000f0001",
    ]


def paths(value: Any, at: Path = ()) -> Iterator[Path]:
    """Where there are texts. The entries of a list are one place; charts are drawn elsewhere."""
    if isinstance(value, str):
        yield at
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if key != "spec":
                yield from paths(each, (*at, key))
    elif isinstance(value, list):
        for each in value:
            yield from paths(each, (*at, EACH))


def changed(value: Any, path: Path, text: Callable[[str], str]) -> Any:
    """The facts with another text at one place; those before are as they were."""
    if not path:
        return text(value) if isinstance(value, str) else value
    first, rest = path[0], path[1:]
    if isinstance(value, list) and first == EACH:
        return [changed(each, rest, text) for each in value]
    if isinstance(value, Mapping) and first in value:
        return {**value, first: changed(value[first], rest, text)}
    return value


def html_of(snapshot: Mapping[str, Any], drawn: Mapping[str, str] | None = None) -> dict[str, str]:
    """What is laid out of each version; `drawn` are charts by the digest of what they show."""
    draw = (lambda spec: drawn.get(digest(spec))) if drawn else (lambda _: None)
    return {
        version: render_to_string(
            forms.TEMPLATES[version], printed(snapshot, draw=draw, version=version)
        )
        for version in KINDS[snapshot["document"]["kind"]].versions
    }


def printed_texts(snapshot: Mapping[str, Any]) -> list[Path]:
    """The places whose text is printed as it is, whatever it is. At others stands what the document
    is made by: dates, and the words that programs know things by."""
    found = []
    for path in dict.fromkeys(paths(snapshot)):
        try:
            said = html_of(changed(snapshot, path, lambda _: _MARK))
        except (KeyError, ValueError, StopIteration, LookupError, TypeError):
            continue
        if any(_MARK in html for html in said.values()):
            found.append(path)
    return found


def with_texts(snapshot: Any, places: Sequence[Path], texts: Sequence[str]) -> Any:
    """The facts with all of `texts` in them, shared out over the places where texts are printed."""
    each = -(-len(texts) // len(places))
    for number, path in enumerate(places):
        start = number * each % len(texts)
        said = " ".join([*texts, *texts][start : start + each])
        snapshot = changed(snapshot, path, functools.partial(_always, said))
    return snapshot


def _always(said: str, _: str) -> str:
    return said
