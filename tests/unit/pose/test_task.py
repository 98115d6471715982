"""The bundle for the browser holds what MediaPipe insists on."""

import io
import zipfile

import pytest

from ischia.pose import ModelError
from ischia.pose.models import read_network
from ischia.pose.task import task_bundle


@pytest.fixture(scope="module")
def bundle() -> bytes:
    pytest.importorskip("ai_edge_litert")
    try:
        return task_bundle(read_network("detector"), read_network("full"))
    except ModelError as error:
        pytest.skip(str(error))


def test_its_members_are_not_compressed(bundle: bytes) -> None:
    members = zipfile.ZipFile(io.BytesIO(bundle)).infolist()
    assert [member.filename for member in members] == [
        "pose_detector.tflite",
        "pose_landmarks_detector.tflite",
    ]
    assert all(member.compress_type == zipfile.ZIP_STORED for member in members)


def test_the_landmark_model_has_all_five_outputs_in_order(bundle: bytes) -> None:
    from ischia.pose.litert import Network

    model = zipfile.ZipFile(io.BytesIO(bundle)).read("pose_landmarks_detector.tflite")
    outputs = Network(model)._interpreter.get_output_details()
    shapes = [tuple(int(n) for n in output["shape"]) for output in outputs]
    assert shapes == [(1, 195), (1, 1), (1, 256, 256, 1), (1, 64, 64, 39), (1, 117)]


def test_it_says_how_a_picture_becomes_numbers(bundle: bytes) -> None:
    model = zipfile.ZipFile(io.BytesIO(bundle)).read("pose_landmarks_detector.tflite")
    at = model.index(b"M001")  # where the metadata's own buffer begins, behind its first offset
    assert b"\x00\x00\x7fC" in model[at : at + 2000]  # 255.0 as float32


def test_the_same_models_give_the_same_bundle(bundle: bytes) -> None:
    assert task_bundle(read_network("detector"), read_network("full")) == bundle


def test_something_that_is_no_model_is_refused() -> None:
    with pytest.raises(ValueError, match="no LiteRT model"):
        task_bundle(b"", b"0123456789abcdef")
