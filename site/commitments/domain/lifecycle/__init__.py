"""One function for each change of state: lock, check, change, audit, signal, in one transaction."""
