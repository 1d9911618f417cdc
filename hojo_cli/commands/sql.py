"""`hojo sql RULESET`: the ruleset as one query, or the tables that it reads."""

from __future__ import annotations

from collections.abc import Sequence

from hojo_cli.base.finding import THE_CALL, HojoError
from hojo_cli.messages import finding
from hojo_cli.rules import library, ruleset
from hojo_cli.tables.sql import varying
from hojo_cli.tables.sql.dialect import DIALECTS
from hojo_cli.tables.sql.number import UnsaidError
from hojo_cli.tables.sql.query import query
from hojo_cli.tables.sql.tables import ddl
from hojo_cli.tables.sql.variants import NONE


def text(rules: str, dialect: str, lang: str, *, tables: bool, vary: Sequence[str] = ()) -> str:
    """`HojoError` (HJ060) where the dialect cannot say something of the ruleset, and for figures that cannot vary."""
    rules = rules or library.years()[0]
    used, engine = ruleset.load(rules), DIALECTS[dialect]
    if tables:
        return ddl(used, engine, lang)
    try:
        return query(used, engine, lang, varying.read(rules, used, vary) if vary else NONE)
    except UnsaidError as unsaid:
        raise HojoError(finding("HJ060", unsaid.where or THE_CALL, dialect=dialect, what=unsaid.what)) from None
