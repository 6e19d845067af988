"""What families want: a budget of play time, a diary of what was played, a game to follow."""
