"""What the sample township promises month by month: texts, days, and who did what."""
