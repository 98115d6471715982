"""Video: time from the media, pictures upright, and one sentence for every file that cannot be used."""

from pathlib import Path

import numpy as np
import pytest
from tests.films import cut_off, pictures, write_film, write_sound

from ischia.recording import RecordingError
from ischia.recording.video import LONGEST_SIDE, Shot, Video


def read(path: Path) -> list[Shot]:
    with Video(path) as video:
        return list(video)


def reason_of(path: Path) -> str:
    with pytest.raises(RecordingError) as caught:
        read(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"{path}: ")
    assert sentence.endswith(".") and "\n" not in sentence
    return caught.value.reason


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("a.mp4", "h264"),
        ("a.mov", "mpeg4"),
        ("a.mkv", "h264"),
        ("a.webm", "libvpx"),
        ("a.avi", "mpeg4"),
        ("a.mkv", "mjpeg"),
    ],
)
def test_every_container_gives_all_its_pictures_in_time(tmp_path: Path, name: str, codec: str) -> None:
    film = write_film(tmp_path / name, pictures(10), codec=codec)
    shots = read(film)
    assert [shot.index for shot in shots] == list(range(10))
    assert [shot.t_s for shot in shots] == pytest.approx([index * 0.04 for index in range(10)], abs=0.002)


def test_time_is_that_of_the_pictures_where_the_rate_varies(tmp_path: Path) -> None:
    times_ms = [0, 40, 80, 400, 420, 1000]
    film = write_film(tmp_path / "uneven.mkv", pictures(6), times_ms=times_ms)
    assert [shot.t_s for shot in read(film)] == pytest.approx([ms / 1000 for ms in times_ms])


def test_time_begins_with_the_first_picture(tmp_path: Path) -> None:
    film = write_film(tmp_path / "late.mkv", pictures(4), times_ms=[700, 740, 780, 820])
    assert [shot.t_s for shot in read(film)] == pytest.approx([0, 0.04, 0.08, 0.12])


@pytest.mark.parametrize(("turn_deg", "upright"), [(0, "left"), (90, "bottom"), (180, "right"), (-90, "top")])
def test_a_turned_recording_is_shown_upright(tmp_path: Path, turn_deg: int, upright: str) -> None:
    marked = np.full((64, 96, 3), 20, np.uint8)
    marked[:, :24] = 230
    film = write_film(tmp_path / "turned.mp4", [marked] * 3, turn_deg=turn_deg)
    shot = read(film)[1]
    picture = shot.picture()
    on_side = {"left": False, "right": False, "top": True, "bottom": True}[upright]
    assert (shot.width, shot.height) == ((64, 96) if on_side else (96, 64))
    assert picture.shape == (shot.height, shot.width, 4)
    edges = {
        "left": picture[:, :16, 0],
        "right": picture[:, -16:, 0],
        "top": picture[:16, :, 0],
        "bottom": picture[-16:, :, 0],
    }
    assert max(edges, key=lambda edge: edges[edge].mean()) == upright
    thumbnail = shot.thumbnail()
    assert (thumbnail.shape[0] > thumbnail.shape[1]) == on_side


def test_a_large_picture_is_given_small_and_named_by_its_own_size(tmp_path: Path) -> None:
    film = write_film(tmp_path / "large.mp4", pictures(2, 1920, 1080))
    shot = read(film)[0]
    assert (shot.width, shot.height) == (1920, 1080)
    assert shot.picture().shape == (540, LONGEST_SIDE, 4)


def test_an_8k_picture_is_made_small_at_once(tmp_path: Path) -> None:
    film = write_film(tmp_path / "8k.mp4", pictures(2, 7680, 4320), codec="mjpeg")
    shots = read(film)
    assert (shots[0].width, shots[0].height) == (7680, 4320)
    assert shots[0].picture().shape == (540, 960, 4)
    assert sum(shot.waiting_bytes for shot in shots) < 4_000_000


