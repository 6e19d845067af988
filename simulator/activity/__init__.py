"""Real-Time Activity, the network's push channel: who listens to what, and what they are told."""
