"""Random public ids: an address tells nothing about how many there are or who came before."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12


def new_public_id() -> str:
    """Twelve characters of an alphabet without look-alikes: about 59 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
