"""How archives are named, for who writes them and who reads them."""

WARC_SUFFIXES = (".warc", ".warc.gz")
OPEN = ".open"  # behind it, while the file is still being written
