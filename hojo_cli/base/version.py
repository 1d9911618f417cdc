"""Which hojo this is: the one place of the number, on the ground, where every room that names it can reach it."""

__version__ = "0.1.0"
