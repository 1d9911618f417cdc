"""Literals: what is read, what is refused and why, and how values are shown."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from hojo_cli import messages
from hojo_cli.base.finding import Location
from hojo_cli.base.number import LARGEST, LONGEST, Kind, NumberProblem, exact, is_year, read, read_year, show

YEN = {"1,000,000.00": 1_000_000, "1000000.0": 1_000_000, "¥5,000,000.00 ": 5_000_000, "１．００円": 1,
    "0": 0, "1": 1, "150万円": 1_500_000, "3億円": 300_000_000, "5千万円": 50_000_000, "1億5,000万円": 150_000_000,
    "1億5千万円": 150_000_000, "1,234,567円": 1_234_567, "1,234,567": 1_234_567, "１，２３４，５６７円": 1_234_567,
    "￥1,000": 1000, "¥1,000": 1000, "¥1,000円": 1000, "4.35億円": 435_000_000, "１２０万円": 1_200_000, "2.5万": 25_000,
    "0.5万円": 5000, "0円": 0, " 5万円 ": 50_000, "\u30005万円": 50_000, "1億2万3456円": 100_023_456, "5千円": 5000,
    "3百万円": 3_000_000, "1.5千万円": 15_000_000, "1,000万円": 10_000_000, "1000兆円": LARGEST, "1000000000000000": LARGEST,
}  # fmt: skip
COUNTS = {
    "5": 5,
    "3.0": 3,
    "3.00人": 3,
    "０．０": 0,
    "300人": 300,
    "1,200人": 1200,
    "３０人": 30,
    "1万人": 10_000,
    "0人": 0,
    "3名": 3,
    "2社": 2,
}
MONTHS = {
    "24": 24, "24か月": 24, "24ヶ月": 24, "24カ月": 24, "24ヵ月": 24, "24ケ月": 24, "24箇月": 24, "12月": 12, "２４か月": 24,
    "2年": 24, "1年6か月": 18, "0か月": 0, "36か月間": 36,
    "24.0": 24, "24.00か月": 24, "2.0年": 24, "2年分": 24, "2年間": 24, "24か月分": 24, "24ヶ月分": 24, "24カ月間": 24, "24月分": 24, "1年6か月分": 18, "２年分": 24,
}  # fmt: skip
YEARS = {"2": 2, "2年": 2, "２年分": 2, "2年間": 2, "0年": 0}
RATES = {
    "2/3": Fraction(2, 3), "4/5": Fraction(4, 5), "２／３": Fraction(2, 3), "30%": Fraction(3, 10), "3.5%": Fraction(7, 200),
    "３．５％": Fraction(7, 200), "0%": Fraction(0), "100%": Fraction(1), "0.25%": Fraction(1, 400), "0": Fraction(0),
    "1": Fraction(1), "10/11": Fraction(10, 11), "4/2": Fraction(2),
}  # fmt: skip
ACCEPTED = [
    (text, kind, value)
    for kind, table in (
        (Kind.YEN, YEN),
        (Kind.COUNT, COUNTS),
        (Kind.MONTHS, MONTHS),
        (Kind.YEARS, YEARS),
        (Kind.RATE, RATES),
    )
    for text, value in table.items()
]
REFUSED = {
    ("HJ150", Kind.YEN): "たくさん abc たく\u3000さん 万円 億 円 ¥ +5 5ドル 5万ドル . 1円円 1/2/3",
    ("HJ150", Kind.MONTHS): "月 年 か月 24分 2年分6か月",
    ("HJ150", Kind.YEARS): "年 2分",
    ("HJ150", Kind.RATE): "/ 1/ /2 % 半分 1//2",
    ("HJ151", Kind.YEN): "0.5 .5 5. 1234.000 1.5円 １．５",
    ("HJ151", Kind.COUNT): "1.5 1.5人",
    ("HJ151", Kind.RATE): "0.5 .5 0.035",
    ("HJ152", Kind.YEN): "1e6 1E6 1e400 1.5e3 .inf .nan +.inf",
    ("HJ153", Kind.YEN): "1_000 1_000_000",
    ("HJ154", Kind.YEN): "-5 −5 －5 △5 ▲5 △1,000円 -1万円 (1,000) -0 -.inf",
    ("HJ154", Kind.RATE): "-5% △1/2",
    ("HJ155", Kind.YEN): "007 00 05万円 0123456789 01,234",
    ("HJ155", Kind.RATE): "02/3 2/03 05%",
    ("HJ156", Kind.YEN): "0x1f 0o7 0b1 0XFF",
    ("HJ157", Kind.YEN): "true False yes no on off はい",
    ("HJ157", Kind.COUNT): "true",
    ("HJ158", Kind.YEN): "2026-04-01 2026/4/1 令和8年4月1日 R8.4.1 2026年4月1日 2026-13-45",
    ("HJ159", Kind.YEN): "1000000000000001 1001兆円 9999999999999999",
    ("HJ160", Kind.YEN): "12,34 1,23 1234,567 1,2345円 1,,000 1,000, 1,00万円",
    ("HJ161", Kind.YEN): "9" * 41 + " " + "9" * 5000,
    ("HJ162", Kind.YEN): "300人 24か月 2/3 30% 2年 3割",
    ("HJ162", Kind.COUNT): "5円 5万円 ¥5 12か月 1/2",
    ("HJ162", Kind.MONTHS): "5人 5円 50%",
    ("HJ162", Kind.YEARS): "24か月 1年6か月 5円 5人",
    ("HJ162", Kind.RATE): "5円 5人 5か月",
    ("HJ163", Kind.YEN): "1.23456万円 0.00001万円 4.123456789億円",
    ("HJ164", Kind.YEN): "① ² ½ Ⅲ ٣ १ 三百万円 〇 一二三 ❶",
    ("HJ165", Kind.RATE): "1/0 0/0",
    ("HJ166", Kind.YEN): "~ null NULL",
    ("HJ167", Kind.RATE): "30 2 1,000",
    ("HJ168", Kind.YEN): "5万3億円 1億50,000万円 1.5億3万 1億5億 5千3百円",
    ("HJ169", Kind.YEN): "1.200.000円 1.200.000 ¥12.345.678",
    ("HJ168", Kind.RATE): "1.200.000",
    ("HJ169", Kind.COUNT): "1.200.000 1.200.000人",
    ("HJ170", Kind.YEN): "150\u3000万円 1\u30002万 1\u00a0200\u00a0000円",
    ("HJ170", Kind.RATE): "3\u3000% 1\u2009/\u20092",
}  # fmt: skip


def refusal(text: str, kind: Kind) -> str:
    with pytest.raises(NumberProblem) as caught:
        read(text, kind)
    messages.finding(caught.value.code, Location("x"), **caught.value.words)
    return caught.value.code


@pytest.mark.parametrize(("text", "kind", "value"), ACCEPTED)
def test_a_number_is_read_as_people_print_it(text: str, kind: Kind, value: int | Fraction) -> None:
    result = read(text, kind)
    assert result == value
    assert type(result) is (Fraction if kind is Kind.RATE else int)


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [(text, kind, code) for (code, kind), texts in REFUSED.items() for text in texts.split(" ")],
)
def test_anything_else_is_refused_with_its_own_code(text: str, kind: Kind, code: str) -> None:
    assert refusal(text, kind) == code


@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_not_a_number(kind: Kind) -> None:
    assert refusal("", kind) == refusal("   ", kind) == "HJ166"


def test_forty_characters_are_read_and_forty_one_are_not() -> None:
    assert refusal("9" * LONGEST, Kind.YEN) == "HJ159"
    assert refusal("9" * (LONGEST + 1), Kind.YEN) == "HJ161"


def test_every_literal_code_has_an_example_here() -> None:
    mine = {code for code in messages.codes() if "HJ150" <= code <= "HJ170"}
    assert mine == {code for code, _ in REFUSED}


@given(st.integers(0, LARGEST), st.sampled_from([Kind.YEN, Kind.COUNT, Kind.MONTHS]))
def test_what_is_shown_reads_back(value: int, kind: Kind) -> None:
    assert read(show(value, kind), kind) == value
    assert read(str(value), kind) == value


@given(st.fractions(0, 1000, max_denominator=10**6))
def test_a_rate_that_is_shown_reads_back(value: Fraction) -> None:
    assert read(show(value, Kind.RATE), Kind.RATE) == value


@given(st.integers(0, 10**15), st.sampled_from([(10**4, "万"), (10**7, "千万"), (10**8, "億")]), st.integers(0, 12))
def test_decimals_before_a_unit_are_exact_or_refused(digits: int, unit: tuple[int, str], decimals: int) -> None:
    scale, suffix = unit
    value = Fraction(digits, 10**decimals) * scale
    whole, rest = divmod(digits, 10**decimals)
    text = f"{whole}.{rest:0{decimals}d}{suffix}円" if decimals else f"{whole}{suffix}円"
    if value > LARGEST or value.denominator != 1:
        assert refusal(text, Kind.YEN) in ("HJ159", "HJ163")
    else:
        assert read(text, Kind.YEN) == value


@given(st.text(max_size=60), st.sampled_from(Kind))
def test_any_text_is_a_number_or_a_problem(text: str, kind: Kind) -> None:
    try:
        value = read(text, kind)
    except NumberProblem as problem:
        messages.finding(problem.code, Location("x"), **problem.words)
    else:
        assert 0 <= value <= LARGEST


@given(st.text("0123456789,.万億千百兆円人月年か/%¥-", max_size=42), st.sampled_from(Kind))
def test_any_mixture_of_digits_and_units_is_a_number_or_a_problem(text: str, kind: Kind) -> None:
    test_any_text_is_a_number_or_a_problem.hypothesis.inner_test(text, kind)  # type: ignore[attr-defined]  # hypothesis adds it


@pytest.mark.parametrize(
    ("value", "kind", "ja", "en"),
    [
        (1_234_567, Kind.YEN, "1,234,567円", "1,234,567 yen"),
        (Fraction(2_000_000, 3), Kind.YEN, "666,666 2/3円", "666,666 2/3 yen"),
        (Fraction(4, 2), Kind.YEN, "2円", "2 yen"),
        (24, Kind.MONTHS, "24か月", "24 months"),
        (1, Kind.MONTHS, "1か月", "1 month"),
        (5, Kind.COUNT, "5人", "5"),
        (Fraction(1, 2), Kind.RATE, "1/2", "1/2"),
        (Fraction(2, 3), Kind.RATE, "2/3", "2/3"),
        (Fraction(1, 4), Kind.RATE, "1/4", "1/4"),
        (Fraction(3, 4), Kind.RATE, "3/4", "3/4"),
        (Fraction(4, 5), Kind.RATE, "4/5", "4/5"),
        (Fraction(1, 5), Kind.RATE, "20%", "20%"),
        (Fraction(3, 100), Kind.RATE, "3%", "3%"),
        (Fraction(7, 200), Kind.RATE, "3.5%", "3.5%"),
        (Fraction(1, 10), Kind.RATE, "10%", "10%"),
        (Fraction(10, 11), Kind.RATE, "10/11", "10/11"),
        (Fraction(1, 400), Kind.RATE, "0.25%", "0.25%"),
        (Fraction(299, 10_000), Kind.RATE, "2.99%", "2.99%"),
        (Fraction(1, 40_000), Kind.RATE, "1/40000", "1/40000"),
        (1, Kind.RATE, "100%", "100%"),
    ],
)
def test_values_are_shown_as_they_are_printed(value: int | Fraction, kind: Kind, ja: str, en: str) -> None:
    assert show(value, kind) == ja
    assert show(value, kind, "en") == en


def test_an_exact_value_loses_nothing() -> None:
    assert exact(625_000) == "625000"
    assert exact(Fraction(2_000_000, 3)) == "2000000/3"
    assert exact(Fraction(6, 2)) == "3"


@pytest.mark.parametrize(
    ("text", "year"),
    [("2026", "2026"), ("２０２６", "2026"), ("2026年度", "2026"), ("2026年", "2026"), ("令和8年度", "2026"), ("令和８年", "2026"), ("令和元年度", "2019"),
     ("R8", "2026"), ("R08年度", "2026"), ("平成31年度", "2019"), ("令和", "令和"), ("08", "08"), ("../x", "../x"), ("8年度", "8年度")],
)  # fmt: skip
def test_a_fiscal_year_is_read_in_either_calendar(text: str, year: str) -> None:
    assert read_year(text) == year


def test_a_ruleset_is_named_by_a_year_of_four_digits_or_by_a_file() -> None:
    assert [text for text in ("2026", "202", "20260", "２０２６", "202x", "2026.yaml", "") if is_year(text)] == ["2026"]
