"""The findings of this range (see `hojo_cli.catalogue`)."""

from typing import Final

from hojo_cli.catalogue import Entry

ENTRIES: Final[dict[str, Entry]] = {}
