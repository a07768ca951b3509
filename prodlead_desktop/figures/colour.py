"""Arithmetic on colours written #RRGGBB, so that every tint is computed once and painted opaque."""

from __future__ import annotations

WHITE = "#FFFFFF"
BLACK = "#000000"
NIGHT = "#12161D"


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue (0–255) of `#RRGGBB`; ValueError for anything else."""
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(f"{colour!r} is not a colour of the form #RRGGBB")
    value = int(colour[1:], 16)
    return value >> 16, value >> 8 & 255, value & 255


def mix(a: str, b: str, share: float) -> str:
    """`share` (0–1) of colour `a` over colour `b`, as an opaque `#RRGGBB` (what alpha would paint)."""
    if not 0 <= share <= 1:
        raise ValueError(f"a share of {share} is not between 0 and 1")
    over = (round(x * share + y * (1 - share)) for x, y in zip(channels(a), channels(b), strict=True))
    return "#{:02X}{:02X}{:02X}".format(*over)


def luminance(colour: str) -> float:
    """Relative luminance (0–1) after WCAG 2.2."""
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """Contrast ratio (1–21) of two colours after WCAG 2.2; the order does not matter."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def label_on(ground: str) -> str:
    """White or near-black, whichever reads better on `ground`."""
    return max(WHITE, NIGHT, key=lambda text: contrast(text, ground))


def _linear(share: float) -> float:
    """One sRGB channel (0–1) as linear light (IEC 61966-2-1)."""
    return float(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
