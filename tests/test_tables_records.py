"""The rows of an applicant, read back as a file, are the applicant they were made from; what is wrong in a row is told by the reader."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from random_applicants import random_applicant
from sql_engines import with_gaps
from subjects import HERE, ROOT, read, rules, subject_of

from hojo_cli.applicants import applicant
from hojo_cli.applicants.applicant import Loaded
from hojo_cli.document import parse_line
from hojo_cli.engine.applicant import Applicant, Item
from hojo_cli.rules.declared import Ruleset
from hojo_cli.tables.records import record
from hojo_cli.tables.sql.rows import rows


def loaded(made: Mapping[str, Any], used: Ruleset) -> Loaded:
    """The record of one applicant's rows, read as a line of JSON Lines."""
    one, *_ = made["applicants"]
    line = json.dumps(record(one, made["items"], made["members"], used), ensure_ascii=False)
    document = parse_line(line.encode(), "a.jsonl", 1)
    assert document.root is not None, document.findings
    return applicant.load(document.root, used, "a.jsonl")


def plain(one: Applicant) -> Applicant:
    """The applicant without what rows do not say: where an entry stood, what discounts are called, how much of a price was tax."""

    def bare(item: Item, place: int) -> Item:
        price = item.price and item.price._replace(discounts=())
        return item._replace(place=place, tax=0, price=price)

    items = tuple(bare(item, place) for place, item in enumerate(one.items))
    return one._replace(items=items, members=tuple(map(plain, one.members)))


def known(name: str) -> Iterator[tuple[str, Applicant, Ruleset]]:
    """Applicants that have rows: the examples, the cases of a year, or some at random."""
    files: Iterable[Path] = (HERE / "cases" / name).rglob("*.yaml")
    if name == "examples":
        files = (path for path in (ROOT / "examples").glob("*.yaml") if path.stem != "mistakes")
    used = rules(name if name.isdigit() else "2026")
    subjects = {path.name: read(path.read_text(encoding="utf-8"), used) for path in files}
    if name == "random":
        subjects = {
            str(seed): with_gaps(subject_of(random_applicant(Random(seed))), Random(seed)) for seed in range(60)
        }
    return ((key, one, used) for key, one in subjects.items())


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ["2024", "2025", "2026", "examples", "random"])
def test_rows_read_back_are_the_applicant_they_were_made_from(name: str) -> None:
    told = 0
    for key, one, used in known(name):
        made = rows(one, key, used)
        if made is not None:
            back = loaded(made, used)
            assert back.file is not None, (key, back.findings)
            assert plain(back.file.applicant) == plain(one), key
            assert rows(back.file.applicant, key, used) == made
            told += 1
    assert told > 5


SHOP = """
name: 商店
facts: {entity: company, industry: retail, capital: 1, employees: 3, wage_growth: 3.5%}
items: [{name: a, category: cloud, monthly: 20000, months: 24}, {category: pc, amount: 100000}]
"""


@pytest.mark.parametrize(
    ("table", "values", "code"),
    [
        ("applicants", {"industry": "fishing"}, "HJ205"),
        ("applicants", {"employees": -1}, "HJ154"),
        ("applicants", {"deemed_large": "yes"}, "HJ206"),
        ("applicants", {"wage_growth": 7, "wage_growth_per": 0}, "HJ165"),
        ("applicants", {"wage_growth": 7, "wage_growth_per": None}, "HJ150"),
        ("applicants", {"wage_growth": None, "wage_growth_per": 200}, "HJ150"),
        ("applicants", {"corporate_number": "1123456789012"}, "HJ211"),
        ("applicants", {"frame": "boat"}, "HJ215"),
        ("items", {"category": "boat"}, "HJ205"),
        ("items", {"amount": 1}, "HJ207"),
        ("items", {"months": None}, "HJ208"),
        ("items", {"monthly": 10**16}, "HJ159"),
        ("items", {"processes": ["P-99"]}, "HJ205"),
        ("items", {"quantity": 0}, "HJ214"),
        ("items", {"discount": 10**12}, "HJ226"),
        ("items", {"tax": "half"}, "HJ212"),
        ("items", {"member": 2}, "HJ201"),
        ("items", {"amount": 1.5, "monthly": None, "months": None}, "HJ151"),
    ],
    ids=str,
)
def test_what_is_wrong_in_a_row_is_told_by_the_reader(table: str, values: dict[str, Any], code: str) -> None:
    made: Any = rows(read(SHOP, rules()), "a", rules())
    made[table][0] |= values
    assert code in {found.code for found in loaded(made, rules()).findings}


def test_a_discount_lowers_its_own_item_whatever_the_others_are_called() -> None:
    same = {"applicant": "a", "category": "pc", "amount": 100_000}
    bought = [
        {**same, "name": "a"},
        {**same, "name": "a", "discount": 40_000},
        {**same, "discount": 30_000},
        {**same, "name": "a #2"},
    ]
    back = loaded({"applicants": [{"applicant": "a"}], "items": bought, "members": []}, rules())
    assert back.file is not None
    found = [(item.name, item.cost) for item in back.file.applicant.items]
    assert found == [("a", 100_000), ("a #2'", 60_000), ("#3", 70_000), ("a #2", 100_000)]


def test_what_a_table_keeps_beside_the_facts_comes_back() -> None:
    one = {"applicant": "a", "corporate_number": "7123456789012", "frame": "invoice", "expect_invoice": 0, "note": ""}
    made = {"applicants": [one], "items": [], "members": [{"member": 1, "corporate_number": "1"}]}
    found = loaded(made, rules())
    assert found.legible.corporate_number == "7123456789012"
    assert (found.legible.frame, found.legible.expect) == ("invoice", {"invoice": 0})
    assert [(each.code, each.where.column > 0) for each in found.findings] == [("HJ210", True)]


def test_members_stand_by_their_number_each_with_its_items() -> None:
    members = [{"member": 2, "name": "b"}, {"member": 1, "name": "a"}]
    bought = [
        {"member": 1, "category": "pc", "amount": 1},
        {"member": None, "category": "office", "amount": 2},
        {"member": 2, "category": "pc", "amount": 3},
    ]
    back = loaded({"applicants": [{"applicant": "a"}], "items": bought, "members": members}, rules())
    assert back.file is not None
    one = back.file.applicant
    assert [item.cost for item in one.items] == [2]
    assert [(each.name, [item.cost for item in each.items]) for each in one.members] == [("a", [1]), ("b", [3])]
