"""The map of a story: tellings by depth and thread, what they need, how often readers reach each, what is proved."""

from harken.check.map.chart import Chart, chart_of
from harken.check.map.page import as_page
from harken.check.map.svg import as_svg
from harken.check.map.verdicts import verdicts_of

__all__ = ["Chart", "as_page", "as_svg", "chart_of", "verdicts_of"]
