"""What happens behind the scenes when the office's words change."""
