"""The drawn photos of the demo differ as honest photos do, so that a doubt in the demo means something."""

from datetime import datetime
from itertools import combinations
from random import Random

from bihuan.cli.demo import pictures
from bihuan.hazards.rules.states import Category
from bihuan.kernel.calendar import SHANGHAI
from bihuan.trail.pictures import read_picture
from bihuan.trail.rules.photos import is_near

TAKEN: datetime = datetime(2018, 1, 5, 9, 3, tzinfo=SHANGHAI)


def test_given_many_places_before_and_after_when_compared_then_no_two_photos_are_taken_for_one() -> None:
    dice = Random(3)
    kinds = list(Category)
    shots = [
        pictures.Shot(kinds[place % len(kinds)], place * 7_919, number, number > 0, TAKEN, (31.5, 123.5))
        for place in range(70)
        for number in range(3)
    ]

    read = [read_picture(pictures.scene(shot, dice), "photo.jpg") for shot in shots]

    assert all(one.dhash for one in read)
    assert [pair for pair in combinations(read, 2) if is_near(pair[0].dhash, pair[1].dhash)] == []
    assert sum(one.taken_at == TAKEN for one in read) > 180
    assert sum(one.place is not None for one in read) > 170
