"""What `hojo diff` says a change does: a witness that can be run again, "no effect" only where it is proved, else "not found"."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest
from random_changes import Crowd, Data, changed, tree, written
from subjects import HERE, ROOT

from hojo_cli.base.finding import HojoError
from hojo_cli.batch import impact
from hojo_cli.commands import diff
from hojo_cli.diff import clauses, witness
from hojo_cli.diff.clauses import Clause, Comparable, Side
from hojo_cli.engine.applicant import Applicant
from hojo_cli.engine.evaluator import Evaluator
from hojo_cli.engine.judgement import Outcome, Status
from hojo_cli.engine.missing import settle

FIELD = HERE / "field" / "diff"
MARKET, WORKSHOP = (HERE / "programmes" / f"{name}.yaml" for name in ("market", "workshop"))
FILES = (*(ROOT / "rules" / f"{year}.yaml" for year in (2024, 2025, 2026)), MARKET, WORKSHOP)


@cache
def side(name: str) -> Side:
    return clauses.side(name)


@cache
def data_of(file: Path) -> Data:
    return tree(file)


def edited(tmp_path: Path, file: Path, *edits: Callable[[Data], object]) -> Comparable:
    """A ruleset file against itself with edits."""
    data = json.loads(json.dumps(data_of(file)))
    for edit in edits:
        edit(data)
    return clauses.prepare(side(str(file)), clauses.side(written(data, tmp_path / "new.yaml")))


def effects(compared: Comparable) -> dict[str, witness.Effect]:
    """What each change that is not only declared does, by path."""
    return {
        clause.change.path: checked(witness.find(clause, compared), compared)
        for clause in compared.clauses
        if not clause.silent
    }


def checked(effect: witness.Effect, compared: Comparable) -> witness.Effect:
    """A witness gives the two outcomes that are shown, by the exact reader of each ruleset as given."""
    found = effect.witness
    for side_, shown in () if found is None else ((compared.old, found.old), (compared.new, found.new)):
        assert found is not None
        frame = side_.ruleset.frames.get(found.frame)
        seen = witness.as_seen(found.applicant, side_.ruleset, compared.both, taxed=found.taxed)
        assert shown == (NO_COST if frame is None else settled(side_, found.frame, seen))
    assert found is None or found.old != found.new
    return effect


def settled(side_: Side, frame: str, seen: Applicant) -> Outcome:
    judgement = settle(side_.ruleset, side_.ruleset.frames[frame], seen).judgement
    return judgement.status, judgement.subsidy


NO_COST: Outcome = (Status.NO_COST, 0)


def yen(effect: witness.Effect) -> tuple[int | None, int | None]:
    assert effect.witness is not None
    return effect.witness.old[1], effect.witness.new[1]


# --- rulesets that were answered wrongly ---------------------------------------------------------------------------------------


def field(name: str) -> Comparable:
    return clauses.prepare(side(str(FIELD / f"{name}-old.yaml")), side(str(FIELD / f"{name}-new.yaml")))


@pytest.mark.parametrize(
    ("name", "path", "shown"),
    [
        ("dropped-choice", "frames.f.requires.k.holds.items[1].kind.has", (1, 0)),
        ("share-itself", "frames.usual.lines.web.cap.least[1].share.rates[1]", (6, 5)),
        ("subtotal-when", "frames.f.subtotals.c.cap[1].use", (1_100_000, 1_100_001)),
    ],
)
def test_a_change_that_moves_yen_has_a_witness(name: str, path: str, shown: tuple[int, int]) -> None:
    found = effects(field(name))
    assert [*found] == [path]
    assert yen(found[path]) == shown


def test_a_choice_that_is_dropped_is_told_with_whom_it_touches() -> None:
    compared = field("dropped-choice")
    report = diff.run(diff.DiffRequest(compared.old.name, compared.new.name), "ja")
    removed = next(change for change in as_json(report.data)["changes"] if change["id"].endswith("kind.choices.p2"))
    assert (removed["kind"], removed["frames"], removed["effect"]) == ("removed", ["f"], "silent")
    assert compared.both.fields["kind"].choices.keys() == {"p1", "p2"}


def as_json(data: object) -> Data:
    return json.loads(json.dumps(data))


# --- the same kinds once more --------------------------------------------------------------------------------------------------


def frame_of(data: Data) -> Data:
    """The first frame."""
    return next(iter(data["frames"].values()))


def add_travel(data: Data) -> None:
    """A frame that pays for a category which nothing used before."""
    data["items"]["categories"]["study"] = {"ja": "研修費", "en": "training"}
    frame = json.loads(json.dumps(frame_of(data)))
    frame["label"] = {"ja": "研修枠", "en": "Training frame"}
    frame["lines"] = [{**frame["lines"][0], "id": "study", "items": [{"category": ["study"]}]}]
    frame.pop("subtotals", None)
    frame.pop("requires", None)
    data["frames"]["training"] = frame


@pytest.mark.parametrize(
    "file", [MARKET, WORKSHOP, FIELD / "subtotal-when-old.yaml", FIELD / "dropped-choice-old.yaml"]
)
def test_a_new_category_used_by_a_new_frame_has_a_witness_that_buys_it(file: Path, tmp_path: Path) -> None:
    compared = edited(tmp_path, file, add_travel)
    found = effects(compared)["frames.training"].witness
    assert found is not None
    assert {item.category for item in found.applicant.items} == {"study"}
    assert (found.frame, found.old) == ("training", NO_COST)
    assert found.new[1]
    (added,) = (clause for clause in compared.clauses if clause.change.path == "items.categories.study")
    assert (added.silent, added.frames) == (True, ("training",))


@pytest.mark.parametrize(
    ("file", "edit"),
    [
        (MARKET, lambda data: frame_of(data)["lines"][1]["cap"]["least"][0]["share"]["rates"].__setitem__(0, "1/3")),
        (MARKET, lambda data: frame_of(data)["lines"][1]["cap"]["least"][0]["share"].__setitem__("itself", False)),
        (MARKET, lambda data: frame_of(data)["lines"][1].__setitem__("cap", {"use": "50万円"})),
        (MARKET, lambda data: frame_of(data)["lines"][0].__setitem__("rate", "1/2")),
    ],
)
def test_a_share_that_includes_itself_has_a_witness(file: Path, edit: Callable[[Data], object], tmp_path: Path) -> None:
    found = effects(edited(tmp_path, file, edit)).values()
    assert any(before != after for before, after in (yen(effect) for effect in found if effect.witness))


def capped_by_count(data: Data) -> None:
    frame_of(data)["subtotals"][0]["cap"] = {"use": "30万円", "times": {"fact": "raised"}}


@pytest.mark.parametrize(
    "edit",
    [
        lambda data: frame_of(data)["subtotals"][0]["cap"][0].__setitem__("use", "121万円"),
        lambda data: frame_of(data)["subtotals"][0]["cap"][0]["when"].__setitem__("min", "61円"),
        lambda data: frame_of(data)["subtotals"][0]["cap"][1].__setitem__("use", "0円"),
        lambda data: frame_of(data)["subtotals"][0]["cap"].__delitem__(0),
        lambda data: frame_of(data).pop("subtotals"),
        capped_by_count,
    ],
)
def test_a_cap_over_several_lines_has_a_witness(edit: Callable[[Data], object], tmp_path: Path) -> None:
    for effect in effects(edited(tmp_path, FIELD / "subtotal-when-old.yaml", edit)).values():
        before, after = yen(effect)
        assert before != after


def test_a_cap_times_a_count_has_a_witness(tmp_path: Path) -> None:
    data = json.loads(json.dumps(data_of(FIELD / "subtotal-when-old.yaml")))
    capped_by_count(data)
    old = written(data, tmp_path / "old.yaml")
    frame_of(data)["subtotals"][0]["cap"]["use"] = "31万円"
    (effect,) = effects(clauses.prepare(clauses.side(old), clauses.side(written(data, tmp_path / "new.yaml")))).values()
    assert yen(effect) == (300_000, 300_001)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (MARKET, WORKSHOP),
        pytest.param(WORKSHOP, MARKET, marks=pytest.mark.slow),
        pytest.param(ROOT / "rules" / "2026.yaml", MARKET, marks=pytest.mark.slow),
    ],
    ids=str,
)
def test_between_programmes_each_frame_has_a_witness(old: Path, new: Path) -> None:
    compared = clauses.prepare(side(str(old)), side(str(new)))
    found = effects(compared)
    for name in (*compared.old.ruleset.frames, *compared.new.ruleset.frames):
        witness_ = found[f"frames.{name}"].witness
        assert witness_ is not None, name
        assert witness_.frame == name
    assert diff.run(diff.DiffRequest(str(old), str(new)), "en").data


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_ruleset_against_itself_says_that_nothing_differs(file: Path) -> None:
    report = diff.run(diff.DiffRequest(str(file), str(file)), "ja")
    data = as_json(report.data)
    assert (data["different"], data["changes"], data["renamed"], data["recited"]) == (False, [], [], [])


# --- no effect -------------------------------------------------------------------------------------------------------------------


def set_floor(data: Data) -> None:
    frame_of(data)["bands"][0]["floor"]["use"] = "999,001円"


@pytest.mark.parametrize(
    ("file", "edit"),
    [
        (WORKSHOP, set_floor),  # totals are whole thousands
        (WORKSHOP, lambda data: frame_of(data)["lines"][0]["cap"]["sum"][1][0].__setitem__("use", "1円")),
        (
            MARKET,
            lambda data: frame_of(data)["lines"][1]["cap"]["least"][1].__setitem__("use", "300万円"),
        ),  # a quarter of 250万円 is less
    ],
)
def test_what_another_rule_hides_is_proved_to_have_no_effect(
    file: Path, edit: Callable[[Data], object], tmp_path: Path
) -> None:
    compared = edited(tmp_path, file, edit)
    (effect,) = effects(compared).values()
    assert effect.proved == (effect.witness is None)
    if effect.proved:
        assert contradictions(compared, compared.clauses[0], Random(1), 300) == 0


def test_two_changes_that_work_only_together_are_not_called_without_effect(tmp_path: Path) -> None:
    """The last tier ends where the cap is: one alone moves nobody's yen, both together do."""
    text = (ROOT / "rules" / "2026.yaml").read_text()
    file = tmp_path / "new.yaml"
    file.write_text(text.replace("up_to: 350万円", "up_to: 400万円").replace("use: 350万円", "use: 400万円", 1))
    compared = clauses.prepare(side("2026"), clauses.side(str(file)))
    found = effects(compared)
    assert len(found) == 2
    for effect in found.values():
        assert effect.proved
        assert yen(effect) == (3_500_000, 3_500_001)
        assert effect.witness is not None
        assert not effect.witness.alone


