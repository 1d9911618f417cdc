"""Values as YAML, by ruamel."""

from collections.abc import Mapping
from io import StringIO

from ruamel.yaml import YAML


def write(values: Mapping[str, object]) -> str:
    """See `hojo_cli.document.write`."""
    yaml = YAML()
    yaml.width = 1 << 20
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = StringIO()
    yaml.dump(dict(values), text)
    return text.getvalue()
