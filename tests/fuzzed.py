"""Typed mutations of files people hand in: what they mean is changed first, how they are written second, their characters last.

Most changes keep a file sound, so that what is behind the first checks is tried as well: another value of a fact, a border, an item
more, another way to write a price. The rest are mistakes: misspelt keys, wrong types, merged lines, cut bytes.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final, TypeAlias

from hojo_cli.document import APPLICANT, RULESET, parse, plain, read_file
from hojo_cli.rules import ruleset
from hojo_cli.rules.declared import FactSpec, Ruleset

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent
YEARS: Final = ("2026", "2026", "2026", "2025", "2024")
PROGRAMMES: Final = tuple(sorted((HERE / "programmes").glob("*.yaml")))
Data: TypeAlias = "dict[str, Any]"

NASTY: Final = (
    "\x1b[31m赤\x1b[0m", "[red]赤[/red]", "::error file=x::y", "##[error]x", '=HYPERLINK("x")', "@SUM(1)", "+1+1", "-2-3", "|cmd", "\tx",
    "<script>alert(1)</script>", "]]>", "&amp;<!--", "\u202e右から左", "\u200b幅なし", "a\nb", "a\r\nb", "`x` | y", "{x}", "{{ x }}", "%s %n", "𠮷野家 葛󠄀",
    "\ufeffx", "\x00", "\x7f", "\x85", "\u2028", "x" * 300, "あ" * 120, "../../x", "C:\\x", "~", "null", "true", "はい", "", " ", "'", '"', "\\", "#", "- x", "? x", "! x", "* x", "& x",
)  # fmt: skip
"""Texts that mean something to a terminal, a spreadsheet, a page, a CI runner or a parser."""

ODD: Final[tuple[object, ...]] = (
    None, True, False, 0, 1, -1, 10**15, 10**15 + 1, 10**40, "0.5", "1e6", ".inf", "0x10", "0o7", "1_000", "１２", "1,5", "1,000,000.00", "3.0", "-",
    "１５０万円", "1億5,000万円", "5千万円", "万", "円", "3人", "24か月", "2年", "2年分", "2/3", "30%", "100%", "1/0", "2026-01-01", "令和8年度", "不明", "yes", "no", "有", "無", "[]", "{}",
    [], {}, [None], [[]], {"a": 1}, {"": 1}, ["共P-01", "共P-01"], "共P-01", "共P-01;共P-02",
)  # fmt: skip
"""Values that are right somewhere and wrong elsewhere."""


@cache
def rules(name: str) -> Ruleset:
    return ruleset.load(name)


@cache
def applicants() -> tuple[Data, ...]:
    """Sound files to begin with: the examples and the cases."""
    files = [*sorted((ROOT / "examples").glob("*.yaml")), *sorted((HERE / "cases").rglob("*.yaml"))]
    roots = [parse(read_file(str(path), APPLICANT.size), str(path)).root for path in files]
    return tuple(data for root in roots if root is not None and isinstance(data := plain(root), dict))


@cache
def programme(path: Path) -> Data:
    root = parse(path.read_bytes(), str(path), RULESET).root
    data = None if root is None else plain(root)
    assert isinstance(data, dict)
    return data


def applicant(random: Random) -> tuple[Data, Ruleset]:
    """A file after some changes, and the ruleset it is for."""
    data = copy.deepcopy(random.choice(applicants()))
    year = str(data.get("fiscal_year", random.choice(YEARS)))
    used = rules(year if year in YEARS else "2026")
    for _ in range(random.choice((1, 1, 2, 2, 3, 5))):
        random.choice(SOUND)(random, data, used)
    if random.randrange(4) == 0:
        for _ in range(random.choice((1, 1, 1, 2, 4))):
            random.choice(WRONG)(random, data)
    return data, used


# --- changes that keep a file sound ------------------------------------------------------------------------------------------


def written_yen(random: Random, yen: int) -> object:
    """An amount in one of the ways people print it."""
    ways: list[object] = [
        yen,
        yen,
        str(yen),
        f"{yen:,}",
        f"{yen:,}円",
        f"{yen}円",
        f"{yen:,}".translate(WIDE),
        f"{yen}".translate(WIDE) + "円",
    ]
    if yen % 10_000 == 0 and yen:
        ways += [f"{yen // 10_000}万円", f"{yen // 10_000:,}万円", f"{yen // 10_000}万"]
    return random.choice(ways)


WIDE: Final = str.maketrans("0123456789,", "０１２３４５６７８９，")


def a_fact(random: Random, spec: FactSpec) -> object:
    """A value the fact may have, as somebody writes it."""
    if spec.kind == "choice":
        name = random.choice([*spec.choices])
        return random.choice((name, name, spec.choices[name].ja))
    if spec.kind == "boolean":
        return random.choice((True, False, "true", "はい", "いいえ"))
    most = int(spec.maximum) if spec.maximum is not None else 400
    number = random.choice((0, 1, 2, 5, 6, 20, 21, 50, 99, 100, 101, 300, 301, random.randint(0, 400)))
    number = min(max(number, int(spec.minimum)), most)
    if spec.kind == "rate":
        return random.choice(("0%", "3%", "3.5%", "1.5%", "5%", "1/20", "3/100", "100%"))
    if spec.kind == "yen":
        return written_yen(random, random.choice((number, number * 10_000, number * 1_000_000)))
    unit = {"count": "人", "months": "か月"}.get(spec.kind, "")
    return random.choice((number, number, f"{number}", f"{number}{unit}", f"{number}".translate(WIDE)))


def change_a_fact(random: Random, data: Data, used: Ruleset) -> None:
    facts = data.get("facts")
    if isinstance(facts, dict):
        spec = random.choice([*used.facts.values()])
        facts[spec.id] = a_fact(random, spec)


def forget_a_fact(random: Random, data: Data, used: Ruleset) -> None:
    facts = data.get("facts")
    if isinstance(facts, dict) and facts:
        name = random.choice([*facts])
        if random.randrange(2):
            del facts[name]
        else:
            facts[name] = None


def an_item(random: Random, used: Ruleset) -> Data:
    """A line of a quote in one of the forms that are read."""
    item: Data = {"category": random.choice([*used.categories])}
    if random.randrange(2):
        item["name"] = random.choice((*NASTY, "会計ソフト"))
    yen = random.choice((1, 49_999, 50_000, 100_000, 625_000, 1_500_000, 3_500_000, random.randint(0, 9_000_000)))
    way = random.randrange(8)
    if way < 4:
        item["amount"] = written_yen(random, yen)
        if way == 0:
            item["months"] = random.choice((12, 24, "24か月", 36, 60, "5年"))
    elif way < 6:
        item["monthly"], item["months"] = written_yen(random, yen // 24), random.choice((1, 12, "2年", 24, 36))
    elif way == 6:
        item["yearly"], item["years"] = written_yen(random, yen // 2), random.choice((1, 2, 3, "2年"))
    else:
        item["amount"] = written_yen(random, yen)
        item["quantity"] = random.choice((1, 2, 10, "3"))
    if random.randrange(6) == 0:
        item["tax"] = random.choice(("included", "excluded", "税込", "税抜"))
    for name, spec in used.fields.items():
        if random.randrange(3):
            item[name] = random.sample([*spec.choices], random.randint(0, min(4, len(spec.choices))))
    return item


def _places(data: Data) -> Iterator[Data]:
    """The applicant and the members: who may have facts and items."""
    yield data
    members = data.get("members")
    yield from (member for member in members if isinstance(member, dict)) if isinstance(members, list) else ()


def change_an_item(random: Random, data: Data, used: Ruleset) -> None:
    place = random.choice([*_places(data)])
    items = place.get("items")
    if not isinstance(items, list):
        place["items"] = items = []
    way = random.randrange(6)
    if way == 0 and items:
        items.append(copy.deepcopy(random.choice(items)))
    elif way == 1 and items:
        items.pop(random.randrange(len(items)))
    elif way == 2:
        random.shuffle(items)
    elif way == 3 and items and used.fields:
        name, spec = random.choice([*used.fields.items()])
        item = random.choice(items)
        if isinstance(item, dict):
            item[name] = random.sample([*spec.choices], random.randint(0, min(3, len(spec.choices))))
    elif way == 4 and items:
        item = random.choice(items)
        if isinstance(item, dict) and item.get("name"):
            items.append(
                {
                    "name": "値引き",
                    "discount": written_yen(random, random.choice((1, 1000, 100_000))),
                    "of": item["name"],
                }
            )
        else:
            items.append({"discount": written_yen(random, 1000)})
    else:
        items.insert(random.randint(0, len(items)), an_item(random, used))


def change_the_top(random: Random, data: Data, used: Ruleset) -> None:
    way = random.randrange(7)
    frames = [*used.frames]
    if way == 0:
        data["name"] = random.choice(NASTY)
    elif way == 1:
        data["note"] = random.choice(NASTY)
    elif way == 2:
        name = random.choice(frames)
        data["frame"] = random.choice((name, used.frames[name].label.ja))
    elif way == 3:
        data["expect"] = {
            random.choice(frames): written_yen(random, random.choice((0, 500_000)))
            for _ in range(random.choice((1, 1, 2)))
        }
    elif way == 4:
        data["corporate_number"] = random.choice((7123456789012, "7123456789012", "1234567890123"))
    elif way == 5:
        data.pop(random.choice([*data]))
    else:
        entries = [*data.items()]
        random.shuffle(entries)
        data.clear()
        data.update(entries)


def change_the_members(random: Random, data: Data, used: Ruleset) -> None:
    members = data.get("members")
    if not isinstance(members, list):
        if random.randrange(4):
            return
        data["members"] = members = []
    way = random.randrange(4)
    if way == 0 and members:
        members.append(copy.deepcopy(random.choice(members)))
    elif way == 1 and members:
        members.pop(random.randrange(len(members)))
    else:
        member: Data = {"name": random.choice(NASTY), "facts": {}, "items": [an_item(random, used)]}
        for _ in range(random.randrange(6)):
            change_a_fact(random, member, used)
        members.append(member)


SOUND: Final[tuple[Callable[[Random, Data, Ruleset], None], ...]] = (
    change_a_fact, change_a_fact, forget_a_fact, change_an_item, change_an_item, change_an_item, change_the_top, change_the_members,
)  # fmt: skip


# --- mistakes ---------------------------------------------------------------------------------------------------------------


def _nodes(value: object) -> Iterator[Any]:
    """Every mapping and list below, itself included."""
    if isinstance(value, dict):
        yield value
        for below in value.values():
            yield from _nodes(below)
    elif isinstance(value, list):
        yield value
        for below in value:
            yield from _nodes(below)


def _spot(random: Random, data: Data) -> tuple[Any, Any]:
    """Some mapping or list that holds something, and a key of it."""
    node = random.choice([node for node in _nodes(data) if node] or [{"x": 1}])
    return node, random.choice([*node] if isinstance(node, dict) else range(len(node)))


def misspelt(random: Random, word: str) -> str:
    """A word as somebody types it in a hurry."""
    at = random.randrange(len(word) + 1)
    ways: tuple[Callable[[], str], ...] = (
        lambda: word[:at] + word[at + 1 :],
        lambda: word[:at] + random.choice("aeiouxyz_- 　") + word[at:],
        lambda: word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
        word.upper,
        word.capitalize,
        lambda: "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in word),
        lambda: f" {word} ",
        lambda: word.replace("_", "-"),
    )
    return random.choice(ways)()


def misspell_a_key(random: Random, data: Data) -> None:
    node = random.choice([node for node in _nodes(data) if isinstance(node, dict) and node] or [data])
    if node:
        old = random.choice([*node])
        entries = [(misspelt(random, str(key)) if key == old else key, value) for key, value in node.items()]
        node.clear()
        node.update(entries)


def odd_value(random: Random, data: Data) -> None:
    node, key = _spot(random, data)
    node[key] = copy.deepcopy(random.choice(ODD))


def nasty_value(random: Random, data: Data) -> None:
    node, key = _spot(random, data)
    node[key] = random.choice(NASTY)


def nasty_key(random: Random, data: Data) -> None:
    node = random.choice([node for node in _nodes(data) if isinstance(node, dict)])
    node[random.choice(NASTY)] = random.choice(ODD)


def lost_value(random: Random, data: Data) -> None:
    node, key = _spot(random, data)
    del node[key]


def moved_value(random: Random, data: Data) -> None:
    """From one place into another: a list where a value was, a member where an item was."""
    node, key = _spot(random, data)
    other, place = _spot(random, data)
    other[place] = copy.deepcopy(node[key])


def deep_value(random: Random, data: Data) -> None:
    node, key = _spot(random, data)
    value: object = node[key]
    for _ in range(random.choice((1, 2, 5, 40))):
        value = [value] if random.randrange(2) else {"a": value}
    node[key] = value


WRONG: Final[tuple[Callable[[Random, Data], None], ...]] = (
    misspell_a_key, misspell_a_key, odd_value, odd_value, nasty_value, nasty_key, lost_value, moved_value, deep_value,
)  # fmt: skip


# --- how it is written --------------------------------------------------------------------------------------------------------


def as_yaml(random: Random, value: object, indent: str = "") -> str:
    """Block style for the most part, flow style below for some."""
    if isinstance(value, dict) and value and random.randrange(8):
        return "".join(
            _entry(random, f"{indent}{_scalar(random, str(key))}:", below, indent) for key, below in value.items()
        )
    if isinstance(value, list) and value and random.randrange(8):
        return "".join(_entry(random, f"{indent}-", below, indent) for below in value)
    return f"{indent}{_flow(value)}\n"


def _entry(random: Random, head: str, below: object, indent: str) -> str:
    if isinstance(below, (dict, list)) and below:
        return f"{head}\n" + as_yaml(random, below, f"{indent}  ")
    return f"{head} {_scalar(random, below)}\n"


def _scalar(random: Random, value: object) -> str:
    """Plain where that reads the same, mostly."""
    if isinstance(value, str):
        tame = re.fullmatch(r"[\w一-龠ぁ-んァ-ヶー/%,. -]*[\w一-龠ぁ-んァ-ヶー%]", value) and not value.startswith(
            (" ", "-", ",", ".")
        )
        return value if tame and random.randrange(10) else _flow(value)
    return _flow(value)


def _flow(value: object) -> str:
    """JSON is YAML, but for the half of a pair and what YAML calls unprintable."""
    return (
        json.dumps(value, ensure_ascii=True)
        if "\\" in json.dumps(value, ensure_ascii=False)
        else json.dumps(value, ensure_ascii=False)
    )


def spoilt(random: Random, text: str) -> str:
    """Characters and lines lost, doubled, put elsewhere."""
    for _ in range(random.choice((1, 1, 2, 3))):
        lines = text.split("\n")
        at, line = random.randrange(len(text) + 1), random.randrange(len(lines))
        way = random.randrange(10)
        if way == 0:
            text = text[:at] + text[at + random.randint(1, 3) :]
        elif way == 1:
            text = (
                text[:at]
                + random.choice(
                    (
                        *NASTY,
                        ":",
                        "：",
                        ",",
                        "?",
                        "{",
                        "}",
                        "[",
                        "]",
                        "　",
                        "\t",
                        "\r",
                        "|",
                        ">",
                        "&a ",
                        "*a",
                        "!x ",
                        "<<: ",
                    )
                )
                + text[at:]
            )
        elif way == 2:
            lines.insert(line, lines[random.randrange(len(lines))])
            text = "\n".join(lines)
        elif way == 3:
            del lines[line]
            text = "\n".join(lines)
        elif way == 4:
            lines[line] = random.choice((" ", "  ", "\t", "　", "- ")) + lines[line]
            text = "\n".join(lines)
        elif way == 5:
            lines[line] = lines[line].lstrip()
            text = "\n".join(lines)
        elif way == 6:
            text = text[:at]
        elif way == 7:
            text = text.replace(": ", random.choice((":", "：", " : ", ":　")), 1)
        elif way == 8:
            text = text.replace("\n", "\r\n")
        else:
            lines.insert(
                line,
                random.choice(
                    (
                        "<<<<<<< HEAD",
                        "=======",
                        ">>>>>>> x",
                        "---",
                        "...",
                        "%YAML 1.2",
                        "# x",
                        "a: &a 1",
                        "b: *a",
                        "{{ x }}",
                    )
                ),
            )
            text = "\n".join(lines)
    return text


def encoded(random: Random, text: str) -> bytes:
    """UTF-8, now and then with a BOM or in another encoding, or with a byte that is none."""
    way = random.randrange(60)
    if way == 0:
        return text.encode("cp932", "replace")
    if way == 1:
        return text.encode("utf-16", "surrogatepass")
    data = text.encode("utf-8", "surrogatepass")
    if way == 2:
        at = random.randrange(len(data) + 1)
        return data[:at] + random.randbytes(random.randint(1, 4)) + data[at:]
    return b"\xef\xbb\xbf" + data if way == 3 else data


def yaml_file(random: Random) -> bytes:
    """An applicant's file."""
    data, _ = applicant(random)
    text = as_yaml(random, data)
    return encoded(random, spoilt(random, text) if random.randrange(10) == 0 else text)


