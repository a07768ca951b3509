"""The commands: each takes what was asked, says what it did, and returns the exit status."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prodlead_desktop.cli import files
from prodlead_desktop.errors import BadInput, FileRefused, ProdleadError

if TYPE_CHECKING:
    from prodlead_desktop.domain.strategy import Strategy
    from prodlead_desktop.exchange.exporter import ExportOptions, ExportResult

OK, PROBLEMS = 0, 1


def sample(asked: argparse.Namespace) -> int:
    """Write the sample to a new file."""
    from prodlead_desktop import samples

    files.write(samples.load(), files.new(Path(asked.out), asked.force), asked.force)
    print(f"Wrote the sample strategy to {asked.out}")
    return OK


def info(asked: argparse.Namespace) -> int:
    """Say what is in a strategy."""
    from prodlead_desktop.domain.money import NO_CURRENCY

    facts = _facts(files.read(Path(asked.file)))
    if asked.json:
        print(json.dumps(facts, ensure_ascii=False, indent=2))
        return OK
    for name, value in facts.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {count}" for key, count in value.items())
        elif isinstance(value, list):
            value = ", ".join(value)
        elif name == "currency" and value == NO_CURRENCY:
            value = "no currency"
        print(f"{name.replace('_', ' '):<18}{'–' if value in (None, '') else value}")
    return OK


def _facts(read: files.Read) -> dict[str, Any]:
    from prodlead_desktop.domain import tree
    from prodlead_desktop.domain.entities import SPECS, Node, Scenario
    from prodlead_desktop.domain.kind import kinds
    from prodlead_desktop.domain.scenarios import PLAN

    strategy = read.strategy
    header = strategy.header
    listed = [node.kind for node in strategy.all(Node).values()]
    scenarios = strategy.ordered(Scenario)
    return {
        "name": header.name,
        "currency": header.currency,
        "plan_start": header.plan_start.isoformat() if header.plan_start else None,
        "horizon_quarters": header.horizon,
        "nodes": len(listed),
        "depth": tree.deepest(strategy),
        "kinds": {name: listed.count(name) for name in kinds() if name in listed},
        "initiatives": listed.count("initiative"),
        "scenarios": [scenario.name for scenario in scenarios],
        "plan_of_record": next((s.name for s in scenarios if s.status == PLAN), None),
        "rows": {spec.table: len(strategy.all(spec.cls)) for spec in SPECS if strategy.all(spec.cls)},
        "checkpoints": list(read.checkpoints),
        "format_version": read.version,
    }


def schema(asked: argparse.Namespace) -> int:
    """Print the JSON Schema of interchange files with those of results beside it, or the one of a command's result."""
    from prodlead_desktop.analysis.result_schema import SCHEMAS
    from prodlead_desktop.domain.schema import schema

    if asked.of in (None, "strategy"):
        made = schema()
        made["$defs"] |= {f"result-{name}": result for name, result in SCHEMAS.items()}
    elif asked.of in SCHEMAS:
        made = SCHEMAS[asked.of]
    else:
        raise BadInput(f"There is no Schema of “{asked.of}”.", f"There are: strategy, {', '.join(SCHEMAS)}.")
    print(json.dumps(made, ensure_ascii=False, indent=2))
    return OK


def export(asked: argparse.Namespace) -> int:
    """Write a strategy in another format, over what has that name, but never over itself."""
    from prodlead_desktop.domain import scenarios
    from prodlead_desktop.exchange.exporter import ExportOptions, exporter_for

    files.write_numbers(asked)
    source, out = Path(asked.file), Path(asked.out)
    exporter = exporter_for(out)
    if source.exists() and out.exists() and source.samefile(out):
        raise BadInput(f"“{out.name}” is the file itself.", "Choose another name for what is exported.")
    if asked.preview and exporter.name != "png":
        raise BadInput("A preview is a picture.", "Let the name end in .png.")
    if asked.tile is not None and (asked.preview or exporter.name) != "pdf":
        raise BadInput("Only a PDF can be cut over several sheets.", "Let the name end in .pdf.")
    step = _say_share if asked.progress else _say_nothing
    step(0.0)
    read = files.read(source)
    chosen = (
        scenarios.named(read.strategy, asked.scenario)
        if asked.scenario is not None
        else scenarios.plan_of_record(read.strategy)
    )
    options = ExportOptions(
        page=asked.page,
        scenario=chosen.id if chosen else None,
        lens=asked.lens,
        branch=files.branch(read.strategy, asked.branch),
        width=asked.width,
        views=files.views(read.strategy, asked.views),
        tile=asked.tile,
        checkpoint=asked.checkpoint or read.current_checkpoint,
        step=step,
    )
    if asked.preview:
        result = _preview(read.strategy, out, asked.preview, options)
    else:
        result = exporter.write(read.strategy, out, options)
    print(f"Wrote {result.path}")
    for remark in result.remarks:
        print(remark)
    return OK