def contradictions(compared: Comparable, clause: Clause, random: Random, count: int) -> int:
    """How many of a crowd come to something else by a clause alone, or have a part in the attribution of `--impact`."""
    assert clause.switched is not None
    before, after, scales = Evaluator(compared.base), Evaluator(clause.switched), impact.Scales(compared)
    place, crowd = compared.clauses.index(clause), Crowd(compared.both, random)
    found = 0
    for _ in range(count):
        subject = crowd.applicant()
        found += before.outcomes(subject) != after.outcomes(subject) or scales.weigh(subject)[2][place] != 0
    return found


def look(seed: int, count: int, crowd: int, tmp_path: Path) -> dict[str, int]:
    """Random changes, one at a time: what became of them, and of "no effect" whether anybody contradicts."""
    random = Random(seed)
    found = {"witness": 0, "proved": 0, "not found": 0}
    done = 0
    while done < count:
        file = random.choice(FILES)
        told, data = changed(data_of(file), random)
        try:
            new = clauses.side(written(data, tmp_path / "new.yaml"))
        except HojoError:
            continue  # no valid ruleset
        done += 1
        compared = clauses.prepare(side(str(file)), new)
        for clause in compared.clauses:
            if clause.silent or clause.switched is None:
                continue
            effect = checked(witness.find(clause, compared), compared)
            if effect.proved:
                assert contradictions(compared, clause, random, crowd) == 0, (file.name, told)
            found["witness" if effect.witness else "proved" if effect.proved else "not found"] += 1
    return found


