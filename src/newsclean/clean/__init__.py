"""From a Draft to an Article: every decision is a Change with its rule and its reason."""
