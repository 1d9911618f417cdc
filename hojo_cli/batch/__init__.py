"""Many applicants: from paths to checked inputs, in order, however many, and nothing lost."""
