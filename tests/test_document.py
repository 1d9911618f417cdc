"""The door for YAML: nodes with places, every problem a located finding, on both parsers."""

import os
import re
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings, strategies as st

from hojo_cli import messages
from hojo_cli.base.finding import HojoError, Severity
from hojo_cli.document import (
    APPLICANT,
    Document,
    Mapping,
    Node,
    Scalar,
    Sequence,
    is_null,
    parse,
    plain,
    read_file,
)
from hojo_cli.document.events import engine
from hojo_cli.document.validation import check as check_schema

BAD = sorted((Path(__file__).parent / "bad" / "document").glob("*.yaml"))
both = pytest.mark.parametrize("pure", [False, True], ids=["c", "pure"])


def told(text: str | bytes, *, pure: bool = False) -> list[tuple[str, int, int]]:
    data = text if isinstance(text, bytes) else text.encode()
    return [(each.code, each.where.line, each.where.column) for each in parse(data, "a.yaml", pure=pure).findings]


def root(text: str, *, pure: bool = False) -> Mapping:
    document = parse(text.encode(), "a.yaml", pure=pure)
    assert document.root is not None, document.findings
    assert document.findings == ()
    return document.root


def places(node: Node) -> object:
    """Everything a node holds, as plain data that compares."""
    match node:
        case Scalar():
            return node.text, node.plain, node.line, node.column
        case Mapping():
            inner = {key: places(value) for key, value in node.entries.items()}
            return inner, node.keys, node.line, node.column
        case Sequence():
            return [places(item) for item in node.items], node.line, node.column


# --- what is read ---


@both
def test_scalars_keep_their_text_and_their_place(pure: bool) -> None:
    top = root(
        "名前: 株式会社\nfacts:\n  capital: 1,000万円\n  rate: '0.5'\nitems:\n- {a: 1e6, b: [x, y]}\n", pure=pure
    )
    assert list(top.entries) == ["名前", "facts", "items"]
    assert top.keys["facts"] == (2, 1)
    facts = top.entries["facts"]
    assert isinstance(facts, Mapping)
    assert (facts.line, facts.column) == (3, 3)
    assert places(facts.entries["capital"]) == ("1,000万円", True, 3, 12)
    assert places(facts.entries["rate"]) == ("0.5", False, 4, 9)
    items = top.entries["items"]
    assert isinstance(items, Sequence)
    assert places(items.items[0]) == (
        {"a": ("1e6", True, 6, 7), "b": ([("x", True, 6, 16), ("y", True, 6, 19)], 6, 15)},
        {"a": (6, 4), "b": (6, 12)}, 6, 3,
    )  # fmt: skip


@both
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_one_line(end: str, pure: bool) -> None:
    assert root(f"a: 1{end}b: 2{end}c: 3", pure=pure).keys == {"a": (1, 1), "b": (2, 1), "c": (3, 1)}


@both
def test_one_byte_order_mark_is_no_character_of_the_file(pure: bool) -> None:
    assert parse("\ufeffa: 1".encode(), "x", pure=pure).root is not None
    assert told("\ufeff\ufeffa: 1", pure=pure) == [("HJ130", 1, 1)]


def test_null_is_what_is_left_out_or_bare() -> None:
    entries = root("a:\nb: ~\nc: null\nd: ''\ne: 'null'\nf: none\ng: []").entries
    assert [key for key, node in entries.items() if is_null(node)] == ["a", "b", "c"]


def test_plain_values_hold_no_float() -> None:
    top = root("a: 1\nb: -2\nc: true\nd: 'true'\ne: 0.5\nf: 007\ng:\nh: [x, {i: 0}]\nj: " + "9" * 41)
    values = {
        "a": 1,
        "b": -2,
        "c": True,
        "d": "true",
        "e": "0.5",
        "f": "007",
        "g": None,
        "h": ["x", {"i": 0}],
        "j": "9" * 41,
    }
    assert plain(top) == values
    assert plain(top.entries["c"]) is True


