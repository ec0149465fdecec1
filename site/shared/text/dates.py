"""Dates in documents, as Decree 30/2020/NĐ-CP (Appendix I) writes them."""

from datetime import date


def long_date(day: date) -> str:
    """“ngày 05 tháng 01 năm 2026”: days under 10 and the months 1 and 2 take a leading zero."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    """“05/01/2026”."""
    return f"{day:%d/%m/%Y}"
