"""Tests of the room `games`, through Home Assistant."""
