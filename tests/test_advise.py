"""`hojo advise`: what reaches an amount at the least cost, what so much of one's own buys, which borders are near; all by running forward."""

from __future__ import annotations

import copy
import csv
import io
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

import pytest
from random_applicants import as_yaml, random_applicant
from ruamel.yaml import YAML
from subjects import ROOT, fast, few, rules

from hojo_cli import __main__ as door
from hojo_cli.advise.margins import all_borders, margins, told
from hojo_cli.advise.target import Outlay, own_cost, target
from hojo_cli.applicants.scenario import Scenario
from hojo_cli.batch.estimating import LoadedRules, load_applicant
from hojo_cli.explanation import borders, explain, profile

FRAMES = tuple(rules().frames)


def data_of(seed: int) -> bytes:
    """An applicant file with at least one price."""
    rng = Random(seed)
    applicant = random_applicant(rng)
    while not applicant["items"]:
        applicant = random_applicant(rng)
    return as_yaml(applicant).encode()


def scenario_of(data: bytes) -> Scenario:
    scenario = load_applicant(data, LoadedRules(rules())).scenario
    assert scenario is not None
    return scenario


def paid(data: bytes, settings: list[str]) -> tuple[dict[str, int], Any]:
    """Whole yen of each frame with these changes, and what is bought costs (any exact number). Nothing where the file is refused."""
    applicant = load_applicant(data, LoadedRules(rules()), changes=settings).applicant
    if applicant is None:
        return dict.fromkeys(FRAMES, 0), 0
    outcomes = fast().outcomes(applicant)
    cost = sum(item.cost for each in (applicant, *applicant.members) for item in each.items)
    return {name: yen or 0 for name, (_, yen) in outcomes.items()}, cost


def cheaper(purchase: Outlay) -> Iterator[list[str]]:
    """The same with one step less of each price in turn."""
    for less in range(len(purchase.prices)):
        yield [price.setting(x - (place == less)) for place, (price, x) in enumerate(purchase.prices)]


def mixtures(scenario: Scenario, purchase: Outlay, rng: Random) -> Iterator[list[str]]:
    """The same further cost, or a little less, spent on some of the prices at random."""
    prices = [variable for variable in scenario.variables.values() if variable.is_price]
    now = {price.written: scenario.along(price, price.now or 0) for price in prices}
    for _ in range(8):
        shares = {price.written: rng.randint(0, 9) for price in rng.sample(prices, min(len(prices), 3))}
        settings = []
        for price in prices:
            start, more = now[price.written], scenario.along(price, (price.now or 0) + 1)
            assert start is not None
            assert more is not None
            if price.written in shares and more.cost > start.cost:
                spent = Fraction(purchase.cost - start.cost) * shares[price.written] / max(1, sum(shares.values()))
                settings.append(price.setting((price.now or 0) + int(spent / (more.cost - start.cost))))
        yield settings


@pytest.mark.parametrize("seed", few(range(3_000), 16))
def test_a_target_is_reached_and_with_one_step_less_it_is_not(seed: int) -> None:
    data, rng = data_of(seed), Random(seed)
    scenario = scenario_of(data)
    frames = FRAMES if rng.random() < 0.5 else (rng.choice(FRAMES),)
    wanted = rng.choice((50_000, 300_000, 740_000, 1_000_000, 1_499_999, 1_500_000, 3_499_999, 4_500_000, 9_000_000))
    now, _ = paid(data, [])
    found = target(scenario, wanted, frames)
    for purchase in (*found.alone, *filter(None, [found.least])):
        yen, cost = paid(data, list(purchase.settings))
        assert (yen[purchase.frame], cost) == (purchase.subsidy, purchase.cost)
        assert purchase.subsidy >= wanted
        assert bool(purchase.prices) is (max(now[name] for name in frames) < wanted)
        for settings in cheaper(purchase):
            assert all(paid(data, settings)[0][name] < wanted for name in frames)
    if found.least is not None and found.least.prices and not found.curved:
        assert all(found.least.cost <= purchase.cost for purchase in found.alone)
        for settings in mixtures(scenario, found.least, rng):
            yen, cost = paid(data, settings)
            assert cost >= found.least.cost or all(yen[name] < wanted for name in frames)
    if found.least is None and not found.curved:
        prices = [variable for variable in scenario.variables.values() if variable.is_price]
        for _ in range(12):
            settings = [price.setting(rng.choice((rng.randint(0, 10**7), 10**12))) for price in prices]
            assert all(paid(data, settings)[0][name] <= found.most[1] < wanted for name in frames)


