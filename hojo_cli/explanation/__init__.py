"""Judgements and rules in words, in both languages."""
