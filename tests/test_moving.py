"""Numbers that move with x: lines, roundings and comparisons, against the same reckoning with plain fractions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any, TypeAlias

import pytest

from hojo_cli.base.exact import product, quotient, whole
from hojo_cli.engine.moving import Course, Moving, NotStraight, Track

Function: TypeAlias = Callable[[Any], Any]


def _walk(function: Function, last: int) -> list[tuple[int, int, Any]]:
    """The pieces of a function of one exact number, each with its first and last x and what it is there."""
    pieces, x = [], 0
    while x <= last:
        track = Track(x, last)
        value = function(Moving(track, Course(x, 1)))
        pieces.append((x, track.until, value))
        x = track.until + 1
    return pieces


def _made_up(rng: Random) -> Function:
    """Some function of the sort that rules are made of."""
    rates = [Fraction(rng.randint(1, 9), rng.randint(1, 9)) for _ in range(4)]
    limits = [rng.randint(0, 300) for _ in range(4)]
    unit = rng.choice((1, 1, 3, 10))

    def function(x: Any) -> Any:
        first = min(product(x, rates[0]), limits[0])
        second = max(x - limits[1], 0)
        cut = quotient(second, rates[1]) // unit * unit
        shared = min(whole(first) + cut, whole(product(first, rates[2])) + limits[2])
        return shared if x >= limits[3] else whole(first)

    return function


@pytest.mark.parametrize("seed", range(150))
def test_a_walk_over_pieces_is_the_function_at_every_x(seed: int) -> None:
    function = _made_up(Random(seed))
    pieces = _walk(function, 400)
    assert [last + 1 for _, last, _ in pieces[:-1]] == [first for first, _, _ in pieces[1:]]
    for first, last, value in pieces:
        for x in range(first, last + 1):
            at_x = value.line.at(x - first) if isinstance(value, Moving) else value
            assert at_x == function(x), (x, value)


def test_a_comparison_holds_up_to_the_last_x_and_no_further() -> None:
    for x in range(12):
        track = Track(x, 10**9)
        assert (product(Moving(track, Course(x, 1)), Fraction(2, 3)) >= 5) is (x * 2 >= 15)
        assert track.until == (7 if x <= 7 else 10**9)


def _line(rng: Random, deep: int = 2) -> Course:
    """Some line, up to two of its parts rounded, and parts of theirs."""
    start, slope = (Fraction(rng.randint(-40, 40), rng.choice((1, 2, 3))) for _ in range(2))
    inner = [_line(rng, deep - 1) for _ in range(rng.randint(0, 2))] if deep else []
    rounded = {line: Fraction(rng.choice((-2, -1, 1, 2, 3)), rng.choice((1, 1, 2))) for line in inner}
    return Course(start, slope / rng.choice((1, 4, 9)), tuple(rounded.items()))


LINES = [_line(Random(seed)) for seed in range(120)]


def test_a_line_told_from_elsewhere_or_backwards_is_the_same_line() -> None:
    for line in LINES:
        for steps in range(-9, 10):
            assert line.backwards().at(steps) == line.at(-steps)
            assert line.multiplied(Fraction(-3, 2)).at(steps) == line.at(steps) * Fraction(-3, 2)
            assert [line.moved(5).at(steps), line.moved(-4).at(steps)] == [line.at(5 + steps), line.at(steps - 4)]


def test_a_line_lies_as_near_its_smooth_one_as_that_says() -> None:
    rising = falling = 0
    for line in LINES:
        start, slope, off, rises, falls = line.smooth
        heights = [Fraction(line.at(steps)) for steps in range(60)]
        assert max(abs(height - start - slope * steps) for steps, height in enumerate(heights)) <= off
        steps_up = [after - before for before, after in pairwise(heights)]
        assert min(steps_up) >= 0 or not rises
        assert max(steps_up) <= 0 or not falls
        assert (rises, falls) != (False, False) or line.rounded
        rising, falling = rising + rises, falling + falls
    assert min(rising, falling) > 12


def test_the_first_step_with_so_much_is_the_first() -> None:
    reached = 0
    for line in LINES:
        heights = [Fraction(line.at(steps)) for steps in range(41)]
        for wanted in (
            min(heights),
            max(heights),
            max(heights) + 1,
            sum(heights, Fraction(0)) / 41,
            line.at(40),
            line.at(40) + 1,
        ):
            first = next((steps for steps, height in enumerate(heights) if height >= wanted), None)
            assert line.first(wanted, 40) == first
            reached += first is not None
    assert reached > 400
    assert Course(0, 1).first(10**14 + 1, 10**15) == 10**14 + 1
    assert Course(0, Fraction(1, 2), ((Course(0, Fraction(-1, 3)), 1),)).first(10**9, 10**12) == 6 * 10**9


def test_nothing_is_one_x_alone() -> None:
    pieces = _walk(lambda x: 1 if x else 0, 9)
    assert [(first, last) for first, last, _ in pieces] == [(0, 0), (1, 9)]


def test_what_is_rounded_and_taken_off_again_is_gone() -> None:
    track = Track(3, 100)
    third: Any = quotient(Moving(track, Course(3, 1)), 3) // 1
    assert (third + 7 - third).line == Course(7, 0)
    assert third + 1 > third
    assert track.until == 100


def test_pieces_that_go_on_the_same_line_can_be_told() -> None:
    half: Any = quotient(Moving(Track(5, 100), Course(5, 1)), 2) // 1
    later: Any = quotient(Moving(Track(8, 100), Course(8, 1)), 2) // 1
    assert half.line.moved(3) == later.line


@pytest.mark.parametrize("step", [lambda x: quotient(1, x), lambda x: x * x, round, int, lambda x: x % 2])
def test_what_leaves_no_line_is_refused(step: Function) -> None:
    with pytest.raises(NotStraight):
        step(Moving(Track(3, 9), Course(3, 1)))


def test_pieces_are_as_long_as_they_can_be() -> None:
    pieces = _walk(lambda x: min(whole(product(x, Fraction(4, 5))), 500_000) if x >= 62_500 else 0, 10**12)
    assert [(first, last) for first, last, _ in pieces] == [(0, 62_499), (62_500, 625_001), (625_002, 10**12)]


def test_a_gap_that_goes_to_and_fro_on_the_spot_holds_for_one_x() -> None:
    track = Track(0, 100)
    x: Any = Moving(track, Course(0, 1))
    assert quotient(x, 2) // 1 >= quotient(x, 2)
    assert track.until == 0


def test_what_falls_in_steps_holds_up_to_the_last_of_them() -> None:
    track = Track(0, 100)
    x: Any = Moving(track, Course(0, 1))
    assert quotient(-x, 3) // 1 > -7
    assert track.until == 18


def test_a_single_value_is_a_piece_of_its_own() -> None:
    pieces = _walk(lambda x: 1 if x == 5 else 0, 9)
    assert [(first, last, value) for first, last, value in pieces] == [(0, 4, 0), (5, 5, 1), (6, 9, 0)]
