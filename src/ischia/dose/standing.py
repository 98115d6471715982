"""Where a patient stands: the state of a course, and the questions the rules ask of it.

``course`` changes it as facts come in; nothing here takes anything in.
"""

from ischia.check_in import Intake
from ischia.check_in.direction import Preference, Response
from ischia.check_in.leg_map import NOTHING_KNOWN, Summary, stronger
from ischia.dose.grade import ExerciseFacts, Judgement, SessionFacts
from ischia.dose.library import Library
from ischia.dose.orders import Direction, Order, Orders
from ischia.dose.protocol import Numbers, Protocol
from ischia.dose.rungs import reachable_rungs
from ischia.dose.state import Amount, Note, Pending, SideState, Track, amount_of, volume
from ischia.dose.step import capped
from ischia.screening import QuestionBank, Watch
from ischia.screening.screen import instant
from ischia.screening.watch import condition_answer
from ischia.session.rules import Rule
from ischia.units import Side

BENT = (Direction.FLEXION, Direction.EXTENSION)

Judged = tuple[Judgement, SessionFacts, ExerciseFacts]
"""One side's judgement, and the facts of the session and the exercise behind it."""


class Standing:
    """What the rules know of one patient, and what follows from it.

    Attributes of use to the rules: ``tracks`` (a place on every ladder), ``sides`` (doses by exercise id),
    ``orders``, ``judged`` (grades since the last plan), ``changed`` (what was lowered or set since then,
    and by which rule), ``well_day`` (the day of the last session in which something was green; before any,
    and after a week missed, the day of the new beginning).
    """

    __slots__ = (
        "_active",
        "bad_day",
        "bad_row",
        "bank",
        "baseline",
        "before",
        "changed",
        "conditions",
        "day",
        "done_today",
        "first_day",
        "flare",
        "given",
        "good_row",
        "hour",
        "judged",
        "last_active_day",
        "last_done",
        "last_done_day",
        "library",
        "lowered",
        "morning_h",
        "numbers",
        "orders",
        "paused",
        "pending",
        "planned_on",
        "preference",
        "protocol",
        "raised_on",
        "red_days",
        "red_lately",
        "responses",
        "rest_chosen",
        "rest_is_due",
        "rises",
        "row",
        "rung_raised_day",
        "sides",
        "starts_easier",
        "tracks",
        "watch",
        "well_day",
        "worse",
    )

    def __init__(self, intake: Intake, protocol: Protocol, library: Library, bank: QuestionBank) -> None:
        """Begin at the first visit, on every ladder's first rung at the light starting dose."""
        self.protocol, self.numbers, self.library, self.bank = protocol, protocol.numbers, library, bank
        self.watch = Watch(bank)
        self.watch.first_visit(intake)
        youngest = bank.limits.youngest_age.value
        self.conditions = frozenset(
            condition.id for condition in bank.conditions if condition_answer(intake, condition.id, youngest)
        )
        first = self.watch.felt or NOTHING_KNOWN
        self.baseline = strongest(first)
        self.first_day = instant(intake.check_in.at).date().toordinal()
        self.given: tuple[Order, ...] = ()
        self.orders = Orders()
        self.sides: dict[str, tuple[SideState, ...]] = {}
        self._active: dict[str, Track] | None = None
        self.starts_easier = _starts_easier(intake, self.baseline, protocol.numbers)
        self.tracks: list[Track] = []
        for ladder in protocol.ladders:
            rungs = reachable_rungs(ladder, library, self.conditions, self.orders)
            level = max(0, ladder.rungs.index(ladder.start) - self.starts_easier)
            self.tracks.append(Track(rungs, level, rungs.place_at(level)))
        for track in self.tracks:
            self._enter(track.exercise_id)

        self.before: Summary = first
        self.day = 0
        self.hour = 0.0
        self.morning_h = 0.0
        self.bad_day = self.worse = self.flare = self.red_lately = self.rest_is_due = False
        self.bad_row = self.good_row = 0
        self.pending: list[Pending] = []
        self.judged: dict[str, tuple[Judged, ...]] = {}
        self.changed: dict[str, Rule] = {}
        self.lowered: set[str] = set()
        self.done_today: set[str] = set()
        self.planned_on: dict[str, int] = {}
        self.last_done: dict[str, int] = {}
        self.last_done_day = self.last_active_day = self.row = 0
        self.rest_chosen = self.well_day = 0
        self.raised_on = self.rung_raised_day = 0
        self.rises: list[tuple[int, float, float]] = []
        self.red_days: list[int] = []
        self.paused: dict[Direction, int] = {}
        self.responses: dict[Direction, Response] = {direction: Response() for direction in BENT}
        self.preference = Preference(None, 0.5)

    def active(self) -> dict[str, Track]:
        """Return each exercise that some ladder stands on, in the ladders' order, with the first such
        ladder.
        """
        if self._active is None:
            found: dict[str, Track] = {}
            for track in self.tracks:
                exercise_id = track.exercise_id
                if exercise_id is not None and exercise_id not in found:
                    found[exercise_id] = track
            self._active = found
        return self._active

    def volume(self) -> float:
        """Return the seconds held in one session of all exercises that were planned lately."""
        since = self.day - self.numbers.volume_window_days
        total = 0.0
        for exercise_id in self.active():
            if self.planned_on.get(exercise_id, 0) >= since:
                for side in self.sides[exercise_id]:
                    total += volume(side.amount)
        return total

    def most(self, exercise_id: str, side: Side) -> Amount:
        """Return what neither the catalogue's ceiling nor a clinician's bound lets the rules exceed."""
        ceiling = self.library[exercise_id].ceiling
        return (
            amount_of(self.orders.most(exercise_id, side, ceiling))
            if self.orders.bounds
            else amount_of(ceiling)
        )

    def left_out(self) -> tuple[Note, ...]:
        """Return what conditions and clinicians leave out or replace on every ladder."""
        return tuple(
            Note(one.rule, one.exercise_id, one.because)
            for track in self.tracks
            for one in track.rungs.left_out
            if one.rule is not Rule.REMOVE_LOCKED
        )

    def reds_in_window(self) -> int:
        """Return how many sessions of the last days were red."""
        since = self.day - self.numbers.red_window_days
        return len([day for day in self.red_days if day > since])

    def direction(self) -> Direction | None:
        """Return the direction to work in: the clinician's, else the leg map's, else None."""
        if self.orders.direction is not None:
            return self.orders.direction
        return None if self.preference.direction is None else Direction(self.preference.direction)

    def _enter(self, exercise_id: str | None, *, earned: bool = False) -> None:
        """Begin an exercise at its light starting dose, unless another ladder is on it already.

        Where a raise did not earn it, as on the way down, it is no more than when it was last done.
        """
        self._active = None
        standing = sum(track.exercise_id == exercise_id for track in self.tracks)
        if exercise_id is None or (standing > 1 and exercise_id in self.sides):
            return
        exercise = self.library[exercise_id]
        amounts = [capped(amount_of(exercise.start), self.most(exercise_id, side)) for side in exercise.sides]
        if not earned and exercise_id in self.sides:
            before = [side.amount for side in self.sides[exercise_id]]
            amounts = [capped(amount, last) for amount, last in zip(amounts, before, strict=True)]
        self.sides[exercise_id] = tuple(SideState(amount) for amount in amounts)


def _starts_easier(intake: Intake, pain: int | None, numbers: Numbers) -> bool:
    """Irritable or older, or not known not to be."""
    older = intake.age_years is None or intake.age_years >= numbers.easier_age_years
    return older or pain is None or pain > numbers.easier_pain_points


def strongest(summary: Summary) -> int | None:
    """Return the stronger of back and leg pain, or None where neither was told."""
    return stronger(summary.back, summary.leg)
