"""One fact or one measure against a figure: 以上, 以下, 超, 未満, one of."""

from hojo_cli.formula import Among, Compare, Condition, Every, Fact, Holds, Op, Quantity
from hojo_cli.number import Kind
from hojo_cli.rulesets.reading import TRUTHS, Block


def fact(block: Block) -> Condition:
    """`{fact: id, min|max|above|below|eq: figure}`, `{fact: id, in: [choices]}`, `{fact: id, eq: true}`."""
    name = block.at("fact").name("facts")
    spec = block.reading.facts.get(name)
    if spec is None:
        return Every(())
    if spec.kind == "choice":
        return _choice(block, name)
    if spec.kind == "boolean":
        return _boolean(block, name)
    if spec.kind not in tuple(Kind):  # the schema's complaint
        return Every(())
    return _compare(block, Fact(name), Kind(spec.kind))


def measure(block: Block) -> Condition:
    """`{measure: id, min|max|above|below|eq: figure}`."""
    found = block.reading.measures.get(block.at("measure").name("measures"))
    return Every(()) if found is None else _compare(block, found.quantity, Kind.COUNT)


def _choice(block: Block, name: str) -> Condition:
    if not block.has("in"):
        block.fault("HJ333", fact=name)
    return Among(name, frozenset(block.at("in").names(f"choices of {name}")))


def _boolean(block: Block, name: str) -> Condition:
    expected = block.at("eq")
    if expected.word() not in TRUTHS:
        block.fault("HJ333", fact=name)
    return Holds(name, expected.truth())


def _compare(block: Block, left: Quantity, kind: Kind) -> Condition:
    found = [op for op in Op if block.has(op)]
    if len(found) != 1:
        block.fault("HJ334")
        return Every(())
    return Compare(left, found[0], block.at(found[0]).number(kind))
