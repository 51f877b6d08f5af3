"""Commitments on paper: form, board, meeting sheet, month analysis (requirement I, printed)."""
