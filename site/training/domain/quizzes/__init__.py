"""Quizzes: what a good question is, which are drawn, what an answer is worth, who has passed (requirement Q)."""
