"""What Home Assistant and HACS ask of an integration's files, checked without running it."""
