"""Numbers as people type and read them: one parser and one writer for the window, the exports and the charts."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import MAX_PREC, Decimal, InvalidOperation, localcontext

from prodlead_desktop.domain.money import Money, decimals, symbol, to_minor
from prodlead_desktop.errors import BadInput

THIN = "\u202f"  # narrow no-break space
NBSP = "\u00a0"
MINUS = "−"
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’_]")
_APART = re.compile(r"\d[\s\u00a0\u2009\u202f'’_]+\d")
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[\s\u00a0\u2009\u202f'’_]\d{3})+(?!\d)")
_POWER = re.compile(r"[+-]?\d+(\.\d+)?[eE][+-]?\d{1,4}")
_MONTHS = (  # ours, because the calendar module speaks whatever language Qt has set
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Notation:
    """How one person writes numbers and months: it is chosen in the program and never stored in a document."""

    decimal: str = "."
    group: str = ","
    months: tuple[str, ...] = _MONTHS  # as they are shown, short; English ones are cut to three letters
    long_months: tuple[str, ...] = _MONTHS  # as they may be typed
    language: str = "en"  # of the months

    def signed(self, plain: str) -> str:
        """A number as Python writes it, 1,234.5, in this notation."""
        if (self.decimal, self.group) == (".", ","):
            return plain
        return "".join({",": self.group, ".": self.decimal}.get(sign, sign) for sign in plain)


ENGLISH = Notation()
# As with decimal's context: one for the window's thread, handed on to the threads that work for it.
_notation: ContextVar[Notation] = ContextVar("notation", default=ENGLISH)


def notation() -> Notation:
    """How numbers are written and read now; English where nobody chose."""
    return _notation.get()


def write_as(chosen: Notation) -> None:
    """Write and read numbers so from now on, in this thread and in those that it starts with its context."""
    _notation.set(chosen)


_SCALES = {"k": 3, "t": 3, "tsd": 3, "m": 6, "mn": 6, "mio": 6, "mm": 6, "b": 9, "bn": 9, "mrd": 9}
_FIGURES = re.compile(r"\d[\d.,]*")
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}|\d+[.,]")  # a sign that may part groups, or end a sentence
_PLAIN = re.compile(r"[+-]?(\d+([.,]\d*)*|[.,]\d+)")
_WORDED = re.compile(r"(?P<number>[+-]?[\d.,]+)(?P<scale>[a-z]*)")


def parse_decimal(text: str, decimal: str | None = None) -> Decimal:
    """The number in a text, with the user's decimal sign; both 1,234.5 and 1.234,5 are understood.

    A lone sign before three digits is read in the user's notation: "1.234" where the comma is the decimal sign and
    the point parts groups means 1234, "1,234" means 1.234. BadInput when it is no number, or when that sign is
    neither of the user's: it could mean either.
    """
    decimal, group_sign = _signs(decimal)
    bare = _joined(text)
    if not _PLAIN.fullmatch(bare):
        raise BadInput(f"“{text.strip()[:60]}” is not a number.")
    group = "," if decimal == "." else "."
    last = max(bare.rfind("."), bare.rfind(","))
    mark = bare[last] if last >= 0 else decimal
    if bare.count(".") and bare.count(","):
        other = "," if mark == "." else "."
        whole = bare[:last]
        if mark in whole or not re.fullmatch(rf"[+-]?\d{{1,3}}({re.escape(other)}\d{{3}})+", whole):
            raise BadInput(f"“{text.strip()[:60]}” mixes points and commas.", "Type it without group signs.")
        bare = whole.replace(other, "") + "." + bare[last + 1 :]
    elif bare.count(mark) > 1 or (mark == group and re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", bare)):
        if bare.count(mark) == 1 and group_sign not in ".,":
            either = f"Type {bare.replace(mark, '')} or {bare.replace(mark, decimal)}."
            raise BadInput(f"“{text.strip()[:60]}” could be read in two ways.", either)
        if not re.fullmatch(rf"[+-]?\d{{1,3}}({re.escape(mark)}\d{{3}})+", bare):
            raise BadInput(f"“{text.strip()[:60]}” is not a number.")
        bare = bare.replace(mark, "")
    else:
        bare = bare.replace(",", ".")
    try:
        return Decimal(bare)
    except InvalidOperation:
        raise BadInput(f"“{text.strip()[:60]}” is not a number.") from None


def decimal_of(texts: Iterable[str], otherwise: str) -> str:
    """The decimal sign that the numbers of a table agree on; ``otherwise`` where they do not tell or differ."""
    told = set()
    for figures in (found[0] for text in texts for found in _FIGURES.finditer(_GROUPED.sub("0", text))):
        points, commas = figures.count("."), figures.count(",")
        if points and commas:
            told.add("." if figures.rfind(".") > figures.rfind(",") else ",")
        elif points > 1 or commas > 1:
            told.add("," if points else ".")
        elif points + commas == 1 and not _EITHER.fullmatch(figures):
            told.add("." if points else ",")
    return told.pop() if len(told) == 1 else otherwise


def may_be_grouped(text: str, decimal: str) -> bool:
    """Whether what is read as the decimal sign may have been meant to part groups: "3.000"."""
    return any(
        decimal in figures and figures[-1] != decimal and _EITHER.fullmatch(figures)
        for figures in _FIGURES.findall(_GROUPED.sub("0", text))
    )


def _joined(text: str) -> str:
    """A text without spaces and group signs; BadInput when they part digits other than into groups of three."""
    grouped = _GROUPED.sub(lambda found: _SPACES.sub("", found[0]), text)
    if _APART.search(grouped):
        raise BadInput(f"“{text.strip()[:60]}” is not one number.", "Groups have three digits.")
    return _SPACES.sub("", grouped).replace(MINUS, "-").replace("–", "-")


def _signs(decimal: str | None) -> tuple[str, str]:
    """Decimal and group sign: of today's notation, or those that go with a decimal sign."""
    now = notation()
    if decimal is None or decimal == now.decimal:
        return now.decimal, now.group
    return decimal, "," if decimal == "." else "."


