"""Which figures of a file were read before, in 36 to 72 bytes a row.

A dictionary of a million rows takes some 280 MB; this takes 50. It is a table with open
addressing over three arrays: a digest of what the figure is about, a digest of its numbers, and its
line. With 64 bits the chance that any two figures of a million are taken for one is about 3 in
100 million.
"""

from __future__ import annotations

from array import array
from hashlib import blake2s

_FIRST_SIZE = 1 << 12


class Seen:
    """Remembers figures by what they are about, with the line and the numbers of the first."""

    def __init__(self) -> None:
        self._count = 0
        self._make(_FIRST_SIZE)

    def first(self, about: tuple[str, ...], numbers: tuple[str, ...], line: int) -> int:
        """The line of the first figure about the same, which may be this one; negative where that
        one's numbers were others. Lines count from 1."""
        if 3 * self._count >= 2 * len(self._keys):
            self._grow()
        key, content = _digest(about), _digest(numbers)
        place = self._place(key)
        if not self._lines[place]:
            self._keys[place], self._contents[place], self._lines[place] = key, content, line
            self._count += 1
            return line
        known = self._lines[place]
        return known if self._contents[place] == content else -known

    def _place(self, key: int) -> int:
        """Where a key is, or the free place where it goes."""
        place = key & self._mask
        while self._lines[place] and self._keys[place] != key:
            place = (place + 1) & self._mask
        return place

    def _make(self, size: int) -> None:
        self._mask = size - 1
        self._keys = array("Q", bytes(8 * size))
        self._contents = array("Q", bytes(8 * size))
        self._lines = array("Q", bytes(8 * size))

    def _grow(self) -> None:
        keys, contents, lines = self._keys, self._contents, self._lines
        self._make(2 * len(lines))
        for key, content, line in zip(keys, contents, lines, strict=True):
            if line:
                place = self._place(key)
                self._keys[place], self._contents[place], self._lines[place] = key, content, line


def _digest(parts: tuple[str, ...]) -> int:
    digest = blake2s("\x1f".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")
