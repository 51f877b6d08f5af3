"""The pages every office has: home, sections, notices, news, columns of open affairs."""
