"""Tests of the room `people`, through Home Assistant."""
