"""Promises that hold for whatever is done at home."""
