"""What formats draw with: blocks on a screen, entries of a report."""
