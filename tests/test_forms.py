"""Forms: whatever is done to them, they stay the function they are written as; equal functions of the kinds that rules have look alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random

import pytest

from hojo_cli.base.exact import Exact
from hojo_cli.verify.analysis import forms, piecewise
from hojo_cli.verify.analysis.forms import AmountForm, Basis

Given = Mapping[str, Exact]
Told = tuple[AmountForm, Callable[[Given], Exact]]

ENDS = {"a": 1_000, "b": 50, "c": None}
"""The greatest value of each basis."""


def basis(name: str) -> Told:
    return forms.itself(Basis("cost", name, 0, ENDS[name])), lambda given: given[name]


def value(form: AmountForm, given: Given) -> Exact:
    """A form worked out: first its basis, then its curve there."""
    return piecewise.at(form.curve, inside(form.basis, given) - form.basis.low)


def inside(here: Basis, given: Given) -> Exact:
    what = here.what
    match here.sort:
        case "":
            return 0
        case "cost":
            assert isinstance(what, str)
            return given[what]
        case "sum":
            assert isinstance(what, frozenset)
            return sum((value(part, given) for part in what), start=0)
        case "least":
            assert isinstance(what, frozenset)
            return min(value(part, given) for part in what)
    assert here.sort == "rounded"
    assert isinstance(what, tuple)
    return rounded(value(what[2], given), what[0], what[1])


def rounded(exact: Exact, unit: int, mode: str) -> Exact:
    parts = Fraction(exact) / unit
    low = parts.numerator // parts.denominator
    up = low if mode == "down" or parts == low else low + 1
    return unit * (low if mode == "half_up" and parts - low < Fraction(1, 2) else up)


def random_told(random: Random, depth: int) -> Told:
    """A form, and the same as an ordinary function."""
    if depth == 0:
        return basis(random.choice("abc"))
    one, first = random_told(random, depth - 1)
    match random.randrange(7):
        case 0:
            rate = Fraction(random.randint(1, 5), random.randint(1, 5))
            return forms.scaled(one, rate), lambda given: first(given) * rate
        case 1:
            most = random.choice((0, 7, 30, 33, 100, 450))
            return forms.limited(one, most), lambda given: min(first(given), most)
        case 2:
            unit, mode = random.choice((1, 10, 30)), random.choice(("down", "up", "half_up"))
            return forms.rounded(one, unit, mode), lambda given: rounded(first(given), unit, mode)
        case 3:
            more = random.choice((3, 20))
            return forms.added((one, forms.constant(more))), lambda given: first(given) + more
        case 4:
            steps = [(20, Fraction(4, 5), piecewise.NOBODY), (60, Fraction(1, 3), piecewise.NOBODY)]
            scale = piecewise.scale(steps, piecewise.NOBODY, on_subsidy=True)
            return forms.through(scale, one), lambda given: piecewise.at(scale, first(given))
        case 5:
            other, second = random_told(random, random.randrange(depth))
            return forms.added((one, other)), lambda given: first(given) + second(given)
        case _:
            other, second = random_told(random, random.randrange(depth))
            return forms.lowest((one, other)), lambda given: min(first(given), second(given))


@pytest.mark.parametrize("seed", range(300))
def test_a_form_is_the_function_it_was_made_from(seed: int) -> None:
    random = Random(seed)
    form, function = random_told(random, random.randint(1, 6))
    for _ in range(30):
        given = {"a": random.randint(0, 1_000), "b": random.randint(0, 50), "c": random.choice((0, 1, 9, 80, 10**6))}
        assert value(form, given) == function(given), given
        assert form.least <= value(form, given)
        assert form.most is None or value(form, given) <= form.most


def test_what_cannot_be_reached_does_not_count() -> None:
    small, _ = basis("b")
    assert forms.limited(small, 50) == forms.limited(small, 70) == small
    assert forms.limited(small, 49) != small


def test_a_shared_cap_hides_higher_caps_of_its_lines() -> None:
    one, other = basis("a")[0], basis("c")[0]

    def together(cap: int) -> AmountForm:
        return forms.limited(forms.added((forms.rounded(forms.limited(one, cap), 1, "down"), other)), 300)

    assert together(300) == together(301) == together(1_000)
    assert together(299) != together(300)


def test_rounding_hides_what_is_less_than_a_unit() -> None:
    form, _ = basis("a")
    assert forms.rounded(forms.limited(form, 600), 100, "down") == forms.rounded(forms.limited(form, 650), 100, "down")
    assert forms.rounded(forms.limited(form, 649), 100, "half_up") != forms.rounded(
        forms.limited(form, 650), 100, "half_up"
    )


def test_a_sum_does_not_depend_on_how_it_is_put_together() -> None:
    one, two, three = (basis(name)[0] for name in "abc")
    assert forms.added((forms.added((one, two)), three)) == forms.added((three, forms.added((two, one))))
    assert forms.added((one, one)) == forms.scaled(one, 2)
