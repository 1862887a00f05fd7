"""The text that the ear learns from, how it grows, and the training."""
