"""Everything that can go wrong with every service, whenever it does."""