@both
def test_findings_stand_in_the_order_of_the_file(pure: bool) -> None:
    text = "a: 1\na: 2\nb: !x 3\nc: {d: 1, d: 2}\n1: x\ne: {amount: 1,200,000, note: x}\n"
    assert told(text, pure=pure) == [
        ("HJ113", 2, 1), ("HJ118", 3, 4), ("HJ113", 4, 11), ("HJ115", 5, 1), ("HJ144", 6, 15),
    ]  # fmt: skip


@both
def test_the_first_of_two_equal_keys_stays(pure: bool) -> None:
    document = parse(b"a: 1\nb: 2\na: 3\n", "x", pure=pure)
    assert document.root is not None
    assert plain(document.root) == {"a": 1, "b": 2}
    assert "1 行目" in document.findings[0].message.ja


@both
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: {x: 1,200,000}", {"x": "1,200,000"}),
        ("a: {x: 1,200,000円, y: 2}", {"x": "1,200,000円", "y": 2}),
        ("a: {x: 1億5,000万円}", {"x": "1億5,000万円"}),
        ("a: {x: 1,000,000}", {"x": "1,000,000"}),
        ("a: [1,200,000]", ["1,200,000"]),
        ("a: [5,000円, x]", ["5,000円", "x"]),
        ("a: {x: ¥1,200}", {"x": "¥1,200"}),
    ],
)
def test_an_amount_split_by_its_commas_is_named_and_made_whole(text: str, value: object, pure: bool) -> None:
    document = parse(text.encode(), "x", pure=pure)
    assert [each.code for each in document.findings] == ["HJ144"]
    assert document.root is not None
    assert plain(document.root.entries["a"]) == value


@both
@pytest.mark.parametrize("text", ["a: [100,200]", "a: [1, 200]", "a: {x: 1, '200': }", "a: [x, 000円]", "a: {x: '1',}"])
def test_numbers_that_stand_apart_are_not_one_amount(text: str, pure: bool) -> None:
    assert told(text, pure=pure) == []


# --- what is refused ---


@both
@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_each_bad_example_is_told_by_its_code(path: Path, pure: bool) -> None:
    document = parse(path.read_bytes(), path.name, pure=pure)
    assert path.name[:5] in [each.code for each in document.findings]
    assert all(each.where.line >= 1 and each.where.column >= 1 for each in document.findings)


def test_every_document_code_has_a_bad_example() -> None:
    elsewhere = {"HJ101", "HJ102", "HJ103", "HJ104", "HJ105", "HJ141"}
    codes = {code for code in messages.codes() if "HJ100" <= code < "HJ150"}
    codes |= {"HJ171", "HJ173", "HJ174", "HJ177"}
    assert codes - elsewhere == {path.name[:5] for path in BAD}


@both
@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("会社名：株式会社", ("HJ122", 1, 4)),
        ("会社名：\u3000甲\n資本金: 1", ("HJ122", 1, 4)),
        ("facts:\n  entity：company\n  capital: 1", ("HJ122", 2, 9)),
        ("a:b\nc: d", ("HJ125", 1, 2)),
        ("facts:\n  capital:5\n  employees: 3", ("HJ125", 2, 10)),
        ("a: 1\n\tb: 2", ("HJ121", 2, 1)),
        ("a:\n  \tb: 2", ("HJ121", 2, 3)),
        ("a: 'x", ("HJ123", 1, 4)),
        ('a: "abc\nb: "def"\nc: 1', ("HJ123", 1, 4)),
        ("a: [1, 2\nb: 3", ("HJ124", 1, 4)),
        ("a: {b: 1", ("HJ124", 1, 4)),
        ("a: [\n", ("HJ124", 1, 4)),
        ("a: [1]\nb: {c: [1], d: 2,\n", ("HJ124", 2, 4)),
        ("a: `x`", ("HJ126", 1, 4)),
        ("a: %5", ("HJ126", 1, 4)),
        ("a: b: c", ("HJ127", 1, 5)),
        ("a: *", ("HJ116", 1, 5)),
        ("a: 1\n...\nb: 2", ("HJ112", 3, 1)),
        ("# x\n%YAML 1.6\n---\na: 1", ("HJ119", 2, 1)),
        ("%FOO bar\n---\na: 1", ("HJ119", 1, 1)),
        ("a: \u2028b", ("HJ136", 1, 4)),
        ("--- ", ("HJ110", 1, 1)),
        ("~", ("HJ110", 1, 1)),
        ("just text", ("HJ111", 1, 1)),
    ],
)
def test_the_usual_traps_are_named_where_they_are(text: str, finding: tuple[str, int, int], pure: bool) -> None:
    assert told(text, pure=pure) == [finding]
    assert parse(text.encode(), "x", pure=pure).root is None or finding[0] == "HJ112"


