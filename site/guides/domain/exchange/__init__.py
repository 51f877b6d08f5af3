"""All items as one workbook that an office fills in: write it, read it, say what would change, bring it in."""
