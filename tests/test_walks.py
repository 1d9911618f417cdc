"""What each person is told to type does what the page says: every command of `docs/how-to`, in a folder such as theirs."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from subjects import ROOT
from this_process import hojo

HOW_TO: Final = sorted((ROOT / "docs" / "how-to").glob("*.md"))
ELSEWHERE: Final = re.compile(r"--interactive|\.pdf|applicant\.schema|^hojo … ")
"""What needs somebody to answer, or a maker of PDF."""

HEAD: Final = "name,entity,industry,capital,employees,deemed_large,past_grant,near_minimum_wage_months,items.1.category,items.1.amount,items.1.functions,items.1.processes"
CLIENT: Final = "見本商店{},company,小売業,1000万円,{},false,false,0,software,{}万円,accounting,共P-01"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the pages speak of."""
    desk = tmp_path_factory.mktemp("desk")
    for name in ("shop", "a", "b"):
        shutil.copy(ROOT / "examples" / "shop.yaml", desk / f"{name}.yaml")
    (desk / "applicants").mkdir()
    for name in ("shop", "builder"):
        shutil.copy(ROOT / "examples" / f"{name}.yaml", desk / "applicants")
    shutil.copytree(ROOT / "tests" / "cases" / "2026" / "security", desk / "cases")
    (desk / "rules").mkdir()
    shutil.copy(ROOT / "rules" / "2026.yaml", desk / "rules")
    rules = (ROOT / "rules" / "2026.yaml").read_text(encoding="utf-8")
    (desk / "draft.yaml").write_text(rules, encoding="utf-8")
    rows = [HEAD, *(CLIENT.format(number, number, 40 + number) for number in range(1, 15))]
    (desk / "clients.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.create_sheet("申請者", 0)
    for row in rows:
        sheet.append(row.split(","))
    book.save(desk / "clients.xlsx")
    client = {"facts": {"entity": "company"}, "items": [{"category": "software", "amount": "50万円"}]}
    (desk / "list.jsonl").write_text(json.dumps(client) + "\n", encoding="utf-8")
    return desk


def typed(page: Path) -> list[str]:
    """The lines of its shell blocks that call hojo, without what is said beside them."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    lines = (re.sub(r"\s+#\s.*", "", line) for block in blocks for line in block.splitlines())
    return [line for line in lines if line.startswith("hojo ") and not ELSEWHERE.search(line)]


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=pytest.mark.slow if page.stem == "policy" else ()) for page in HOW_TO],
    ids=lambda page: page.stem,
)
def test_what_a_page_says_can_be_typed(page: Path, desk: Path) -> None:
    for line in typed(page):
        words = shlex.split(line.partition(" > ")[0])[1:]
        if words[0] == "new":
            words[1] = f"new-{words[1]}"
        done = hojo(*words, cwd=desk)
        assert done.returncode in (0, 1), (line, done.stderr.decode())
        assert b"HJ0" not in done.stderr, (line, done.stderr.decode())
        if "-o" in words:
            written = desk / words[words.index("-o") + 1]
            assert written.stat().st_size > 100


def test_every_person_has_commands_to_type() -> None:
    assert {page.stem for page in HOW_TO if typed(page)} >= {"owner", "tax-office", "policy", "analyst"}
