"""The command line as people and scripts meet it: real files, real processes, one line when something is wrong."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import sample, small
from pypdf import PdfReader

from prodlead_desktop import __version__, samples
from prodlead_desktop.cli.asking import COMMANDS
from prodlead_desktop.document import Document
from prodlead_desktop.domain import interchange, nodes
from prodlead_desktop.domain.entities import Answer
from prodlead_desktop.domain.schema import schema

Done = subprocess.CompletedProcess[str]


def environment(**more: str) -> dict[str, str]:
    """As on a server: no display, no help from Qt's own switches, and a locale that knows nothing."""
    hidden = "DISPLAY WAYLAND_DISPLAY QT_QPA_PLATFORM PYTHONUTF8 PYTHONIOENCODING LC_ALL LANG".split()
    return (
        {name: value for name, value in os.environ.items() if name not in hidden} | {"LC_ALL": "POSIX"} | more
    )


def prodlead(*arguments: object, cwd: Path | None = None, **more: str) -> Done:
    """Run the program as a child, away from the source tree."""
    return subprocess.run(
        [sys.executable, "-m", "prodlead_desktop", *map(str, arguments)],
        capture_output=True, encoding="utf-8", timeout=120, cwd=cwd, env=environment(**more), check=False,
    )  # fmt: skip


def fine(done: Done) -> str:
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refused(done: Done, words: str, status: int = 2) -> None:
    assert done.returncode == status, done
    assert re.fullmatch(r"prodlead: [^\n]+\n", done.stderr), done.stderr
    assert re.search(words, done.stderr), done.stderr
    assert done.stdout == ""


