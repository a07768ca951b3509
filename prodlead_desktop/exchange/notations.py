"""The ways of writing numbers and months that can be chosen, in the window and for what is exported."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QLocale

from prodlead_desktop.domain.numerals import ENGLISH, NBSP, THIN, Notation
from prodlead_desktop.errors import BadInput

SYSTEM = "system"
# Each is called by what it looks like; a space between groups is a narrow one that does not break.
NUMBERS = {
    "1,234.5": ENGLISH,
    "1.234,5": Notation(",", "."),
    "1 234,5": Notation(",", THIN),
    "1 234.5": Notation(".", THIN),
    "1’234.5": Notation(".", "’"),
}
# Those that Qt's own dialogs speak and whose dates are written day, month, year.
LANGUAGES = tuple("en bg cs da de es fi fr hu it lv nl nn pl pt_BR ru sv tr uk".split())
_SPACES = (" ", NBSP, THIN, "\u2009")


def notation_of(numbers: str, language: str) -> Notation:
    """The notation of one of ``NUMBERS`` (or "system") with the months of a language (or "system").

    BadInput when one of them is unknown.
    """
    if numbers != SYSTEM and numbers not in NUMBERS:
        raise BadInput(
            f"“{numbers[:20]}” is no way to write numbers.", f"Choose one of {', '.join(NUMBERS)}."
        )
    signs = of_system() if numbers == SYSTEM else NUMBERS[numbers]
    spoken = language_of_system() if language == SYSTEM else language
    if spoken not in LANGUAGES:
        raise BadInput(f"“{language[:20]}” is not known.", f"Choose one of {', '.join(LANGUAGES)}.")
    if spoken == "en":
        return signs
    locale = QLocale(spoken)
    short, long = (
        tuple(locale.monthName(month, form).rstrip(".") for month in range(1, 13))
        for form in (QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat)
    )
    return replace(signs, months=short, long_months=long, language=spoken)


def names_of(notation: Notation) -> tuple[str, str]:
    """The names that ``notation_of`` makes this notation from."""
    signs = (notation.decimal, notation.group)
    named = (name for name, each in NUMBERS.items() if (each.decimal, each.group) == signs)
    return next(named, next(iter(NUMBERS))), notation.language


def of_system() -> Notation:
    """How this machine's user writes numbers, as far as our fields can be typed that way."""
    locale = QLocale.system()
    decimal = locale.decimalPoint() if locale.decimalPoint() in (".", ",") else "."
    group = locale.groupSeparator()
    if group in _SPACES:
        return Notation(decimal, THIN)
    if group in ("’", "'"):
        return Notation(decimal, "’")
    return Notation(decimal, "," if decimal == "." else ".")


def language_of_system() -> str:
    """The language of this machine if it can be chosen, else English."""
    name = QLocale.system().name()
    return next((each for each in (name, name.partition("_")[0]) if each in LANGUAGES), "en")


def called(language: str) -> str:
    """What a language calls itself: Deutsch, français, português (Brasil)."""
    if language == "en":
        return "English"
    locale = QLocale(language)
    own = re.sub(r" (de|d’) .*$", "", locale.nativeLanguageName())
    return f"{own[:1].upper()}{own[1:]}" + (f" ({locale.nativeTerritoryName()})" if "_" in language else "")
