"""Tests of the simulated local network."""
