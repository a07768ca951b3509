"""Links of imported nodes: text in the note, never anything that can be run."""

from __future__ import annotations

from prodlead_desktop.domain.outline import Tally

_WEB = ("http://", "https://", "mailto:")
_RUNS = ("execute:", "menuitem:", "javascript:", "vbscript:", "script:", "data:")


def said(tally: Tally, target: str, line: int) -> str:
    """A link's target as words of a note; counts those that lead to a file or would run something."""
    bare = target.strip()
    if not bare.lower().startswith(_WEB):
        if bare.lower().startswith(_RUNS):
            tally.changed(
                "link that runs something is only text now",
                "links that run something are only text now",
                line,
            )
        else:
            tally.changed("link to a file is text in the note", "links to files are text in the notes", line)
    return bare
