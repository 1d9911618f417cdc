"""Two rulesets: what changed in the rules, and who feels it."""
