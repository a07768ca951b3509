"""Money: whole minor units of one currency, so that totals are exact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import MAX_PREC, ROUND_HALF_EVEN, Decimal, localcontext

from prodlead_desktop.domain.fields import MONEY_LIMIT
from prodlead_desktop.errors import BadInput

_LIMIT_DIGITS = len(str(MONEY_LIMIT)) - 1
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split()
_THREE = "BHD IQD JOD KWD LYD OMR TND".split()
_DECIMALS = dict.fromkeys(_NONE, 0) | dict.fromkeys(_THREE, 3)
NO_CURRENCY = "XXX"  # what ISO 4217 writes for none
_SYMBOLS = {
    "EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "ILS": "₪", "NGN": "₦", "UAH": "₴",
    "VND": "₫",
}  # fmt: skip


def decimals(currency: str) -> int:
    """Digits after the point of an ISO 4217 currency; unknown ones (and XXX) have two."""
    return _DECIMALS.get(currency, 2)


def symbol(currency: str) -> str:
    """What stands before an amount: a sign, else the code and a space; nothing for XXX (no currency)."""
    return _SYMBOLS.get(currency) or ("" if currency == NO_CURRENCY else f"{currency} ")


def is_currency(code: str) -> bool:
    """Whether ``code`` has the form of an ISO 4217 code."""
    return len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of a currency."""

    minor: int
    currency: str

    @property
    def major(self) -> Decimal:
        """The amount in euros, dollars…"""
        return Decimal(self.minor).scaleb(-decimals(self.currency))

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError("Money of two currencies cannot be added.")
        return Money(self.minor + other.minor, self.currency)

    def converted(self, currency: str, rate: Decimal) -> Money:
        """The same worth in another currency, ``rate`` units of it for one of ours, rounded half to even."""
        minor = (self.major * rate).scaleb(decimals(currency)).quantize(Decimal(1), ROUND_HALF_EVEN)
        return Money(int(minor), currency)


def to_minor(amount: Decimal | int, currency: str) -> int:
    """Minor units of an amount in major units; BadInput when it has too many decimals or is too big."""
    number = Decimal(amount)
    if not number.is_finite() or number.adjusted() + decimals(currency) >= _LIMIT_DIGITS:
        most = f"{symbol(currency)}{10 ** (_LIMIT_DIGITS - decimals(currency)):,}"
        raise BadInput("That amount is too big.", f"Amounts stay below {most}.")
    with localcontext(prec=MAX_PREC):  # or a long tail of decimals would be rounded away unseen
        scaled = number.scaleb(decimals(currency))
        if scaled != scaled.to_integral_value():
            raise BadInput(f"{currency} has {decimals(currency)} decimals; that amount has more.")
    return int(scaled)
