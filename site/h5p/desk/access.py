"""Who gets in: everybody else is told as Wagtail tells it, and what is not in one's list is not found."""

from shared.desk.pages import DeskPage, RightNeeded

__all__ = ["DeskPage", "RightNeeded"]
