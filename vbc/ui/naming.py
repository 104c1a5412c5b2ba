"""The names that people choose to be called by: on one line, visible, and told apart.

A name stands beside words, in a letter and under a record. So nothing in it may turn the line
round, break it, or be there without being seen, and a name that only looks like another's is
taken for it.
"""

from typing import Any
from unicodedata import category, combining, normalize

from django import forms
from django.core.exceptions import ValidationError

# Written between letters of some scripts, where they are seen.
JOINERS = "\u200c\u200d"
# Letters and signs that leave a blank.
BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
MOST_MARKS = 3
UNSEEN = "Enter a name that others can see: letters, for example."
# Letters of other alphabets, and numbers, that look like a Latin one: as written, and in capitals.
_AS_WRITTEN = str.maketrans("аеорсухіјѕԁһԛԝοαν01l|’", "aeopcyxijsdhqwoavOIII'")
_IN_CAPITALS = str.maketrans("АВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXIJSABEZHIKMNOPTYX")


def tidy(name: str) -> str:
    """`name` on one line, with nothing in it that is not seen; empty where nothing is left."""
    kept: list[str] = []
    marks = 0
    for character in normalize("NFC", name):
        kind = category(character)
        if kind in ("Cc", "Zl", "Zp", "Zs") or character in BLANKS:
            kept.append(" ")
        elif kind[0] != "C" or character in JOINERS:
            marks = marks + 1 if combining(character) else 0
            if marks <= MOST_MARKS:
                kept.append(character)
    return " ".join("".join(kept).split()).strip(JOINERS + " ")


def looks_like(one: str, other: str) -> bool:
    """Whether one of the two names could be taken for the other, capitals or not."""
    return _seen(one) == _seen(other)


def _seen(name: str) -> str:
    visible = (c for c in normalize("NFKC", tidy(name)) if c not in JOINERS)
    plain = "".join(visible).translate(_AS_WRITTEN)
    return " ".join(plain.upper().translate(_IN_CAPITALS).split())


class NameField(forms.CharField):
    """A name to be called by, as `tidy` leaves it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 80)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """The tidy name; ValidationError where something was written of which nothing is seen."""
        written = super().to_python(value) or ""
        name = tidy(written)
        if written and not name:
            raise ValidationError(UNSEEN)
        return name
