"""Help: the keys, the log, and what the program is made of."""

from __future__ import annotations

from prodlead_desktop.ui.action_table import ActionGroup, Context, Row


def _log(ctx: Context) -> None:
    from prodlead_desktop.ui.log_box import LogBox

    LogBox(ctx.window).open()


def _about(ctx: Context) -> None:
    from prodlead_desktop.ui.about import About  # reads what is installed, which no first frame needs

    About(ctx.window).open()


GROUP = ActionGroup(
    "Help",
    5,
    (
        Row("help.keys", "Keyboard shortcuts", lambda ctx: ctx.window.shortcut_sheet.open(), ("F1",),
            menu="Help", section="keys", icon="keyboard"),
        Row("help.log", "Show log", _log, menu="Help", section="about", icon="file-text",
            tip="What the program noted about itself; nothing of a strategy is in it."),
        Row("help.about", "About Prodlead", _about, menu="Help", section="about", icon="info"),
    ),
)  # fmt: skip
