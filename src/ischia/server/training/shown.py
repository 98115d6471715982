"""Plans and records in the words and pictures of a page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ischia.catalogue import Language, load_catalogue
from ischia.check_in import NerveWatch
from ischia.dose import NoSession
from ischia.dose.explain import sentence
from ischia.session import Decision, Dose, PlannedExercise, SessionPlan, SetRecord, SideDose, SkipReason
from ischia.units import Side


def spoken(language: str) -> Language:
    """Return the catalogue's language for a page's."""
    return "vi" if language == "vi" else "en"


def part_of_day(at: datetime) -> str:
    """Return ``morning``, ``day`` or ``evening``, to greet by."""
    return "morning" if at.hour < 11 else "day" if at.hour < 18 else "evening"


def sentences(decisions: Iterable[Decision], language: str) -> list[str]:
    """Return each decision in one plain sentence, none twice."""
    return list(dict.fromkeys(sentence(one, spoken(language)) for one in decisions))


def telling(plan: SessionPlan | NoSession) -> list[Decision]:
    """Return the decisions that tell most about a plan: on the whole session, on what changes."""
    changes = [one.decision for one in getattr(plan, "exercises", ()) if one.decision.outcome != "keep"]
    return [*plan.decisions, *changes][:2] or [one.decision for one in getattr(plan, "exercises", ())][:1]


NO_BREAK = "\N{NO-BREAK SPACE}"


def side_label(side: Side) -> str:
    """Return the name of a side; both at once has none."""
    return {Side.LEFT: _("left side"), Side.RIGHT: _("right side"), Side.BOTH: ""}[side]


def number(value: float) -> str:
    """Return seconds without a needless decimal, with the decimal mark of the page's language."""
    return f"{value:g}".replace(".", get_format("DECIMAL_SEPARATOR"))


def dose_text(dose: Dose) -> str:
    """Return a dose in words: sets, repetitions, hold."""
    sets = ngettext("%d set", "%d sets", dose.sets) % dose.sets
    repetitions = ngettext("%d repetition", "%d repetitions", dose.repetitions) % dose.repetitions
    hold = _("hold %s seconds") % number(dose.hold_s) if dose.hold_s else ""
    return ", ".join(part for part in (sets, repetitions, hold) if part)


def short_dose(dose: Dose) -> str:
    """Return a dose for a narrow column: ``2 × 5, 3 s``."""
    hold = _("%s s") % number(dose.hold_s) if dose.hold_s else ""
    parts = [part for part in (f"{dose.sets} × {dose.repetitions}", hold) if part]
    return ", ".join(part.replace(" ", NO_BREAK) for part in parts)


def doses(given: Iterable[SideDose]) -> list[str]:
    """Return a line for each side; equal doses of both legs share one."""
    given = list(given)
    if len(given) == 2 and given[0].dose == given[1].dose:
        return [_("each side: %s") % dose_text(given[0].dose)]
    return [": ".join(part for part in (side_label(one.side), dose_text(one.dose)) if part) for one in given]


def title(exercise_id: str, language: str) -> str:
    """Return an exercise's title; one that is no longer in the catalogue keeps its id."""
    texts = load_catalogue().texts_by_language[spoken(language)].get(exercise_id)
    return texts.title if texts else exercise_id


def minutes(seconds: float) -> int:
    """Return whole minutes, at least one."""
    return max(1, round(seconds / 60))


def plan(value: SessionPlan, language: str) -> dict[str, Any]:
    """Return what the page of today shows of a plan."""
    return {
        "minutes": minutes(value.duration_s),
        "reasons": sentences(value.decisions, language),
        "exercises": [_exercise(one, language) for one in value.exercises],
    }


def _exercise(planned: PlannedExercise, language: str) -> dict[str, Any]:
    texts = load_catalogue().texts_by_language[spoken(language)].get(planned.exercise_id)
    return {
        "id": planned.exercise_id,
        "title": title(planned.exercise_id, language),
        "purpose": texts.purpose if texts else "",
        "start": texts.start_position if texts else "",
        "movement": texts.movement if texts else "",
        "doses": doses(planned.doses),
        "why": sentence(planned.decision, spoken(language)),
    }


def compared(value: SessionPlan, sets: Iterable[SetRecord], language: str) -> list[dict[str, Any]]:
    """Return for each exercise and side what was planned and what was done, side by side."""
    sets = list(sets)
    rows = []
    for planned in value.exercises:
        for one in planned.doses:
            done = [
                record
                for record in sets
                if (record.exercise_id, record.side) == (planned.exercise_id, one.side)
            ]
            repetitions = sum(record.repetitions for record in done)
            asked = one.dose.sets * one.dose.repetitions
            rows.append(
                {
                    "title": title(planned.exercise_id, language),
                    "side": side_label(one.side),
                    "planned": short_dose(one.dose),
                    "done": repetitions,
                    "asked": asked,
                    "share": "all" if repetitions >= asked else "some" if repetitions else "none",
                    "hold": number(round(max(holds), 1))
                    if (holds := [h for record in done for h in record.hold_s])
                    else "",
                }
            )
    return rows


def skip_reason(reason: SkipReason) -> str:
    """Return why something was left out."""
    return {
        SkipReason.PAIN: _("pain"),
        SkipReason.TIRED: _("tired"),
        SkipReason.NO_TIME: _("no time"),
        SkipReason.CANNOT: _("cannot do it"),
        SkipReason.OTHER: _("another reason"),
    }[reason]


def nerve_watch(watch: NerveWatch) -> list[tuple[str, str, str]]:
    """Return a nerve watch's rows: the test, its result on the left, its result on the right."""
    return [
        (_("On the heels"), _tried(watch.heel_walk_left), _tried(watch.heel_walk_right)),
        (_("Heel raises"), _counted(watch.heel_raises_left), _counted(watch.heel_raises_right)),
        (_("Getting up from a chair"), _tried(watch.sit_to_stand_left), _tried(watch.sit_to_stand_right)),
    ]


def _tried(result: bool | None) -> str:
    return _("not tried") if result is None else _("could") if result else _("could not")


def _counted(result: int | None) -> str:
    return _("not tried") if result is None else str(result)
