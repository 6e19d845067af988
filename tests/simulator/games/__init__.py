"""Titles and the catalogue."""
