"""Measurements; they are not tests."""
