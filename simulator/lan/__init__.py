"""The local network that the consoles stand in: what they say and hear there."""
