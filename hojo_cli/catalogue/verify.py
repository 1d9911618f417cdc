"""The findings of this range (see `hojo_cli.catalogue`)."""

from typing import Final

from hojo_cli.catalogue import Entry
from hojo_cli.catalogue.provenance import ENTRIES as PROVENANCE
from hojo_cli.catalogue.situations import ENTRIES as SITUATIONS
from hojo_cli.catalogue.structure import ENTRIES as STRUCTURE
from hojo_cli.catalogue.wording import ENTRIES as WORDING

ENTRIES: Final[dict[str, Entry]] = PROVENANCE | STRUCTURE | SITUATIONS | WORDING
