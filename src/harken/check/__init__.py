"""Is this story sound? At this stage: simulated readers. What they reach is shown, what they do not is not proved."""

from harken.check.readers import POLICIES, Reach, reach

__all__ = ["POLICIES", "Reach", "reach"]
