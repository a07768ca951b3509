"""How sure we are: the evidence behind every bet and assumption, and how wide its range is."""

from __future__ import annotations

from prodlead_desktop.analysis.stated import percentiles_of
from prodlead_desktop.domain import numerals, tree
from prodlead_desktop.domain.entities import Effect, Node
from prodlead_desktop.domain.kinds.assumption import AssumptionData
from prodlead_desktop.domain.kinds.initiative import EVIDENCE, InitiativeData
from prodlead_desktop.domain.strategy import Strategy
from prodlead_desktop.figures.card import HOLLOW, Dress
from prodlead_desktop.figures.cross_links import cross_links
from prodlead_desktop.figures.lens import Key, Lens, Placed, whiskers
from prodlead_desktop.figures.lenses.structure import REMARKS
from prodlead_desktop.figures.lines import DASHED, DOTTED, SOLID, Lines, parents_of, tree_fans

UNSAID = "evidence ?"
_LINES = {None: DOTTED, "guess": DOTTED, "expert": DASHED, "data": SOLID, "tested": SOLID}
_OTHERS = Dress(block=HOLLOW)
_DIGITS = 3
_CHIP = 15  # characters


def dress(strategy: Strategy, node: Node) -> Dress:
    """Ground and pips by the strength of the evidence; the range of its main effect instead of money.

    Far away what has evidence is filled by its strength, and everything else is an outline.
    """
    if not isinstance(node.data, (InitiativeData, AssumptionData)):
        return _OTHERS
    strength = EVIDENCE.index(node.data.evidence) + 1 if node.data.evidence in EVIDENCE else 0
    said = f"evidence: {node.data.evidence or 'nobody has said'}"
    ground = str(strength - 1) if strength > 1 else ""
    block = ground or HOLLOW
    if isinstance(node.data, AssumptionData):
        return Dress(ground, block=block, said=said)
    chip, unsure = _range(strategy, node)
    word = node.data.evidence or UNSAID
    return Dress(ground, (strength, len(EVIDENCE)), word, chip, unsure, "", block, f"{said}, effect {chip}")


def _range(strategy: Strategy, node: Node) -> tuple[str, bool]:
    """P10 to P90 of the effect on the outcome above, in its unit, and whether it is no range; "?" without numbers."""
    effects = strategy.by(Effect, "initiative", node.id)
    spoken = [(effect, said) for effect in effects if (said := percentiles_of(effect)) != (None, None, None)]
    if not spoken:
        return "?", True
    above = tree.outcome_above(strategy, node.id)
    own = (one for one in spoken if above is not None and one[0].outcome == above.id)
    effect, (p10, p50, p90) = next(own, spoken[0])
    unit = getattr(strategy.get(Node, effect.outcome).data, "unit", None) or ""
    ends = [numerals.number(value, _DIGITS) for value in (p10, p90) if value is not None]
    if len(ends) < 2 or ends[0] == ends[1]:
        middle = next(value for value in (p50, p10, p90) if value is not None)
        ends = [numerals.number(middle, _DIGITS)]
    return _short("…".join(ends), unit, len(spoken) - 1), len(ends) < 2


def _short(ends: str, unit: str, others: int) -> str:
    """The range with as much of its unit, and of how many more effects there are, as a chip holds beside the pips."""
    more = f" +{others}" if others else ""
    for told in (f"{ends} {unit}{more}", f"{ends} {unit}", f"{ends} {unit.partition(' ')[0]}"):
        if len(told.strip()) <= _CHIP:
            return told.strip()
    return ends


def readers(strategy: Strategy, node: str) -> tuple[str, ...]:
    """The bets whose range is told in this outcome's unit."""
    return tuple(effect.initiative for effect in strategy.by(Effect, "outcome", node))


def lines(placed: Placed) -> Lines:
    """The weaker the evidence of what hangs there, the thinner its line: dotted, dashed, solid."""
    sources = placed.sources
    return Lines(
        tree_fans(placed, lambda child: _style(sources[child].node)), parents_of(placed), cross_links(placed)
    )


def _style(node: Node) -> str:
    if isinstance(node.data, InitiativeData):
        return _LINES.get(node.data.evidence, DOTTED)
    return DOTTED if node.kind in REMARKS else SOLID


def keys(placed: Placed) -> tuple[Key, ...]:
    """Each strength of evidence that is on the map, and the whisker."""
    found = {getattr(source.node.data, "evidence", "") for source in placed.sources.values()}
    every = [Key(UNSAID, line=DOTTED, steps=(0, len(EVIDENCE)))] if None in found else []
    every += [
        Key(name, ground=str(at) if at else "", line=_LINES[name], steps=(at + 1, len(EVIDENCE)))
        for at, name in enumerate(EVIDENCE)
        if name in found
    ]
    return (*every, *whiskers(placed))


LENS = Lens(
    "confidence", "Confidence", "gauge", 4, lines, line_shows=_style, dress=dress,
    tables=frozenset({"effect"}), readers=readers, keys=keys, forecasts=True,
)  # fmt: skip
