"""Signing in: from a user at a browser to the header that the services want."""
