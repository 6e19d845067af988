"""The simulator's own page, and its control over everything under `/_simulator`."""
