from .export import Export
from .figures import FiguresKept, MonthFigures, PresentFigures
from .grade_band import GradeBand
from .schedule import Schedule, ScheduleRun

__all__ = ["Export", "FiguresKept", "GradeBand", "MonthFigures", "PresentFigures", "Schedule", "ScheduleRun"]