@both
def test_a_syntax_error_stands_alone_but_for_notes(pure: bool) -> None:
    text = "a: 1\na: 2\nb: &x 1\nc: [\n"
    assert [code for code, *_ in told(text, pure=pure)] == ["HJ124"]
    assert [code for code, *_ in told(text.encode("utf-16"), pure=pure)] == ["HJ131", "HJ124"]


@both
@pytest.mark.parametrize("text", [r'a: "\ud800"', r'"\udfff": 1', r'a: ["\uDC00"]'])
def test_a_lone_surrogate_never_gets_in(text: str, pure: bool) -> None:
    document = parse(text.encode(), "x", pure=pure)
    assert [each.code for each in document.findings] == ["HJ128"]
    assert document.root is None


@both
def test_a_direction_control_is_a_warning(pure: bool) -> None:
    document = parse("a: 甲\u202e乙".encode(), "x", pure=pure)
    assert [(each.code, each.severity) for each in document.findings] == [("HJ137", Severity.WARNING)]
    assert document.root is not None


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_utf_8_and_marked_utf_16_give_the_same_nodes(codec: str) -> None:
    text = "名前: 株式会社𠮷野家\nnote: ①㈱\n"
    mark = "\ufeff" if codec in ("utf-16-le", "utf-16-be") else ""
    document = parse((mark + text).encode(codec), "x")
    assert document.root is not None
    assert places(document.root) == places(root(text))
    assert [each.code for each in document.findings] == (["HJ131"] if "16" in codec else [])


@pytest.mark.parametrize(
    ("codec", "called"), [("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP"), ("iso2022_jp", "ISO-2022-JP")]
)
def test_other_japanese_encodings_are_named(codec: str, called: str) -> None:
    document = parse("# メモ\nname: 株式会社サンプル商店\nnote: ひらがなとカタカナ\n".encode(codec), "x")
    assert [each.code for each in document.findings] == ["HJ132"]
    assert called in document.findings[0].message.ja
    assert document.findings[0].where[1:3] == (1, 3)


# --- bounds ---


@both
@pytest.mark.parametrize(
    ("inside", "outside", "code"),
    [
        ("a: " + "[" * 31 + "]" * 31, "a: " + "[" * 32 + "]" * 32, "HJ140"),
        ("? " + "k" * 200 + "\n: 1", "? " + "k" * 201 + "\n: 1", "HJ142"),
        ("? " + '"キ" \n: 1', '? "' + "キ" * 201 + '"\n: 1', "HJ142"),
        ("a: " + "x" * 10_000, "a: " + "x" * 10_001, "HJ143"),
        ("a: [" + "1, " * 11_000 + "]", "a: [" + "1, " * 60_000 + "]", "HJ141"),
    ],
)  # fmt: skip
def test_a_bound_is_inclusive(inside: str, outside: str, code: str, pure: bool) -> None:
    assert told(inside, pure=pure) == []
    assert [each for each, *_ in told(outside, pure=pure)] == [code]


def test_a_file_of_one_mebibyte_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1\n" + b"#" * (APPLICANT.size - 5))
    data = read_file(str(path))
    assert parse(data, "a").findings == ()
    assert told(data + b"#") == [("HJ105", 1, 1)]
    path.write_bytes(data + b"#")
    assert refused(str(path)) == "HJ105"
    assert len(read_file(str(path), 4 << 20)) == APPLICANT.size + 1


