"""Is a cycle a repetition of this exercise?"""

from ischia.analysis import motion_spec
from ischia.kinematics.posture import Column
from ischia.movement.template import Row, measured, variants_of
from ischia.movement.verify import compare

SPEC = motion_spec("superman")


def on_the_way(share: float) -> Row:
    """The body at this share of the way from start to hold, from the side."""
    points = tuple(
        (a + share * (d - a), b + share * (e - b), c + share * (f - c))
        for (a, b, c), (d, e, f) in zip(SPEC.start, SPEC.hold, strict=True)
    )
    return measured(points, SPEC.position, 0.0, 5.0)


def test_a_small_movement_is_measured_from_the_rest_that_lies_further_from_its_top() -> None:
    (variant,) = variants_of(SPEC)
    lifted, cut_short = on_the_way(0.25), on_the_way(0.12)
    lying = list(on_the_way(0.0))
    lying[Column.NECK] += 15.0  # less like the start than what was cut short
    likeness, rest = compare(SPEC, variant, lifted, [(tuple(lying), True), (cut_short, True)], [lifted])
    assert likeness.reason is None
    assert rest == tuple(lying)
    assert likeness.moved > variant.least
