"""`make bench`: the product measured over HTTP, beside the bare equivalents."""
