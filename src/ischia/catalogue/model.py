"""What the catalogue holds, as strict frozen values; docs/reference/catalogue.md describes every key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ischia.catalogue.toml_file import DOI, ID, LINE, StrictModel

Language = Literal["en", "vi"]
LANGUAGES: tuple[Language, ...] = ("en", "vi")

Id = Annotated[str, Field(pattern=ID, max_length=60)]
Sentences = Annotated[str, Field(min_length=1, max_length=600, pattern=LINE)]
Sources = Annotated[tuple[Id, ...], Field(min_length=1)]
Angles = Mapping[Id, Annotated[float, Field(ge=-360, le=360, allow_inf_nan=False)]]
Seconds = Annotated[float, Field(gt=0, le=600, allow_inf_nan=False)]

Position = Literal["supine", "prone", "quadruped", "standing"]
Direction = Literal["flexion", "extension", "stabilisation"]
Breathing = Literal["in", "out", "free"]


class DoseBound(StrictModel):
    """One end of the dose: seconds held, repetitions and sets, seconds of rest between sets."""

    hold_s: Annotated[float, Field(ge=0, le=600, allow_inf_nan=False)]
    repetitions: Annotated[int, Field(ge=1, le=100)]
    sets: Annotated[int, Field(ge=1, le=10)]
    rest_s: Annotated[float, Field(ge=0, le=600, allow_inf_nan=False)]
    sources: Sources


class PublishedDose(StrictModel):
    """What a source gives as its dose, in our own words."""

    text: Sentences
    sources: Sources


class DoseRange(StrictModel):
    """Where a new patient starts and what the exercise never exceeds."""

    start: DoseBound
    ceiling: DoseBound
    published: tuple[PublishedDose, ...] = ()


class Caution(StrictModel):
    """What a condition of the person does to the exercise.

    ``remove``: it is left out. ``replace``: the exercise ``by`` is done instead.
    ``ask``: it is left out until a clinician has said yes.
    """

    condition: Id
    action: Literal["remove", "replace", "ask"]
    by: Id | None = None
    sources: Sources

    @model_validator(mode="after")
    def _replacement(self) -> Self:
        if self.action == "replace" and self.by is None:
            raise ValueError("the action is replace: name the exercise done instead in `by`")
        if self.action != "replace" and self.by is not None:
            raise ValueError(f"the action is {self.action}: take `by` out, or make the action replace")
        return self


class Camera(StrictModel):
    """Where the camera sees the exercise best, and which joints it must see."""

    best_view: Literal["side", "oblique", "front"]
    sees: Annotated[tuple[Id, ...], Field(min_length=1)]


class Pose(StrictModel):
    """A posture of the body.

    Attributes:
        angles: joint to degrees, neutral-zero; what is not named is 0.
        contacts: parts of the body on the ground.
        reach: hand to what it touches, such as ``hand = "shin"``.
    """

    angles: Angles
    contacts: tuple[Id, ...]
    reach: Mapping[Id, Id] = {}


class Phase(StrictModel):
    """A stretch of a repetition, from one pose to another.

    Attributes:
        via: poses passed on the way, in order.
        seconds: how long it takes; left out in the hold, which lasts as long as the dose says.
    """

    id: Id
    from_: Id = Field(alias="from")
    to: Id
    via: tuple[Id, ...] = ()
    seconds: Seconds | None = None
    breathing: Breathing


class MovementFault(StrictModel):
    """A way to do it wrong: changes to the pose of one phase. Its cue stands in the texts."""

    id: Id
    phase: Id
    angles: Annotated[Angles, Field(min_length=1)]


class Exercise(StrictModel):
    """One exercise as it is done, without its words. For ``sides = "each"`` the poses show the left side."""

    id: Id
    article: bool = False
    position: Position
    direction: Direction
    equipment: tuple[Id, ...]
    sides: Literal["both", "each"]
    locked: bool
    dose: DoseRange
    cautions: tuple[Caution, ...] = ()
    camera: Camera
    poses: Mapping[Id, Pose]
    phases: Annotated[tuple[Phase, ...], Field(min_length=3)]
    faults: tuple[MovementFault, ...] = ()

    def phase(self, phase_id: str) -> Phase | None:
        """The phase with this id, or None."""
        return next((phase for phase in self.phases if phase.id == phase_id), None)


class ExerciseTexts(StrictModel):
    """The words of an exercise in one language: short sentences, each of them read aloud."""

    title: Annotated[str, Field(min_length=1, max_length=60)]
    purpose: Sentences
    start_position: Sentences
    movement: Sentences
    hold: Sentences
    return_: Sentences = Field(alias="return")
    breathing: Sentences
    phases: Mapping[Id, Sentences]
    faults: Mapping[Id, Sentences] = {}
    cautions: Mapping[Id, Sentences] = {}


class Ladder(StrictModel):
    """Exercises of one kind from the easiest to the hardest; a new patient begins at ``start``."""

    id: Id
    direction: Direction
    start: Id
    rungs: Annotated[tuple[Id, ...], Field(min_length=2)]
    sources: Sources


class Source(StrictModel):
    """Where a figure comes from.

    ``trust``: ``read`` and ``measured`` may be cited; ``weak`` (read, but the source itself is weak or its
    name was not kept) and ``consensus`` are never shown as the citation of a paper.
    """

    title: Sentences
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    doi: Annotated[str, Field(pattern=DOI)] | None = None
    trust: Literal["read", "measured", "weak", "consensus"]

    @property
    def citable(self) -> bool:
        """Whether it may be shown as a citation."""
        return self.trust in ("read", "measured")


class OutcomeMeasure(StrictModel):
    """A measure a person fills in, as far as it may be built in without a licence.

    Attributes:
        items: what is rated; empty where each person names their own activities.
        own_items: how many activities the person names, lowest and highest; None where items are fixed.
        scale: lowest and highest score.
        better: which end of the scale is the better one.
        every_days: days between two times it is asked.
        change: the change that counts as real, in points; None where no figure is known.
    """

    id: Id
    items: tuple[Id, ...] = ()
    own_items: tuple[int, int] | None = None
    scale: tuple[int, int]
    better: Literal["low", "high"]
    every_days: Annotated[int, Field(ge=1, le=366)]
    change: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    texts: Mapping[Language, "OutcomeTexts"]
    sources: Sources


class OutcomeTexts(StrictModel):
    """The words of an outcome measure in one language."""

    title: Sentences
    question: Sentences
    items: Mapping[Id, Sentences] = {}
    answers: Mapping[str, Sentences] = {}


class CareTimer(StrictModel):
    """How long heat or cold is put on, and after how long the skin is looked at."""

    minutes: Annotated[int, Field(ge=1, le=60)]
    look_at_skin_after_minutes: Annotated[int, Field(ge=1, le=60)]
    sources: Sources


class HomeCare(StrictModel):
    """Heat and cold beside the exercises."""

    heat: CareTimer
    cold: CareTimer


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything at once, each by its id."""

    exercises: Mapping[str, Exercise]
    ladders: Mapping[str, Ladder]
    sources: Mapping[str, Source]
    outcome_measures: Mapping[str, OutcomeMeasure]
    home_care: HomeCare
    texts_by_language: Mapping[Language, Mapping[str, ExerciseTexts]]
    phrases_by_language: Mapping[Language, Mapping[str, str]]

    def texts(self, language: Language) -> Mapping[str, ExerciseTexts]:
        """The words of every exercise in one language, by exercise id."""
        return self.texts_by_language[language]

    def phrases(self, language: Language) -> Mapping[str, str]:
        """What the player says besides the exercises' own texts."""
        return self.phrases_by_language[language]

    def ladders_with(self, exercise_id: str) -> tuple[Ladder, ...]:
        """The ladders an exercise is a rung of."""
        return tuple(ladder for ladder in self.ladders.values() if exercise_id in ladder.rungs)
