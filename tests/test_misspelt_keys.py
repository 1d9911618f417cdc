"""A key the reader forgives is forgiven by everybody: one finding at the key, the same from every command and in every form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hojo_cli import __main__ as door

FACTS = {"entity": "company", "industry": "retail", "capital": 3_000_000, "employees": 4, "deemed_large": False}
SHOP = {
    "name": "商店",
    "corporate_number": "7123456789012",
    "fiscal_year": 2026,
    "facts": FACTS | {"past_grant": False, "near_minimum_wage_months": 0},
    "items": [{"category": "software", "amount": 500_000, "processes": ["共P-01"], "functions": ["accounting"]}],
}
MISSPELT = (
    ("name", "nmae"),
    ("name", "Name"),
    ("name", "ｎａｍｅ"),
    ("corporate_number", "corporate_numbr"),
    ("corporate_number", "corporate-number"),
    ("fiscal_year", "fiscal_yaer"),
    ("fiscal_year", "FISCAL_YEAR"),
    ("facts", "fact"),
    ("facts", "Facts"),
    ("items", "itmes"),
)
FORMS = {".yaml": False, ".json": False, ".jsonl": True}


def misspelt(right: str, wrong: str) -> dict[str, object]:
    return {wrong if key == right else key: value for key, value in SHOP.items()}


def written(folder: Path, form: str, shop: dict[str, object]) -> Path:
    path = folder / f"shop{form}"
    indent = None if form == ".jsonl" else 1
    path.write_text(json.dumps(shop, ensure_ascii=False, indent=indent) + "\n", encoding="utf-8")
    return path


def findings(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[list[str]]:
    """Code and message of every finding; exit code 1, which says that the file is wrong."""
    monkeypatch.setattr("sys.argv", ["hojo", *arguments, "--format", "json"])
    assert door.main() == 1
    told = json.loads(capsys.readouterr().out)
    return [[each["code"], each["message"]] for result in told["results"] for each in result["findings"]]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("right", "wrong"), MISSPELT)
def test_a_misspelt_key_is_one_error_at_the_key_for_check_in_every_form(
    right: str,
    wrong: str,
    form: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = written(tmp_path, form, misspelt(right, wrong))
    (code, message), *others = findings(capsys, monkeypatch, "check", str(path))
    assert code == "HJ201"
    assert wrong in message
    assert not others


@pytest.mark.parametrize(("right", "wrong"), MISSPELT)
def test_estimate_says_of_a_misspelt_key_what_check_says(
    right: str, wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(written(tmp_path, ".yaml", misspelt(right, wrong)))
    assert findings(capsys, monkeypatch, "check", path) == findings(capsys, monkeypatch, "estimate", path)


def test_a_misspelt_year_is_the_year_that_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else every fact of that year would be an error of another."""
    shop = misspelt("fiscal_year", "fiscal_yaer") | {"fiscal_yaer": 2025, "facts": FACTS}
    found = findings(capsys, monkeypatch, "check", str(written(tmp_path, ".yaml", shop)))
    assert [code for code, _ in found] == ["HJ201"]


def test_a_broken_copy_is_known_by_its_misspelt_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Name and number are read where they stand, whatever they are called there."""
    shop = misspelt("name", "nmae")
    del shop["corporate_number"]
    path = tmp_path / "shops.jsonl"
    path.write_text("".join(json.dumps(shop, ensure_ascii=False) + "\n" for _ in "12"), encoding="utf-8")
    found = findings(capsys, monkeypatch, "check", str(path))
    assert [code for code, _ in found] == ["HJ201", "HJ201", "HJ431"]
