"""A clinician's orders: only ever added, withdrawn by name, never exceeded."""

from ischia.dose.orders import (
    ORDER_KINDS,
    Bound,
    Direction,
    Exclude,
    Freeze,
    Orders,
    Prefer,
    SetDose,
    Unlock,
    Withdraw,
    standing_orders,
)
from ischia.session.plan import Dose
from ischia.session.serialise import to_plain, union_from_plain
from ischia.units import Side

HEAD = ("2026-03-02T05:00:00+07:00", "Dr A")
CEILING = Dose(10, 10, 2, 30)


def test_orders_of_every_kind_stand_until_withdrawn() -> None:
    dose = Dose(5, 5, 1, 30)
    given = [
        Bound("1", *HEAD, "bridge", dose),
        SetDose("2", *HEAD, "bridge", dose),
        Freeze("3", *HEAD, "bridge"),
        Freeze("4", *HEAD),
        Unlock("5", *HEAD, "superman"),
        Exclude("6", *HEAD, "curl_up"),
        Prefer("7", *HEAD, Direction.EXTENSION),
    ]
    found = standing_orders(given)
    assert (found.bounds, found.set_doses) == ((given[0],), (given[1],))
    assert (found.frozen, found.all_frozen) == (frozenset(["bridge"]), True)
    assert (found.unlocked, found.excluded) == (frozenset(["superman"]), frozenset(["curl_up"]))
    assert found.direction is Direction.EXTENSION
    assert standing_orders([*given, *(Withdraw(f"w{n}", *HEAD, str(n)) for n in range(1, 8))]) == Orders()


def test_the_last_preference_stands_and_none_gives_the_choice_back() -> None:
    first, second = Prefer("1", *HEAD, Direction.EXTENSION), Prefer("2", *HEAD, Direction.FLEXION)
    assert standing_orders([first, second]).direction is Direction.FLEXION
    assert standing_orders([first, Prefer("3", *HEAD, None)]).direction is None
    assert standing_orders([first, second, Withdraw("w", *HEAD, "2")]).direction is Direction.EXTENSION


def test_no_orders_bound_nothing() -> None:
    assert standing_orders([]) == Orders()
    assert Orders().most("bridge", Side.BOTH, CEILING) == CEILING
    assert not Orders().is_frozen("bridge")


def test_every_bound_lowers_each_part_of_its_exercise_and_side() -> None:
    orders = Orders(
        bounds=(
            Bound("1", *HEAD, "bridge", Dose(6, 20, 1, 10)),
            Bound("2", *HEAD, "bridge", Dose(20, 4, 3, 10), Side.LEFT),
            Bound("3", *HEAD, "superman", Dose(1, 1, 1, 10)),
        )
    )
    assert orders.most("bridge", Side.LEFT, CEILING) == Dose(6, 4, 1, 30)
    assert orders.most("bridge", Side.RIGHT, CEILING) == Dose(6, 10, 1, 30)
    assert orders.most("plank", Side.RIGHT, CEILING) == CEILING


def test_a_freeze_of_everything_freezes_each() -> None:
    assert Orders(all_frozen=True).is_frozen("bridge")
    assert Orders(frozen=frozenset(["bridge"])).is_frozen("bridge")
    assert not Orders(frozen=frozenset(["bridge"])).is_frozen("superman")


def test_every_order_goes_to_plain_data_and_back() -> None:
    given = {
        "bound": Bound("1", *HEAD, "bridge", CEILING, Side.LEFT),
        "set_dose": SetDose("2", *HEAD, "bridge", CEILING),
        "freeze": Freeze("3", *HEAD),
        "unlock": Unlock("4", *HEAD, "a"),
        "exclude": Exclude("5", *HEAD, "a"),
        "prefer": Prefer("6", *HEAD, Direction.FLEXION),
        "withdraw": Withdraw("7", *HEAD, "1"),
    }
    assert set(given) == set(ORDER_KINDS)
    for kind, order in given.items():
        assert union_from_plain(ORDER_KINDS, {"kind": kind, **to_plain(order)}) == order