def json_file(random: Random) -> bytes:
    data, _ = applicant(random)
    text = json.dumps(data, ensure_ascii=random.randrange(4) == 0, indent=random.choice((None, 1, 2, 4)))
    return encoded(random, spoilt(random, text) if random.randrange(10) == 0 else text)


def jsonl_file(random: Random, records: int) -> bytes:
    """Many applicants, one a line."""
    lines = [json.dumps(applicant(random)[0], ensure_ascii=random.randrange(4) == 0) for _ in range(records)]
    lines = [spoilt(random, line) if random.randrange(12) == 0 else line for line in lines]
    return encoded(random, "\n".join(lines) + random.choice(("\n", "")))


def csv_file(random: Random, records: int) -> bytes:
    """Many applicants, one a row under one header."""
    rows = [_cells(applicant(random)) for _ in range(records)]
    columns = [*dict.fromkeys(column for row in rows for column in row)]
    random.shuffle(columns)
    header = list(columns)
    if random.randrange(25) == 0 and header:
        at = random.randrange(len(header))
        header[at] = random.choice((misspelt(random, header[at]), random.choice(NASTY), header[0], ""))
    out = io.StringIO()
    writer = csv.writer(
        out, lineterminator=random.choice(("\n", "\r\n")), quoting=random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    )
    writer.writerow(header)
    for row in rows:
        cells = [row.get(column, "") for column in columns]
        if random.randrange(20) == 0:
            cells = random.choice((cells[:-1], [*cells, "x"], ["", *cells]))
        writer.writerow(cells)
    text = out.getvalue()
    return encoded(random, spoilt(random, text) if random.randrange(12) == 0 else text)


