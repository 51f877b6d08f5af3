"""Videos: what a file must be, how its parts arrive, who may watch it."""
