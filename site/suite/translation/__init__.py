"""Catalogues: what the product says, in Chinese. Extracts, compares and compiles with Babel alone."""
