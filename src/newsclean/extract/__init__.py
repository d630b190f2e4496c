"""From a page, or from text that something else extracted, to a Draft."""
