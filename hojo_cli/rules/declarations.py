"""What a ruleset declares before it says anything: sources, assumptions, facts, items, measures, reminders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hojo_cli.base.finding import Text
from hojo_cli.base.number import Kind
from hojo_cli.base.suggest import spellings
from hojo_cli.document import Mapping as MappingNode
from hojo_cli.document import Scalar, Sequence
from hojo_cli.rules.block import Block
from hojo_cli.rules.nodes import (
    Against,
    Among,
    Assumption,
    AtOnce,
    Combination,
    Compare,
    Condition,
    Distinct,
    Every,
    Fact,
    FactOr,
    FactSpec,
    FieldSpec,
    Holds,
    Measure,
    MemberCount,
    Not,
    Quantity,
    Reminder,
    Some,
    Source,
)


def declare(root: Block) -> None:
    """Note every declared name first, so that the order of the file does not matter."""
    declared = root.reading.declared
    for part in ("sources", "assumptions", "facts", "measures", "definitions", "frames"):
        declared[part] = tuple(name for name, _ in root.at(part).keyed())
    items = root.at("items")
    declared["categories"] = tuple(name for name, _ in items.at("categories").keyed())
    declared["fields"] = tuple(name for name, _ in items.at("fields").keyed())
    for name, entry in (*items.at("fields").keyed(), *root.at("facts").keyed()):
        field = entry.at("choices_of").word()
        own = tuple(choice for choice, _ in entry.at("choices").keyed())
        declared[f"choices of {name}"] = declared.get(f"choices of {field}", ()) if field else own


def sources(block: Block) -> dict[str, Source]:
    """Documents by id."""
    return {
        name: Source(name, *(entry.at(key).word() for key in ("title", "issuer", "date", "url", "file", "sha256")))
        for name, entry in block.keyed()
    }


def assumptions(block: Block) -> dict[str, Assumption]:
    """Assumptions by id."""
    return {
        name: Assumption(
            name,
            entry.at("label").text(),
            entry.at("why").text(),
            tuple(reading.text() for reading in entry.at("conflict").elements()),
            entry.at("frames").names("frames"),
            entry.at("when").condition() if entry.has("when") else None,
            entry.provenance,
            entry.where,
        )
        for name, entry in block.keyed()
    }


def labels(block: Block) -> dict[str, Text]:
    """Labels by id."""
    return {name: entry.text() for name, entry in block.keyed()}


def spelt(block: Block, labels: Mapping[str, Text]) -> dict[str, str]:
    """What each word stands for that may be written for one of these ids."""
    aliases = {name: [alias.word() for alias in entry.at("aliases").elements()] for name, entry in block.keyed()}
    return spellings({name: (*label, *aliases[name]) for name, label in labels.items()})


def _choices(entry: Block) -> tuple[Mapping[str, Text], Mapping[str, str]]:
    """A fact's own choices, or those of an item field; and how they may be spelt."""
    if not entry.has("choices_of"):
        choices = labels(entry.at("choices"))
        return choices, spelt(entry.at("choices"), choices)
    field = entry.reading.fields.get(entry.at("choices_of").name("fields"))
    return ({}, {}) if field is None else (field.choices, field.spellings)


def facts(block: Block) -> dict[str, FactSpec]:
    """Facts by id. The conditions of `asked_if` and `only_if` may name any fact, so they are read when all facts are known."""
    found = {name: _fact(name, entry) for name, entry in block.keyed()}
    block.reading.facts.update(found)
    for name, entry in block.keyed():
        if entry.has("asked_if"):
            found[name] = found[name]._replace(asked_if=entry.at("asked_if").condition())
        if entry.has("only_if"):
            found[name] = found[name]._replace(only_if=_only_if(entry.at("only_if")))
        _stands_in(entry, found[name], found)
    block.reading.facts.update(found)
    return found


def _only_if(block: Block) -> Condition | None:
    """A condition on facts alone: it is asked while nothing else of the applicant is read."""
    condition = block.condition()
    if not _of_facts(condition):
        block.fault("HJ364")
        return None
    return condition


def _of_facts(condition: Condition) -> bool:
    match condition:
        case Every(parts) | Some(parts):
            return all(map(_of_facts, parts))
        case Not(part):
            return _of_facts(part)
        case Compare(Fact()) | Against(Fact(), _, Fact()) | Among() | Holds():
            return True
        case _:
            return False


def _stands_in(entry: Block, spec: FactSpec, facts: Mapping[str, FactSpec]) -> None:
    """What stands in for a yes or no that is left out: a definition, and the facts it is asked by."""
    asked = [other.id for other in facts.values() if other.instead_of == spec.id]
    if spec.fallback is not None and (spec.kind != "boolean" or not asked):
        entry.at("unset").fault("HJ365", fact=spec.id)
    instead = facts.get(spec.instead_of or "")
    if instead is not None and instead.fallback is None:
        entry.at("instead_of").fault("HJ366", fact=instead.id)


