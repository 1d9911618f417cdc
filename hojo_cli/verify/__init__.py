"""A ruleset proved: against its sources, against itself, and by cases at every border."""
