"""From a URL to a Page, or to a typed error: the only network I/O of newsclean."""
