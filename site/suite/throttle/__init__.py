"""So many of something from one address within an hour, and forms that robots find hard to fill in."""
