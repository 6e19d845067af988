"""The local network: it tells when to ask the Xbox network, and carries wakes."""
