"""Tests of the blueprints, through Home Assistant."""