def _cells(made: tuple[Data, Ruleset]) -> dict[str, str]:
    """An applicant as columns; what has no column is left out."""
    data, used = made
    found = {key: _cell(value) for key, value in data.items() if key not in ("facts", "items", "members", "expect")}
    facts, items = data.get("facts"), data.get("items")
    for name, value in facts.items() if isinstance(facts, dict) else ():
        spec = used.facts.get(str(name))
        found[spec.label.ja if spec is not None and len(str(name)) % 2 else str(name)] = _cell(value)
    for number, item in enumerate(items[:4] if isinstance(items, list) else (), 1):
        for key, value in item.items() if isinstance(item, dict) else ():
            found[f"items.{number}.{key}"] = _cell(value)
    return found


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ";".join(map(str, value))
    return (
        ""
        if value is None
        else {True: "true", False: "false"}.get(value, str(value))
        if isinstance(value, bool)
        else str(value)
    )


# --- rulesets -----------------------------------------------------------------------------------------------------------------


def ruleset_file(random: Random, path: Path) -> bytes:
    """A small programme with figures, names and clauses changed."""
    data = copy.deepcopy(programme(path))
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        random.choice(RULES)(random, data)
    if random.randrange(8) == 0:
        random.choice(WRONG)(random, data)
    text = as_yaml(random, data)
    return encoded(random, spoilt(random, text) if random.randrange(16) == 0 else text)


