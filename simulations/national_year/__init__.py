"""A national year of applicants, simulated from published outcomes. Not data about anybody: see docs/national-year.md."""
