"""Consoles, and what they can be told."""
