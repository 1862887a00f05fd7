"""Harken: an engine for stories in which someone opens up to you."""

__version__ = "0.1.0"
