"""The local network, through the front door: what it makes us ask, and what it never does."""
