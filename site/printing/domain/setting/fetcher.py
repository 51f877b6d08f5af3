"""How WeasyPrint gets at pictures."""

from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from .pictures import PictureRefused, picture_at


class MediaFetcher(URLFetcher):
    """Gives WeasyPrint pictures of this site and inline ones.

    What was refused since ``refused`` was last emptied is listed there, in words; the picture's description is
    printed in its place.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"})
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The picture at ``url``. Raises ValueError, which WeasyPrint takes as "not there"."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        try:
            content, kind = picture_at(url)
        except PictureRefused as error:
            self.refused.append(str(error))
            raise
        return URLFetcherResponse(url, content, {"Content-Type": kind})
