"""One file an engine: how the stories are written for it, and how it is driven."""
