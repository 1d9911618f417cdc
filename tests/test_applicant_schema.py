"""The generated schema of applicant files says what hojo's own reader says, file by file and literal by literal."""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types

from hojo_cli.applicants import applicant, facts
from hojo_cli.applicants.applicant_schema import applicant_schema
from hojo_cli.base.finding import Severity
from hojo_cli.base.number import Kind, NumberProblem, read
from hojo_cli.document import Mapping, parse, plain
from hojo_cli.rules import ruleset
from hojo_cli.rules.declared import FactSpec, Ruleset

ROOT = Path(__file__).parent.parent
CASES = sorted((ROOT / "tests" / "cases" / "2026").glob("*/*.yaml"))
FILES = 400
LITERALS = 20_000

# A tree whose leaves are YAML as typed; any because dicts and lists nest freely.
Tree = Any


def rules() -> Ruleset:
    path = ROOT / "rules" / "2026.yaml"
    found, _ = ruleset.examine(path.read_bytes(), path.name)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def rules_2026() -> Ruleset:
    return rules()


@pytest.fixture(scope="module")
def validator(rules_2026: Ruleset) -> Draft202012Validator:
    schema = applicant_schema(rules_2026)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def root_of(text: str) -> Mapping:
    document = parse(text.encode(), "a.yaml")
    assert document.root is not None and not document.findings, (text, document.findings)
    return document.root


def accepted(root: Mapping, rules: Ruleset) -> bool:
    found = applicant.load(root, rules, "a.yaml").findings
    return not any(each.severity is Severity.ERROR for each in found)


# --- files that are right ---

PRINTED = {
    "yen": (
        "0",
        "1500000",
        "150万円",
        "3億円",
        "5千万円",
        "1億5,000万円",
        "１，２３４，５６７円",
        "1.5億円",
        "'¥5,000 '",
        "1000兆円",
    ),
    "count": ("5", "5人", "1,200名", "３つ", "1万人", "'12'", "4種類", "2本"),
    "months": ("24", "24か月", "２年", "1年6か月", "2年", "3ヶ月", "12", "１年", "2年分", "24カ月分", "36か月間"),
    "years": ("2", "２年", "3年分", "1年間"),
    "rate": ("1/2", "３.５%", "30％", "2／3", "0", "1", "0.05%"),
}
NOTHING = ("", "null", "~")


