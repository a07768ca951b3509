"""What the command line can ask for, as data, and the two parsers made from it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from prodlead_desktop import __version__
from prodlead_desktop.cli import charts, commands, explaining, importing, simulating, solving
from prodlead_desktop.errors import BadInput

PAGES = ("auto", "own", "A4", "A3", "A2", "A1", "A0")
KINDS = ("ambition", "market", "outcome", "opportunity", "capability", "initiative", "assumption", "note")
ABOUT = (
    "Strategy planning on one map: outcomes, the bets that move them, and the money that flows between them."
)
EXAMPLES = """\
examples:
  prodlead                                     open the window
  prodlead plan.prodlead                       open a strategy in the window
  prodlead --sample                            open a fresh copy of the sample
  prodlead sample tidemark.prodlead            write the sample to a file
  prodlead info tidemark.prodlead --json       what is in it, for scripts
  prodlead check tidemark.prodlead             is the file sound?
  prodlead export tidemark.prodlead map.pdf --page A3 --lens capital
  prodlead export tidemark.prodlead map.png --width 3840
  prodlead export plan.json habit.pdf --scenario Balanced --branch o-habit
  prodlead export tidemark.prodlead views.pdf --views all
  prodlead chart tidemark.prodlead             which charts there are, and what each one finds
  prodlead chart tidemark.prodlead moves moves.svg --scenarios Today,Balanced
  prodlead import plan.json -o plan.prodlead   a file written by hand becomes a strategy
  prodlead import ideas.mm -o ideas.prodlead   so does a mind map, an outline, a list or a table
  prodlead demo --out demo                     sample file, JSON and PDF, without a window
  prodlead solve plan.json --scenario plan     the best plan for the money, and how sure that is
  prodlead solve tidemark.prodlead --scenario Balanced --budget 3.5M --apply "Best for 3.5 M"
  prodlead frontier tidemark.prodlead --scenario Balanced --from 2M --to 5M --steps 12
  prodlead explain tidemark.prodlead --scenario Balanced

“prodlead COMMAND --help” says more. A file whose name is a command is opened as ./NAME.

exit status:
  0  done     1  check found problems, or no plan keeps every rule     2  bad input: one line on stderr, nothing was
  written     130  interrupted; a search still says the best plan it had
