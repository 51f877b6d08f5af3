"""How a sheet is set beyond what WeasyPrint does: characters, line breaks, flush lines, pictures."""
