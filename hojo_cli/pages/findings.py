"""Findings as data."""

from hojo_cli.drawing.entries import told as data

__all__ = ["data"]
