"""Xbox consoles in Home Assistant."""
