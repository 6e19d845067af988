"""Promises to those who have something to lose."""
