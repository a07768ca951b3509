"""Identifiers: short, readable, unique over the whole file, given by us or by the writer of a file."""

from __future__ import annotations

import hashlib
import re
import secrets

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_VALID = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def new_id(prefix: str) -> str:
    """A fresh random id: the prefix, an underscore and ten base-32 characters (50 bits)."""
    return f"{prefix}_{_base32(secrets.randbits(50))}"


def derived_id(prefix: str, *parts: str) -> str:
    """An id that is always the same for the same parts, for rows that a writer of a file need not name."""
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return f"{prefix}_{_base32(int.from_bytes(digest, 'big') >> 14)}"


def is_valid(text: str) -> bool:
    """Whether ``text`` may be an id of an interchange file."""
    return _VALID.fullmatch(text) is not None


def _base32(number: int) -> str:
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(45, -1, -5))
