"""Who plays: profiles, presence, what they did and said."""
