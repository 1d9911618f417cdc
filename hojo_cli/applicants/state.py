"""How far an interview is: what was answered, the item that is being told, what nobody knows. Going back is an earlier state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from hojo_cli.applicants.draft import Draft
from hojo_cli.base.record import Record

TIME_OF: Final = {"amount": "months", "monthly": "months", "yearly": "years"}
"""The time that each form of price pays for."""


class State(Record):
    """What is answered: the draft, the item that is being told (`item`, with its `form` of price), and what nobody knows.

    `told` holds whose items are all told: 0 is the applicant, members count from 1; -1 says that there are no more members.
    """

    draft: Draft
    named: bool = False
    group: bool | None = None
    told: frozenset[int] = frozenset()
    item: Mapping[str, str] | None = None
    unknown: frozenset[str] = frozenset()

    @staticmethod
    def of(draft: Draft) -> State:
        """Where an interview begins: with nothing, or with what a file holds."""
        members = frozenset(range(1, len(draft.members) + 1))
        return State(draft, bool(draft.name), True if members else None, members)

    @property
    def holder(self) -> int:
        """Whose items are being told."""
        return 0 if 0 not in self.told else len(self.draft.members)

    def probes(self) -> Iterator[Draft]:
        """The draft as it would be read; with the item that is being told, as soon as it has a price."""
        item = self.item
        form = "" if item is None else item.get("form", "")
        if item is None or form not in item:
            yield self.draft
            return
        time = {TIME_OF[form]: "1"} if form != "amount" and TIME_OF[form] not in item else {}
        yield self.draft.with_part(
            self.holder, lambda part: part._replace(items=(*part.items, as_written({**item, **time})))
        )


def as_written(item: Mapping[str, str]) -> dict[str, str]:
    """The item as the file has it: no key without a value, none that is only ours, and no tax where there is none."""
    return {
        key: value for key, value in item.items() if value and key != "form" and (key, value) != ("tax", "excluded")
    }