def _fact(name: str, entry: Block) -> FactSpec:
    minimum, maximum, at_most = entry.at("min"), entry.at("max"), entry.at("at_most")
    kind = entry.at("type").word()
    return FactSpec(
        name,
        entry.at("label").text(),
        kind,
        *_choices(entry),
        entry.at("ask").text(),
        entry.at("where").text(),
        None,
        0 if minimum.absent else int(minimum.word()) if minimum.word().isdecimal() else 0,
        None if maximum.absent or kind not in tuple(Kind) else maximum.figure(Kind(kind)).value,
        at_most.word() if at_most.word() in entry.reading.declared["facts"] else None,
        None,
        None,
        entry.where,
        fallback=entry.at("unset").at("is").name("definitions") or None,
        instead_of=entry.at("instead_of").name("facts") or None,
        of_members=entry.at("asked_of").word() == "members",
    )


def measured(block: Block, found: dict[str, FactSpec], measures: dict[str, Measure]) -> None:
    """What a measure says of a fact: it stands in where the fact is left out (`unset`), or the fact cannot exceed it (`at_most`)."""
    for name, entry in block.keyed():
        if entry.has("at_most") and found[name].at_most is None:
            found[name] = found[name]._replace(within=_within(entry.at("at_most"), measures))
        if entry.at("unset").has("measure"):
            stand_in = entry.at("unset")
            measure = measures.get(stand_in.at("measure").name("measures"))
            assume = stand_in.at("assume").name("assumptions")
            if measure is not None:
                found[name] = found[name]._replace(unset=FactOr(name, measure.quantity, assume))
    block.reading.facts.update(found)


def _within(at_most: Block, measures: dict[str, Measure]) -> MemberCount | None:
    """The number of members a fact cannot exceed; no other measure is known before the items are judged."""
    name = at_most.word()
    if name not in measures:
        at_most.declared("facts", name, (*at_most.reading.declared["facts"], *measures))
        return None
    quantity = measures[name].quantity
    if not isinstance(quantity, MemberCount) or quantity.only is not None:
        at_most.fault("HJ350", name=name)
        return None
    return quantity


def at_once(block: Block) -> AtOnce:
    """`{categories, assume}`; where nothing is declared, every category whose months some line limits."""
    if not block.absent:
        block.reading.at_once = frozenset(block.at("categories").names("categories"))
    return AtOnce(block.reading.at_once or frozenset(), block.provenance)


def fields(block: Block) -> dict[str, FieldSpec]:
    """Item fields by id."""
    found = {name: _field(name, entry) for name, entry in block.keyed()}
    block.reading.fields.update(found)
    return found


def _field(name: str, entry: Block) -> FieldSpec:
    label, choices = entry.at("label").text(), labels(entry.at("choices"))
    return FieldSpec(name, label, choices, spelt(entry.at("choices"), choices), _asked(entry.at("ask"), label))


def _asked(ask: Block, label: Text) -> Text:
    """The question as the ruleset words it, else by the label."""
    if not ask.absent:
        return ask.text()
    return Text(f"{label.ja}はどれですか。", f"Which of these: {label.en}?")


def measures(block: Block) -> dict[str, Measure]:
    """Measures by id."""
    found = {name: Measure(name, entry.at("label").text(), _quantity(name, entry)) for name, entry in block.keyed()}
    block.reading.measures.update(found)
    return found


def _quantity(name: str, entry: Block) -> Quantity:
    """`{distinct: field, items: [...]}` or `{count: members}`, with `only: {...}` those members for whom it holds."""
    if entry.has("count"):
        only = entry.at("only")
        return MemberCount(name, None if only.absent else only.condition())
    field, picks = entry.at("distinct").name("fields"), entry.at("items").picks()
    for pick in picks:
        entry.reading.reads(pick.categories, field)
    return Distinct(name, field, picks)


def reminders(block: Block) -> tuple[Reminder, ...]:
    """Duties in the order of the file."""
    entries = block.elements()
    block.reading.declared["reminders"] = tuple(entry.at("id").word() for entry in entries)
    for entry in entries:
        label = entry.at("label")
        if isinstance(label.node, Scalar):  # refers to no reminder that has a label of its own
            label.declared("reminders", label.word(), ())
    return tuple(
        Reminder(entry.at("id").word(), entry.at("label").text(), entry.at("frames").names("frames"), entry.provenance)
        for entry in entries
    )


def combinations(block: Block) -> tuple[Combination, ...]:
    """Which frames go together."""
    return tuple(
        Combination(entry.at("frames").names("frames"), entry.at("allowed").truth(), entry.provenance)
        for entry in block.elements()
    )


def cited(root: Block) -> None:
    """Every `source.id` and `assume` anywhere in the file names a declared source or assumption."""
    for block in _mappings(root):
        source = block.at("source")
        if isinstance(source.node, MappingNode) and not source.node.entries.keys() - {"id", "at", "printed"}:
            source.at("id").name("sources")
            for key in ("id", "at"):
                if not source.has(key):  # nor in any `cites` around it
                    source.fault("HJ302", key=key)
        if isinstance(block.at("assume").node, Scalar):
            block.at("assume").name("assumptions")


def _mappings(block: Block) -> Iterator[Block]:
    """Every mapping of the file below this block."""
    pending = [block]
    while pending:
        here = pending.pop()
        if isinstance(here.node, MappingNode):
            yield here
            pending += [below for key, below in here.keyed() if key not in ("source", "ja", "en")]
        elif isinstance(here.node, Sequence):
            pending += here.elements()
