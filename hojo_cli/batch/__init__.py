"""Applicants under a ruleset, one or many: from paths to checked inputs, in order, however many, and nothing lost."""
