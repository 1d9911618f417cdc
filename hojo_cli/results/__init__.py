"""What comes of a run, in words and exact numbers, and the page it becomes. Nothing here knows how it is drawn."""
