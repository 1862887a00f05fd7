"""Simulated readers: in the real engine, and, many at once, on numpy; both agree breath for breath."""
