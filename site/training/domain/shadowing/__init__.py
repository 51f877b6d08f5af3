"""Shadowing 跟班学习: whose it is, who closes it, what waits (requirement Q)."""
