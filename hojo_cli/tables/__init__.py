"""Applicants as three tables of rows, a ruleset as a query over them (`sql`), and the engine that runs it."""
