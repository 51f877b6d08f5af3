"""The body of a page: the blocks every published text is made of, on screen, on paper and in search."""
