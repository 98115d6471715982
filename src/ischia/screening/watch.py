"""The gate as a fold: facts go in, oldest first, and at any moment the standing verdict comes out.

One ``Watch`` belongs to one patient and one fold; ``screen`` is the pure function over it.
"""

from collections.abc import Mapping
from datetime import date

from ischia.check_in import (
    CheckIn,
    Comparison,
    Intake,
    LegMap,
    LegVerdict,
    Moment,
    NerveWatch,
)
from ischia.check_in.leg_map import Summary, compare, summarise
from ischia.check_in.model import Region
from ischia.screening.decisions import decide
from ischia.screening.nerves import NERVE_WATCH, declined_tests
from ischia.screening.questions import QuestionBank
from ischia.screening.verdict import Clearance, Flag, Lift, Tier, Verdict
from ischia.session.record import Stop
from ischia.units import Side

BOOKED = "booked_appointment"
NEW_SYMPTOMS = "new_symptoms"
NEW_WEAKNESS_ON_MAP = "leg_map.new_weakness"
NEW_WEAKNESS_AT_STOP = "stop.new_weakness"

_URGENCY = {tier: place for place, tier in enumerate(Tier)}


class Watch:
    """What the gate remembers of one patient. ``felt`` is the summary of the last leg map, or None before
    any.
    """

    __slots__ = (
        "_bank",
        "_booked",
        "_cleared_tests",
        "_contradicting",
        "_flags",
        "_last_full",
        "_lasting",
        "_missing",
        "_nerves",
        "_released",
        "_unknown",
        "_weak",
        "felt",
    )

    def __init__(self, bank: QuestionBank) -> None:
        """Begin with nothing known, which clears nobody."""
        self._bank = bank
        self._flags: dict[str, Flag] = {}
        self._booked: set[str] = set()
        self._released: set[str] = set()
        self._lasting = {question.id for question in bank.questions if question.lasting}
        self._missing: tuple[str, ...] = ("first_visit",)
        self._unknown: tuple[str, ...] = ()
        self._contradicting: tuple[str, ...] = ()
        self._last_full: date | None = None
        self.felt: Summary | None = None
        self._weak: set[tuple[Region, Side]] = set()
        self._nerves: tuple[NerveWatch, ...] = ()
        self._cleared_tests: dict[str, int] = {}

    def first_visit(self, intake: Intake) -> None:
        """Take in the first visit: every condition and every question must be answered."""
        at = intake.check_in.at
        unknown = []
        for condition in self._bank.conditions:
            answer = condition_answer(intake, condition.id, self._bank.limits.youngest_age.value)
            if answer is None:
                unknown.append(condition.id)
            elif answer and condition.hold:
                self._raise(condition.id, Tier.HOLD, at, Lift.CLINICIAN)
        self._remember_weakness(intake.check_in.leg_map)
        self.check_in(intake.check_in)
        self._unknown = tuple(unknown)

    def check_in(self, check_in: CheckIn) -> None:
        """Take in a check-in. Only one before a session, or the first visit, has to be complete."""
        felt = summarise(check_in.leg_map)
        full = check_in.moment is not Moment.AFTER and self.is_full_set_due(check_in, felt)
        self._flag_answers(check_in)
        self._flag_new_weakness(check_in)
        if check_in.moment is not Moment.AFTER:
            self._missing = self._find_missing(check_in, full)
            if full and not self._missing and not self._contradicting:
                self._last_full = date.fromisoformat(check_in.at[:10])
        self.felt = felt

    def stop(self, stop: Stop) -> None:
        """Take in the two questions behind the stop button."""
        if stop.new_weakness_or_numbness:
            self._raise(NEW_WEAKNESS_AT_STOP, Tier.SAME_DAY, stop.at, Lift.CLINICIAN)

    def nerve_watch(self, watch: NerveWatch) -> None:
        """Take in a weekly nerve watch, compared with the best of the earlier ones that still count."""
        for test in declined_tests(self._nerves, watch, self._bank.limits, self._cleared_tests):
            self._raise(f"{NERVE_WATCH}{test}", Tier.SAME_DAY, watch.at, Lift.CLINICIAN)
        self._nerves = (*self._nerves, watch)

    def clearance(self, clearance: Clearance) -> None:
        """Take in a clinician's word; it covers what stands now, and standing answers from now on.

        A strength test that had declined is measured from its last result on. A state that may stay is known
        from now on, until it is answered no.
        """
        for reason in clearance.covers:
            stood = self._flags.pop(reason, None) is not None
            if stood and reason.startswith(NERVE_WATCH):
                self._cleared_tests[reason.removeprefix(NERVE_WATCH)] = len(self._nerves)
            self._booked.discard(reason)
            if stood or reason not in self._lasting:
                self._released.add(reason)

    def is_full_set_due(self, check_in: CheckIn, felt: Summary | None = None) -> bool:
        """Whether this check-in needs the full set: at first, weekly, and whenever something is new or
        worse.
        """
        if check_in.moment is Moment.FIRST_VISIT or self._last_full is None or self._contradicting:
            return True
        if check_in.new_symptoms or Comparison.WORSE in (check_in.morning, check_in.night):
            return True
        if self.felt is not None:
            now = summarise(check_in.leg_map) if felt is None else felt
            if compare(self.felt, now) is LegVerdict.PERIPHERALISING:
                return True
        today = date.fromisoformat(check_in.at[:10])
        return (today - self._last_full).days >= self._bank.limits.full_set_every.value

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The open flags, in the order they were raised."""
        return tuple(self._flags.values())

    @property
    def cleared(self) -> bool:
        """Whether exercise may start: nothing locks, nothing is missing, no answers contradict each other."""
        return not (self._missing or self._unknown or self._contradicting) and self._booked.issuperset(
            self._flags
        )

    @property
    def may_raise(self) -> bool:
        """Whether doses may be raised: no flag stands at all."""
        return not self._flags

    def verdict(self) -> Verdict:
        """Return the verdict that stands now."""
        flags = tuple(
            sorted(self._flags.values(), key=lambda flag: (_URGENCY[flag.tier], flag.since, flag.reason))
        )
        return Verdict(
            cleared=self.cleared,
            tier=flags[0].tier if flags else None,
            flags=flags,
            missing=(*self._unknown, *self._missing),
            contradicting=self._contradicting,
            may_raise=self.may_raise,
            decisions=decide(
                self._bank, flags, self._booked, (*self._unknown, *self._missing), self._contradicting
            ),
        )

    def _raise(self, reason: str, tier: Tier, since: str, lift: Lift) -> None:
        if reason not in self._flags:
            self._flags[reason] = Flag(reason, tier, since, lift)

    def _flag_answers(self, check_in: CheckIn) -> None:
        answers = check_in.answers
        if check_in.moment is not Moment.AFTER:
            self._contradicting = ()
        if self._booked:
            self._lift_booked(answers)
        for reason in self._lasting & self._released:
            if answers.get(reason) is False:
                self._released.discard(reason)
        if True not in answers.values():
            return
        for question in self._bank.questions:
            known = question.id in self._released and (question.standing or question.lasting)
            if answers.get(question.id) and not known:
                self._raise(question.id, question.tier, check_in.at, question.lift)
        for group in self._bank.groups:
            if answers.get(group.id):
                self._flag_group(group.id, check_in)
        if answers.get(BOOKED):
            self._booked = {flag.reason for flag in self._flags.values() if flag.lift is Lift.BOOKED}

    def _lift_booked(self, answers: Mapping[str, bool | None]) -> None:
        """End what a "no" ends: a flag whose visit is booked.

        Before that, a "no" could be a way around it.
        """
        for reason in [reason for reason in self._booked if answers.get(reason) is False]:
            del self._flags[reason]
            self._booked.discard(reason)

    def _flag_group(self, group_id: str, check_in: CheckIn) -> None:
        questions = self._bank.of_group(group_id)
        answers = [check_in.answers.get(question.id) for question in questions]
        if True in answers:
            return
        if None in answers:
            tier = min((question.tier for question in questions), key=_URGENCY.__getitem__)
            self._raise(group_id, tier, check_in.at, Lift.CLINICIAN)
        else:
            self._contradicting = (*self._contradicting, group_id)

    def _flag_new_weakness(self, check_in: CheckIn) -> None:
        for place, symptoms in check_in.leg_map.items():
            if symptoms.weakness and place not in self._weak:
                self._raise(NEW_WEAKNESS_ON_MAP, Tier.SAME_DAY, check_in.at, Lift.CLINICIAN)
        self._remember_weakness(check_in.leg_map)

    def _remember_weakness(self, leg_map: LegMap) -> None:
        for place, symptoms in leg_map.items():
            if symptoms.weakness:
                self._weak.add(place)
            elif symptoms.weakness is False:
                self._weak.discard(place)

    def _find_missing(self, check_in: CheckIn, full: bool) -> tuple[str, ...]:
        missing = [NEW_SYMPTOMS] if check_in.moment is Moment.BEFORE and check_in.new_symptoms is None else []
        if not self._flags and not missing and _is_answered(self._bank, check_in.answers):
            return ()
        for group in self._bank.groups:
            if full or check_in.answers.get(group.id):
                missing += self._unanswered(group.id, check_in.answers)
            elif check_in.answers.get(group.id) is None and self._unanswered(group.id, check_in.answers):
                missing.append(group.id)
        locked = [flag.reason for flag in self._flags.values() if flag.lift is Lift.BOOKED]
        if any(reason not in self._booked for reason in locked) and check_in.answers.get(BOOKED) is None:
            missing.append(BOOKED)
        return tuple(missing)

    def _unanswered(self, group_id: str, answers: Mapping[str, bool | None]) -> list[str]:
        return [
            question.id
            for question in self._bank.of_group(group_id)
            if answers.get(question.id) is None and not (question.standing and question.id in self._released)
        ]


def _is_answered(bank: QuestionBank, answers: Mapping[str, bool | None]) -> bool:
    """Whether every single question has an answer."""
    return None not in answers.values() and bank.question_ids <= answers.keys()


def condition_answer(intake: Intake, condition_id: str, youngest_age: int) -> bool | None:
    """Return the answer to a condition; the age answers "under 18" by itself."""
    if condition_id == "under_18" and intake.age_years is not None:
        return intake.age_years < youngest_age or bool(intake.conditions.get(condition_id))
    return intake.conditions.get(condition_id)
