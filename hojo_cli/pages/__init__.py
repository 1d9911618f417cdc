"""What each command shows: its results as data for machines and as a page for people. One command a file."""