def change_a_figure(random: Random, data: Data) -> None:
    """A yen, a rate, a number of months or of people: another of its kind, by a little or much; now and then of another kind."""
    spots = [(node, key) for node in _nodes(data.get("frames", data)) for key in _figures(node)]
    if spots:
        node, key = random.choice(spots)
        kinds = [kind for kind in FIGURES if re.search(kind, str(node[key]))] if random.randrange(8) else [*FIGURES]
        node[key] = random.choice(FIGURES[random.choice(kinds or [*FIGURES])])


FIGURES: Final[dict[str, tuple[object, ...]]] = {
    "円": ("1円", "0円", "49,999円", "50万円", "500,001円", "1億円"),
    "/|%": ("2/3", "1/2", "1/1", "3/4", "1/10", "50%", "9/8"),
    "月|年": ("1か月", "12か月", "2年", "24か月"),
    "人|者|件": ("1人", "5人", "100人"),
    "^[0-9]+$": (0, 1, 2, 10),
}


def _figures(node: Any) -> Iterator[Any]:
    for key in node if isinstance(node, dict) else range(len(node)):
        if (
            isinstance(node[key], (int, str))
            and re.search(r"\d", str(node[key]))
            and key not in ("at", "date", "id", "ja", "en", "printed")
        ):
            yield key


