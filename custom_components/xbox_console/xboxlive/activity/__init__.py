"""Real-Time Activity, the network's push channel: it tells when to ask, never what to show."""
