"""The doors to the world: files written whole or not at all, standard streams, signals, and errors of the system in words."""
