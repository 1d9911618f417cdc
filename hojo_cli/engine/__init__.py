"""One evaluator of the nodes: an applicant judged under a ruleset, exactly and three-valued."""
