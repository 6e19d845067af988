"""Days in a lively town, in virtual time."""
