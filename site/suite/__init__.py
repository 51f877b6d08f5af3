"""The kernel: one small room per job. Nothing in here knows a feature plugin."""
