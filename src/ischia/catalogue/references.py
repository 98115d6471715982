"""What must fit together across files before the catalogue may be used at all."""

from collections.abc import Iterable, Iterator

from ischia.catalogue.model import LANGUAGES, Catalogue, Exercise
from ischia.catalogue.toml_file import Fault, nearest


def reference_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """Every fault between files: sources, rungs, replacements, doses, phases and the keys of the texts."""
    for exercise in catalogue.exercises.values():
        yield from _dose(exercise)
        yield from _phases(exercise)
        yield from _movement_faults(exercise)
        yield from _cautions(exercise, catalogue)
        yield from _texts(exercise, catalogue)
    yield from _ladders(catalogue)
    yield from _measures(catalogue)
    yield from _home_care(catalogue)
    yield from _phrases(catalogue)
    yield from _sources(catalogue)


def exercise_file(exercise_id: str, name: str = "exercise") -> str:
    """The path of one file of an exercise below the data folder."""
    return f"exercises/{exercise_id}/{name}.toml"


def _dose(exercise: Exercise) -> Iterator[Fault]:
    start, ceiling = exercise.dose.start, exercise.dose.ceiling
    for name in ("hold_s", "repetitions", "sets"):
        low, high = getattr(start, name), getattr(ceiling, name)
        if low > high:
            problem = f"the start is {low:g}, above the ceiling of {high:g}"
            yield Fault(
                exercise_file(exercise.id), f"dose.start.{name}", problem, "lower it or raise the ceiling"
            )


def _phases(exercise: Exercise) -> Iterator[Fault]:
    file = exercise_file(exercise.id)
    for name in ("start", "hold"):
        if name not in exercise.poses:
            yield Fault(file, f"poses.{name}", f"the pose {name} is missing", "add it")
    seen: set[str] = set()
    here = "start"
    for index, phase in enumerate(exercise.phases):
        if phase.id in seen:
            yield Fault(file, f"phases.{index}.id", f"there are two phases {phase.id}", "rename one")
        seen.add(phase.id)
        for key, pose in [("from", phase.from_), ("to", phase.to), *(("via", pose) for pose in phase.via)]:
            if pose not in exercise.poses:
                problem = f"there is no pose {pose}"
                yield Fault(file, f"phases.{index}.{key}", problem, nearest(pose, exercise.poses))
        if phase.from_ != here:
            problem = f"it begins at {phase.from_}, but the phase before it ends at {here}"
            yield Fault(file, f"phases.{index}.from", problem, f"begin it at {here}")
        here = phase.to
    if here != "start":
        problem = f"the last phase ends at {here}"
        yield Fault(file, f"phases.{len(exercise.phases) - 1}.to", problem, "end it at start")
    holds = [phase.id for phase in exercise.phases if phase.seconds is None]
    if holds != ["hold"]:
        problem = f"phases without seconds: {', '.join(holds) or 'none'}"
        yield Fault(file, "phases", problem, "leave seconds out in the phase hold, and only there")


def _movement_faults(exercise: Exercise) -> Iterator[Fault]:
    file = exercise_file(exercise.id)
    seen: set[str] = set()
    for index, fault in enumerate(exercise.faults):
        if fault.id in seen:
            yield Fault(file, f"faults.{index}.id", f"there are two faults {fault.id}", "rename one")
        seen.add(fault.id)
        if exercise.phase(fault.phase) is None:
            mend = nearest(fault.phase, [phase.id for phase in exercise.phases])
            yield Fault(file, f"faults.{index}.phase", f"there is no phase {fault.phase}", mend)


def _cautions(exercise: Exercise, catalogue: Catalogue) -> Iterator[Fault]:
    file = exercise_file(exercise.id)
    seen: set[str] = set()
    for index, caution in enumerate(exercise.cautions):
        key = f"cautions.{index}"
        if caution.condition in seen:
            problem = f"there are two cautions for {caution.condition}"
            yield Fault(file, f"{key}.condition", problem, "keep one")
        seen.add(caution.condition)
        if caution.by is None:
            continue
        other = catalogue.exercises.get(caution.by)
        if other is None:
            problem = f"there is no exercise {caution.by}"
            yield Fault(file, f"{key}.by", problem, nearest(caution.by, catalogue.exercises))
        elif any(inner.condition == caution.condition for inner in other.cautions):
            problem = f"{other.id} has a caution for {caution.condition} itself"
            yield Fault(file, f"{key}.by", problem, "choose an exercise without one, or remove instead")
        elif other.locked:
            problem = f"{other.id} is locked until a clinician unlocks it"
            yield Fault(file, f"{key}.by", problem, "choose an exercise that is not locked")


