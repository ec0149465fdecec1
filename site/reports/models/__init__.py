from .export import Export
from .figures import DayFigures, FiguresKept, MonthFigures, PresentFigures
from .grade_band import GradeBand
from .schedule import Schedule, ScheduleRun

__all__ = [
    "DayFigures",
    "Export",
    "FiguresKept",
    "GradeBand",
    "MonthFigures",
    "PresentFigures",
    "Schedule",
    "ScheduleRun",
]
