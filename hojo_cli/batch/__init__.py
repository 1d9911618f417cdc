"""Applicants under one ruleset or two, one applicant or many: from paths to checked inputs, in order, and nothing lost."""
