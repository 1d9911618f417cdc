"""YAML written by ruamel: values as a file, and a file with other values under one of its keys, where every other line stays as it is."""

from collections.abc import Mapping as Lookup
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from hojo_cli.document.nodes import Mapping, Scalar, is_null, plain
from hojo_cli.document.parsing import parse


def write(values: Lookup[str, object]) -> str:
    """Strings, numbers, truths, lists and mappings as a YAML file, one entry a line."""
    yaml = YAML()
    yaml.width = 1 << 20
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = StringIO()
    yaml.dump(dict(values), text)
    return text.getvalue()


_BOM = b"\xef\xbb\xbf"


def with_values(data: bytes, root: Mapping, key: str, values: Lookup[str, int]) -> bytes | None:
    """The file `data`, whose nodes are `root`, with these entries in the mapping under a top key, which comes last where it is missing.

    Comments, order and quotes of other entries stay. None where ruamel would write the lines of the key in another way than they are
    written, or where anything else would change.
    """
    bom = _BOM if data.startswith(_BOM) else b""
    try:
        text = data.removeprefix(bom).decode()
    except UnicodeDecodeError:
        return None
    if any(column != 1 for _, column in root.keys.values()):
        return None
    end = next((mark for mark in ("\r\n", "\n", "\r") if mark in text), "\n")
    lines = text.split(end)
    bottom = len(lines) - 1 if lines[-1] == "" else len(lines)
    first = last = bottom
    if key in root.keys:
        first = root.keys[key][0] - 1
        last = min((line - 1 for line, _ in root.keys.values() if line - 1 > first), default=bottom)
    written = _round_trip(lines[first:last] or [f"{key}:"], root, key, values)
    if written is None:
        return None
    below = lines[last:] if first < last else [""]
    changed = bom + end.join([*lines[:first], *written, *below]).encode()
    again, before = parse(changed, "").root, plain(root)
    assert isinstance(before, dict)
    wanted = {**before, key: {**(before.get(key) or {}), **values}}
    return changed if again is not None and plain(again) == wanted else None


def _round_trip(lines: list[str], root: Mapping, key: str, values: Lookup[str, int]) -> list[str] | None:
    """The lines of a top key with these values. Where there were none the first line is written anew."""
    node = root.entries.get(key)
    empty = (
        node is None or (isinstance(node, Mapping) and not node.entries) or (isinstance(node, Scalar) and is_null(node))
    )
    if not empty and not isinstance(node, Mapping):
        return None
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1 << 20
    if isinstance(node, Mapping) and node.line > root.keys[key][0]:  # a block
        yaml.indent(mapping=node.column - 1)
    try:
        top = yaml.load("\n".join(lines) + "\n")
        as_it_was = _lines(yaml, top)
        if empty:
            top[key] = CommentedMap()
            top[key].fa.set_flow_style()
        top[key].update(values)
        written = _lines(yaml, top)
    except YAMLError:
        return None
    return written if as_it_was[empty:] == lines[empty:] else None


def _lines(yaml: YAML, top: CommentedMap) -> list[str]:
    stream = StringIO()
    yaml.dump(top, stream)
    return stream.getvalue().removesuffix("\n").split("\n")
