"""One console: what it does, what it is told to do, and its entities."""