def test_a_thumbnail_tells_a_move_and_stays_alike_without_one(tmp_path: Path) -> None:
    still, moved = pictures(2)
    film = write_film(tmp_path / "moves.mkv", [still, still, moved], codec="mjpeg")
    one, same, other = (shot.thumbnail() for shot in read(film))
    assert np.abs(one - same).max() <= 8
    assert np.abs(one - other).max() > 200


@pytest.mark.parametrize(("width", "height"), [(2, 2), (640, 8), (8, 640), (90, 50)])
def test_pictures_of_every_shape_have_a_thumbnail(tmp_path: Path, width: int, height: int) -> None:
    flat = np.full((height, width, 3), 128, np.uint8)
    film = write_film(tmp_path / "odd.mkv", [flat, flat], codec="mpeg4")
    thumbnail = read(film)[0].thumbnail()
    assert thumbnail.size and thumbnail.max() <= 1020


def test_a_colour_format_without_a_brightness_of_its_own_has_a_thumbnail_too(tmp_path: Path) -> None:
    import av

    path = tmp_path / "rgb.mkv"
    with av.open(str(path), "w") as output:
        stream = output.add_stream("ffv1", rate=25)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "bgr0"
        for picture in pictures(3):
            output.mux(
                stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24").reformat(format=stream.pix_fmt))
            )
        output.mux(stream.encode(None))
    assert read(path)[0].thumbnail().shape == (64, 96)


def test_a_missing_file_is_told_so(tmp_path: Path) -> None:
    assert reason_of(tmp_path / "gone.mp4") == "there is no such file."


def test_an_empty_file_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    assert reason_of(tmp_path / "empty.mp4") == "the file is empty."


def test_a_folder_is_told_so(tmp_path: Path) -> None:
    assert "folder" in reason_of(tmp_path)


def test_a_text_with_the_name_of_a_video_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "notes.mp4").write_text("Three bridges this morning.\n" * 50)
    assert "not a video" in reason_of(tmp_path / "notes.mp4")


def test_random_bytes_are_told_so(tmp_path: Path) -> None:
    (tmp_path / "noise.mp4").write_bytes(np.random.default_rng(7).bytes(10_000))
    assert "not a video" in reason_of(tmp_path / "noise.mp4")


def test_a_list_of_other_files_is_not_followed(tmp_path: Path) -> None:
    film = write_film(tmp_path / "real.mp4", pictures(5))
    (tmp_path / "list.mp4").write_text(f"#EXTM3U\n#EXTINF:10,\n{film}\n#EXT-X-ENDLIST\n")
    assert "not a video" in reason_of(tmp_path / "list.mp4")


def test_a_file_cut_off_before_its_index_is_told_so(tmp_path: Path) -> None:
    film = cut_off(write_film(tmp_path / "cut.mp4", pictures(40, 320, 240)), 0.5)
    assert "cut off" in reason_of(film)


@pytest.mark.parametrize("name", ["front.mp4", "cut.mkv", "cut.avi"])
def test_a_file_cut_off_in_its_pictures_is_told_so(tmp_path: Path, name: str) -> None:
    options = {"movflags": "faststart"} if name.endswith(".mp4") else {}
    film = write_film(tmp_path / name, pictures(80, 320, 240), options=options)
    assert len(read(film)) == 80
    assert "cut off" in reason_of(cut_off(film, 0.6))


def test_sound_without_a_picture_is_told_so(tmp_path: Path) -> None:
    assert "only sound" in reason_of(write_sound(tmp_path / "voice.mp4"))


def test_a_single_picture_is_told_so(tmp_path: Path) -> None:
    assert "single picture" in reason_of(write_film(tmp_path / "one.mp4", pictures(1)))


def test_a_damaged_picture_in_the_middle_does_not_end_the_recording(tmp_path: Path) -> None:
    film = write_film(tmp_path / "scratched.avi", pictures(60, 320, 240), codec="mjpeg")
    content = bytearray(film.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 300] = bytes(300)
    film.write_bytes(content)
    assert 50 <= len(read(film)) <= 60


def test_a_name_that_looks_like_an_address_is_read_as_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_film(tmp_path / "plain.mkv", pictures(3)).rename(tmp_path / "concat:one.mkv")
    assert len(read(Path("concat:one.mkv"))) == 3
