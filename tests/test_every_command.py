"""Every command once, in this process: arguments in, exit code and output out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from subjects import HERE, ROOT

from hojo_cli import __main__ as door
from hojo_cli.cli import terminal
from hojo_cli.commands import estimate

SHOP = str(ROOT / "examples" / "shop.yaml")
MARKET = str(HERE / "programmes" / "market.yaml")
WORKSHOP = str(HERE / "programmes" / "workshop.yaml")


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (["--version"], {0}),
        (["estimate", SHOP], {0}),
        (["estimate", SHOP, "--explain", "--format", "tree"], {0}),
        (["estimate", SHOP, "--format", "markdown", "--color"], {0}),
        (["estimate", SHOP, "--frame", "none"], {2}),
        (["estimate", SHOP, "--format", "none"], {2}),
        (["estimate", "no such file.yaml"], {2}),
        (["estimate"], {2}),
        (["estimate", SHOP, "--fram", "invoice"], {2}),
        (["estimat"], {2}),
        (["estimate", str(ROOT / "examples" / "mistakes.yaml")], {1}),
        (["check", str(ROOT / "examples")], {1}),
        (["check", SHOP, "--exit-zero"], {0}),
        (["verify", MARKET], {0, 1}),
        (["verify", WORKSHOP, "--format", "json"], {0, 1}),
        (["verify", MARKET, "--format", "markdown", "--lang", "en"], {0, 1}),
        (["rules"], {0}),
        (["rules", "show", "2026"], {0}),
        (["rules", "explain", "HJ205"], {0}),
        (["schema", "applicant"], {0}),
        (["schema", "ruleset"], {0}),
        (["new"], {0}),
        (["diff", WORKSHOP, WORKSHOP], {0}),
    ],
    ids=lambda value: " ".join(Path(part).name for part in value) if isinstance(value, list) else "",
)
def test_a_command_ends_with_its_code_and_says_something(
    arguments: list[str], codes: set[int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["hojo", *arguments])
    assert door.main() in codes
    told = capsys.readouterr()
    assert told.out or told.err
    assert "Traceback" not in told.err
    if "json" in arguments:
        json.loads(told.out)


def test_the_language_comes_from_the_option_then_from_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert terminal.language() == "ja"
    assert terminal.language(["estimate", "--lang", "en"]) == "en"
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert terminal.language() == "en"
    assert terminal.language(["estimate", "--lang=ja"]) == "ja"
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert terminal.language(["estimate", "--lang=en"]) == "en"


def test_a_bug_is_one_line_for_users_and_a_traceback_for_us(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("by mistake")

    monkeypatch.setattr(estimate, "run", broken)
    monkeypatch.setattr("sys.argv", ["hojo", "estimate", SHOP])
    assert door.main() == 2
    assert "HJ099" in capsys.readouterr().err
    monkeypatch.setenv("HOJO_DEBUG", "1")
    with pytest.raises(RuntimeError):
        door.main()