class Writer:
    """Makes applicant files at random, from what the ruleset declares."""

    def __init__(self, rules: Ruleset, seed: int) -> None:
        self.rules = rules
        self.random = random.Random(seed)

    def some(self, values: Any) -> Any:
        return self.random.choice(list(values))

    def often(self, tree: Tree) -> Tree:
        return self.some(NOTHING) if self.random.random() < 0.1 else tree

    def file(self) -> Tree:
        whole = {
            "name": self.often(self.some(("株式会社見本", "2026", "true", "'0.5'"))),
            "corporate_number": self.often(self.some(("7123456789012", "'7123456789012'", "''"))),
            "fiscal_year": self.often(self.some(("2026", "'2026'", "2026年度", "令和8年度", "R08", "２０２６"))),
            "frame": self.often(self.some(self.rules.frame_spellings)),
            "facts": self.often(self.facts()),
            "items": self.often(self.items()),
            "members": self.often([self.member() for _ in range(self.random.randint(1, 2))]),
            "note": self.some(("見積書", "[1, 2]", "''")),
            "expect": self.often({self.some(self.rules.frame_spellings): self.some(PRINTED["yen"])}),
        }
        return {key: whole[key] for key in whole if self.random.random() < 0.7} or {"name": "空"}

    def member(self) -> Tree:
        number = self.often(self.some(("7123456789012", "''")))
        return {"name": "構成員", "corporate_number": number, "facts": self.facts(), "items": self.often(self.items())}

    def items(self) -> Tree:
        """Now and then with a discount, which is no more than the item of that name costs."""
        found = [self.item() for _ in range(self.random.randint(1, 3))]
        if self.random.random() < 0.3:
            found.append({"name": "下がる", "category": "pc", "amount": "5万円"})
            found.append({"discount": self.some(("5万円", "0", "１")), **self.some(({}, {"of": "下がる"}, {"of": ""}))})
            found[-1] |= self.some(
                ({}, {"name": "値引き"}, {"category": "pc"}, {"tax": "included"}, {"amount": "null"})
            )
        return found

    def facts(self) -> Tree:
        found = {
            name: self.often(self.fact(spec)) for name, spec in self.rules.facts.items() if self.random.random() < 0.6
        }
        bounded = {spec.id for spec in self.rules.facts.values() if spec.at_most or spec.within or spec.only_if}
        return {name: value for name, value in found.items() if name not in bounded} or "{}"

    def fact(self, spec: FactSpec) -> Tree:
        if spec.kind == "choice":
            return self.choice(spec.spellings)
        if spec.kind == "set":
            return [self.choice(spec.spellings) for _ in range(self.random.randint(1, 3))]
        if spec.kind == "boolean":
            return str(self.some((*facts.TRUTHS, "'true'", "無", "有")))
        least, most = spec.minimum, float("inf") if spec.maximum is None else spec.maximum
        return str(self.some(each for each in PRINTED[spec.kind] if least <= number(each, spec.kind) <= most))

    def choice(self, spellings: Any) -> str:
        word = str(self.some(spellings))
        return f'"{word}"' if ":" in word or "," in word else word

    def item(self) -> Tree:
        found = {"name": "明細", "category": self.choice(self.rules.category_spellings), **self.price()}
        if self.random.random() < 0.5:
            found["tax"] = self.some(("included", "excluded", "", "''"))
        for name, spec in self.rules.fields.items():
            if self.random.random() < 0.5:
                found[name] = self.often([self.choice(spec.spellings) for _ in range(self.random.randint(1, 3))])
        return found

    def price(self) -> Tree:
        yen, months, years = (self.some(PRINTED[kind]) for kind in ("yen", "months", "years"))
        form = self.some(
            (
                {"amount": yen, **self.some(({}, {"monthly": ""}, {"months": "null"}, {"months": months}))},
                {"monthly": yen, "months": months, **self.some(({}, {"amount": "~"}))},
                {"yearly": yen, "years": years, **self.some(({}, {"discount": "~"}))},
            )
        )
        return form | self.some(({}, {"quantity": ""}, {"quantity": self.some(PRINTED["count"])}, {"of": "ほか"}))


def number(text: str, kind: str) -> Any:
    return read(text.strip("'"), Kind(kind))


def typed(tree: Tree, depth: int = 0) -> str:
    """The tree as block YAML."""
    pad = "  " * depth
    if isinstance(tree, str):
        return f" {tree}"
    if isinstance(tree, list):
        return "".join(f"\n{pad}-{typed(each, depth + 1)}" for each in tree)
    return "".join(f"\n{pad}{key}:{typed(value, depth + 1)}" for key, value in tree.items())


def test_both_take_hundreds_of_right_files(rules_2026: Ruleset, validator: Draft202012Validator) -> None:
    for seed in range(FILES):
        text = typed(Writer(rules_2026, seed).file())
        root = root_of(text)
        assert accepted(root, rules_2026), (seed, text, applicant.load(root, rules_2026, "a.yaml").findings)
        assert validator.is_valid(plain(root)), (seed, text, next(validator.iter_errors(plain(root))).message[:300])


# --- files with one mistake ---

Mistake = Callable[[Tree, Writer], None]


def at(*path: str, value: Tree) -> Mistake:
    """Put a value somewhere; "item" is a fresh item, and "member" a fresh member."""

    def mistake(tree: Tree, writer: Writer) -> None:
        here = tree
        for step in path[:-1]:
            here = entered(here, step, writer)
        here[path[-1]] = value

    return mistake


