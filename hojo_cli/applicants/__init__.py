"""The applicant file: read, described to editors, written blank, asked question by question."""
