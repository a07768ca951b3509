"""What stands below a printed map: the legend of what is shown, orphan money, the ribbons' scale, the title block."""

from __future__ import annotations

from dataclasses import dataclass, replace

from prodlead_desktop.analysis import capital
from prodlead_desktop.domain import numerals
from prodlead_desktop.domain.entities import Pool, Scenario
from prodlead_desktop.domain.kind import kinds
from prodlead_desktop.domain.money import decimals
from prodlead_desktop.figures.lens import Key
from prodlead_desktop.figures.map_view import MapPicture, lens_of

_SWATCH_PT = 9.0  # about how high the sample of the ribbon scale is
_PAGE = "Page"
_SCENARIO, _CHECKPOINT = "Scenario and lens", "Checkpoint"
NAMING = frozenset({_SCENARIO, _CHECKPOINT})  # cells that hold names, which may be cut
_NAMED = 6  # orphans named before "and 3 more"


@dataclass(frozen=True, slots=True)
class RibbonScale:
    """A sample ribbon: so many points high is so much money."""

    points: float
    text: str
    pool: int


@dataclass(frozen=True, slots=True)
class Foot:
    """The words of the foot; painting is `paint_foot`'s."""

    title: str
    cells: tuple[tuple[str, str], ...]  # caption and value
    kinds: tuple[tuple[str, str], ...]  # role and word
    pools: tuple[tuple[int, str], ...]  # colour number and name
    keys: tuple[Key, ...]  # of the lens
    hatch: bool
    head: str
    rows: str
    ribbon: RibbonScale | None

    def on_page(self, number: int, count: int) -> Foot:
        """The same foot with the number of its page."""
        cells = tuple((name, f"{number} of {count}" if name == _PAGE else text) for name, text in self.cells)
        return replace(self, cells=cells)


def foot_of(picture: MapPicture, scale: float, page: str, checkpoint: str | None) -> Foot:
    """The foot of a picture; `scale` is points per map unit, `page` the paper and percentage."""
    strategy, view = picture.strategy, picture.view
    shown = {source.node.kind for source in picture.sources.values()}
    scenario = strategy.find(Scenario, view.scenario)
    head, rows = _orphans(picture, scenario)
    lens = lens_of(view)
    used = picture.pools if picture.lines.per_million else frozenset()
    return Foot(
        title=f"{strategy.header.name}: strategy map",
        cells=(
            (_SCENARIO, f"{scenario.name}, {lens.title.lower()}" if scenario else lens.title),
            ("Placed of budget", _placed(picture, scenario)),
            (_CHECKPOINT, checkpoint or "none"),
            (_PAGE, "1 of 1"),
            ("Scale", page),
        ),
        kinds=tuple((kind.shape, kind.title) for kind in kinds().values() if kind.name in shown),
        pools=tuple((pool.colour, pool.name) for pool in strategy.ordered(Pool) if pool.id in used),
        keys=lens.keys(picture),
        hatch=any(source.unfunded for source in picture.sources.values()),
        head=head,
        rows=rows,
        ribbon=_ribbon(picture, scale),
    )


def _placed(picture: MapPicture, scenario: Scenario | None) -> str:
    if scenario is None:
        return "no scenario"
    totals = capital.totals(picture.strategy, scenario.id)
    currency = picture.strategy.header.currency
    placed = numerals.money_short(totals.placed, currency) + (" + ?" if totals.unknown else "")
    return placed if totals.budget is None else f"{placed} of {numerals.money_short(totals.budget, currency)}"


def _orphans(picture: MapPicture, scenario: Scenario | None) -> tuple[str, str]:
    """The sum that reaches no outcome with its share, and whose money it is."""
    if scenario is None:
        return "", ""
    strategy, currency = picture.strategy, picture.strategy.header.currency
    found = capital.orphans(strategy, scenario.id)
    total = capital.totals(strategy, scenario.id).placed
    if not found:
        return ("All money placed reaches an outcome" if total else "No money placed yet"), ""
    money = sum(amount for _, amount in found)
    share = numerals.percent(money / total, 1) if total else ""
    head = f"Orphan capital {numerals.money_short(money, currency)}, {share} of the money placed"
    named = [f"{node.title} {numerals.money_short(amount, currency)}" for node, amount in found[:_NAMED]]
    if len(found) > _NAMED:
        named.append(f"and {len(found) - _NAMED} more")
    return head, " · ".join(named)


def _ribbon(picture: MapPicture, scale: float) -> RibbonScale | None:
    """A round amount whose ribbon is about as high as a line of text."""
    lines, currency = picture.lines, picture.strategy.header.currency
    if not lines.per_million:
        return None
    unit = 10 ** decimals(currency)
    points_per_major = lines.per_million * scale / 1_000_000
    wanted = _SWATCH_PT / points_per_major
    power = 1
    while power * 10 <= wanted:
        power *= 10
    major = max(step * power for step in (1, 2, 4, 5) if step == 1 or step * power <= wanted)
    text = numerals.money_short(major * unit, currency)
    return RibbonScale(major * points_per_major, text, lines.ribbons[0].pool)
