"""Forms that lose nothing: saved while typing, kept on the device until the server has it, never overwritten."""
