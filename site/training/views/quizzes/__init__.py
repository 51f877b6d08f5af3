"""Screens of quizzes on the desk."""
