"""Sample hearings of the sample township: what was reported, said, promised and kept. All invented."""
