"""What a ruleset rests on: the archived texts, and where in the file each figure stands."""
