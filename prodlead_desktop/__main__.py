"""The door of the program: a command without a window, or the window itself."""

from __future__ import annotations

import sys


def main() -> int:
    """Run what the command line asks for; returns the exit status."""
    from prodlead_desktop import cli

    return cli.main(sys.argv[1:], open_window)


def open_window(paths: list[str], sample: bool) -> int:
    """Open the window; only now is anything of Qt imported."""
    from prodlead_desktop.app import run_window

    return run_window(paths=paths, sample=sample)


if __name__ == "__main__":
    sys.exit(main())
