"""Lengths of time as a learner says them."""

from __future__ import annotations

from datetime import date, timedelta

from llmprep.content.items import Language
from llmprep.ui.strings import say


def interval(length: timedelta, language: Language) -> str:
    """Until a card comes back: minutes, hours, days or months."""
    minutes = length.total_seconds() / 60
    if minutes < 60:
        return say(language, "interval.minutes", n=max(round(minutes), 1))
    if minutes < 24 * 60:
        return say(language, "interval.hours", n=round(minutes / 60))
    days = minutes / (24 * 60)
    if days < 60:
        return say(language, "interval.days", n=round(days))
    return say(language, "interval.months", n=f"{days / 30.44:.1f}")


def clock_time(seconds: float) -> str:
    """Minutes and seconds, as a stop-watch shows them."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def days_ago(day: date, today: date, language: Language) -> str:
    """When something was done."""
    days = (today - day).days
    if days <= 0:
        return say(language, "when.today")
    return say(language, "when.yesterday") if days == 1 else say(language, "when.days", days=days)