# --- opening ---


def refused(path: str) -> str:
    with pytest.raises(HojoError) as caught:
        read_file(path)
    (found,) = caught.value.findings
    assert found.where.file == path
    return found.code


def test_what_is_no_readable_file_is_refused_at_once(tmp_path: Path) -> None:
    assert refused(str(tmp_path / "none.yaml")) == "HJ101"
    assert refused(str(tmp_path)) == "HJ102"
    assert refused("a\0b") == "HJ104"
    assert refused("x" * 5000) in ("HJ101", "HJ104")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX kinds of files")
def test_pipes_devices_and_loops_do_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    assert refused(str(tmp_path / "pipe")) == "HJ103"
    assert refused("/dev/zero") == "HJ103"
    assert refused(str(tmp_path / "loop")) == "HJ104"
    (tmp_path / "file").write_bytes(b"")
    assert refused(str(tmp_path / "file" / "x")) == "HJ101"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1")
    path.chmod(stat.S_IWUSR)
    assert refused(str(path)) == "HJ104"


def test_standard_input_is_read_for_a_dash() -> None:
    program = "from hojo_cli.document import read_file; print(read_file('-'))"
    run = subprocess.run(
        [sys.executable, "-c", program],
        input=b"a: 1",
        capture_output=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    assert run.stdout.strip() == b"b'a: 1'"


# --- any input ---


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_whatever_raise(data: bytes) -> None:
    assert isinstance(parse(data, "x"), Document)
    assert isinstance(parse(data, "x", pure=True), Document)


YAMLISH = st.text(st.sampled_from(" \n\t:-?[]{},\"'|>&*!%@#~a1０：\u3000円\\ud80\x1b\ufeff.<"), max_size=60)


@example("{#]")
@settings(max_examples=1000, deadline=None)
@given(st.one_of(YAMLISH, st.text(max_size=100)))
def test_no_text_whatever_raises_and_a_root_is_a_mapping(text: str) -> None:
    data = text.encode(errors="surrogatepass")
    for pure in (False, True):
        document = parse(data, "x", pure=pure)
        assert document.root is None or isinstance(document.root, Mapping)
        assert document.root is not None or any(each.severity is Severity.ERROR for each in document.findings)


NAMES = st.text("abcdefgh_会社名", min_size=1, max_size=8)
VALUES = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cn", "Cs", "Zl", "Zp"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=4))
def test_both_parsers_see_the_same_nodes(value: dict[str, object]) -> None:
    import json

    text = json.dumps(value, ensure_ascii=False, indent=1)
    native, pure = parse(text.encode(), "x"), parse(text.encode(), "x", pure=True)
    assert native.root is not None
    assert pure.root is not None
    assert places(native.root) == places(pure.root)
    assert plain(native.root) == value


# --- the parser behind the door ---


def test_the_c_parser_is_installed_and_used() -> None:
    import _ruamel_yaml  # type: ignore[import-not-found]  # ships no types

    following = engine()[0]("", b"a: 1")
    assert isinstance(getattr(following, "__self__", None), _ruamel_yaml.CParser), "the C parser is not in use"


@both
def test_events_are_what_the_loop_reads(pure: bool) -> None:
    """`get_event` is undocumented: if its events ever change, this says what changed."""
    from ruamel.yaml.events import StreamEndEvent

    start, _ = engine(pure)
    text = "a: &x !t 'b'\nc: *x\n"
    following = start(text, text.encode())
    events = [following()]
    while not isinstance(events[-1], StreamEndEvent):
        events.append(following())
    told = [type(each).__name__ for each in events]
    assert told == [
        "StreamStartEvent", "DocumentStartEvent", "MappingStartEvent", "ScalarEvent", "ScalarEvent", "ScalarEvent",
        "AliasEvent", "MappingEndEvent", "DocumentEndEvent", "StreamEndEvent",
    ]  # fmt: skip
    start_of_mapping, key, value = events[2:5]
    assert (start_of_mapping.anchor, start_of_mapping.ctag) == (None, None)
    assert (key.value, not key.style, key.anchor, key.ctag) == ("a", True, None, None)
    assert (value.value, value.style, value.anchor, str(value.ctag)) == ("b", "'", "x", "!t")
    assert (events[6].start_mark.line, events[6].start_mark.column) == (1, 3)


def test_only_the_door_imports_ruamel_and_jsonschema() -> None:
    package = Path(__file__).parent.parent / "hojo_cli"
    wanted = re.compile(r"^\s*(?:from|import)\s+(?:_?ruamel|jsonschema|referencing)", re.MULTILINE)
    importers = {
        str(path.relative_to(package).parent)
        for path in package.rglob("*.py")
        if wanted.search(path.read_text("utf-8"))
    }
    assert importers == {"document"}


# --- the schema ---

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "kind"],
    "properties": {
        "name": {"type": "string", "minLength": 2},
        "kind": {"enum": ["yen", "count"]},
        "list": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "integer", "minimum": 3}},
        "rate": {
            "anyOf": [
                {"type": "string", "pattern": "^[0-9]+/[0-9]+$", "examples": ["1/2"]},
                {"type": "array", "items": {"$ref": "#/$defs/case"}},
            ]
        },
        "names": {"type": "object", "propertyNames": {"pattern": "^[a-z]+$"}},
        "unique": {"uniqueItems": True},
        "not": {"not": {"required": ["a", "b"]}},
        "sure": {"const": True},
    },
    "$defs": {"case": {"type": "object", "required": ["use"], "if": {"required": ["when"]}, "then": {"properties": {"else": False}}}},
}  # fmt: skip
BASE = "name: 甲社\nkind: yen\n"


