"""Applicants as three tables of rows, and the engine that runs a ruleset over them."""
