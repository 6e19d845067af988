"""Faults and rate limits."""