"""


@dataclass(frozen=True, slots=True)
class Command:
    """One command, as data."""

    run: Callable[[argparse.Namespace], int]
    help: str
    arguments: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = ()
    more: str = ""


def _argument(*flags: str, **settings: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    return flags, settings


_FILE = _argument("file", metavar="FILE", help="a strategy (.prodlead) or interchange file (.json)")
_JSON = _argument("--json", action="store_true", help="answer as JSON")
_FORCE = _argument("--force", action="store_true", help="replace what has that name")
_PAGE_HELP = (
    f"{', '.join(PAGES)}, or mm such as 420x297; auto, the default: the smallest on which text can be read"
)
_OUT = _argument("out", metavar="OUT", help="the new strategy file, ending in .prodlead")
_SCENARIO = _argument(
    "--scenario", metavar="S", required=True, help="whose rules count: a scenario's id or name"
)
_MONEY_PER_POINT = _argument(
    "--money-per-point", metavar="X",
    help="what one point of value is worth, where some objectives count in points and others in money",
)  # fmt: skip
_TIME_LIMIT = _argument("--time-limit", metavar="SECONDS", help="stop then, with what is proven; default: 60")
_BUDGET = _argument(
    "--budget", metavar="X", help="money instead of the scenario's budget, such as 3.5M or 3500000"
)  # fmt: skip
_REST = (
    _argument("--future", metavar="F", help="only this future counts: its id or name; default: all"),
    _MONEY_PER_POINT, _TIME_LIMIT,
)  # fmt: skip
_OF_VALUE = (  # regret is refused in words
    _argument(
        "--objective", choices=solving.OBJECTIVES, default="expected", metavar="O",
        help="over futures: expected (by their probabilities) or maximin (the worst)",
    ),
    *_REST,
)  # fmt: skip
_QUESTION = (
    _argument(
        "--objective", choices=solving.OBJECTIVES, default="expected", metavar="O",
        help="over futures: expected (by their probabilities), maximin (the worst) or regret (the largest)",
    ),
    *_REST,
)  # fmt: skip

_WRITTEN = (
    _argument(
        "--numbers",
        default="1,234.5",
        metavar="LIKE",
        help="write numbers like 1,234.5 or 1.234,5 or 1 234,5",
    ),
    _argument("--language", default="en", metavar="CODE", help="write the names of months in de, fr, es, …"),
)

COMMANDS: dict[str, Command] = {
    "sample": Command(commands.sample, "write the sample strategy “Tidemark 2027” to a file", (_OUT, _FORCE)),
    "info": Command(commands.info, "say what is in a strategy: nodes by kind, scenarios, rows", (_FILE, _JSON)),
    "check": Command(
        commands.check, "say whether a file is sound", (_FILE, _JSON),
        "Opens the file as the window would, without changing it, and checks pages, digest, references, rules "
        "and checkpoints. Exit status 0: sound. 1: the problems are listed. 2: not a strategy at all.",
    ),
    "export": Command(
        commands.export, "write a strategy as map (PDF, SVG, PNG) or JSON, by the ending of OUT",
        (
            _FILE,
            _argument("out", metavar="OUT", help="what to write: .pdf, .svg, .png or .json"),
            _argument("--page", default="auto", metavar="SIZE", help=_PAGE_HELP),
            _argument("--scenario", metavar="NAME", help="id or name; default: the plan of record"),
            _argument("--lens", default="capital", metavar="LENS", help="structure, capital, confidence or draft"),
            _argument("--width", type=int, metavar="PX", help="pixels across, for .png; default: 200 to the inch"),
            _argument("--tile", metavar="PAPER", help="cut the page of a .pdf over sheets of A4 or A3, to be glued"),
            _argument("--preview", choices=("pdf", "svg", "png"), metavar="FORM",
                      help="only a small .png of the first page of a pdf, svg or png, and what would be said of it"),
            _argument("--checkpoint", metavar="NAME", help="named in the title block; default: the one of this state"),
            _argument("--progress", action="store_true", help="say the share done, for programs that wait"),
            _argument("--branch", metavar="NODE", help="only this node and what hangs below: its id or its title"),
            _argument("--views", metavar="A,B", help="saved views instead, a page of the PDF each; all: every one"),
            *_WRITTEN,
        ),
    ),
    "chart": Command(
        charts.chart, "write a chart of scenarios to a file, or print the numbers behind it",
        (
            _FILE,
            _argument("chart", metavar="CHART", nargs="?", help="which one; without it the charts are listed"),
            _argument("out", metavar="OUT", nargs="?", help="what to write: .pdf, .svg, .png or .csv"),
            _argument("--scenarios", metavar="A,B", help="ids or names, at most six; default: the first six"),
            _JSON,
            _argument("--dark", action="store_true", help="in the colours of the dark window"),
            _argument("--size", metavar="WxH", help="the page in pixels at 96 dpi, such as 1200x700"),
            *_WRITTEN,
        ),
    ),
    "solve": Command(
        solving.solve, "find the best plan that keeps every rule of a scenario, with a proof",
        (
            _FILE, _SCENARIO, _BUDGET, *_QUESTION, _JSON,
            _argument("--apply", metavar="NAME", help="add the plan to the file as a new scenario (undoable)"),
        ),
        "Exit status 0: a plan, with the most that any plan could be worth. 1: no plan keeps every rule; the rules "
        "that clash are named. 2: bad input. 130: interrupted, with the best plan so far.",
    ),
    "frontier": Command(
        explaining.frontier, "find the best value for every budget, and how far the scenario's own plan is from it",
        (
            _FILE, _SCENARIO,
            _argument("--from", dest="low", metavar="A", help="the smallest budget; default: nothing"),
            _argument("--to", dest="high", metavar="B", help="the largest; default: 1.25 × the scenario's budget"),
            _argument("--steps", metavar="N", default="25", help="steps between, so N + 1 budgets; default: 25"),
            *_OF_VALUE, _JSON,
        ),
        "All rules of the scenario count but its budget. The time limit is for each budget.",
    ),
    "explain": Command(
        explaining.explain, "say why the best plan is the best, and what would make it better",
        (
            _FILE, _SCENARIO, _BUDGET, *_OF_VALUE,
            _argument("--calm", metavar="SHARE", default="1",
                      help="percent of the value that a plan nearer to the present one may lack; default: 1"),
            _argument("--step", metavar="X", help="money whose price is asked; default: about 5 %% of the budget"),
            _JSON,
        ),
        "What holds the plan up, what locks, floors, shares and money cost, what is lost without each bet, and what to "
        "move next. Exit status 1: no plan keeps every rule; the rules that clash are named.",
    ),
    "simulate": Command(
        simulating.simulate, "draw what a scenario's plan could come to: ranges, chances of targets, what moves it",
        (
            _FILE, _SCENARIO,
            _argument("--draws", metavar="N", default="10000", help="how many; default: 10,000 as Latin hypercubes"),
            _argument("--seed", metavar="K", default="0", help="another one gives other draws; default: 0"),
            _argument(
                "--decisions", metavar="M", default="8",
                help="ask for the M most promising inputs whether they change the decision; default: 8",
            ),
            _MONEY_PER_POINT, _JSON,
        ),
        "The same file, seed and number of draws give the same numbers. Every number comes with its error; see "
        "prodlead schema simulate. Exit status 2: bad input. 130: interrupted.",
    ),
    "import": Command(
        importing.import_, "make a strategy of a file written elsewhere", (
            _argument("file", metavar="IN", help="a map (.mm), outline (.opml), text, Markdown, table (.csv) or .json"),
            _argument("-o", "--out", metavar="OUT", required=True, help="the new strategy file, ending in .prodlead"),
            _argument("--kind", choices=KINDS, metavar="KIND", help=f"of every card: {', '.join(KINDS)}"),
            _argument("--no-marks", action="store_true", help="leave out icons and colours; else they become tags"),
            _argument("--decimal", choices=(".", ","), default=".", help="where the numbers of a table do not tell"),
            _JSON,
        ),
        "Makes one card of every node: from Freeplane and FreeMind maps, OPML, indented text, Markdown lists and CSV "
        "tables, by what the file holds. Says what was left out and what is kept in another form. Scripts and links "
        "are never run. See prodlead schema for .json.",
    ),
    "copy": Command(
        commands.copy, "copy a strategy file", (
            _argument("file", metavar="FILE", help="a strategy (.prodlead)"), _OUT, _FORCE,
            _argument("--to-send", action="store_true", help="without journal, checkpoints and answers of rounds"),
        ),
    ),
    "schema": Command(
        commands.schema, "print the JSON Schema of interchange files and of what commands answer as JSON",
        (_argument("of", metavar="OF", nargs="?", help="strategy, the default, or a command such as solve"),),
        "The strategy's Schema holds the Schemas of the results too, under $defs as result-COMMAND.",
    ),
    "demo": Command(
        commands.demo, "write the sample as strategy, JSON and PDF into a folder, without a window",
        (_argument("--out", metavar="DIR", required=True, help="the folder, made when it is not there"), _FORCE),
    ),
}  # fmt: skip


class _Parser(argparse.ArgumentParser):
    """Complains in one line and leaves the exit status to ``main``."""

    def error(self, message: str) -> NoReturn:
        raise BadInput(f"{message[:1].upper()}{message[1:]}.", f"See {self.prog} --help.")


def window_parser() -> argparse.ArgumentParser:
    """Takes what opens the window; its --help is the command parser's."""
    parser = _Parser("prodlead", add_help=False)
    parser.add_argument("-h", "--help", action="store_true")
    parser.add_argument("--version", action="version", version=f"prodlead {__version__}")
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("files", nargs="*")
    return parser


def command_parser() -> argparse.ArgumentParser:
    """Takes a command and its arguments; knows the help of everything."""
    parser = _Parser(
        "prodlead", usage="prodlead [FILE]  |  prodlead --sample  |  prodlead COMMAND …", description=ABOUT,
        epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"prodlead {__version__}")
    parser.add_argument("--sample", action="store_true", help="open the window on a fresh copy of the sample")
    parser.add_argument("--self-test", action="store_true", help="try every part of this installation")
    made_of = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, prog="prodlead")
    for name, command in COMMANDS.items():
        made = made_of.add_parser(name, help=command.help, description=command.more or command.help)
        made.set_defaults(run=command.run)
        for flags, settings in command.arguments:
            made.add_argument(*flags, **settings)
    return parser