def test_no_effect_is_never_contradicted(tmp_path: Path) -> None:
    found = look(1, 10, 60, tmp_path)
    assert found["witness"] > 5
    assert found["not found"] < 2


@pytest.mark.slow
def test_no_effect_is_never_contradicted_by_2000_applicants_for_300_changes(tmp_path: Path) -> None:
    found = look(2, 300, 2_000, tmp_path)
    assert found["witness"] > 200
    assert found["not found"] < 10


# --- what is shown ---------------------------------------------------------------------------------------------------------------


def test_the_files_that_were_compared_are_named(tmp_path: Path) -> None:
    for place in range(12):
        (tmp_path / f"{place:02}.yaml").write_text(
            "facts: {wage_rise: false, invoice: false}\nitems: [{category: fair, amount: 9}]\n"
        )
    old, new = str(FIELD / "share-itself-old.yaml"), str(FIELD / "share-itself-new.yaml")
    data = as_json(diff.run(diff.DiffRequest(old, new, [str(tmp_path)], jobs=1), "ja").data)
    assert (data["old"]["file"], data["new"]["file"]) == (old, new)
    assert data["impact"]["paths"] == [str(tmp_path)]
    assert data["impact"]["files"] == [str(tmp_path / f"{place:02}.yaml") for place in range(10)]
    assert data["impact"]["more_files"] == 2


def test_applicants_with_new_categories_and_frames_are_weighed(tmp_path: Path) -> None:
    compared = edited(tmp_path, MARKET, add_travel)
    applicant = tmp_path / "a.yaml"
    applicant.write_text(
        "facts: {wage_rise: false, invoice: false}\nframe: training\nitems: [{category: study, amount: 90}]\nexpect: {training: 60}\n"
    )
    told = impact.weigh_files(compared, [str(applicant)], "utf-8", 1)
    assert (told.failed, told.old, told.new, told.become) == ([], 0, 60, 1)
    assert told.parts[[clause.change.path for clause in compared.clauses].index("frames.training")] == 60


def test_a_fact_of_another_type_is_read_by_each_ruleset_as_its_own(tmp_path: Path) -> None:
    def as_yen(data: Data) -> None:
        data["facts"]["raised"] = {
            **data["facts"]["raised"],
            "type": "choice",
            "choices": {"few": {"ja": "少", "en": "few"}},
        }

    compared = edited(tmp_path, FIELD / "subtotal-when-old.yaml", as_yen)
    applicant = tmp_path / "a.yaml"
    applicant.write_text("facts: {raised: 5, rise: 60}\nitems: [{category: goods, amount: 100}]\n")
    told = impact.weigh_files(compared, [str(applicant)], "utf-8", 1)
    assert [found.code for found in told.failed] == ["HJ205"]