def departures(text: str) -> list[tuple[str, int, int]]:
    return [(each.code, each.where.line, each.where.column) for each in check_schema(root(text), SCHEMA, "r.yaml")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("nama: 1\n", [("HJ301", 3, 1)]),
        ("list: 1\n", [("HJ303", 3, 7)]),
        ("list: []\n", [("HJ306", 3, 7)]),
        ("list: [3, 4, 5]\n", [("HJ307", 3, 7)]),
        ("list: [2]\n", [("HJ308", 3, 8)]),
        ("list: [3, x]\n", [("HJ303", 3, 11)]),
        ("rate: 1/\n", [("HJ305", 3, 7)]),
        ("rate: 3\n", [("HJ303", 3, 7)]),
        ("rate: [{when: 1}]\n", [("HJ302", 3, 8)]),
        ("rate: [{use: 1, when: 1, else: 2}]\n", [("HJ301", 3, 26)]),
        ("names: {A: 1}\n", [("HJ310", 3, 9)]),
        ("unique: [a, a]\n", [("HJ309", 3, 9)]),
        ("not: {a: 1, b: 2}\n", [("HJ311", 3, 6)]),
        ("sure: false\n", [("HJ304", 3, 7)]),
        ("sure: yes\nnama: 1\nlist: [x]\n", [("HJ304", 3, 7), ("HJ301", 4, 1), ("HJ303", 5, 8)]),
    ],
)
def test_every_departure_from_the_schema_is_told_where_it_is(text: str, found: list[tuple[str, int, int]]) -> None:
    assert departures(BASE + text) == found


def test_missing_keys_and_unknown_choices_name_what_was_meant() -> None:
    missing, choice = check_schema(root("kind: yenn\n"), SCHEMA, "r.yaml")
    assert (missing.code, choice.code) == ("HJ302", "HJ304")
    assert "`name`" in missing.message.ja
    assert "`yen`" in choice.hint.en


def test_a_message_never_repeats_a_whole_instance() -> None:
    (found,) = check_schema(root(BASE + "rate: {" + ", ".join(f"k{n}: {n}" for n in range(2000)) + "}"), SCHEMA, "r")
    assert len(found.message.ja) < 300


@pytest.mark.parametrize("where", ["https://example.invalid/x.json", "file:///etc/passwd"])
def test_no_schema_is_ever_fetched(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(Exception, match="Unresolvable"):
        check_schema(root("a: 1"), {"$ref": where}, "r.yaml")
