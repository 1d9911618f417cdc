"""The schema of rulesets: 2026 passes, one mistake at each level is found at its line and column, every key is explained."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
from subjects import few

from hojo_cli import estimate, load_applicant, load_rules
from hojo_cli.base.finding import Severity
from hojo_cli.commands.verify import verified
from hojo_cli.document import RULESET, Mapping, parse, plain
from hojo_cli.document.validation import check as check_schema
from hojo_cli.rules import ruleset

RULES = Path(__file__).parent.parent / "rules"
SCHEMA: dict[str, Any] = json.loads((RULES / "schema.json").read_text(encoding="utf-8"))
TEXT = (RULES / "2026.yaml").read_text(encoding="utf-8").partition("\n  security_action:\n")[0]
"""All of 2026 but most of its reminders, which would only take time."""


@pytest.mark.parametrize("path", sorted(RULES.glob("[0-9]*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_ruleset_is_valid(path: Path) -> None:
    document = parse(path.read_bytes(), path.name, RULESET)
    assert document.root is not None
    assert document.findings == ()
    assert check_schema(document.root, SCHEMA, path.name) == ()
    assert Draft202012Validator(SCHEMA).is_valid(plain(document.root))


def test_the_schema_is_a_schema_and_hojo_can_read_it() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    document = parse((RULES / "schema.json").read_bytes(), "schema.json", RULESET)
    assert document.root is not None
    assert plain(document.root) == SCHEMA


def fragments(guide: str) -> list[tuple[str, str]]:
    """The examples of a guide, each with the part of the schema it belongs to."""
    text = (RULES.parent / "docs" / guide).read_text(encoding="utf-8")
    return re.findall("^```yaml *([a-z_]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


FRAGMENTS = fragments("writing-rules.md")


@pytest.mark.parametrize(("part", "text"), FRAGMENTS, ids=[text.split("\n")[0] for _, text in FRAGMENTS])
def test_a_fragment_of_the_guide_is_part_of_a_ruleset(part: str, text: str) -> None:
    """The word after `yaml` names a part of the schema; `whole` is a ruleset, and no word some of its top keys."""
    document = parse(text.encode(), "guide.yaml", RULESET)
    assert document.root is not None
    assert document.findings == ()
    some = {key: value for key, value in SCHEMA.items() if key != "required"}
    named = {"": some, "whole": SCHEMA}
    schema = named[part] if part in named else {"$ref": f"#/$defs/{part}", "$defs": SCHEMA["$defs"]}
    assert check_schema(document.root, schema, "guide.yaml") == ()


def test_the_guide_shows_every_part_of_a_ruleset() -> None:
    shown = {key for part, text in FRAGMENTS if not part for key in re.findall("^([a-z_]+):", text, re.MULTILINE)}
    assert shown | {"frames"} == set(SCHEMA["properties"])


def test_the_guide_in_english_shows_the_same() -> None:
    """Only comments are in another language."""
    both = zip(FRAGMENTS, fragments("writing-rules.en.md"), strict=True)
    for (part, japanese), (other, english) in both:
        trees = [parse(text.encode(), "guide.yaml", RULESET).root for text in (japanese, english)]
        assert part == other
        assert plain(cast("Mapping", trees[0])) == plain(cast("Mapping", trees[1]))


def test_the_small_ruleset_of_the_guide_pays(tmp_path: Path) -> None:
    """20 people: 2/3 of 600,000 yen, and never more than 500,000; of 21 people, half."""
    ((_, text),) = [fragment for fragment in FRAGMENTS if fragment[0] == "whole"]
    file = tmp_path / "my-aid.yaml"
    file.write_text(text, encoding="utf-8")
    (one,) = verified([str(file)], "", "", "")
    assert [each for each in one.findings if each.severity is not Severity.NOTE] == []
    rules = load_rules(str(file))
    for staff, cost, yen in ((20, 600_000, 400_000), (20, 900_000, 500_000), (21, 600_000, 300_000)):
        applicant = {"facts": {"staff": staff}, "items": [{"category": "goods", "amount": cost}]}
        told = estimate(load_applicant(applicant, rules))
        assert [each.subsidy for each in told.estimates] == [yen]


class Mistake(NamedTuple):
    """The first `old` after `near` becomes `new`; `@` stands where `code` must be found."""

    name: str
    near: str
    old: str
    new: str
    code: str


UNKNOWN, MISSING, TYPE, CHOICE, SPELT, FEW, RANGE, KEY, MIXED = (
    "HJ301", "HJ302", "HJ303", "HJ304", "HJ305", "HJ306", "HJ308", "HJ310", "HJ311",
)  # fmt: skip
EMPLOYEES = "label: {ja: 常時使用する従業員の数, en: regular employees}"
PC = "id: pc\n        label: {ja: PC・タブレット等, en: 'PCs, tablets and the like'}\n        items: [{category: [pc]}]\n"
MISTAKES = (
    # the head and what is declared
    Mistake("top key", "", "program:", "@programme: x\nprogram:", UNKNOWN),
    Mistake("no year", "", "hojo: 1\nprogram: digital-ai\nfiscal_year: 2026\n", "@hojo: 1\nprogram: digital-ai\n", MISSING),
    Mistake("version 2", "", "hojo: 1", "hojo: @2", "HJ330"),
    Mistake("year as text", "", "fiscal_year: 2026", "fiscal_year: @令和8年", TYPE),
    Mistake("year far away", "", "fiscal_year: 2026", "fiscal_year: @20260", RANGE),
    Mistake("program with a blank", "", "program: digital-ai", "program: @digital ai", SPELT),
    Mistake("valid without end", "", "{from: '2026-03-30', to: '2027-03-31'}", "@{from: '2026-03-30'}", MISSING),
    Mistake("day of a 13th month", "", "from: '2026-03-30'", "from: @'2026-13-30'", SPELT),
    Mistake("source key", "  overview:", "    issuer:", "    @isuer: x\n    issuer:", UNKNOWN),
    Mistake("source id", "sources:", "  overview:", "  @Overview_1:", KEY),
    Mistake("file with a folder", "", "file: gaiyo-2026.txt", "file: @../gaiyo-2026.txt", SPELT),
    Mistake("short hash", "", "sha256: fd0852", "sha256: @fd0852_", SPELT),
    Mistake("label in one language", "  tax_exclusive:", "    why: {ja: ", "    why: @{jp: ", MISSING),
    Mistake("label as text", "\n  invoice:\n", "label: {ja: イ", "label: @インボイス枠\n    x: {ja: イ", TYPE),
    Mistake("a single reading in conflict", "  tax_exclusive:", "    why:", "    conflict:\n      @- {ja: a, en: b}\n    why:", FEW),
    Mistake("assumption key", "  tax_exclusive:", "    why:", "    @reason: x\n    why:", UNKNOWN),
    Mistake("fact key", "  employees:", "    ask:", "    @aks: x\n    ask:", UNKNOWN),
    Mistake("choice without choices", "  employees:\n", f"    {EMPLOYEES}\n    type: count", "    @label: {ja: a, en: b}\n    type: choice", MISSING),
    Mistake("change of another kind", "  wage_growth:", "change: plan", "change: @wish", CHOICE),
    Mistake("change of a set", "  granted_processes:", "type: set", "type: set\n    @change: plan", UNKNOWN),
    Mistake("bought instead of nothing", "    pc:", "instead: [register]", "instead: [@till]", "HJ331"),
    Mistake("choices of a count", "  employees:\n    label", "type: count", "type: count\n    @choices: {a: {ja: a, en: a}}", UNKNOWN),
    Mistake("min as text", "  supplier_accounts:", "min: 1", "min: @1つ", TYPE),
    Mistake("choice with a blank", "  entity:", "      npo:", "      @'n p o':", KEY),
    Mistake("unset without assumption", "  analysis_members:", "{measure: members, assume: all_members_analyse}", "@{measure: members}", MISSING),
    Mistake("category called amount", "  categories:", "    pc:", "    @amount:", KEY),
    Mistake("field without choices", "  fields:", "      label: {ja: プ", "      @labels: {}\n      label: {ja: プ", UNKNOWN),
    Mistake("tax key", "  tax:", "{included:", "{@include: 10/11, included:", UNKNOWN),
    Mistake("rounding mode", "rounding:", "mode: down", "mode: @floor", CHOICE),
    Mistake("measure of two kinds", "  process_kinds:", "    distinct:", "    @count: members\n    distinct:", UNKNOWN),
    Mistake("measure that counts nothing", "measures:", "{label: {ja: 挙げられた構成員の数, en: Members listed}, count: members}", "@{label: {ja: a, en: b}}", MIXED),
    # conditions
    Mistake("two conditions in one block", "  small:", "{is: sme}", "{is: sme, @fact: entity}", UNKNOWN),
    Mistake("condition key", "  small:", "{is: sme}", "{@are: sme}", UNKNOWN),
    Mistake("empty condition", "  small:", "{is: sme}", "@{}", MIXED),
    Mistake("no parts", "  wage_exempt:\n", "    any: [{", "    any: @[]\n    xs: [{", FEW),
    Mistake("two comparisons", "  wage_plan:\n    label", "min: 3%", "min: 3%, @above: 3%", UNKNOWN),
    Mistake("no comparison", "  sme:", "{fact: deemed_large, eq: false}", "@{fact: deemed_large}", MIXED),
    Mistake("comparison of nothing", "  sme:", "{fact: deemed_large, eq: false}", "@{eq: false}", MISSING),
    Mistake("measure with choices", "", "{measure: process_kinds, min: 4種類}", "{measure: process_kinds, @in: [a]}", UNKNOWN),
    Mistake("definition without label", "definitions:", "  sme_size:\n    label:", "  sme_size:\n    @labels:", UNKNOWN),
    Mistake("table match", "  sme_size:", "match: any", "match: @some", CHOICE),
    Mistake("column key", "  sme_size:", "employees: {test: max}", "employees: {test: max, @unless: {is: sme}}", UNKNOWN),
    Mistake("row without figures", "{id: row_2,", "limits: {capital: 1億円, employees: 100人}", "limits: @{}", FEW),
    Mistake("row for nobody", "  small_size:", "- {id: commerce, label: {ja: 商業・サービス業, en: commerce and services},\n           for: {industry: [wholesale, retail, service, software]}, ", "- @{id: commerce, label: {ja: 商業・サービス業, en: commerce and services},\n           ", MISSING),
    Mistake("cell key", "", "{as_if: {entity: company}}", "{@as: {entity: company}}", UNKNOWN),
    # frames
    Mistake("frame key", "\n  security:\n", "    bands:", "    @band: []\n    bands:", UNKNOWN),
    Mistake("requirement key", "frames:", "- {id: sme, ", "- {id: sme, @hold: {is: sme}, ", UNKNOWN),
    Mistake("requirement of no frame", "requirements:", "  sme:", "  @smes:", "HJ378"),
    Mistake("requirement without a condition", "frames:", "- {id: sme, ", "- @{id: smes, label: {ja: a, en: b}, ", MISSING),
    Mistake("requirement without words", "frames:", "- {id: sme, ", "- @{id: smes, holds: {is: sme}, ", MISSING),
    Mistake("line key", "\n      - id: pc\n", "        rate:", "        @rates: 1/2\n        rate:", UNKNOWN),
    Mistake("rate and tiers", "\n  invoice:\n", "        tiers:", "        rate: 1/2\n        @tiers:", UNKNOWN),
    Mistake("no rate", "\n  invoice:\n", f"      - {PC}        rate:", f"      - @{PC}        rats:", MISSING),
    Mistake("no items", "\n  invoice:\n", f"      - {PC}", "      - @id: pc\n        label: {ja: a, en: b}\n", MISSING),
    Mistake("items of a member line", "- id: base", "        per_member:", "        @items: [{category: [pc]}]\n        per_member:", UNKNOWN),
    Mistake("pick without category", "- id: tools", "- {category: [option, support]}", "- @{processes: {has: [共P-01]}}", MISSING),
    Mistake("field test of two kinds", "  function_software:", "at_least: 1種類", "has: [accounting], @at_least: 1種類", UNKNOWN),
    Mistake("a true month limit", "- id: tools", "          cloud: {use: 2年", "          pc: @true\n          cloud: {use: 2年", TYPE),
    Mistake("month limit key", "- id: tools", "cloud: {use: 2年", "cloud: {@limit: 2年, use: 2年", UNKNOWN),
    Mistake("rate as a list of figures", "\n      - id: pc\n", "        rate: {", "        rate:\n          - @1/2\n        rat: {", TYPE),
    Mistake("a true rate", "\n      - id: pc\n", "use: 1/2", "use: @true", TYPE),
    Mistake("two amounts", "- id: office", "- {use: 200万円, ", "- {use: 200万円, @sum: [1, 2], ", UNKNOWN),
    Mistake("times without a figure", "- id: analysis", "{use: 50万円, times:", "@{times:", MISSING),
    Mistake("branch without an amount", "- id: service_fee", "- {when: {is: small}, use: 2/3, ", "- @{when: {is: small}, ", MIXED),
    Mistake("tier basis", "\n  invoice:\n", "basis: subsidy", "basis: @yen", CHOICE),
    Mistake("tier key", "\n  invoice:\n", "            - up_to: 50万円", "            - @upto: 50万円", UNKNOWN),
    Mistake("share key", "- id: office", "rates:", "@rate: 1/2, rates:", UNKNOWN),
    Mistake("apportion without whole", "\n  electronic_trade:\n", "{part: sme_supplier_accounts, whole: supplier_accounts, ", "@{part: sme_supplier_accounts, ", MISSING),
    Mistake("a true floor", "      - id: only", "        floor: {", "        floor: @true\n        floors: {", TYPE),
    Mistake("cap and below", "      - id: lower", "        below: {", "        cap: 150万円\n        @below: {", UNKNOWN),
    Mistake("subtotal without cap", "      - id: base_and_analysis", "        cap: {", "        @caps: {", UNKNOWN),
    Mistake("source without heading", "\nrounding:", "{id: guide_2025_general, at: ２－３ 補助対象経費、補助率及び補助額, ", "@{id: guide_2025_general, ", MISSING),
    Mistake("source without document", "\nrounding:", "{id: guide_2025_general, at: ", "@{at: ", MISSING),
    Mistake("cites without document", "\n  invoice:\n", "cites: {id: overview, at: インボイス枠（インボイス対応類型）の概要}\n    requires:\n      - {id: sme, source: {", "cites: {at: x}\n    requires:\n      - {id: sme, source: @{", MISSING),
    Mistake("cites of an unknown document", "\n  invoice:\n", "cites: {id: overview", "cites: {id: @overvew", "HJ331"),
    Mistake("cites with a fragment", "\n  invoice:\n", "cites: {id: overview", "cites: {@printed: x, id: overview", UNKNOWN),
    Mistake("source with a page", "\n      - id: pc\n", "printed:", "@page: 3, printed:", UNKNOWN),
    Mistake("printed as a number", "\n      - id: pc\n", "printed: PC", "printed: @10, x: PC", TYPE),
    Mistake("combine without a set", "combine:", "together: [[general, invoice],", "together: [@general, ", TYPE),
    Mistake("combine of nothing", "combine:", "  - together:", "  - @{assume: combine_2025}\n  - together:", MIXED),
    Mistake("reminder key", "reminders:", "    frames:", "    @frame: invoice\n    frames:", UNKNOWN),
    Mistake("words of an unknown reminder", "reminders:", "    label: {", "    label: @nobody\n    x: {", "HJ331"),
)  # fmt: skip


FACT_TYPE = Mistake("fact type", "  employees:\n    label", "type: count", "type: @number", CHOICE)


@pytest.mark.parametrize("mistake", few([*MISTAKES, FACT_TYPE], 20), ids=lambda mistake: mistake.name)
def test_a_mistake_is_found_at_its_place(mistake: Mistake) -> None:
    text, line, column = marked(mistake)
    found, findings = ruleset.examine(text.encode(), "a.yaml")
    told = [(each.code, each.where.line, each.where.column) for each in findings if each.severity is Severity.ERROR]
    assert found is not None
    assert (mistake.code, line, column) in told


def marked(mistake: Mistake) -> tuple[str, int, int]:
    """The ruleset with the mistake, and the line and column of its `@`."""
    place = TEXT.index(mistake.old, TEXT.index(mistake.near))
    before = TEXT[:place] + mistake.new.partition("@")[0]
    text = before + mistake.new.partition("@")[2] + TEXT[place + len(mistake.old) :]
    return text, before.count("\n") + 1, len(before) - before.rfind("\n")


def test_every_key_is_explained_in_both_languages() -> None:
    for path, schema in keys(SCHEMA, "#"):
        assert " / " in described(schema), path
        japanese, english = described(schema).split(" / ", 1)
        assert not japanese.isascii(), path
        assert english.strip(), path


def test_every_mapping_is_closed() -> None:
    for path, schema in objects(SCHEMA, "#"):
        if "properties" in schema and not {"if", "then", "else"} & set(path.split("/")):
            assert schema.get("additionalProperties") is not None, path
        if isinstance(schema.get("additionalProperties"), dict):
            assert "propertyNames" in schema, path


def test_mappings_are_told_apart_by_their_keys() -> None:
    assert not [path for path, schema in objects(SCHEMA, "#") if "oneOf" in schema]


def objects(schema: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping inside the schema, with the way to it."""
    if isinstance(schema, dict):
        yield path, schema
    inside = schema.items() if isinstance(schema, dict) else enumerate(schema) if isinstance(schema, list) else ()
    for step, below in inside:
        yield from objects(below, f"{path}/{step}")


def keys(schema: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key a ruleset may hold, with its schema."""
    for place, each in objects(schema, path):
        if place.endswith("/properties") and "/if" not in place and "/examples" not in place:
            yield from ((f"{place}/{key}", below) for key, below in each.items() if isinstance(below, dict))


def described(schema: dict[str, Any]) -> str:
    """The key's own description, or that of what it refers to."""
    while "description" not in schema:
        target: Any = SCHEMA
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        schema = target
    return str(schema["description"])
