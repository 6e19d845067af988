"""A real Home Assistant in a real browser, against the simulator."""
