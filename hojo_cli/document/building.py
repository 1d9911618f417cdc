"""Events to nodes: one pass, bounded; whatever is unusual goes to `strictness`."""

from ruamel.yaml import events

from hojo_cli.document.decoding import Report
from hojo_cli.document.events import Next
from hojo_cli.document.nodes import Limits, Mapping, Node, Scalar, Sequence
from hojo_cli.document.strictness import RESERVED, Strictness


def build(following: Next, limits: Limits, report: Report, first_line: int = 1) -> Node | None:
    """The first document of the events, which begins at this line of its file; None where there is none.

    Problems of content go to `report`; `Refused` where a limit is passed. The one long function
    of this package: every file of a batch goes through this loop, so it keeps to local names.
    """
    strict = Strictness(limits, report, first_line)
    scalar, mapping, mapping_end = events.ScalarEvent, events.MappingStartEvent, events.MappingEndEvent
    sequence, sequence_end = events.SequenceStartEvent, events.SequenceEndEvent
    most_text, most_key = limits.scalar, limits.key
    roots: list[Node] = []
    stack: list[tuple[Mapping | None, list[Node]]] = []
    inside: Mapping | None = None  # the mapping being filled; where None, `items` is
    items = roots
    entries: dict[str, Node] = {}
    key: str | None = None  # read, and waiting for its value
    where = (1, 1)  # the key
    for _ in range(limits.nodes):
        event = following()
        kind = event.__class__
        if kind is scalar:
            text: str = event.value
            mark = event.start_mark
            if event.ctag is not None or event.anchor is not None:
                strict.properties(event)
            if inside is not None and key is None:
                where = (mark.line + first_line, mark.column + 1)
                key = text
                if not (text.isidentifier() and text.isascii()) or (text in RESERVED or len(text) > most_key):
                    key = strict.key(text, not event.style, where, inside)
                continue
            if not text.isprintable() or len(text) > most_text:
                strict.text(text, mark)
            node = Scalar(text, not event.style, mark.line + first_line, mark.column + 1)
            if inside is None or key is None:
                if not items or not text[:1].isdigit() or not strict.continues(node, items):
                    items.append(node)
            elif key in entries or not text:
                strict.entry(key, where, node, inside)
                key = None
            else:
                entries[key] = node
                inside.keys[key] = where
                key = None
        elif kind is mapping_end or kind is sequence_end:
            inside, items = stack.pop()
            if inside is not None:
                entries = inside.entries
        elif kind is mapping or kind is sequence:
            strict.collection(event, len(stack))
            line, column = strict.at(event.start_mark)
            if inside is not None and key is None:
                key = strict.complex_key((line, column), inside)
                strict.skip(following, len(stack))
                continue
            stack.append((inside, items))
            made = Mapping({}, {}, line, column) if kind is mapping else Sequence([], line, column)
            if inside is None or key is None:
                items.append(made)
            else:
                strict.entry(key, where, made, inside)
                key = None
            if isinstance(made, Mapping):
                inside, entries = made, made.entries
            else:
                inside, items = None, made.items
        elif kind is events.AliasEvent:
            strict.shared(event.start_mark)
            nothing = Scalar("", True, *strict.at(event.start_mark))
            if inside is None:
                items.append(nothing)
            elif key is None:
                key = strict.refuse(inside)
            else:
                strict.entry(key, where, nothing, inside)
                key = None
        elif kind is events.DocumentStartEvent and roots:
            report("HJ112", strict.at(event.start_mark))
            break
        elif kind is events.StreamEndEvent:
            break
    else:
        strict.stop("HJ141", strict.at(event.start_mark), limits.nodes)
    strict.finish()
    return roots[0] if roots else None