@pytest.mark.parametrize("seed", few(range(3_000), 10))
def test_no_more_can_be_bought_for_so_much_of_ones_own_by_one_price(seed: int) -> None:
    data, rng = data_of(seed), Random(seed)
    scenario = scenario_of(data)
    own = rng.choice((0, 100_000, 500_000, 1_000_000, 5_000_000))
    found = own_cost(scenario, own, FRAMES)
    curved = {price.written for price in target(scenario, 1, FRAMES[:1]).curved}
    if found is not None:
        yen, cost = paid(data, list(found.settings))
        assert (yen[found.frame], cost) == (found.subsidy, found.cost)
        assert cost - yen[found.frame] <= own
    for price in scenario.variables.values():
        for x in (rng.randint(0, 10**7), *((found.prices[0][1] + 1,) if found else ())):
            if price.is_price and x <= price.most and price.written not in curved:
                yen, cost = paid(data, [price.setting(x)])
                fits = [name for name, much in yen.items() if much and cost - much <= own]
                assert not fits or (found is not None and cost <= found.cost)


@pytest.mark.parametrize("seed", few(range(1_000), 12))
def test_up_to_a_border_nothing_changes_but_what_grows_and_there_it_does(seed: int) -> None:
    data = data_of(seed)
    scenario = scenario_of(data)
    for margin in margins(scenario, FRAMES):
        variable, way = margin.variable, 1 if margin.border > margin.now else -1
        at_border = load_applicant(data, LoadedRules(rules()), changes=[variable.setting(margin.border)]).applicant
        assert at_border is not None
        outcome = fast().outcomes(at_border)[margin.frame]
        assert outcome == (margin.after, margin.yen_after)
        statuses = set()
        for x in {margin.border - way, margin.now + way * (margin.distance // 2), margin.now}:
            inside = load_applicant(data, LoadedRules(rules()), changes=[variable.setting(x)]).applicant
            assert inside is not None
            statuses.add(fast().outcomes(inside)[margin.frame][0])
        assert statuses == {margin.before}


def printed(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """The JSON of a command. (Any: whatever it holds.)"""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("sys.argv", ["hojo", *arguments, "--format", "json"])
    assert door.main() in {0, 1}
    return json.loads(capsys.readouterr().out)


EXAMPLES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "examples").glob("*.yaml"))


@pytest.mark.parametrize("file", EXAMPLES)
def test_every_number_of_the_examples_comes_out_of_estimate_again(
    file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if load_applicant(ROOT / file).scenario is None:
        return
    frames = ["--frame", "invoice"] if "group" in file else []
    advice = printed(["advise", file, "--target", "120万円", "--own", "70万円", *frames], monkeypatch, capsys)
    purchases = [*advice["target"]["alone"], *filter(None, [advice["own"]])]
    for said in (*purchases, *([advice["target"]] if advice["target"]["reachable"] else [])):
        line = ["estimate", file, *(word for text in said["set"] for word in ("--set", text))]
        (result,) = printed(line, monkeypatch, capsys)["results"]
        (frame,) = (each for each in result["estimates"] if each["frame"] == said["frame"])
        assert (frame["subsidy"], frame["own_cost"]) == (said["subsidy"], said["cost"] - said["subsidy"])
    for said in advice["answers"][:6]:
        (result,) = printed(["estimate", file, "--set", said["set"][0]], monkeypatch, capsys)["results"]
        (frame,) = (each for each in result["estimates"] if each["frame"] == said["frame"])
        possible = frame["possible"] or {"low": frame["subsidy"], "high": frame["subsidy"]}
        assert (said["low"], said["high"]) == (possible["low"], possible["high"])
    for margin in advice["margins"]:
        settings = [word for text in margin["set"] for word in ("--set", text)]
        (result,) = printed(["estimate", file, *settings], monkeypatch, capsys)["results"]
        (frame,) = (each for each in result["estimates"] if each["frame"] == margin["frame"])
        assert (frame["status"], frame["subsidy"]) == (margin["status"], margin["to"])


def test_check_tells_the_borders_of_advise_that_are_near_and_the_plan_of_estimate(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [file for file in EXAMPLES if "mistakes" not in file]
    for checked in printed(["check", *files, "--near", "--jobs", "1"], monkeypatch, capsys)["results"]:
        file, held = checked["file"], [part["frame"] for part in (checked["plan"] or {"frames": []})["frames"]]
        (estimated,) = printed(["estimate", file], monkeypatch, capsys)["results"]
        assert checked["plan"] == estimated["plan"]
        most = max((each["subsidy"] or 0) for each in checked["estimates"])
        borders = [each for each in printed(["advise", file], monkeypatch, capsys)["margins"] if each["near"]]
        wanted = [each for each in borders if each["frame"] in held or (each["to"] or 0) > most]
        assert checked["near"] == sorted(wanted, key=lambda each: (each["what"] != "members", not each["jump"]))


@pytest.mark.parametrize("seed", few(range(400), 12))
def test_a_border_is_near_or_not_however_far_one_looks(seed: int) -> None:
    scenario = scenario_of(data_of(seed))
    assert margins(scenario, FRAMES, near=True) == [margin for margin in margins(scenario, FRAMES) if margin.near]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_office_finds_the_clients_to_talk_to_in_every_form_of_check(
    lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    drawn = {}
    for name in ("table", "markdown", "csv"):
        line = ["hojo", "check", "examples/invoice.yaml", "examples/shop.yaml", "--near", "--lang", lang]
        monkeypatch.setattr("sys.argv", [*line, "--format", name])
        assert door.main() == 0
        drawn[name] = capsys.readouterr().out
    for name in ("table", "markdown"):
        near = drawn[name].partition("近い申請者" if lang == "ja" else "near a threshold")[2]
        assert all(word in near for word in ("examples/invoice.yaml", "580,000", "548,750"))
        assert "examples/shop.yaml" not in near
    invoice, shop = csv.DictReader(io.StringIO(drawn["csv"].removeprefix("\ufeff")))
    names = ("near_now", "near_border", "near_subsidy", "near_count", "together")
    if lang == "ja":
        names = ("今", "境目", "境目での補助額（円）", "境目の数", "併せた補助額（円）")
    assert [invoice[name] for name in names] == ["5", "6", "548750", "1", "580000"]
    assert [shop[name] for name in names] == ["", "", "", "0", "1360000"]


def test_a_sixth_employee_in_a_shop_is_a_border_with_its_source(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = printed(["advise", "examples/shop.yaml", "--lang", "ja"], monkeypatch, capsys)["margins"]
    (margin,) = (each for each in found if each["what"] == "facts.employees")
    assert {key: margin[key] for key in ("now", "border", "distance", "frame", "from", "to", "jump")} == {
        "now": "4", "border": "6", "distance": "2", "frame": "invoice", "from": 1_360_000, "to": 1_332_222, "jump": True,
    }  # fmt: skip
    assert margin["by"] == "「小規模事業者」に当たらなくなる、「賃上げ要件の適用外」に当たらなくなる"
    assert margin["source"]["printed"] == "５人以下の会社及び個人事業主"


def group_of(count: int) -> bytes:
    """The example of a group, its members again and again under other names."""
    text = (ROOT / "examples" / "group.yaml").read_text(encoding="utf-8")
    root = YAML(typ="safe").load(text)
    lead, *others = root["members"]
    made = [{**copy.deepcopy(others[number % len(others)]), "name": f"店{number}"} for number in range(count - 1)]
    for number, member in enumerate(made):
        member.pop("corporate_number", None)
        member["items"][0]["amount"] = 300_000 + 1_000 * number
    return json.dumps({**root, "members": [lead, *made]}, ensure_ascii=False).encode()


def test_a_border_of_a_member_is_explained_by_what_that_member_brings_as_by_everything() -> None:
    scenario = scenario_of(group_of(12))
    for margin in margins(scenario, ("group",))[::3]:
        sides = []
        for x in (margin.border - (1 if margin.border > margin.now else -1), margin.border):
            applicant = scenario.changed(margin.variable, x).applicant({})
            assert applicant is not None
            traits = profile.traits(scenario.ruleset, applicant)
            sides.append(borders.Neighbour(explain.alone(scenario.ruleset, "group", applicant), traits))
        if clauses := borders.clauses(*sides):
            assert told(scenario, margin).clause == borders.sentence(clauses)


def test_the_borders_of_a_group_of_fifty_are_told_in_a_moment() -> None:
    scenario = scenario_of(group_of(50))
    start = process_time()
    assert len(all_borders(scenario, FRAMES)) > 50
    assert process_time() - start < 10  # about one and a half seconds where nothing else runs


DISCOUNTED = """\
fiscal_year: 2026
facts: {entity: company, industry: retail, capital: 300万円, employees: 4, deemed_large: false, past_grant: false,
        wage_exempt_sector: false, near_minimum_wage_months: 0}
items:
  - {category: cloud, amount: 14000000, processes: [共P-02], functions: [ordering]}
  - {name: 値引き, discount: 593711}
"""


def test_a_price_that_falls_below_what_is_taken_off_it_ends_no_search() -> None:
    found = own_cost(scenario_of(DISCOUNTED.encode()), 500_000, FRAMES)
    assert found is not None
    assert found.cost - found.subsidy <= 500_000 < found.cost


def test_a_group_of_ten_loses_all_with_one_that_leaves(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = printed(["advise", "examples/group.yaml", "--lang", "en"], monkeypatch, capsys)["margins"]
    (margin,) = (each for each in found if each["what"] == "members")
    assert {key: margin[key] for key in ("now", "border", "distance", "status", "from", "to", "near", "set")} == {
        "now": "10", "border": "9", "distance": "1", "status": "ineligible", "from": 10_478_812, "to": 0, "near": True,
        "set": ["members[9]=", "facts.analysis_members=9"],
    }  # fmt: skip


def test_members_of_a_group_are_raised_together_where_each_pays_less_and_less(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = printed(["advise", "examples/group.yaml", "--target", "1100万円"], monkeypatch, capsys)["target"]
    assert found["alone"][0]["cost"] == 15_919_171
    assert (found["cost"], len(found["set"])) == (15_846_809, 5)


def test_what_cannot_be_reached_says_how_much_can(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["advise", "examples/wholesaler.yaml", "--target", "150万円", "--lang", "ja"]
    found = printed(line, monkeypatch, capsys)["target"]
    assert (found["reachable"], found["most"], found["cost"]) == (False, 1_499_999, None)
    assert "1,500,000円未満" in found["why"]


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_says_what_to_set_whatever_the_width(
    width: int, lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr("sys.argv", ["hojo", "advise", "examples/shop.yaml", "--target", "200万円", "--lang", lang])
    assert door.main() == 0
    page = capsys.readouterr().out
    assert "items[0].amount=1960000" in page
    assert "1,332,222" in page


@pytest.mark.parametrize("name", ["market", "workshop", "league"])
def test_other_programmes_are_advised_with_no_change_of_the_program(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ruleset = f"tests/programmes/{name}.yaml"
    applicants = sorted((ROOT / "tests" / "programmes").glob(f"{name}*/*.yaml"))
    for applicant in applicants[:4]:
        found = printed(["advise", str(applicant), "--rules", ruleset, "--target", "10万円"], monkeypatch, capsys)
        assert found["format"] == "hojo.advise/1"


def test_an_option_that_is_no_amount_is_told_by_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("sys.argv", ["hojo", "advise", "examples/shop.yaml", "--target", "たくさん", "--lang", "ja"])
    assert door.main() == 2
    assert capsys.readouterr().err.startswith("--target: 誤り HJ150")