def parse_number(text: str, decimal: str | None = None) -> float:
    """A finite float; see ``parse_decimal``. Powers such as 1.5e20 are understood too."""
    bare = text.strip().removesuffix("%").replace(MINUS, "-")
    power = bare.replace(",", ".")
    value = float(power) if _POWER.fullmatch(power) else float(parse_decimal(bare, decimal))
    if not math.isfinite(value) or abs(value) > 1e300:
        raise BadInput("That number is too big.")
    return value + 0.0


def parse_share(text: str, decimal: str | None = None) -> float:
    """A share 0..1 from a percentage: "60" and "60 %" both give 0.6. BadInput outside 0 to 100 %."""
    value = parse_number(text, decimal) / 100.0
    if not 0.0 <= value <= 1.0:
        raise BadInput("A share lies between 0 % and 100 %.")
    return value


def parse_money(text: str, currency: str, decimal: str | None = None) -> int:
    """Minor units of a typed amount: "620k", "€1.2 M", "1 234,50"; BadInput in words when it cannot be one."""
    bare = _joined(text).lower()
    for sign in {symbol(currency).strip().lower(), currency.lower()} - {""}:
        bare = bare.replace(sign, "")
    match = _WORDED.fullmatch(bare)
    if not match or (match["scale"] and match["scale"] not in _SCALES):
        raise BadInput(
            f"“{text.strip()[:60]}” is not an amount of money.", "Type for instance 620k or 1.2 M."
        )
    with localcontext(prec=MAX_PREC):
        amount = parse_decimal(match["number"], decimal).scaleb(_SCALES.get(match["scale"], 0))
    return to_minor(amount, currency)


def number(value: float, digits: int | None = None) -> str:
    """A number with group commas and at most ``digits`` decimals (default: as many as it has, up to 6)."""
    places = 6 if digits is None else digits
    shown = f"{abs(value):,.{places}f}" if abs(value) < 1e15 else f"{abs(value):g}"
    if "." in shown and "e" not in shown:
        shown = shown.rstrip("0").rstrip(".")
    if shown == "0" and value and digits is None:
        shown = f"{abs(value):g}"  # too small for six decimals, and yet not nothing
    signed = notation().signed(shown)
    return signed if value >= 0 or not shown.strip("0.,") else MINUS + signed


