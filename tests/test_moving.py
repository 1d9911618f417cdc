"""Numbers that move with x: lines, roundings and comparisons, against the same reckoning with plain fractions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any, TypeAlias

import pytest

from hojo_cli.base.exact import product, quotient, whole
from hojo_cli.engine.judgement import Reckoned, Status
from hojo_cli.engine.moving import Course, Moving, NotStraight, Track
from hojo_cli.engine.pieces import CURVED, MOST, TooManyPieces, pieces

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
    third = Fraction(1, 3)  # what is left over a whole number goes to and fro
    assert Course(0, third, ((Course(0, third), -1),)).first(2 * third, 40) == 2


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


# --- pieces of a frame ---


def _paid(function: Function, x: Any) -> Reckoned:
    return Reckoned({"f": (Status.PAYABLE, function(x))}, x * 2)


@pytest.mark.parametrize("seed", range(40))
def test_pieces_of_a_frame_are_what_it_pays_and_what_is_bought_costs(seed: int) -> None:
    function = _made_up(Random(seed))
    laid = pieces(lambda x: _paid(lambda x: whole(function(x)), x), 3, 300, ("f",))["f"]
    assert [piece.last + 1 for piece in laid] == [*[piece.first for piece in laid[1:]], 301]
    for piece in laid:
        for x in range(piece.first, piece.last + 1):
            assert (piece.status, piece.at(x)) == (Status.PAYABLE, whole(function(x)))
            assert piece.cost.at(x - piece.first) == 2 * x


def test_a_piece_is_as_long_as_one_line_goes_whatever_is_compared_on_the_way() -> None:
    def answer(x: Any) -> Reckoned | None:
        if any(x == at for at in (7, 20, 21)) or x > 50:
            return None if x > 30 or x < 8 else _paid(lambda _: 5, x)
        return _paid(lambda x: 2 * x if x >= 25 else 5, x)

    laid = pieces(answer, 0, 99, ("f",))["f"]
    status = [None if piece.status is None else piece.at(piece.last) for piece in laid]
    assert [(piece.first, piece.last) for piece in laid] == [(0, 6), (7, 7), (8, 24), (25, 50), (51, 99)]
    assert status == [5, None, 5, 100, None]


def test_what_is_refused_is_one_piece_however_often_it_is_compared() -> None:
    laid = pieces(lambda x: [x > 30, x > 60, x > 3, x == 0].clear(), 0, 99, ("f",))["f"]
    assert [(piece.first, piece.last, piece.status, piece.at(piece.first)) for piece in laid] == [(0, 99, None, None)]


def test_no_more_pieces_are_laid_out_than_asked_for() -> None:
    def stairs(x: Any) -> Reckoned:
        return _paid(lambda x: sum(1 for step in (10, 20, 30, 40) if x >= step), x)

    assert len(pieces(stairs, 0, 99, ("f",), 5)["f"]) == 5
    with pytest.raises(TooManyPieces):
        pieces(stairs, 0, 99, ("f",), 4)


def test_many_pieces_are_laid_out_and_too_many_are_not() -> None:
    def broken(x: Any) -> Reckoned | None:
        x // 1 == x  # noqa: B015  # compared for the sake of its track
        (quotient(x, 2) // 1) * 2 == x  # noqa: B015
        return None

    assert len(pieces(broken, 1, MOST, ("f",))["f"]) == 1
    with pytest.raises(TooManyPieces):
        pieces(broken, 1, MOST + 1, ("f",))


def test_where_x_divides_something_steps_are_taken_one_by_one_if_they_are_few() -> None:
    def divided(x: Any) -> Reckoned:
        return _paid(lambda x: whole(quotient(100, x)), x)

    laid = pieces(divided, 1, 1 + CURVED, ("f",))["f"]
    assert [laid[0].yen, laid[1].yen] == [Course(100, 0), Course(50, 0)]
    assert [piece.at(piece.first) for piece in laid if piece.first in (1, 3, 26, 101)] == [100, 33, 3, 0]
    with pytest.raises(TooManyPieces):
        pieces(divided, 1, 2 + CURVED, ("f",))
