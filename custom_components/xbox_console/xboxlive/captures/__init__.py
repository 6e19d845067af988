"""Captures as one thing: found wherever they are, read while their addresses lapse, kept without losing one."""
