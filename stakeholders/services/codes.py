"""Codes that stand in printed letters. Only their digests are kept, so each is shown once."""

import hashlib
import re
import secrets

# No letter or number that is taken for another, and no vowel, so that a code never spells a word.
ALPHABET = "3479CDFGHJKMNPQRTWXY"
BLOCKS, LETTERS_A_BLOCK = 4, 4


def new_code() -> str:
    """A new code, such as K7QF-9M4T-XH3W-CDFG: 69 bits."""
    return "-".join(
        "".join(secrets.choice(ALPHABET) for _ in range(LETTERS_A_BLOCK)) for _ in range(BLOCKS)
    )


def digest(code: str) -> str:
    """What is kept of a code. Capitals, spaces and dashes make no difference."""
    return hashlib.sha256(re.sub(r"[\W_]", "", code).upper().encode()).hexdigest()
