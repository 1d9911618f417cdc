"""The ruleset file, found, read and lowered to nodes."""
