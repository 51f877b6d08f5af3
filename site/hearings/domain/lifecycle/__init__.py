"""Every change of a hearing, its topics, representatives, problems and measures."""
