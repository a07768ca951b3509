"""Help: the keys, the log, and what the program is made of."""

from __future__ import annotations

from prodlead_desktop.ui.about import About
from prodlead_desktop.ui.action_table import ActionGroup, Row
from prodlead_desktop.ui.log_box import LogBox

GROUP = ActionGroup(
    "Help",
    5,
    (
        Row("help.keys", "Keyboard shortcuts", lambda ctx: ctx.window.shortcut_sheet.open(), ("F1",),
            menu="Help", section="keys", icon="keyboard"),
        Row("help.log", "Show log", lambda ctx: LogBox(ctx.window).open(), menu="Help", section="about",
            icon="file-text", tip="What the program noted about itself; nothing of a strategy is in it."),
        Row("help.about", "About Prodlead", lambda ctx: About(ctx.window).open(), menu="Help", section="about",
            icon="info"),
    ),
)  # fmt: skip
