"""Findings as data."""

from hojo_cli.entries import told as data

__all__ = ["data"]