def entered(here: Tree, step: str, writer: Writer) -> Tree:
    made = {"item": ("items", {"category": "software", "amount": "5"}), "member": ("members", {"name": "構成員"})}
    if step in made:
        key, fresh = made[step]
        here[key] = [fresh]
        return fresh
    if not isinstance(here.get(step), dict):
        here[step] = {}
    return here[step]


def without(key: str) -> Mistake:
    def mistake(tree: Tree, writer: Writer) -> None:
        del entered(tree, "item", writer)[key]

    return mistake


WRONG_NUMBERS = {
    "yen": ("0.5", "1e6", "-5", "007", "1_000", "0x10", "5人", "24か月", "1,00円", "2,000兆円", "1億50,000万円", "true", "2026-01-01", ".inf",
            "''", "五万円", "1.23456万円", "[5]", "{a: 1}", "10000000000000000"),
    "count": ("4.5", "1.5万人", "-1", "5円", "yes", "1/2", "1000兆1人", "[]"),
    "months": ("1.5", "-3", "3円", "06", "0.5年", "1000000000000001"),
    "rate": ("0.5", "50", "2", "-1/2", "1/0", "1 / 2", "3人", "03%", "1/02"),
}  # fmt: skip

MISTAKES: tuple[Mistake, ...] = (
    at("facs", value="{}"),
    at("frames", value="invoice"),
    at("facts", "employes", value="5"),
    at("facts", "資本金", value="5"),
    at("item", "ammount", value="5"),
    at("item", "process", value="[共P-01]"),
    at("member", "frame", value="invoice"),
    at("member", "fact", value="{}"),
    at("member", "facts", "industri", value="retail"),
    at("facts", "entity", value="kaisha"),
    at("facts", "entity", value="会社 ２"),
    at("facts", "entity", value="[company]"),
    at("facts", "industry", value="小売店舗"),
    at("facts", "industry", value="1"),
    at("facts", "deemed_large", value="yes"),
    at("facts", "deemed_large", value="no"),
    at("facts", "past_grant", value="1"),
    at("facts", "past_grant", value="[true]"),
    at("facts", "supplier_accounts", value="0"),
    at("facts", "supplier_accounts", value="0つ"),
    at("facts", "near_minimum_wage_months", value="13"),
    at("item", "category", value="クラウド利用"),
    at("item", "category", value=""),
    at("item", "category", value="[software]"),
    at("item", "monthly", value="5"),
    at("item", "months", value="0か月"),
    at("item", "months", value="5円"),
    at("item", "yearly", value="5"),
    at("item", "years", value="5"),
    at("item", "discount", value="5"),
    at("item", "quantity", value="0"),
    at("item", "quantity", value="0本"),
    at("item", "quantity", value="1.5"),
    at("item", "of", value="[ほか]"),
    at("member", "corporate_number", value="712345678901"),
    at("expect", "通常", value="5"),
    at("item", "amount", value=""),
    at("item", "tax", value="true"),
    at("item", "tax", value="税"),
    at("item", "processes", value="共P-01"),
    at("item", "processes", value="[共P-99]"),
    at("item", "functions", value="[null]"),
    at("item", "functions", value="{accounting: true}"),
    at("item", "name", value="[a]"),
    at("items", value="software"),
    at("items", value="[software]"),
    at("items", value="{category: software}"),
    at("members", value="本町青果店"),
    at("members", value="[null]"),
    at("facts", value="[capital]"),
    at("facts", value="''"),
    at("name", value="{ja: 見本}"),
    at("frame", value="Invoice"),
    at("frame", value="[invoice]"),
    at("frame", value="インボイス枠"),
    at("corporate_number", value="123456789012"),
    at("corporate_number", value="T7123456789012"),
    at("corporate_number", value="'７123456789012'"),
    at("corporate_number", value="true"),
    at("expect", "invoices", value="5"),
    at("expect", "invoice", value=""),
    at("expect", "invoice", value="5人"),
    at("expect", value="[5]"),
    without("category"),
    without("amount"),
    *(at("facts", "capital", value=each) for each in WRONG_NUMBERS["yen"]),
    *(at("item", "amount", value=each) for each in WRONG_NUMBERS["yen"]),
    *(at("member", "facts", "employees", value=each) for each in WRONG_NUMBERS["count"]),
    *(at("facts", "near_minimum_wage_months", value=each) for each in WRONG_NUMBERS["months"]),
    *(at("facts", "wage_growth", value=each) for each in WRONG_NUMBERS["rate"]),
)


