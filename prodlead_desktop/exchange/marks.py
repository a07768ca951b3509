"""Icons and colours of mind maps in words, so that they can be tags."""

from __future__ import annotations

import colorsys
import re

_ICONS = {
    "attach": "look here", "bell": "remember", "bookmark": "excellent", "broken-line": "broken line",
    "button_cancel": "not ok", "button_ok": "ok", "clanbomber": "dangerous", "closed": "closed",
    "desktop_new": "do not forget", "flag": "red flag", "gohome": "home", "help": "question", "idea": "idea",
    "info": "information", "kaddressbook": "phone", "kmail": "e-mail", "knotify": "music", "korn": "mailbox",
    "ksmiletris": "happy", "licq": "nice", "list": "list", "messagebox_warning": "warning", "password": "locked",
    "pencil": "to refine", "penguin": "Linux", "prepare": "in preparation", "stop": "danger",
    "stop-sign": "stop", "wizard": "magic", "xmag": "to discuss", "yes": "important", "go": "go",
    "checked": "done", "unchecked": "to do",
}  # fmt: skip
_PRIORITY = re.compile(r"(?:full|priority)[-_]?(\d)")
_EMOJI = re.compile(r"emoji-([0-9A-Fa-f]{4,6}(?:-[0-9A-Fa-f]{4,6})*)")
_HEX = re.compile(r"#?([0-9A-Fa-f]{6})(?:[0-9A-Fa-f]{2})?")
_HUES = (
    (0.035, "red"), (0.12, "orange"), (0.18, "yellow"), (0.45, "green"), (0.53, "turquoise"), (0.71, "blue"),
    (0.8, "purple"), (0.94, "pink"), (1.01, "red"),
)  # fmt: skip


def icon(name: str) -> str:
    """An icon of Freeplane or FreeMind in words; empty when it has no name."""
    priority, emoji = _PRIORITY.fullmatch(name), _EMOJI.fullmatch(name)
    if priority:
        return f"priority {priority[1]}"
    if emoji:
        codes = [int(code, 16) for code in emoji[1].split("-")]
        if all(code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF for code in codes):
            return "".join(map(chr, codes))
    return _ICONS.get(name, re.sub(r"[-_/\s]+", " ", name.rsplit("/", 1)[-1].removesuffix(".svg")).strip())


def colour(code: str) -> str:
    """A colour such as #ffcc00 in one word; empty for black, white and grey, and for what is no colour."""
    match = _HEX.fullmatch(code.strip())
    if not match:
        return ""
    red, green, blue = (int(match[1][at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if (
        max(red, green, blue) - min(red, green, blue) < 0.08
        or saturation < 0.15
        or not 0.06 < lightness < 0.985
    ):
        return ""
    name = next(name for limit, name in _HUES if hue < limit)
    return "brown" if name == "orange" and lightness < 0.42 else name
