"""Text of PDF and Word files that pages link, so that a page is found by what stands in its attachments.

`reader` runs in a process of its own with limits; what it read is kept in `FileText`, one row for each file; a page's
index entry holds the texts of the files that its published content links and anyone may fetch.
"""