def _preview(strategy: Strategy, out: Path, form: str, options: ExportOptions) -> ExportResult:
    from prodlead_desktop.exchange.exporter import ExportResult, replace_file
    from prodlead_desktop.exchange.exporters import png
    from prodlead_desktop.exchange.preview import preview

    made = preview(strategy, f".{form}", options)
    replace_file(out, png.as_png(made.image, strategy.header.name))
    return ExportResult(out, (made.words,))


def _say_share(share: float) -> None:
    from prodlead_desktop.exchange.exporter import SHARE

    print(f"{SHARE}{share:.2f}", flush=True)


def _say_nothing(share: float) -> None:
    """Nobody waits."""


def check(asked: argparse.Namespace) -> int:
    """Say whether a file is sound; the status is 1 when it is not. FileRefused or BadInput when it is no strategy."""
    path = Path(asked.file)
    problems = _problems_of_json(path) if path.suffix.lower() == ".json" else _problems_of_file(path)
    if asked.json:
        print(json.dumps({"sound": not problems, "problems": problems}, ensure_ascii=False, indent=2))
    elif problems:
        print("\n".join(problems))
    else:
        print("sound")
    return PROBLEMS if problems else OK


def _problems_of_file(path: Path) -> list[str]:
    """What is wrong with a strategy file; FileRefused when it is none."""
    from prodlead_desktop.document import Document
    from prodlead_desktop.domain import invariants
    from prodlead_desktop.store import header

    header.sniff(path)
    try:
        document = Document.open(path, read_only=True)
    except FileRefused as error:
        return [str(error)]
    try:
        problems = [files.doubts(document), *invariants.check_all(document.strategy)]
        for mark in document.checkpoints():
            try:
                document.strategy_at(mark.id)
            except ProdleadError as error:
                problems.append(f"Checkpoint “{mark.name}”: {error}")
        return [problem for problem in problems if problem]
    finally:
        document.close()


def _problems_of_json(path: Path) -> list[str]:
    """What is wrong with an interchange file; BadInput when it is not even JSON."""
    from prodlead_desktop.exchange import importer

    try:
        importer.read(path)
    except BadInput as error:
        try:
            made = json.loads(path.read_bytes().decode("utf-8-sig"))
        except (OSError, ValueError, RecursionError):
            raise error from None
        if not isinstance(made, dict):
            raise
        return [str(error)]
    return []


def demo(asked: argparse.Namespace) -> int:
    """Write the sample as strategy, JSON and PDF into a folder and say where."""
    from prodlead_desktop import samples
    from prodlead_desktop.domain.scenarios import plan_of_record
    from prodlead_desktop.exchange.exporter import ExportOptions, exporter_for

    folder = Path(asked.out)
    strategy = samples.load()
    targets = [folder / f"tidemark-2027{ending}" for ending in (files.ENDING, ".json", ".pdf")]
    exporters = [exporter_for(target) for target in targets[1:]]
    there = [target.name for target in targets if os.path.lexists(target)]
    if there and not asked.force:
        raise BadInput(f"“{there[0]}” is there already.", "Choose another folder or add --force.")
    folder.mkdir(parents=True, exist_ok=True)
    files.write(strategy, targets[0], asked.force)
    plan = plan_of_record(strategy)
    options = ExportOptions(page="A3", scenario=plan.id if plan else None)
    written = [
        exporter.write(strategy, to, options) for exporter, to in zip(exporters, targets[1:], strict=True)
    ]
    for target in targets:
        print(f"Wrote {target}")
    for remark in (remark for result in written for remark in result.remarks):
        print(remark)
    return OK


def copy(asked: argparse.Namespace) -> int:
    """Copy a strategy file, all of it or what may be sent."""
    out = files.new(Path(asked.out), asked.force)
    document = files.opened(Path(asked.file))
    try:
        if asked.to_send:
            document.save_copy_to_send(out)
        else:
            document.save_copy(out)
    finally:
        document.close()
    print(f"Copied {asked.file} to {asked.out}")
    return OK
