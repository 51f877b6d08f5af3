"""A person's year of learning, and the units' (requirement Q): put together from what every room tells of a year."""
