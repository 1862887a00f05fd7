"""The benchmark: the same stories, from one seed, told by Harken and by every peer that can be had. See README.md."""
