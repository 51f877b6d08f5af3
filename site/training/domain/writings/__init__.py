"""Study notes and research articles: text, who owes one, who decides, facts, papers (requirement Q)."""
