"""Tests of the room `account`, through Home Assistant."""
