"""Promises that hold for whatever comes in."""
