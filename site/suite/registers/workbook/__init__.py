"""Workbooks that people fill in: is it one, which rows are filled, what is wrong in which cell.

What its sheets and columns mean is the plugin's business; its words are the plugin's as well.
"""
