"""Door of the big screen: a device with a code sees figures of one place, and nothing else of the product."""
