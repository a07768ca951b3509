"""`prodlead import`: files of other programs become strategies, with a report; refused ones change nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prodlead_desktop import cli
from prodlead_desktop.document import Document
from prodlead_desktop.domain import tree
from prodlead_desktop.domain.entities import Node
from prodlead_desktop.ui import settings

DATA = Path(__file__).parent.parent / "data" / "import"
COUNTS = {
    "rollout.mm": (10, 3),
    "old.mm": (4, 3),
    "rollout.opml": (7, 3),
    "rollout.md": (9, 4),
    "outcomes.csv": (3, 1),
}


def prodlead(*arguments: object) -> int:
    def window(*_: object) -> int:
        raise AssertionError("an import needs no window")

    return cli.main([str(argument) for argument in arguments], window)


@pytest.mark.parametrize("name", COUNTS)
def test_every_format_becomes_a_strategy(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.prodlead"
    assert prodlead("import", DATA / name, "-o", out, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["nodes"], said["depth"], said["file"], said["out"]) == (*COUNTS[name], name, str(out))
    document = Document.open(out, read_only=True)
    try:
        assert (len(document.strategy.all(Node)), tree.deepest(document.strategy)) == COUNTS[name]
    finally:
        document.close()
    assert prodlead("check", out) == 0


def test_the_report_names_what_is_left_out_and_what_is_another_thing_now(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        prodlead(
            "import", DATA / "rollout.mm", "-o", tmp_path / "out.prodlead", "--no-marks", "--kind", "note"
        )
        == 0
    )
    said = capsys.readouterr().out
    assert "10 cards on 3 levels: 10 notes; " in said
    assert "Left out:\n" in said and "– 1 reminder (first in line 42)" in said and "icons and colours" in said
    assert "Taken in another form:\n" in said and "– 1 link that runs something is only text now" in said


def test_what_was_folded_is_folded_when_the_window_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert prodlead("import", DATA / "rollout.mm", "-o", tmp_path / "out.prodlead") == 0
    document = Document.open(tmp_path / "out.prodlead", read_only=True)
    try:
        folded = settings.words(settings.memory().views.value(f"{document.id}/folded"))
        assert [document.strategy.get(Node, node_id).title for node_id in folded] == ["First markets"]
    finally:
        document.close()


def test_a_broken_file_is_one_line_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.mm"
    broken.write_text('<map>\n<node TEXT="a">\n<node TEXT="b"/>\n', encoding="utf-8")
    assert prodlead("import", broken, "-o", tmp_path / "out.prodlead") == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err == (
        "prodlead: “broken.mm” ends in the middle, in line 4. Get a whole copy of it.\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["broken.mm"]


def test_an_import_never_goes_over_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.prodlead"
    out.write_bytes(b"mine")
    assert prodlead("import", DATA / "rollout.md", "-o", out) == 2
    assert out.read_bytes() == b"mine" and "is there already" in capsys.readouterr().err


def test_a_map_of_another_program_is_looked_at_without_a_file_of_ours(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert prodlead("info", DATA / "rollout.opml", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["name"], said["nodes"], said["depth"]) == ("Roll-out 2027", 7, 3)


def test_the_decimal_sign_can_be_said(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text('Title,From\na,"1,234"\n', encoding="utf-8")
    found = {}
    for decimal in (".", ","):
        out = tmp_path / f"out{ord(decimal)}.prodlead"
        assert prodlead("import", table, "-o", out, "--decimal", decimal) == 0
        document = Document.open(out, read_only=True)
        found[decimal] = next(iter(document.strategy.all(Node).values())).data.baseline
        document.close()
    assert found == {".": 1234.0, ",": 1.234}