def test_both_refuse_hundreds_of_wrong_files(rules_2026: Ruleset, validator: Draft202012Validator) -> None:
    for seed in range(max(FILES, len(MISTAKES) * 6)):
        writer = Writer(rules_2026, seed)
        tree = writer.file()
        MISTAKES[seed % len(MISTAKES)](tree, writer)
        root = root_of(typed(tree))
        assert not accepted(root, rules_2026), (seed, typed(tree))
        assert not validator.is_valid(plain(root)), (seed, typed(tree))


# --- literals ---

PIECES = (
    *["0", "1", "2", "5", "9", "10", "12", "25", "50", "75", "100", "999", "1000", "1,000", "10,000", "1,00", "000", "05", "99999999999", "1000000000", "０", "５", "，", "．", ".", "/", "／", "%", "％", "-", "a", "①", "一"],
    *["兆", "億", "万", "千", "百", "円", "人", "¥", "￥", "年", "か月", "月", "間", "分", "つ", "種類"],
    " ", "\u3000", "\n",
)  # fmt: skip
BEYOND = {
    Kind.MONTHS: re.compile(r"[0-9０-９，,]{14}"),
    Kind.RATE: re.compile("[0-9０-９]{16}"),
}
"""Where the docstring says that the schema stops short."""


@pytest.mark.parametrize("kind", Kind)
def test_a_literal_is_right_for_both_or_for_neither(kind: Kind, rules_2026: Ruleset) -> None:
    numbers: Any = applicant_schema(rules_2026)["$defs"]
    pattern = re.compile(numbers[kind.value]["pattern"])
    chance = random.Random(kind.value)
    for _ in range(LITERALS):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 7)))
        if kind in BEYOND and BEYOND[kind].search(text):
            continue
        assert bool(pattern.search(text)) is readable(text, kind), text


def readable(text: str, kind: Kind) -> bool:
    try:
        read(text, kind)
    except NumberProblem:
        return False
    return True


# --- the rest ---


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parts[-2]}-{path.stem}")
def test_every_case_is_valid(case: Path, validator: Draft202012Validator) -> None:
    error = next(validator.iter_errors(plain(root_of(case.read_text(encoding="utf-8")))), None)
    assert error is None, error.message[:300]


def test_a_file_of_another_year_is_marked(validator: Draft202012Validator) -> None:
    assert validator.is_valid({"fiscal_year": 2026})
    assert not validator.is_valid({"fiscal_year": 2025})


@pytest.mark.parametrize(("lang", "told"), [("ja", "会社"), ("en", "company"), ("", "会社 / company")])
def test_the_schema_speaks_the_language_asked_for(lang: str, told: str, rules_2026: Ruleset) -> None:
    parts: Any = applicant_schema(rules_2026, lang)["$defs"]
    assert f"- company: {told}\n" in parts["facts"]["properties"]["entity"]["description"]


def test_everything_that_may_be_written_is_explained(rules_2026: Ruleset) -> None:
    schema: Any = applicant_schema(rules_2026)
    parts = schema["$defs"]
    for properties in (schema["properties"], parts["facts"]["properties"], parts["items"]["items"]["properties"]):
        assert all(each["description"] for each in properties.values())
