"""Word drafts become draft pages: upload, the page made of it, and the report of what could not be kept."""
