"""Many readers on one server, each with a keep under their own passphrase, in one process or several."""
