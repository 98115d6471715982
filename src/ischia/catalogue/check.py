"""The catalogue's full examination: what ``ischia catalogue check`` looks at beyond loading.

Each check is a function from a catalogue and its data folder to faults. Rooms above this one add their own
(whether a pose stands on the ground, for one) by handing ``check_catalogue`` a longer list.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any, Final

from ischia.anatomy.joints import UnknownJointError, bounds_of, full_angles, joint_names
from ischia.catalogue.load import read_catalogue, with_lines
from ischia.catalogue.model import LANGUAGES, Catalogue, Exercise, Language
from ischia.catalogue.neighbours import neighbour_faults
from ischia.catalogue.references import exercise_file
from ischia.catalogue.toml_file import Fault, nearest

Check = Callable[[Catalogue, Traversable], Iterable[Fault]]

LONGEST_SENTENCE: Final[Mapping[Language, int]] = {"en": 15, "vi": 20}
"""Words that a person can follow by ear; Vietnamese writes each syllable as a word of its own."""

LEAST_CHANGE_DEG: Final = 5.0
"""A fault that turns no joint by this much cannot be seen."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def check_catalogue(root: Traversable, checks: Sequence[Check] | None = None) -> tuple[Fault, ...]:
    """Every fault of a data folder, in the order of files and lines; none where all is well.

    Args:
        root: the data folder.
        checks: what to look at once every file can be read; ``CHECKS`` where left out.
    """
    catalogue, faults = read_catalogue(root)
    if catalogue is not None:
        found = [fault for check in checks or CHECKS for fault in check(catalogue, root)]
        faults = (*faults, *with_lines(root, found))
    return tuple(sorted(set(faults), key=lambda fault: (fault.file, fault.line or 0, fault.key)))


def joint_faults(catalogue: Catalogue, root: Traversable) -> Iterator[Fault]:
    """Joints that the body does not have, and angles beyond what a body can do."""
    for exercise in catalogue.exercises.values():
        file = exercise_file(exercise.id)
        for name, pose in exercise.poses.items():
            yield from _angles(file, f"poses.{name}.angles", pose.angles)
        for index, fault in enumerate(exercise.faults):
            yield from _angles(file, f"faults.{index}.angles", fault.angles)


def visible_faults(catalogue: Catalogue, root: Traversable) -> Iterator[Fault]:
    """Ways to do it wrong that hardly differ from doing it right."""
    for exercise in catalogue.exercises.values():
        for index, fault in enumerate(exercise.faults):
            phase = exercise.phase(fault.phase)
            pose = exercise.poses.get(phase.to) if phase else None
            if pose is None:
                continue
            try:
                right, wrong = full_angles(pose.angles), full_angles({**pose.angles, **fault.angles})
            except UnknownJointError:
                continue
            if max(abs(right[joint] - wrong[joint]) for joint in right) < LEAST_CHANGE_DEG:
                problem = f"no joint changes by {LEAST_CHANGE_DEG:g} degrees or more"
                key = f"faults.{index}.angles"
                yield Fault(exercise_file(exercise.id), key, problem, "turn a joint further or take it out")


def spoken_faults(catalogue: Catalogue, root: Traversable) -> Iterator[Fault]:
    """Sentences too long to follow by ear, without an end, badly encoded, or not translated."""
    for exercise in catalogue.exercises.values():
        said = {language: dict(_spoken(catalogue, exercise, language)) for language in LANGUAGES}
        for language in LANGUAGES:
            file = exercise_file(exercise.id, language)
            for key, text in said[language].items():
                yield from _sentence(file, key, text, language, title=key == "title")
        for key in said["en"].keys() & said["vi"].keys():
            if said["en"][key] == said["vi"][key]:
                file = exercise_file(exercise.id, "vi")
                yield Fault(file, key, "it is the same as the English", "translate it")
    for language in LANGUAGES:
        for key, text in catalogue.phrases(language).items():
            yield from _sentence(f"phrases/{language}.toml", key, text, language)


def condition_faults(catalogue: Catalogue, root: Traversable) -> Iterator[Fault]:
    """Cautions for a condition that nobody is ever asked about."""
    folder = root.joinpath("conditions")
    known = {file.name.removesuffix(".toml") for file in folder.iterdir()} if folder.is_dir() else set()
    for exercise in catalogue.exercises.values():
        for index, caution in enumerate(exercise.cautions):
            if caution.condition not in known:
                problem = f"there is no conditions/{caution.condition}.toml"
                mend = nearest(caution.condition, known) if known else "add it"
                yield Fault(exercise_file(exercise.id), f"cautions.{index}.condition", problem, mend)


CHECKS: Final[tuple[Check, ...]] = (
    joint_faults,
    visible_faults,
    spoken_faults,
    condition_faults,
    neighbour_faults,
)


def _angles(file: str, key: str, angles: Mapping[str, float]) -> Iterator[Fault]:
    for joint, angle in angles.items():
        try:
            bounds = bounds_of(joint)
        except UnknownJointError:
            problem = f"the body has no joint {joint}"
            stems = {name.removesuffix("_left").removesuffix("_right") for name in joint_names()}
            yield Fault(file, f"{key}.{joint}", problem, nearest(joint, {*joint_names(), *stems}))
            continue
        if not bounds.holds(angle):
            problem = f"{angle:g} degrees is more than a body can do"
            mend = f"keep it from {bounds.least_deg:g} to {bounds.greatest_deg:g}"
            yield Fault(file, f"{key}.{joint}", problem, mend)


def _spoken(catalogue: Catalogue, exercise: Exercise, language: Language) -> Iterator[tuple[str, str]]:
    texts: dict[str, Any] = catalogue.texts(language)[exercise.id].model_dump(by_alias=True)
    for key, value in texts.items():
        if isinstance(value, str):
            yield key, value
        else:
            yield from ((f"{key}.{inner}", text) for inner, text in value.items())


def _sentence(file: str, key: str, text: str, language: Language, *, title: bool = False) -> Iterator[Fault]:
    if text != unicodedata.normalize("NFC", text):
        problem = "its accents are written as separate characters"
        yield Fault(file, key, problem, "save it in the composed form (NFC)")
    if not title and text[-1] not in ".!?":
        yield Fault(file, key, "the sentence has no end", "close it with a full stop")
    longest = LONGEST_SENTENCE[language]
    for sentence in _SENTENCE_END.split(text):
        words = len(sentence.split())
        if words > longest:
            problem = f"a sentence of {words} words is too long to follow by ear"
            yield Fault(file, key, problem, f"cut it to {longest} words or fewer")
