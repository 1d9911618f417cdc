"""Over all frames: what may be applied for together, and where an amount rises."""
