"""The process is killed; what is on disk must be enough to go on."""
