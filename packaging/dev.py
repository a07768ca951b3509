"""The two commands, `run` and `test`, and their smaller siblings, with nothing but a Python to start from."""

import os
import shutil
import subprocess
import sys
import time

if sys.version_info < (3, 11):  # noqa: UP036  (this file is what an older Python meets first)
    found = [name for name in ("python3.13", "python3.12", "python3.11") if shutil.which(name)]
    hint = f" Try: {found[0]} packaging/dev.py" if found else ""
    sys.exit(f"prodlead: this is Python {sys.version.split()[0]}; 3.11 or newer is needed.{hint}")

from environment import BIN, EXE, PYTHON, ROOT, SetupError, has_display, make_ready, say
from make_bundle import build
from make_deb import deb

HELP = """\
python3 packaging/dev.py COMMAND    (Windows: py packaging\\dev.py COMMAND)

  run [arguments]     start Prodlead on the sample; arguments go to the program
                      without a display: make the sample, its JSON and its PDF map in ./prodlead-demo
  test [arguments]    every check and every test, on up to four cores; arguments go to pytest
  check               ruff, types, layers, sizes
  fix                 what ruff can correct and format by itself
  soak [arguments]    the tests that run for minutes
  shots [arguments]   the tests that make pictures, which then lie in ./shots; arguments go to pytest
  bench [names]       the measurements of tests/benchmarks, all or those whose name contains a word
  build               the program as a folder that needs no Python, in dist/, tried from elsewhere
                      --if-changed: only when what it is made with changed within a day, or CI_FULL is 1
  deb                 the same, then a Debian package of it, in dist/

The first call sets up .venv."""

Check = tuple[str, list[str]]


def main(arguments: list[str]) -> int:
    """Runs one command; the result is the exit status."""
    commands = {
        "run": run,
        "test": test,
        "check": check,
        "fix": fix,
        "soak": soak,
        "shots": shots,
        "bench": bench,
        "build": build,
        "deb": deb,
    }
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(HELP)
        return 0 if arguments else 2
    name, rest = arguments[0], arguments[1:]
    if name not in commands:
        print(f"prodlead: there is no command {name!r}.\n\n{HELP}", file=sys.stderr)
        return 2
    try:
        make_ready(window=name == "run")
        return commands[name](rest)
    except SetupError as error:
        print(f"prodlead: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """The program on a fresh copy of the sample, or with the arguments given."""
    if not arguments and not has_display():
        say("no display here, so the sample is made and exported without a window.")
        arguments = ["demo", "--out", "prodlead-demo"]
    return _call([str(PYTHON), "-m", "prodlead_desktop", *(arguments or ["--sample"])], dict(os.environ))


def test(arguments: list[str]) -> int:
    """Every check, then the tests; pytest's closing line stays the last line printed."""
    before = os.environ.get("PRODLEAD_FAILED_CHECKS", "")  # such as the bundle, by .ci/run
    failed = [*filter(None, before.split(", ")), *_run_checks()]
    environment = _test_environment()
    environment["PRODLEAD_FAILED_CHECKS"] = ", ".join(failed)
    chosen = any((ROOT / each.split("::")[0]).exists() for each in arguments)
    spread = [] if chosen else ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal"]
    status = _call([str(PYTHON), "-m", "pytest", *spread, *arguments], environment, cwd=str(ROOT))
    return status or (1 if failed else 0)


def check(arguments: list[str]) -> int:
    """Only the checks."""
    if arguments:
        raise SetupError("check takes no arguments.")
    failed = _run_checks()
    say(f"failed: {', '.join(failed)}" if failed else "all checks passed.")
    return 1 if failed else 0


def fix(arguments: list[str]) -> int:
    """Lets ruff correct and format the files named, or all."""
    ruff = str(BIN / f"ruff{EXE}")
    status = _call([ruff, "check", "--fix", "--quiet", *(arguments or [str(ROOT)])], dict(os.environ))
    return _call([ruff, "format", *(arguments or [str(ROOT)])], dict(os.environ)) or status


def soak(arguments: list[str]) -> int:
    """The long tests, with many more random examples."""
    environment = _test_environment() | {"HYPOTHESIS_PROFILE": "soak"}
    return _call([str(PYTHON), "-m", "pytest", "-m", "soak", *arguments], environment, cwd=str(ROOT))


def shots(arguments: list[str]) -> int:
    """The pictures that tests show through conftest's `shot`, kept for looking at."""
    folder = ROOT / "shots"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    environment = _test_environment() | {"PRODLEAD_SHOTS": str(folder)}
    status = _call([str(PYTHON), "-m", "pytest", "-q", *arguments], environment, cwd=str(ROOT))
    say(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return status


def bench(arguments: list[str]) -> int:
    """Each script of tests/benchmarks in turn, so that none disturbs another."""
    scripts = sorted((ROOT / "tests" / "benchmarks").glob("[!_]*.py"))
    chosen = [script for script in scripts if not arguments or any(word in script.stem for word in arguments)]
    if not chosen:
        raise SetupError("no measurement in tests/benchmarks has such a name.")
    failed = 0
    for script in chosen:
        say(script.stem)
        failed |= _call([str(PYTHON), str(script)], _test_environment(), cwd=str(ROOT))
    return 1 if failed else 0


def _checks() -> list[Check]:
    ruff = str(BIN / f"ruff{EXE}")
    return [
        ("ruff", [ruff, "check", "--quiet", "--output-format=concise", "."]),
        ("format", [ruff, "format", "--check", "."]),
        ("types", [str(PYTHON), "-m", "mypy", "--no-error-summary"]),
        ("layers", [str(BIN / f"lint-imports{EXE}"), "--no-logo"]),
        ("sizes", [str(PYTHON), str(ROOT / "packaging" / "check_sizes.py")]),
    ]


def _run_checks() -> list[str]:
    """Runs every check to its end, prints what failed, and names it."""
    failed = []
    for name, command in _checks():
        started = time.monotonic()
        done = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        )
        good = done.returncode == 0
        say(f"{name:<7} {'ok' if good else 'FAILED'}  ({time.monotonic() - started:.1f} s)")
        if not good:
            failed.append(name)
        if done.stdout.strip() and (not good or name == "sizes"):
            print(done.stdout.rstrip(), flush=True)
    return failed


def _test_environment() -> dict[str, str]:
    """The caller's environment without what would change a test's outcome."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("QT_", "PYTEST_", "PRODLEAD_")) and name not in ("PYTHONPATH", "PYTHONHOME")
    }
    return kept | {"QT_QPA_PLATFORM": "offscreen"}


def _call(command: list[str], environment: dict[str, str], cwd: str | None = None) -> int:
    """Runs a child on this terminal; a child ended by a signal gives the shell's number for it."""
    status = subprocess.run(command, env=environment, cwd=cwd).returncode
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
