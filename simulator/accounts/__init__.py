"""Signing in: accounts, apps, tokens and signatures."""
