"""Families: budgets, the diary, games to follow."""
