"""The findings of this range (see `hojo_cli.messages`)."""

from typing import Final

from hojo_cli.messages import Entry
from hojo_cli.messages.provenance import ENTRIES as PROVENANCE
from hojo_cli.messages.situations import ENTRIES as SITUATIONS
from hojo_cli.messages.structure import ENTRIES as STRUCTURE
from hojo_cli.messages.wording import ENTRIES as WORDING

ENTRIES: Final[dict[str, Entry]] = PROVENANCE | STRUCTURE | SITUATIONS | WORDING