def change_a_word(random: Random, data: Data) -> None:
    spots = [
        (node, key)
        for node in _nodes(data)
        if isinstance(node, dict)
        for key in ("ja", "en", "at", "title")
        if isinstance(node.get(key), str)
    ]
    if spots:
        node, key = random.choice(spots)
        node[key] = random.choice((*NASTY, f"{node[key]}（10者以上）"))


def drop_a_clause(random: Random, data: Data) -> None:
    lists = [node for node in _nodes(data.get("frames", data)) if isinstance(node, list) and len(node) > 1]
    if lists:
        node = random.choice(lists)
        node.pop(random.randrange(len(node)))


def double_a_clause(random: Random, data: Data) -> None:
    lists = [node for node in _nodes(data.get("frames", data)) if isinstance(node, list) and node]
    if lists:
        node = random.choice(lists)
        node.insert(random.randint(0, len(node)), copy.deepcopy(random.choice(node)))


def swap_clauses(random: Random, data: Data) -> None:
    node, key = _spot(random, data.get("frames", data))
    other, place = _spot(random, data.get("frames", data))
    node[key], other[place] = copy.deepcopy(other[place]), copy.deepcopy(node[key])


RULES: Final[tuple[Callable[[Random, Data], None], ...]] = (
    change_a_figure, change_a_figure, change_a_figure, change_a_figure, change_a_figure, change_a_figure,
    change_a_word, change_a_word, change_a_word, drop_a_clause, double_a_clause, swap_clauses,
)  # fmt: skip
