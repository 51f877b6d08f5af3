"""A Word file read by ourselves: what it may hold, what its paragraphs are, what a page has no place for."""
