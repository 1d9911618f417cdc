"""Rulesets as SQL: one more reader of the nodes, which writes what they come to as one query over tables of applicants."""
