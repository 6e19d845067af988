"""A client of the Xbox network; knows nothing of Home Assistant."""
