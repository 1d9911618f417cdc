"""Events to nodes: one pass, bounded; whatever is unusual goes to `unusual.Oddities`."""

from hojo_cli.document.decoding import Report
from hojo_cli.document.events import Kinds, Next
from hojo_cli.document.nodes import Limits, Mapping, Node, Scalar, Sequence
from hojo_cli.document.strictness import RESERVED, Oddities, Stopped


def build(following: Next, kinds: Kinds, limits: Limits, report: Report) -> Node | None:
    """The first document of the events; None where there is none.

    Problems of content go to `report`; `Stopped` where a limit is passed. The one long function
    of this package: every file of a batch goes through this loop, so it keeps to local names.
    """
    odd = Oddities(limits, report)
    scalar, mapping, sequence, mapping_end, sequence_end = kinds[:5]
    most_text, most_key = limits.scalar, limits.key
    roots: list[Node] = []
    stack: list[tuple[Mapping | None, list[Node]]] = []
    inside: Mapping | None = None  # the mapping being filled; where None, `items` is
    items = roots
    entries: dict[str, Node] = {}
    key: str | None = None  # read, and waiting for its value
    at = (1, 1)
    for _ in range(limits.nodes):
        event = following()
        kind = event.__class__
        if kind is scalar:
            text: str = event.value
            mark = event.start_mark
            if event.ctag is not None or event.anchor is not None:
                odd.properties(event)
            if inside is not None and key is None:
                at = (mark.line + 1, mark.column + 1)
                key = text
                if not (text.isidentifier() and text.isascii()) or (text in RESERVED or len(text) > most_key):
                    key = odd.key(text, not event.style, at, inside)
                continue
            if not text.isprintable() or len(text) > most_text:
                odd.text(text, mark)
            node = Scalar(text, not event.style, mark.line + 1, mark.column + 1)
            if inside is None or key is None:
                if not items or not text[:1].isdigit() or not odd.continues(node, items):
                    items.append(node)
            elif key in entries or not text:
                odd.entry(key, at, node, inside)
                key = None
            else:
                entries[key] = node
                inside.keys[key] = at
                key = None
        elif kind is mapping_end or kind is sequence_end:
            inside, items = stack.pop()
            if inside is not None:
                entries = inside.entries
        elif kind is mapping or kind is sequence:
            mark = event.start_mark
            odd.collection(event, len(stack))
            if inside is not None and key is None:
                key = odd.complex_key(mark, inside)
                odd.skip(following, kinds, len(stack))
                continue
            stack.append((inside, items))
            line, column = mark.line + 1, mark.column + 1
            made = Mapping({}, {}, line, column) if kind is mapping else Sequence([], line, column)
            if inside is None or key is None:
                items.append(made)
            else:
                odd.entry(key, at, made, inside)
                key = None
            if isinstance(made, Mapping):
                inside, entries = made, made.entries
            else:
                inside, items = None, made.items
        elif kind is kinds.alias:
            mark = event.start_mark
            odd.shared(mark)
            if inside is None:
                items.append(Scalar("", True, mark.line + 1, mark.column + 1))
            elif key is None:
                key = odd.refuse(inside)
            else:
                odd.entry(key, at, Scalar("", True, mark.line + 1, mark.column + 1), inside)
                key = None
        elif kind is kinds.document and roots:
            odd.report("HJ112", event.start_mark.line + 1, event.start_mark.column + 1)
            break
        elif kind is kinds.stream_end:
            break
    else:
        odd.too_many(event.start_mark)
    odd.finish()
    return roots[0] if roots else None


__all__ = ["Stopped", "build"]
