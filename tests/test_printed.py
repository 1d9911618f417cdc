"""Figures as guidelines print them, and the sections of archived texts."""

import time
from fractions import Fraction

import pytest

from hojo_cli.base.number import Kind
from hojo_cli.rules.nodes import Op
from hojo_cli.verify.sources import archive
from hojo_cli.verify.sources.printed import figures

YEN, COUNT, MONTHS, RATE = Kind.YEN, Kind.COUNT, Kind.MONTHS, Kind.RATE
MIN, MAX, ABOVE, BELOW = Op.MIN, Op.MAX, Op.ABOVE, Op.BELOW

PRINTED: tuple[tuple[str, list[tuple[object, Kind, Op | None]]], ...] = (
    ("3億円以下の会社", [(300_000_000, YEN, MAX)]),
    ("1億5,000万円", [(150_000_000, YEN, None)]),
    ("5千万円以下", [(50_000_000, YEN, MAX)]),
    ("３，０００万円", [(30_000_000, YEN, None)]),
    ("1,500,000円", [(1_500_000, YEN, None)]),
    ("1／2", [(Fraction(1, 2), RATE, None)]),
    ("補助率 3 / 4 以内", [(Fraction(3, 4), RATE, MAX)]),
    ("三分の二以内", [(Fraction(2, 3), RATE, MAX)]),
    ("２分の１以上", [(Fraction(1, 2), RATE, MIN)]),
    ("＋１．５パーセント以上", [(Fraction(3, 200), RATE, MIN)]),
    ("3割", [(Fraction(3, 10), RATE, None)]),
    ("×１０％に補助率２／３", [(Fraction(1, 10), RATE, None), (Fraction(2, 3), RATE, None)]),
    ("最大2年分", [(24, MONTHS, MAX)]),
    ("最大１年分の費用", [(12, MONTHS, MAX)]),
    ("24か月", [(24, MONTHS, None)]),
    ("３ヶ月以上", [(3, MONTHS, MIN)]),
    ("導入日から一年未満", [(12, MONTHS, BELOW)]),
    ("5万円～150万円未満", [(50_000, YEN, MIN), (1_500_000, YEN, BELOW)]),
    ("150万円～450万円以下", [(1_500_000, YEN, MIN), (4_500_000, YEN, MAX)]),
    ("50万円超～350万円の部分", [(500_000, YEN, ABOVE), (3_500_000, YEN, MAX)]),
    ("補助額10万円まで（補助率 1 / 2 以内）", [(100_000, YEN, MAX), (Fraction(1, 2), RATE, MAX)]),
    ("２００万円を上限とする", [(2_000_000, YEN, MAX)]),
    ("（3）は200万円", [(2_000_000, YEN, None)]),
    ("５０万円×グループ構成員数", [(500_000, YEN, None)]),
    ("地域別最低賃金+30円以上", [(30, YEN, MIN)]),
    ("１円未満は切り捨て", [(1, YEN, BELOW)]),
    ("五人以下", [(5, COUNT, MAX)]),
    ("二十人以下", [(20, COUNT, MAX)]),
    ("10者以上", [(10, COUNT, MIN)]),
    ("4つ以上", [(4, COUNT, MIN)]),
    ("2 機能以上", [(2, COUNT, MIN)]),
    ("１プロセス以上", [(1, COUNT, MIN)]),
    ("年平均成長率3%（日本銀行が定める目標+1%）以上", [(Fraction(3, 100), RATE, MIN), (Fraction(1, 100), RATE, None)]),
    ("２０万円を超え", [(200_000, YEN, ABOVE)]),
    ("2026年4月1日", []),
    ("第９条", []),
    ("共P-01", []),
    ("②卸売業", []),
    ("", []),
)


@pytest.mark.parametrize(("fragment", "expected"), PRINTED)
def test_a_fragment_is_read_as_printed(fragment: str, expected: list[tuple[object, Kind, Op | None]]) -> None:
    """Values, units, and the side of the bound."""
    assert [(figure.value, figure.kind, figure.op) for figure in figures(fragment)] == expected


@pytest.mark.parametrize(
    "hostile", ["1" * 9_999, "1," * 5_000, "千" * 9_999, "1/" * 5_000, "一" * 9_999, "（" * 9_999, "1億" * 5_000]
)
def test_a_hostile_fragment_takes_no_time(hostile: str) -> None:
    """A ruleset may come from anybody."""
    start = time.process_time()
    figures(hostile)
    assert time.process_time() - start < 5


TEXT = """要領
目次
１－１ 対象 ............ 3
１－２ 経費 ............ 4

１－１ 対象
（１） 会社
　従業員は
　五人以下とする。
（２） 個人
　十人以下とする。
１－２ 補助の対象となる
経費
① ソフトウェア
　最大２年分
② 機器
　最大１年分
第９条（義務）
２ 毎年３％以上増やすこと。
4
３ 報告すること。
（別表）
５０万円
"""
PATHS = (
    "１－１ 対象 > （１） 会社",
    "１－２ 補助の対象となる経費 > ② 機器",
    "第９条 > ２",
    "（別表）",
    "１－２ 補助の対象となる経費",
)


@pytest.mark.parametrize(
    ("path", "fragment", "stands"),
    [
        ("１－１ 対象 > （１） 会社", "従業員は五人以下", True),
        ("1-1 対象 > (1)会社", "従業員は五人以下", True),
        ("１－１ 対象 > （１） 会社", "十人以下", False),
        ("１－１ 対象 > （１） 会社", "（１） 会社", False),
        ("１－１ 対象", "十人以下", True),
        ("１－１ 対象", "最大２年分", False),
        ("１－２ 補助の対象となる経費 > ② 機器", "最大１年分", True),
        ("１－２ 補助の対象となる経費 > ② 機器", "最大２年分", False),
        ("第９条 > ２", "毎年３％以上", True),
        ("第９条 > ２", "報告", False),
        ("第９条 > ３", "報告", True),
        ("（別表）", "５０万円", True),
        ("第９条", "５０万円", False),
    ],
)
def test_a_fragment_stands_under_its_heading_or_not(path: str, fragment: str, stands: bool) -> None:
    """Width, spaces and line breaks make no difference; a section ends where the next begins; a heading is not its own text."""
    text = archive.read(TEXT, PATHS)
    spans, missing = archive.sections(text, path)
    assert not missing
    assert any(archive.holds(text, span, path, fragment) for span in spans) == stands


@pytest.mark.parametrize("path", ["第８条", "１－１ 対象 > （３）", "目次 > 第９条の２", "１－１ 対象 >  > x", " "])
def test_a_heading_that_is_not_there_is_named(path: str) -> None:
    """The first of the path that cannot be found."""
    assert archive.sections(archive.read(TEXT, PATHS), path)[0] == ()
