"""Applicants made to order: just beside each figure, and what notices a change of one."""
