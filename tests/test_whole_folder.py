"""A folder of files appears whole or not at all, never through a link, and with one clear line where it cannot."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from subjects import HERE, ROOT
from this_process import hojo

from hojo_cli.base.finding import HojoError
from hojo_cli.files.atomic_folder import WholeFolder

MARKET = str(HERE / "programmes" / "market.yaml")
VERBS = {
    "boundaries": ("verify", MARKET, "--boundaries"),
    "witness": ("diff", "2024", "2025", "--witness"),
}
BOUND = 120


def apart(*arguments: str, before: Callable[[], None]) -> subprocess.CompletedProcess[bytes]:
    """In a process of its own, after something is done in it."""
    command = [sys.executable, "-m", "hojo_cli", *arguments]
    return subprocess.run(command, timeout=BOUND, check=False, capture_output=True, cwd=ROOT, preexec_fn=before)


def below(folder: Path) -> dict[str, str]:
    """Everything in it by its path, links as links."""
    return {
        str(path.relative_to(folder)): str(path.readlink()) if path.is_symlink() else path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def saved(path: Path, **files: str) -> None:
    with WholeFolder(str(path)) as folder:
        for name, text in files.items():
            folder.add(name.replace("__", "/"), text.encode())
        folder.keep()


def refused(path: Path, **files: str) -> str:
    with pytest.raises(HojoError) as problem:
        saved(path, **files)
    (told,) = problem.value.findings
    return f"{told.code} {told.message.en}"


# --- the door ---------------------------------------------------------------------------------------------------------------


def test_a_new_folder_appears_with_those_above_it(tmp_path: Path) -> None:
    saved(tmp_path / "a" / "b", one="1", year__two="2")
    assert below(tmp_path) == {"a/b/one": "1", "a/b/year/two": "2"}


def test_a_folder_that_stands_keeps_what_else_it_holds(tmp_path: Path) -> None:
    saved(tmp_path, one="1", year__two="2")
    (tmp_path / "year" / "mine").write_text("mine", encoding="utf-8")
    (tmp_path / "one").chmod(0o600)
    saved(tmp_path, one="new", year__three="3", other__four="4")
    assert below(tmp_path) == {"one": "new", "other/four": "4", "year/mine": "mine", "year/three": "3", "year/two": "2"}
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o600


def test_what_is_not_kept_leaves_nothing_behind(tmp_path: Path) -> None:
    with WholeFolder(str(tmp_path / "a" / "b")) as folder:
        folder.add("one", b"1")
    with pytest.raises(AssertionError), WholeFolder(str(tmp_path / "c")) as folder:
        folder.add("../one", b"1")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
@pytest.mark.parametrize("place", ["out", "out/", "out/year", "out/year/two"])
def test_no_link_is_written_through(place: str, tmp_path: Path) -> None:
    """Neither as the folder itself nor as one in it nor in the place of a file."""
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "file").write_text("before", encoding="utf-8")
    link = tmp_path / place.rstrip("/")
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(victim / "file" if place.endswith("two") else victim)
    before = below(tmp_path)
    folder = Path(place if place.endswith("/") else "out")
    told = refused(tmp_path / folder, one="1", year__two="2")
    assert told.startswith("HJ018") and place.rstrip("/") in told
    assert below(tmp_path) == before


@pytest.mark.parametrize("place", ["out", "out/one", "out/year"])
def test_a_file_in_the_way_is_told_and_stays(place: str, tmp_path: Path) -> None:
    path = tmp_path / place
    path.parent.mkdir(exist_ok=True)
    if place.endswith("one"):
        path.mkdir()
        (path / "mine").write_text("mine", encoding="utf-8")
    else:
        path.write_text("mine", encoding="utf-8")
    before = below(tmp_path)
    assert refused(tmp_path / "out", aaa="0", one="1", year__two="2").startswith("HJ010")
    assert below(tmp_path) == before


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of a Unix system")
@pytest.mark.parametrize("locked", ["out", "out/one"])
def test_what_is_read_only_stays_as_it_is(locked: str, tmp_path: Path) -> None:
    saved(tmp_path / "out", one="1")
    path = tmp_path / locked
    path.chmod(path.stat().st_mode & ~0o222)
    told = refused(tmp_path / "out", aaa="0", one="new")
    path.chmod(0o755)
    assert told.startswith("HJ010") and "read-only" in told
    assert below(tmp_path) == {"out/one": "1"}


def test_all_goes_back_where_one_thing_cannot_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(tmp_path, one="1", two="2")
    rename = Path.rename

    def failing(source: Path, target: Path) -> None:
        if target == tmp_path / "two" and source.parent.name == "new":
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(Path, "rename", failing)
    assert "no space left" in refused(tmp_path, aaa="0", one="new", two="new")
    monkeypatch.undo()
    assert below(tmp_path) == {"one": "1", "two": "2"}


# --- both commands ------------------------------------------------------------------------------------------------------------


@pytest.fixture(params=VERBS)
def verb(request: pytest.FixtureRequest) -> tuple[str, ...]:
    return VERBS[request.param]


@pytest.fixture
def crowded() -> Callable[[], None]:
    """Room for the first bytes of a file only, as on a disk that is nearly full."""
    resource = pytest.importorskip("resource")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60, 60))

    return limit


def one_line(run: subprocess.CompletedProcess[bytes], code: str) -> None:
    assert run.returncode == 2, run.stderr
    told = [line for line in run.stderr.decode().splitlines() if not line.startswith(" ")]
    assert len(told) == 1 and f" {code} " in told[0], run.stderr


def test_a_full_disk_leaves_no_part_of_a_folder(
    verb: tuple[str, ...], tmp_path: Path, crowded: Callable[[], None]
) -> None:
    run = apart(*verb, str(tmp_path / "out"), before=crowded)
    one_line(run, "HJ010")
    assert not list(tmp_path.iterdir())


def test_a_file_in_the_place_of_the_folder_is_one_line(verb: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    for path in ("out", "out/deeper"):
        one_line(hojo(*verb, str(tmp_path / path)), "HJ010")
    assert below(tmp_path) == {"out": "mine"}


@pytest.mark.skipif(sys.platform == "win32", reason="links and permissions of a Unix system")
def test_a_link_or_a_read_only_folder_is_one_line(verb: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "victim").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "victim")
    one_line(hojo(*verb, str(tmp_path / "link")), "HJ018")
    (tmp_path / "victim").chmod(0o555)
    one_line(hojo(*verb, str(tmp_path / "victim")), "HJ010")
    assert not list((tmp_path / "victim").iterdir())


def test_twice_into_the_same_folder_is_the_same_as_once(verb: tuple[str, ...], tmp_path: Path) -> None:
    assert hojo(*verb, str(tmp_path / "out")).returncode in (0, 1)
    first = below(tmp_path)
    assert first and not any(".hojo-" in name for name in first)
    assert hojo(*verb, str(tmp_path / "out")).returncode in (0, 1)
    assert below(tmp_path) == first
