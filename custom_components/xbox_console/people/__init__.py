"""Who plays: presence, play time, unlocks, and the entities of people."""
