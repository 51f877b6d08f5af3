"""Questions that found nothing: counted without saying who asked, listed for the editor, who does something about them.

A visit writes after its page has been sent (`counting`); what may be kept of a question is decided in `questions`.
"""
