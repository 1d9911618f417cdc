"""What a ruleset declares before it says anything: sources, assumptions, facts, items, measures, definitions, reminders."""

from __future__ import annotations

from collections.abc import Mapping

from hojo_cli.base.finding import Text
from hojo_cli.base.suggest import spellings
from hojo_cli.document import Mapping as MappingNode, Scalar
from hojo_cli.rules.block import Block
from hojo_cli.rules.declared import Assumption, Combination, Definition, FieldSpec, Measure, Reminder, Source
from hojo_cli.rules.nodes import Distinct, Every, Is, MemberCount, Quantity
from hojo_cli.rules.walk import followed


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
            entry.condition_at("when"),
            entry.provenance,
            entry.where,
            entry.at("otherwise").at("label").text() if entry.has("otherwise") else None,
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


def fields(block: Block) -> dict[str, FieldSpec]:
    """Item fields by id. What is asked is what the ruleset words, else made of the label."""
    fields = {}
    for name, entry in block.keyed():
        label, choices = entry.at("label").text(), labels(entry.at("choices"))
        asked = Text(f"{label.ja}はどれですか。", f"Which of these: {label.en}?")
        ask = entry.at("ask").text() if entry.has("ask") else asked
        change = entry.at("change").word()
        fields[name] = FieldSpec(name, label, choices, spelt(entry.at("choices"), choices), ask, change)
    block.reading.fields.update(fields)
    return fields


def measures(block: Block) -> dict[str, Measure]:
    """Measures by id: `{distinct: field, items: [...]}` or `{count: members}`, with `only: {...}` those members for whom it holds."""
    reading = block.reading
    for name, entry in block.keyed():
        label = entry.at("label").text()
        if entry.has("count"):
            counted: Quantity = MemberCount(name, entry.condition_at("only"))
        else:
            field, picks = entry.at("distinct").name("fields"), entry.at("items").picks()
            for pick in picks:
                reading.reads(pick.categories, field)
            counted = Distinct(name, field, picks)
        reading.measures[name] = Measure(name, label, counted)
    return reading.measures


def definitions(block: Block) -> dict[str, Definition]:
    """Named conditions by id; none may lead back to itself."""
    definitions = {
        name: Definition(name, entry.at("label").text(), entry.condition(), entry.where)
        for name, entry in block.keyed()
    }
    for name, entry in block.keyed():
        named = followed([definitions[name].condition], definitions)
        if any(isinstance(node, Is) and node.name == name for node in named):
            entry.fault("HJ345", name=name)
            definitions[name] = definitions[name]._replace(condition=Every(()))
    return definitions


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
    for block in root.mappings():
        source = block.at("source")
        if isinstance(source.node, MappingNode) and not source.node.entries.keys() - {"id", "at", "printed"}:
            source.at("id").name("sources")
            for key in ("id", "at"):
                if not source.has(key):  # nor in any `cites` around it
                    source.fault("HJ302", key=key)
        if isinstance(block.at("assume").node, Scalar):
            block.at("assume").name("assumptions")
