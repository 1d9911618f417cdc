"""`hojo sql RULESET`: the ruleset as one query, or the tables that it reads."""

from __future__ import annotations

from hojo_cli.base.finding import THE_CALL, HojoError
from hojo_cli.messages import finding
from hojo_cli.rules import library, ruleset
from hojo_cli.sql.dialect import DIALECTS
from hojo_cli.sql.number import UnsaidError
from hojo_cli.sql.query import query
from hojo_cli.sql.tables import ddl


def text(rules: str, dialect: str, lang: str, *, tables: bool) -> str:
    """`HojoError` (HJ060) where the dialect cannot say something of the ruleset."""
    used, engine = ruleset.load(rules or library.years()[0]), DIALECTS[dialect]()
    if tables:
        return ddl(used, engine, lang)
    try:
        return query(used, engine, lang)
    except UnsaidError as unsaid:
        raise HojoError(finding("HJ060", unsaid.where or THE_CALL, dialect=dialect, what=unsaid.what)) from None
