"""One fact or one measure against a figure, or against another fact: 以上, 以下, 超, 未満, one of, the same kinds as."""

from hojo_cli.base.number import Kind
from hojo_cli.document import TRUTHS
from hojo_cli.rules import nodes
from hojo_cli.rules.block import Block


def fact(block: Block) -> nodes.Condition:
    """`{fact: id, min|max|above|below|eq: figure}`, `{…: {fact: other}}`, `{…, in: [choices]}`, `{…, eq: true}`, `{…, same_as: measure}`.

    With `unset: {holds: true|false, assume: id}` it is taken to hold (or not) while the applicant says none of its facts.
    """
    name = block.at("fact").name("facts")
    spec = block.reading.facts.get(name)
    if spec is None:
        return nodes.Every(())
    test: nodes.Condition = nodes.Every(())  # of a kind that is none: the schema's complaint
    match spec.kind:
        case "boolean":
            expected = block.at("eq")
            if expected.word() not in TRUTHS:
                block.fault("HJ333", fact=name)
            test = said = nodes.Holds(name, expected.truth())
            if spec.fallback is not None:
                # as the definition that stands in for it has it, once the applicant says what that looks at
                instead = tuple(other.id for other in block.reading.facts.values() if other.instead_of == name)
                defined = nodes.Is(spec.fallback) if said.expected else nodes.Not(nodes.Is(spec.fallback))
                test = nodes.Said((name,), said, nodes.Said(instead, defined, said))
        case "choice":
            if not block.has("in"):
                block.fault("HJ333", fact=name)
            test = nodes.Among(name, frozenset(block.at("in").names(f"choices of {name}")))
        case "set":
            kinds = block.reading.measures.get(block.at("same_as").name("measures"))
            if kinds is not None and isinstance(kinds.quantity, nodes.Distinct):
                test = nodes.SameKinds(name, kinds.quantity)
            else:
                block.fault("HJ333", fact=name)
        case kind if kind in tuple(Kind):
            test = _compare(block, spec.unset or nodes.Fact(name), Kind(kind))
    if not block.has("unset"):
        return test
    read = (test.left, test.right) if isinstance(test, nodes.Against) else ()
    facts = tuple(quantity.name for quantity in read if isinstance(quantity, (nodes.Fact, nodes.FactOr))) or (name,)
    taken = nodes.Every(()) if block.at("unset").at("holds").truth() else nodes.Not(nodes.Every(()))
    return nodes.Said(facts, test, taken, block.at("unset").at("assume").name("assumptions"))


def measure(block: Block) -> nodes.Condition:
    """`{measure: id, min|max|above|below|eq: figure}`."""
    found = block.reading.measures.get(block.at("measure").name("measures"))
    return nodes.Every(()) if found is None else _compare(block, found.quantity, Kind.COUNT)


def _compare(block: Block, left: nodes.Quantity, kind: Kind) -> nodes.Condition:
    ops = [op for op in nodes.Op if block.has(op)]
    if len(ops) != 1:
        block.fault("HJ334")
        return nodes.Every(())
    (op,) = ops
    right = block.at(op)
    if not (right.has("fact") or right.has("measure")):
        return nodes.Compare(left, op, right.number(kind))
    quantity, other = right.quantity()
    if other not in (None, kind):
        right.fault("HJ363", other=right.at("measure" if right.has("measure") else "fact").word())
    return nodes.Against(left, op, quantity)