def percent(share: float, digits: int = 0) -> str:
    """A share as a percentage with a space before the sign."""
    return f"{number(share * 100, digits)}{NBSP}%"


def money(minor: int, currency: str) -> str:
    """An amount in full: €1,234,567 or €12.50."""
    major = Money(minor, currency).major
    digits = 0 if major == major.to_integral_value() else decimals(currency)
    sign = MINUS if minor < 0 else ""
    return f"{sign}{symbol(currency)}{notation().signed(f'{abs(major):,.{digits}f}')}"


def money_short(minor: int, currency: str) -> str:
    """An amount in three figures or so: €1.54 M, €620 k, €0; smaller than a thousand in full."""
    major = abs(Money(minor, currency).major)
    sign = (MINUS if minor < 0 else "") + symbol(currency)
    for limit, word, shift in (
        (Decimal("999500000"), "bn", 9),
        (Decimal(999500), "M", 6),
        (Decimal(1000), "k", 3),
    ):
        if major >= limit:
            scaled = major.scaleb(-shift)
            digits = 2 if shift == 6 and scaled < 10 else 1 if scaled < 100 and shift != 3 else 0
            if shift == 3 and scaled < 10 and scaled != scaled.to_integral_value():
                digits = 1
            if shift == 9:
                digits = 2 if scaled < 10 else 1
            return f"{sign}{notation().signed(f'{scaled:,.{digits}f}')}{NBSP}{word}"
    return money(minor, currency)


def deadline(date: datetime.date, precision: str | None, with_year: bool = False) -> str:
    """A deadline as precise as it was given: "Q3", "Sep", "30 Sep", with the year when asked."""
    year = f" {date.year}" if with_year else ""
    if precision == "quarter":
        return f"Q{(date.month - 1) // 3 + 1}{year}"
    month = notation().months[date.month - 1]
    month = month[:3] if month in _MONTHS else month
    return f"{month}{year}" if precision == "month" else f"{date.day} {month}{year}"


def parse_deadline(text: str) -> tuple[datetime.date, str]:
    """The end of a typed period and its precision: "Q3 2027", "2027-09", "Sep 2027", "2027-09-30", "30 Sep 2027".

    BadInput when it is none of these.
    """
    bare = " ".join(text.replace(",", " ").split())
    quarter = re.fullmatch(r"(?:[qQ]([1-4])[ /-]*(\d{4})|(\d{4})[ /-]*[qQ]([1-4]))", bare)
    try:
        if quarter:
            which, year = int(quarter[1] or quarter[4]), int(quarter[2] or quarter[3])
            return _month_end(year, which * 3), "quarter"
        if re.fullmatch(r"\d{4}-\d{1,2}", bare):
            return _month_end(*map(int, bare.split("-"))), "month"
        if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", bare):
            return datetime.date(*map(int, bare.split("-"))), "day"
        worded = re.fullmatch(r"(?:(\d{1,2})\.? )?([^\W\d_]{3,12})\.? (\d{4})", bare)
        if worded:
            month = _month_named(worded[2])
            if worded[1]:
                return datetime.date(int(worded[3]), month, int(worded[1])), "day"
            return _month_end(int(worded[3]), month), "month"
    except ValueError:
        pass
    raise BadInput(
        f"“{text.strip()[:40]}” is not a date.", "Type for instance Q3 2027, Sep 2027 or 2027-09-30."
    )


def _month_end(year: int, month: int) -> datetime.date:
    from calendar import monthrange  # not needed by the first frame

    return datetime.date(year, month, monthrange(year, month)[1])


def _month_named(word: str) -> int:
    for months in (notation().months, notation().long_months, _MONTHS):
        for index, name in enumerate(months, 1):
            if name.lower().startswith(word.lower()):
                return index
    raise ValueError(word)
