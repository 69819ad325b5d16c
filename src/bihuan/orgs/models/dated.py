"""Rows that hold from one day to another."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

Dated = TypeVar("Dated", bound=models.Model)


class DatedQuerySet(models.QuerySet[Dated]):
    """Speaks of rows that hold from one day to another, both inclusive."""

    def on(self, day: date) -> Self:
        """Keep the rows that hold on this day."""
        return self.filter(Q(to_on=None) | Q(to_on__gte=day), from_on__lte=day)


def days_in_order(name: str) -> models.CheckConstraint:
    """Return the constraint that the last day is not before the first."""
    return models.CheckConstraint(
        condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
        name=name,
        violation_error_message="止日不能早于起日。",
    )