def state(folder: Path) -> dict[str, tuple[str, int]]:
    """Every file below a folder with a digest of its bytes and when it was written."""
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A strategy with a journal and a checkpoint."""
    path = tmp_path_factory.mktemp("original") / "plan.prodlead"
    document = Document.create(path, sample())
    with document.edit("Rename") as edit:
        nodes.rename(edit, "i-guided", "First dashboard, guided")
    document.checkpoint("Before lunch, day 2")
    document.close()
    return path


@pytest.fixture
def plan(original: Path, tmp_path: Path) -> Path:
    """The original's bytes in a folder of the test's own."""
    return Path(shutil.copy(original, tmp_path / "plan.prodlead"))


# -- saying what there is


def test_version_and_help_say_what_there_is() -> None:
    assert fine(prodlead("--version")) == f"prodlead {__version__}\n"
    help_text = fine(prodlead("--help"))
    assert all(re.search(rf"^    {name}\s", help_text, re.MULTILINE) for name in COMMANDS)
    assert "examples:" in help_text and "exit status:" in help_text and "“" in help_text
    assert fine(prodlead("-h")) == help_text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_help(command: str) -> None:
    text = fine(prodlead(command, "--help"))
    assert text.startswith(f"usage: prodlead {command} ")


def test_info_for_people_and_for_scripts(plan: Path) -> None:
    facts = json.loads(fine(prodlead("info", plan, "--json")))
    assert (facts["name"], facts["nodes"], facts["depth"], facts["initiatives"]) == (
        "Tidemark 2027",
        36,
        4,
        13,
    )
    assert sum(facts["kinds"].values()) == 36 and facts["kinds"]["initiative"] == 13
    assert facts["scenarios"] == ["Today", "Balanced", "Habit first", "−20 %", "The room"]
    assert (facts["plan_of_record"], facts["format_version"]) == ("Balanced", 1)
    assert facts["checkpoints"] == ["Before lunch, day 2"]
    text = fine(prodlead("info", plan))
    assert "−20 %" in text and "initiative 13" in text
    from_json = json.loads(fine(prodlead("info", samples.path(), "--json")))
    assert from_json | {"checkpoints": facts["checkpoints"]} == facts


def test_the_schema_is_printed() -> None:
    printed = json.loads(fine(prodlead("schema")))
    results = [name for name in printed["$defs"] if name.startswith("result-")]  # see test_solve.py
    assert results and all(printed["$defs"].pop(name) for name in results)
    assert printed == schema()


# -- making files


def test_sample_is_a_sound_strategy_and_is_not_written_over_another(tmp_path: Path) -> None:
    path = tmp_path / "first.prodlead"
    assert "first.prodlead" in fine(prodlead("sample", path))
    document = Document.open(path, read_only=True)
    assert document.strategy == sample()
    document.close()
    before = state(tmp_path)
    refused(prodlead("sample", path), "is there already.*--force")
    assert state(tmp_path) == before
    path.write_bytes(b"something else")
    fine(prodlead("sample", path, "--force"))
    assert fine(prodlead("check", path)) == "sound\n"


def test_import_and_export_give_back_the_same_text(tmp_path: Path) -> None:
    path, out = tmp_path / "in.prodlead", tmp_path / "out.json"
    fine(prodlead("import", samples.path(), "-o", path))
    fine(prodlead("export", path, out))
    assert out.read_bytes() == samples.path().read_bytes()
    fine(prodlead("export", path, out))
    assert sorted(state(tmp_path)) == ["in.prodlead", "out.json"]
    refused(prodlead("import", samples.path(), "-o", path), "is there already")


def test_a_file_written_by_hand_becomes_a_map(tmp_path: Path) -> None:
    hand = tmp_path / "hand.json"
    hand.write_text('\ufeff{"nodes": [{"kind": "outcome", "title": "Größe → Łódź"}]}', encoding="utf-8")
    fine(prodlead("export", hand, tmp_path / "hand.pdf"))
    fine(prodlead("import", hand, "--out", tmp_path / "hand.prodlead"))
    assert json.loads(fine(prodlead("info", tmp_path / "hand.prodlead", "--json")))["nodes"] == 1
    told = fine(prodlead("info", tmp_path / "hand.prodlead"))
    assert re.search("^currency +no currency$", told, re.MULTILINE) and "XXX" not in told
    assert "Größe→Łódź" in words(tmp_path / "hand.pdf")


def words(pdf: Path) -> str:
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(pdf).pages))


def test_export_of_a_branch_in_a_scenario_on_a_page(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    asked = ["--branch", "o-ttfi", "--scenario", "−20 %", "--page", "A3", "--lens", "structure"]
    fine(prodlead("export", plan, out, *asked))
    assert "Firstdashboard,guided" in words(out) and "Streaming" not in words(out)
    assert "−20%" in words(out)
    box = PdfReader(out).pages[0].mediabox
    assert sorted((round(float(box.width)), round(float(box.height)))) == [842, 1191]
    fine(prodlead("export", plan, out, "--branch", "Mid-market accounts grow"))
    assert "Usage-basedplan" in words(out) and "Streaming" not in words(out)
    assert "Balanced" in words(out) and "Beforelunch" in words(out)


def test_export_of_everything_says_what_a_careful_user_wants_to_hear(plan: Path, tmp_path: Path) -> None:
    said = fine(prodlead("export", plan, tmp_path / "map.pdf", "--page", "A4"))
    assert said.splitlines()[0] == f"Wrote {tmp_path / 'map.pdf'}"
    assert "pt" in said.splitlines()[1]
    assert "€3.64Mof€4.00M" in words(tmp_path / "map.pdf")


def test_copies_with_and_without_what_others_may_not_see(plan: Path, tmp_path: Path) -> None:
    whole, sent = tmp_path / "whole.prodlead", tmp_path / "sent.prodlead"
    fine(prodlead("copy", plan, whole))
    fine(prodlead("copy", plan, sent, "--to-send"))
    was = b"Guided first dashboard"
    assert was in whole.read_bytes() and was not in sent.read_bytes()
    kept = [Document.open(path, read_only=True) for path in (whole, sent)]
    assert [len(document.checkpoints()) for document in kept] == [1, 0]
    assert [bool(document.strategy.all(Answer)) for document in kept] == [True, False]
    for document in kept:
        document.close()
    refused(prodlead("copy", plan, sent), "is there already")
    fine(prodlead("copy", plan, sent, "--force"))
    assert was in sent.read_bytes()


def test_demo_does_the_main_job_without_a_window(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "demo"
    said = fine(prodlead("demo", "--out", folder)).splitlines()
    made = [folder / f"tidemark-2027{ending}" for ending in (".prodlead", ".json", ".pdf")]
    assert said[:3] == [f"Wrote {path}" for path in made]
    assert sorted(state(folder)) == sorted(path.name for path in made)
    assert fine(prodlead("check", made[0])) == "sound\n"
    assert made[1].read_bytes() == samples.path().read_bytes()
    assert all(word in words(made[2]) for word in ("first", "office", "Größe", "Łódź", "→"))
    before = state(folder)
    refused(prodlead("demo", "--out", folder), "is there already")
    assert state(folder) == before
    fine(prodlead("demo", "--out", folder, "--force"))


# -- reading changes nothing


@pytest.mark.parametrize(
    "asked",
    [("info", "{}"), ("info", "{}", "--json"), ("check", "{}"), ("export", "{}", "{out}/x.json"),
     ("export", "{}", "{out}/x.pdf"), ("copy", "{}", "{out}/x.prodlead"),
     ("copy", "{}", "{out}/y.prodlead", "--to-send")],
    ids=" ".join,
)  # fmt: skip
def test_reading_commands_leave_every_byte_and_work_in_a_locked_folder(
    plan: Path, tmp_path_factory: pytest.TempPathFactory, asked: tuple[str, ...]
) -> None:
    out = tmp_path_factory.mktemp("out")
    before = state(plan.parent)
    plan.chmod(0o400)
    plan.parent.chmod(0o500)
    try:
        fine(prodlead(*(word.format(plan, out=out) for word in asked), cwd=out))
    finally:
        plan.parent.chmod(0o700)
    assert state(plan.parent) == before


def test_a_strategy_that_is_open_in_a_window_can_be_read(plan: Path) -> None:
    document = Document.open(plan)
    try:
        assert fine(prodlead("check", plan)) == "sound\n"
        assert "Tidemark" in fine(prodlead("info", plan))
        refused(prodlead("sample", plan, "--force"), "open in another window")
        assert fine(prodlead("check", plan)) == "sound\n"
    finally:
        document.close()


# -- check


def spoil(change: str) -> Callable[[Path], None]:
    def spoiled(path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA foreign_keys=off")
        connection.execute(change)
        connection.commit()
        connection.close()

    return spoiled


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (spoil("UPDATE node SET title = 'other' WHERE id = 'o-ttfi'"), "damaged"),
        (spoil("UPDATE node SET parent = 'i-guided' WHERE id = 'o-ttfi'"), "below itself|contradicts"),
        (spoil("DELETE FROM person WHERE id = 'pe-ceo'"), "contradicts|missing"),
        (spoil("CREATE TRIGGER t AFTER INSERT ON node BEGIN DELETE FROM node; END"), "trigger"),
        (spoil("UPDATE checkpoint SET content = x'00'"), "damaged|Checkpoint|cannot be read"),
        (lambda path: os.truncate(path, path.stat().st_size // 2), "damaged|cut off"),
    ],
    ids=["changed", "circle", "reference", "trigger", "checkpoint", "cut"],
)
def test_check_lists_what_is_wrong_and_changes_nothing(
    plan: Path, damage: Callable[[Path], None], words: str
) -> None:
    damage(plan)
    before = state(plan.parent)
    done = prodlead("check", plan)
    assert (done.returncode, done.stderr) == (1, "")
    assert re.search(words, done.stdout)
    answer = prodlead("check", plan, "--json")
    found = json.loads(answer.stdout)
    assert answer.returncode == 1 and not found["sound"] and found["problems"]
    assert state(plan.parent) == before


def test_a_file_that_cannot_be_trusted_is_read_with_a_warning(plan: Path, tmp_path: Path) -> None:
    spoil("UPDATE node SET title = 'other' WHERE id = 'o-ttfi'")(plan)
    for asked in (
        ["info", plan, "--json"],
        ["export", plan, tmp_path / "x.json"],
        ["copy", plan, tmp_path / "c.prodlead"],
    ):
        done = prodlead(*asked)
        assert done.returncode == 0 and re.match(r"prodlead: The file is damaged", done.stderr)
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["nodes"][2]["title"] == "other"


def test_check_of_sound_files_and_of_interchange_files(plan: Path, tmp_path: Path) -> None:
    assert fine(prodlead("check", plan)) == "sound\n"
    assert json.loads(fine(prodlead("check", samples.path(), "--json"))) == {"sound": True, "problems": []}
    bad = tmp_path / "bad.json"
    bad.write_text('{"nodes": [{"kind": "outcome"}]}')
    done = prodlead("check", bad)
    assert (done.returncode, done.stdout, done.stderr) == (1, "nodes[0].title: missing.\n", "")


# -- bad input

NOT_STRATEGIES: dict[str, bytes] = {
    "empty.prodlead": b"",
    "picture.prodlead": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "noise.prodlead": bytes(range(256)) * 20,
    "text.prodlead": b"hello\n",
    "json.prodlead": b"{}",
    "empty.json": b"",
    "cut.json": b'{"nodes": [',
    "list.json": b"[]",
    "deep.json": b"[" * 100_000,
    "latin.json": '{"strategy": {"name": "Größe"}}'.encode("latin-1"),
    "nan.json": b'{"strategy": {"horizon": NaN}}',
    "huge.json": b'{"strategy": {"horizon": 1e999999999}}',
    "utf16.json": "{}".encode("utf-16"),
}


SOME = ("empty.prodlead", "json.prodlead", "cut.json", "huge.json")
JSON_WITH_A_PROBLEM = ("nan.json", "huge.json")  # check lists it
TRIED = [("info", name) for name in NOT_STRATEGIES]
TRIED += [("check", name) for name in NOT_STRATEGIES if name not in JSON_WITH_A_PROBLEM]
TRIED += [(command, name) for command in ("export", "import", "copy") for name in SOME]


@pytest.mark.parametrize(("command", "name"), TRIED)
def test_what_is_no_strategy_is_refused_in_one_line(tmp_path: Path, command: str, name: str) -> None:
    source = tmp_path / name
    source.write_bytes(NOT_STRATEGIES[name])
    before = state(tmp_path)
    more = {"export": ["{}.pdf"], "import": ["-o", "{}.prodlead"], "copy": ["{}.prodlead"]}.get(command, [])
    refused(prodlead(command, source, *(word.format(tmp_path / "out") for word in more)), ".")
    assert state(tmp_path) == before


BAD: dict[str, tuple[list[str], str]] = {
    "a file that is not there": (["info", "{tmp}/gone.prodlead"], "“gone.prodlead” is not there"),
    "a folder": (["info", "{tmp}"], "is a folder"),
    "the folder one is in": (["info", "."], "“[^”]+” is a folder"),
    "an interchange file that is not there": (["info", "{tmp}/gone.json"], "gone.json"),
    "an interchange folder": (["info", "{tmp}/folder.json"], "folder.json"),
    "no command and no file": (["exprot", "a", "b"], "“exprot” is not a command"),
    "a file to open that is not there": (["{tmp}/gone.prodlead"], "“gone.prodlead” is not there|is not there"),
    "an unknown option": (["--frobnicate"], "(?i)unrecognized arguments: --frobnicate"),
    "an unknown option of a command": (["info", "{plan}", "--frobnicate"], "(?i)unrecognized arguments"),
    "too few arguments": (["export", "{plan}"], "OUT.*See prodlead export --help"),
    "too many arguments": (["info", "{plan}", "b", "c"], "(?i)unrecognized"),
    "no output": (["import", "{json}"], "-o"),
    "sample and a file": (["--sample", "{plan}"], "not both"),
    "sample and a command": (["--sample", "info", "{plan}"], "--sample"),
    "an ending nobody knows": (["export", "{plan}", "{tmp}/out.docx"], "Known endings: .*\\.json"),
    "no ending": (["export", "{plan}", "{tmp}/out"], "Known endings"),
    "a strategy as an export": (["export", "{plan}", "{tmp}/out.prodlead"], "Known endings"),
    "a page nobody makes": (["export", "{plan}", "{tmp}/o.pdf", "--page", "A9"], "A9.*A4"),
    "a lens nobody ground": (["export", "{plan}", "{tmp}/o.pdf", "--lens", "x"], "structure"),
    "a scenario nobody made": (["export", "{plan}", "{tmp}/o.pdf", "--scenario", "Gone"], "“Gone”.*“Balanced”"),
    "a branch that is not there": (["export", "{plan}", "{tmp}/o.pdf", "--branch", "gone"], "“gone”"),
    "out into nowhere": (["export", "{plan}", "{tmp}/no/such/o.json"], "cannot be written"),
    "out into a folder": (["export", "{plan}", "{tmp}/folder.json"], "cannot be written"),
    "out onto itself": (["export", "{json}", "{json}"], "is the file itself"),
    "a copy onto itself": (["copy", "{plan}", "{plan}", "--force"], "the file itself"),
    "a copy that is no strategy": (["copy", "{plan}", "{tmp}/plan.txt"], "Let it end in .prodlead"),
    "a sample that is no strategy": (["sample", "{tmp}/sample.txt", "--force"], "Let it end in .prodlead"),
    "a sample into nowhere": (["sample", "{tmp}/no/such/s.prodlead"], "There is no folder"),
    "a sample onto a folder": (["sample", "{tmp}/folder.prodlead", "--force"], "is a folder"),
    "a strategy as an import": (["import", "{plan}", "-o", "{tmp}/o.prodlead"], "cannot import"),
    "a demo into a file": (["demo", "--out", "{json}"], "(?i)exists"),
    "a demo nowhere": (["demo"], "--out"),
    "a name with a line break": (["info", "{tmp}/two\nlines.prodlead"], "two lines.prodlead"),
    "an empty name": (["info", ""], "."),
    "no display": (["{plan}"], "no display"),
    "no display at all": ([], "no display"),
    "no display for the sample": (["--sample"], "no display"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line_and_nothing_is_written(plan: Path, tmp_path: Path, name: str) -> None:
    asked, wanted = BAD[name]
    hand = tmp_path / "hand.json"
    hand.write_bytes(samples.path().read_bytes())
    for folder in ("folder.json", "folder.prodlead"):
        (tmp_path / folder).mkdir()
    before = state(tmp_path)
    filled = [word.format(tmp=tmp_path, plan=plan, json=hand) if "{" in word else word for word in asked]
    refused(prodlead(*filled, cwd=tmp_path), wanted)
    assert state(tmp_path) == before


def test_a_branch_by_a_title_that_two_nodes_share_names_their_ids(tmp_path: Path) -> None:
    document = {"nodes": [{"id": i, "kind": "note", "title": "Twin"} for i in ("a1", "a2")]}
    (tmp_path / "x.json").write_text(json.dumps(document))
    refused(
        prodlead("export", tmp_path / "x.json", tmp_path / "x.pdf", "--branch", "Twin"), "2 nodes .* a1, a2"
    )


# -- being a good child


def test_words_are_utf8_even_where_the_system_speaks_ascii(tmp_path: Path) -> None:
    path = tmp_path / "Größe.json"
    path.write_text(interchange.dumps(small()), encoding="utf-8")
    said = fine(prodlead("export", path, tmp_path / "Łódź.json", PYTHONIOENCODING="ascii"))
    assert said == f"Wrote {tmp_path / 'Łódź.json'}\n"
    refused(
        prodlead("info", tmp_path / "Fehlt–ß.prodlead", PYTHONIOENCODING="ascii"),
        "“Fehlt–ß.prodlead” is not there",
    )


def test_a_closed_pipe_is_no_news(plan: Path) -> None:
    command = f'"{sys.executable}" -m prodlead_desktop schema | head -c 20'
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, env=environment(), check=False
    )
    assert done.stdout.startswith("{") and done.stderr == ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a disk that is always full")
def test_a_full_disk_behind_stdout_is_one_line() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "prodlead_desktop", "schema"], stdout=full, stderr=subprocess.PIPE, text=True,
            env=environment(), check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert re.fullmatch(r"prodlead: [^\n]+\n", done.stderr)


def test_ctrl_c_stops_without_a_traceback(tmp_path: Path) -> None:
    pipe = tmp_path / "slow.json"
    os.mkfifo(pipe)
    child = subprocess.Popen(
        [sys.executable, "-m", "prodlead_desktop", "check", str(pipe)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(),
    )  # fmt: skip
    writer = os.open(pipe, os.O_WRONLY)  # returns when the child has opened the other end
    try:
        time.sleep(0.2)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    finally:
        os.close(writer)
    assert (child.returncode, out, err) == (130, b"", b"")


def test_reading_needs_neither_qt_nor_a_database_toolkit(plan: Path) -> None:
    script = (
        "import sys; from prodlead_desktop import cli; status = cli.main(sys.argv[1:], None)\n"
        "heavy = {'PySide6', 'sqlalchemy', 'numpy', 'matplotlib'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else status)"
    )
    for asked in (["--version"], ["info", str(plan)], ["check", str(plan)], ["schema"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *asked],
            capture_output=True,
            text=True,
            env=environment(),
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_the_window_is_opened_on_what_was_asked_for(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from prodlead_desktop import cli

    asked: list[tuple[list[str], bool]] = []

    def window(paths: list[str], sample: bool) -> int:
        asked.append((paths, sample))
        return 7

    monkeypatch.setenv("DISPLAY", ":0")
    assert [cli.main(words, window) for words in ([], ["--sample"], [str(plan)])] == [7, 7, 7]
    assert asked == [([], False), ([], True), ([str(plan)], False)]
