"""Tests of the room `consoles`, through Home Assistant."""