def _texts(exercise: Exercise, catalogue: Catalogue) -> Iterator[Fault]:
    wanted = {
        "phases": [phase.id for phase in exercise.phases],
        "faults": [fault.id for fault in exercise.faults],
        "cautions": [caution.condition for caution in exercise.cautions],
    }
    for language in LANGUAGES:
        texts = catalogue.texts(language)[exercise.id]
        file = exercise_file(exercise.id, language)
        for table, keys in wanted.items():
            yield from _same_keys(file, table, keys, getattr(texts, table))


def _same_keys(file: str, table: str, wanted: Iterable[str], given: Iterable[str]) -> Iterator[Fault]:
    wanted, given = set(wanted), set(given)
    prefix = f"{table}." if table else ""
    for key in sorted(wanted - given):
        yield Fault(file, f"{prefix}{key}", "the text is missing", "add it")
    for key in sorted(given - wanted):
        mend = nearest(key, wanted - given) if wanted - given else "take it out"
        yield Fault(file, f"{prefix}{key}", f"nothing is called {key}", mend)


def _ladders(catalogue: Catalogue) -> Iterator[Fault]:
    for ladder in catalogue.ladders.values():
        file = f"ladders/{ladder.id}.toml"
        for rung in ladder.rungs:
            if rung not in catalogue.exercises:
                yield Fault(file, "rungs", f"there is no exercise {rung}", nearest(rung, catalogue.exercises))
        if len(set(ladder.rungs)) < len(ladder.rungs):
            yield Fault(file, "rungs", "a rung stands twice", "take one out")
        if ladder.start not in ladder.rungs:
            problem = f"{ladder.start} is no rung of this ladder"
            yield Fault(file, "start", problem, nearest(ladder.start, ladder.rungs))
        elif ladder.start in catalogue.exercises and catalogue.exercises[ladder.start].locked:
            yield Fault(file, "start", f"{ladder.start} is locked", "start at a rung that is not locked")
    on_ladders = {rung for ladder in catalogue.ladders.values() for rung in ladder.rungs}
    for exercise_id in sorted(set(catalogue.exercises) - on_ladders):
        file = exercise_file(exercise_id)
        yield Fault(file, "id", f"{exercise_id} stands on no ladder", "add it to the rungs of one")


def _measures(catalogue: Catalogue) -> Iterator[Fault]:
    for measure in catalogue.outcome_measures.values():
        file = f"outcome_measures/{measure.id}.toml"
        if measure.scale[0] >= measure.scale[1]:
            yield Fault(file, "scale", "the scale does not rise", "write the lowest score first")
        if bool(measure.items) == (measure.own_items is not None):
            yield Fault(file, "items", "there must be either items or own_items", "keep one of the two")
        first: set[str] | None = None
        for language in LANGUAGES:
            texts = measure.texts.get(language)
            if texts is None:
                yield Fault(file, f"texts.{language}", "the texts are missing", "add them")
                continue
            yield from _same_keys(file, f"texts.{language}.items", measure.items, texts.items)
            first = set(texts.answers) if first is None else first
            yield from _same_keys(file, f"texts.{language}.answers", first, texts.answers)


def _home_care(catalogue: Catalogue) -> Iterator[Fault]:
    for name in ("heat", "cold"):
        timer = getattr(catalogue.home_care, name)
        if timer.look_at_skin_after_minutes >= timer.minutes:
            problem = "the skin is looked at only when the time is over"
            yield Fault(
                "home_care.toml", f"{name}.look_at_skin_after_minutes", problem, "make it fewer minutes"
            )


def _phrases(catalogue: Catalogue) -> Iterator[Fault]:
    reference = catalogue.phrases(LANGUAGES[0])
    for language in LANGUAGES[1:]:
        yield from _same_keys(f"phrases/{language}.toml", "", reference, catalogue.phrases(language))


def _sources(catalogue: Catalogue) -> Iterator[Fault]:
    for file, key, sources in _cited(catalogue):
        for source in sources:
            if source not in catalogue.sources:
                mend = nearest(source, catalogue.sources)
                yield Fault(file, key, f"there is no source {source} in sources.toml", mend)


def _cited(catalogue: Catalogue) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for exercise in catalogue.exercises.values():
        file = exercise_file(exercise.id)
        yield file, "dose.start.sources", exercise.dose.start.sources
        yield file, "dose.ceiling.sources", exercise.dose.ceiling.sources
        for index, published in enumerate(exercise.dose.published):
            yield file, f"dose.published.{index}.sources", published.sources
        for index, caution in enumerate(exercise.cautions):
            yield file, f"cautions.{index}.sources", caution.sources
    for ladder in catalogue.ladders.values():
        yield f"ladders/{ladder.id}.toml", "sources", ladder.sources
    for measure in catalogue.outcome_measures.values():
        yield f"outcome_measures/{measure.id}.toml", "sources", measure.sources
    yield "home_care.toml", "heat.sources", catalogue.home_care.heat.sources
    yield "home_care.toml", "cold.sources", catalogue.home_care.cold.sources
