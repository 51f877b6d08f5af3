"""Skills 一人一技: who confirms them, who can do what, how many have one (requirement Q)."""
