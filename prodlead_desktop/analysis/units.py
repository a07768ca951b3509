"""Units as products of powers of dimensions and a scale, so that minutes and euros are never added (model §2.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from prodlead_desktop.domain.money import symbol
from prodlead_desktop.errors import BadInput

Powers = tuple[tuple[str, int], ...]
_YEAR_S = 365.25 * 86_400.0
_TIMES = {
    "ms": 1e-3, "s": 1.0, "sec": 1.0, "second": 1.0, "min": 60.0, "minute": 60.0, "h": 3600.0, "hr": 3600.0,
    "hour": 3600.0, "d": 86_400.0, "day": 86_400.0, "week": 604_800.0, "month": _YEAR_S / 12, "quarter": _YEAR_S / 4,
    "year": _YEAR_S, "yr": _YEAR_S,
}  # fmt: skip
_COUNTS = {
    "person": "person", "people": "person", "employee": "person", "fte": "person", "head": "person",
    "customer": "customer", "client": "customer", "account": "account", "event": "event", "time": "event",
    "point": "score", "pt": "score", "score": "score", "star": "score",
}  # fmt: skip
_PERCENT = {"%": 0.01, "percent": 0.01, "pp": 0.01, "‰": 0.001, "ppm": 1e-6}
_THOUSANDS = {"k": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "b": 1e9, "bn": 1e9, "mrd": 1e9}
_CODES = frozenset(
    "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KES KRW KWD MXN MYR "
    "NGN NOK NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD VND ZAR".split()
)
_SIGNS = {
    symbol(code): code for code in ("EUR", "USD", "GBP", "JPY", "INR", "KRW", "ILS", "NGN", "UAH", "VND")
}
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_POWER = re.compile(r"(?P<base>.*?)(?:\^(?P<plain>-?\d+)|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))", re.DOTALL)
_NUMBER = re.compile(r"(?P<number>\d+(?:[.,]\d+)*)\s*(?P<rest>.*)", re.DOTALL)
_OVER = re.compile(r"\s*/\s*|\s+per\s+|^per\s+", re.IGNORECASE)
_TIMES_SIGN = re.compile(r"\s*[*·×]\s*")


@dataclass(frozen=True, slots=True)
class Unit:
    """``scale`` base units with integer ``powers`` of dimensions, sorted; ``text`` is how people wrote it."""

    powers: Powers = ()
    scale: float = 1.0
    text: str = field(default="", compare=False)

    def __mul__(self, other: Unit) -> Unit:
        return Unit(_sum(self.powers, other.powers, 1), self.scale * other.scale, _joined(self, "·", other))

    def __truediv__(self, other: Unit) -> Unit:
        return Unit(_sum(self.powers, other.powers, -1), self.scale / other.scale, _joined(self, "/", other))

    def __pow__(self, exponent: int) -> Unit:
        powers = tuple((name, power * exponent) for name, power in self.powers if power * exponent)
        return Unit(powers, self.scale**exponent, f"{self.text}^{exponent}")

    @property
    def is_percent(self) -> bool:
        """Whether 100 of it are the whole."""
        return not self.powers and self.scale == 0.01


def parse(text: str | None) -> Unit:
    """A unit as people write it: "min", "%", "% of days", "EUR/customer", "tickets per 100 accounts", "m^2".

    Words after a currency or a percent sign only qualify it. A word nobody knows is a dimension of its own;
    plural and capitals do not matter. Empty is a pure number. Time is in seconds inside.
    """
    wanted = " ".join((text or "").split())
    if not wanted:
        return Unit()
    over = _OVER.split(wanted)
    found = _product(over[0])
    for part in over[1:]:
        found = found / _product(part)
    return Unit(found.powers, found.scale, wanted)


def in_unit(value: float, given: Unit, wanted: Unit) -> float:
    """``value`` of one unit in another. BadInput when the two measure different things."""
    added(given, wanted)
    return value * (given.scale / wanted.scale)


def added(first: Unit, second: Unit) -> Unit:
    """The unit of a sum, difference, minimum, maximum or comparison: that of the first.

    BadInput when the two measure different things; two currencies never mix without a rate.
    """
    if first.powers == second.powers:
        return first
    ours, theirs = _currencies(first), _currencies(second)
    if ours and theirs and ours != theirs:
        raise BadInput(f"{_shown(first)} and {_shown(second)} do not mix without a rate.")
    raise BadInput(f"{_shown(first)} and {_shown(second)} measure different things.")


def pure(unit: Unit) -> Unit:
    """What exp, log and powers ask of their argument. BadInput unless it is a pure number."""
    if unit.powers:
        raise BadInput(f"{_shown(unit)} is not a pure number.")
    return unit


def contribution_unit(parent: str | None, child: str | None) -> str:
    """How k of a child to its parent is shown: "EUR/customer"; "" where the two are the same unit."""
    above, below = parse(parent), parse(child)
    if above == below:
        return ""
    one = re.sub(r"(?<=[a-z]{3})s$", "", below.text)
    one = f"({one})" if re.search(r"[/·*]| per ", one) else one
    return f"{above.text or '1'}/{one}" if one else above.text


def _product(text: str) -> Unit:
    found = Unit()
    for part in _TIMES_SIGN.split(text.strip()):
        found = found * _factor(part.strip())
    return found


def _factor(text: str) -> Unit:
    number = _NUMBER.fullmatch(text)
    if number:
        plain = re.sub(r",(?=\d{3}\b)", "", number["number"]).replace(",", ".")
        inner = _factor(number["rest"].strip()) if number["rest"] else Unit()
        try:
            return Unit(inner.powers, inner.scale * float(plain))
        except ValueError:
            return _own(text)
    power = _POWER.fullmatch(text)
    if power and power["base"].strip():
        raised = int((power["plain"] or power["raised"]).translate(_RAISED))
        return _factor(power["base"].strip()) ** raised if abs(raised) < 100 else _own(text)
    return _word(text) if text else Unit()


def _word(text: str) -> Unit:
    first, _, rest = text.partition(" ")
    money = _money(first, rest)
    if money:
        return money
    sign = first[0] if first[0] in _PERCENT else first.lower()
    if sign in _PERCENT:
        return Unit((), _PERCENT[sign])
    word = _singular(text)
    if word in _TIMES:
        return Unit((("time", 1),), _TIMES[word])
    return Unit(((_COUNTS[word], 1),)) if word in _COUNTS else _own(text)


def _money(first: str, rest: str) -> Unit | None:
    """€, k€, €k, EUR, kEUR, EUR k; what else follows only says which euros."""
    scale = 1.0
    for word in (first, first[1:], first[:-1], first[2:], first[:-2]):
        code = _SIGNS.get(word) or (word if word in _CODES else None)
        if code:
            affix = (first[: -len(word)] if first.endswith(word) else first[len(word) :]).lower()
            if not affix:
                affix = rest.partition(" ")[0].lower() if rest.partition(" ")[0].lower() in _THOUSANDS else ""
            if affix and affix not in _THOUSANDS:
                return None
            scale = _THOUSANDS.get(affix, 1.0)
            return Unit(((f"money {code}", 1),), scale)
    return None


def _singular(text: str) -> str:
    word = text.lower()
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _own(text: str) -> Unit:
    return Unit(((_singular(text), 1),))


def _sum(first: Powers, second: Powers, sign: int) -> Powers:
    powers = dict(first)
    for name, power in second:
        powers[name] = powers.get(name, 0) + sign * power
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def _joined(first: Unit, sign: str, second: Unit) -> str:
    return sign.join(part for part in (first.text, second.text) if part)


def _currencies(unit: Unit) -> set[str]:
    return {name for name, _ in unit.powers if name.startswith("money ")}


def _shown(unit: Unit) -> str:
    return f"“{unit.text}”" if unit.text else "A pure number"
