"""What statistics store: the cube, how far it is filled, and by which code. Private to the room."""

from typing import ClassVar

from django.db import models


class Cube(models.Model):
    """One sum of deltas: key (unit, sector or source in it, enterprise) × measure × level × day or month.

    The row is its key: on SQLite the table lies in the order of its primary key and has no other tree (ADR 0018).
    """

    pk = models.CompositePrimaryKey("key", "measure", "grain", "level", "on")
    key = models.CharField(max_length=160)
    measure = models.CharField(max_length=48)
    level = models.CharField(max_length=16, default="")
    grain = models.CharField(max_length=1)
    on = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(grain__in=["d", "m"]), name="cube_day_or_month"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.measure} {self.on}: {self.amount}"


class CubeLate(models.Model):
    """What was recorded after the day that it counts for: one sum of deltas of a measure by the day of the fact.

    on: the day of recording. fact: the day before it that the cube counts it on. It takes away what was not known yet
    of a past day, and is read for nothing else; the row is its key, as in the cube.
    """

    pk = models.CompositePrimaryKey("key", "measure", "level", "on", "fact")
    key = models.CharField(max_length=160)
    measure = models.CharField(max_length=48)
    level = models.CharField(max_length=16, default="")
    on = models.DateField()
    fact = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(fact__lt=models.F("on")), name="cube_late_is_late"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.measure} {self.fact}, {self.on}: {self.amount}"


class FillState(models.Model):
    """How far a rebuild of the cube has come: one row per chain, so that a stopped rebuild goes on where it was."""

    chain = models.CharField(max_length=48, primary_key=True)
    seq = models.BigIntegerField(default=0)
    done = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.chain}@{self.seq}"


class CubeMade(models.Model):
    """By which shape of the code the cube's cells were made (`rules.SHAPE`): at most one row, none before the first.

    begun: of the rebuild that runs or was stopped; a rebuild that another shape began is begun anew. made: of what is
    there now.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    begun = models.PositiveSmallIntegerField(default=0)
    made = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="cube_made_once")]

    def __str__(self) -> str:
        return f"cells of shape {self.made}"
