"""Exercises, their words in two languages, ladders, outcome measures and sources: load and check."""

from ischia.catalogue.load import load_catalogue, packaged_data
from ischia.catalogue.model import (
    LANGUAGES,
    Camera,
    Catalogue,
    Caution,
    DoseBound,
    DoseRange,
    Exercise,
    ExerciseTexts,
    Ladder,
    Language,
    MovementFault,
    OutcomeMeasure,
    Phase,
    Pose,
    PublishedDose,
    Source,
)
from ischia.catalogue.toml_file import CatalogueError, Fault, StrictModel, read_folder, read_model

__all__ = [
    "LANGUAGES",
    "Camera",
    "Catalogue",
    "CatalogueError",
    "Caution",
    "DoseBound",
    "DoseRange",
    "Exercise",
    "ExerciseTexts",
    "Fault",
    "Ladder",
    "Language",
    "MovementFault",
    "OutcomeMeasure",
    "Phase",
    "Pose",
    "PublishedDose",
    "Source",
    "StrictModel",
    "load_catalogue",
    "packaged_data",
    "read_folder",
    "read_model",
]
