"""``ischia analyse``: every bad input has its sentence and its exit status, and the others still get done."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.films import cut_off, pictures, write_film, write_sound

from ischia.cli import analyse_files, main
from ischia.cli.analyse_table import moment
from ischia.pose import ModelError, load_model
from ischia.recording import LandmarkTrack, read_track, write_track
from ischia.recording.video import Video

BRIDGE = Path(__file__).resolve().parents[2] / "data" / "bridge_08_physioplus.mp4"


@pytest.fixture(scope="module")
def model() -> None:
    """Skip, visibly, where the pose models were not fetched."""
    try:
        load_model()
    except ModelError as error:
        pytest.skip(str(error))


class Ran:
    """What a run of the command left behind."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def objects(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Iterator[object]:
    def ran(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main(["analyse", *map(str, arguments)])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Ran(int(str(ended.value.code)), out, err)

    yield ran


def bridges(path: Path, seen: slice = slice(None), people: int = 1) -> Path:
    """Write a synthetic set of three bridges as landmarks; outside ``seen`` points nothing is visible."""
    from ischia.demonstration import synthesise

    synthetic = synthesise("bridge", repetitions=3, hold_s=3.0)
    image = np.array([np.asarray(frame.image, np.float32) for frame in synthetic.frames])
    hidden = np.ones(33, bool)
    hidden[seen] = False
    image[:, hidden, 3] = 0.05
    track = LandmarkTrack(
        np.array([frame.t_s for frame in synthetic.frames]),
        image,
        synthetic.width,
        synthetic.height,
        15.0,
        people=np.full(len(image), people),
    )
    write_track(track, path)
    return path


def nobody(path: Path) -> Path:
    image = np.full((40, 33, 4), np.nan, np.float32)
    write_track(LandmarkTrack(np.arange(40) / 10, image, 640, 480), path)
    return path


def one_sentence(ran: Ran, name: object, status: int = 3) -> str:
    """Return the only line on standard error; it names the file."""
    assert ran.status == status
    assert ran.out == ""
    (line,) = ran.err.splitlines()
    assert str(name) in line
    assert line.endswith(".")
    return line


def test_a_track_gives_one_object_with_the_promised_keys(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ran = run(bridges(tmp_path / "set.npz"), "--exercise", "bridge", "--json")
    (analysis,) = ran.objects
    assert ran.status == 0 and ran.err == ""
    promised = ["file", "exercise", "count", "repetitions", "cues", "symmetry", "not_scored", "media"]
    assert [key for key in analysis if key in promised] == promised
    assert analysis["count"] == 3
    assert set(analysis["repetitions"][0]) >= {  # type: ignore[index]
        *("start_s", "hold_start_s", "hold_end_s", "end_s", "hold_s", "side", "complete", "confidence")
    }
    assert set(analysis["media"]) >= {"duration_s", "fps", "frames", "frames_posed", "view"}  # type: ignore[call-overload]


def test_without_json_a_person_reads_a_table(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ran = run(bridges(tmp_path / "set.npz"), "--exercise", "bridge")
    assert ran.status == 0
    assert "bridge, 3 repetitions" in ran.out
    assert "hold from" in ran.out


def test_a_video_is_analysed_and_tells_how_many_pictures_were_looked_at(run, model: None) -> None:  # type: ignore[no-untyped-def]
    ran = run(BRIDGE, "--exercise", "bridge", "--json")
    (analysis,) = ran.objects
    media = analysis["media"]
    assert (ran.status, ran.err, analysis["count"]) == (0, "", 1)
    assert media["frames"] == 91  # type: ignore[index, call-overload]
    assert media["frames_posed"] < 60  # type: ignore[index, call-overload]


def test_a_video_gives_the_same_count_at_a_lower_rate_and_at_every_picture(run, model: None) -> None:  # type: ignore[no-untyped-def]
    for options in (["--rate", "10"], ["--every-frame"]):
        (analysis,) = run(BRIDGE, "--exercise", "bridge", "--json", *options).objects
        assert analysis["count"] == 1


def test_overlay_plot_and_table_are_written(run, tmp_path: Path, model: None) -> None:  # type: ignore[no-untyped-def]
    import av

    out = {"overlay": tmp_path / "o.mp4", "plot": tmp_path / "p.png", "table": tmp_path / "t.parquet"}
    options = [word for name, path in out.items() for word in (f"--{name}", path)]
    assert run(BRIDGE, "--exercise", "bridge", *options).status == 0
    with av.open(str(out["overlay"])) as film:
        drawn = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    assert len(drawn) == 91
    assert drawn[40].shape == (480, 640, 3)
    assert out["plot"].read_bytes().startswith(b"\x89PNG")
    assert len(read_track(out["table"])) == 91
    assert not list(tmp_path.glob(".*part*"))


def test_a_table_read_again_gives_the_same_analysis(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    first = run(
        bridges(tmp_path / "a.npz"), "--exercise", "bridge", "--json", "--table", tmp_path / "b.parquet"
    )
    again = run(tmp_path / "b.parquet", "--exercise", "bridge", "--json")
    assert [{**each, "file": ""} for each in first.objects] == [
        {**each, "file": ""} for each in again.objects
    ]


def test_a_track_without_a_picture_is_drawn_on_grey(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ran = run(bridges(tmp_path / "a.npz"), "--exercise", "bridge", "--overlay", tmp_path / "a.mp4")
    assert ran.status == 0
    assert (tmp_path / "a.mp4").stat().st_size > 1000


def test_files_are_told_in_the_order_given_whoever_is_done_first(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    files = [bridges(tmp_path / f"{name}.npz") for name in "cab"]
    ran = run(*files, "--exercise", "bridge", "--json", "--workers", 2)
    assert [each["file"] for each in ran.objects] == [str(file) for file in files]


@pytest.mark.parametrize("workers", [1, 2])
def test_in_a_list_of_files_the_others_still_get_done(run, tmp_path: Path, workers: int) -> None:  # type: ignore[no-untyped-def]
    good = [bridges(tmp_path / "first.npz"), bridges(tmp_path / "last.npz")]
    bad = tmp_path / "gone.npz"
    ran = run(good[0], bad, good[1], "--exercise", "bridge", "--json", "--workers", workers)
    assert ran.status == 3
    assert [each["file"] for each in ran.objects] == [str(file) for file in good]
    assert ran.err == f"ischia: {bad}: there is no such file.\n"


def test_a_missing_file(run, tmp_path: Path, model: None) -> None:  # type: ignore[no-untyped-def]
    assert "no such file" in one_sentence(run(tmp_path / "gone.mp4"), tmp_path / "gone.mp4")


def test_an_empty_file(run, tmp_path: Path, model: None) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "empty.mp4").touch()
    assert "empty" in one_sentence(run(tmp_path / "empty.mp4"), tmp_path / "empty.mp4")


def test_a_text_renamed(run, tmp_path: Path, model: None) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "text.mp4").write_text("bridge\n" * 100)
    assert "not a video" in one_sentence(run(tmp_path / "text.mp4"), tmp_path / "text.mp4")


def test_a_truncated_file(run, tmp_path: Path, model: None) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "cut.mp4").write_bytes(BRIDGE.read_bytes())
    cut_off(tmp_path / "cut.mp4", 0.6)
    assert "cut off" in one_sentence(run(tmp_path / "cut.mp4"), tmp_path / "cut.mp4")


def test_sound_alone(run, tmp_path: Path, model: None) -> None:  # type: ignore[no-untyped-def]
    assert "sound" in one_sentence(run(write_sound(tmp_path / "a.mp4")), tmp_path / "a.mp4")


def test_one_picture(run, tmp_path: Path, model: None) -> None:  # type: ignore[no-untyped-def]
    film = write_film(tmp_path / "one.mp4", pictures(1))
    assert "single picture" in one_sentence(run(film), film)


def test_a_black_picture(run, tmp_path: Path, model: None) -> None:  # type: ignore[no-untyped-def]
    film = write_film(tmp_path / "black.mp4", [np.zeros((240, 320, 3), np.uint8)] * 50)
    assert "nobody was seen" in one_sentence(run(film), film)


def test_a_room_without_a_person(run, tmp_path: Path, model: None) -> None:  # type: ignore[no-untyped-def]
    film = write_film(tmp_path / "room.mp4", pictures(50, 320, 240))
    assert "nobody was seen" in one_sentence(run(film), film)


def test_an_8k_picture(run, tmp_path: Path, model: None) -> None:  # type: ignore[no-untyped-def]
    film = write_film(tmp_path / "8k.mp4", [np.zeros((4320, 7680, 3), np.uint8)] * 3, codec="mjpeg")
    assert "nobody was seen" in one_sentence(run(film), film)


def test_a_track_in_which_nobody_was_seen(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert "nobody was seen" in one_sentence(run(nobody(tmp_path / "n.npz")), tmp_path / "n.npz")


def test_two_people(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    track = bridges(tmp_path / "two.npz", people=2)
    ran = run(track, "--exercise", "bridge", "--json")
    assert ran.err == f"ischia: {track}: {analyse_files.SEVERAL}\n"
    assert (ran.status, len(ran.objects)) == (0, 1)


def test_two_people_in_a_video(run, tmp_path: Path, model: None) -> None:  # type: ignore[no-untyped-def]
    with Video(BRIDGE) as video:
        seen = [shot.picture()[::2, ::2, :3] for shot in video if shot.index % 3 == 0]
    film = write_film(tmp_path / "two.mp4", [np.hstack([picture, picture[:, ::-1]]) for picture in seen])
    assert "several people" in run(film, "--exercise", "bridge").err


def test_only_a_face(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    track = bridges(tmp_path / "face.npz", seen=slice(0, 11))
    assert "not in the picture" in one_sentence(run(track, "--exercise", "bridge"), track)


def test_legs_out_of_the_picture(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    track = bridges(tmp_path / "legs.npz", seen=slice(0, 23))
    assert "not in the picture" in one_sentence(run(track, "--exercise", "bridge"), track)


def test_random_bytes(run, tmp_path: Path, model: None) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "noise.mp4").write_bytes(np.random.default_rng(3).bytes(10_000))
    assert "not a video" in one_sentence(run(tmp_path / "noise.mp4"), tmp_path / "noise.mp4")


def test_a_folder(run, tmp_path: Path, model: None) -> None:  # type: ignore[no-untyped-def]
    assert "folder" in one_sentence(run(tmp_path), tmp_path)


def test_an_exercise_nobody_knows(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    line = one_sentence(run(bridges(tmp_path / "a.npz"), "--exercise", "brigde"), "brigde", status=2)
    assert "'bridge'" in line


def test_no_file_at_all(run) -> None:  # type: ignore[no-untyped-def]
    assert run().status == 2


@pytest.mark.parametrize("rate", ["0", "-5", "1e9", "nan", "fast"])
def test_a_rate_that_is_none(run, tmp_path: Path, rate: str) -> None:  # type: ignore[no-untyped-def]
    assert run(tmp_path / "a.mp4", "--rate", rate).status == 2


def test_an_output_is_never_written_over_a_recording(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "film.mp4").write_bytes(BRIDGE.read_bytes())
    ran = run(tmp_path / "film.mp4", "--exercise", "bridge", "--overlay", tmp_path / "film.mp4")
    assert ran.status == 2 and "write over" in ran.err
    assert (tmp_path / "film.mp4").read_bytes() == BRIDGE.read_bytes()


def test_several_files_need_a_folder_to_write_into(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    files = [bridges(tmp_path / "a.npz"), bridges(tmp_path / "b.npz")]
    ran = run(*files, "--exercise", "bridge", "--plot", tmp_path / "p.png")
    assert ran.status == 2 and "folder" in ran.err
    (tmp_path / "plots").mkdir()
    assert run(*files, "--exercise", "bridge", "--plot", tmp_path / "plots").status == 0
    assert sorted(path.name for path in (tmp_path / "plots").iterdir()) == ["a.png", "b.png"]


def test_two_recordings_of_one_name_do_not_share_an_output(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for name in ("monday", "tuesday"):
        (tmp_path / name).mkdir()
        bridges(tmp_path / name / "set.npz")
    (tmp_path / "out").mkdir()
    ran = run(*tmp_path.glob("*day/set.npz"), "--table", tmp_path / "out")
    assert ran.status == 2 and "same name" in ran.err


@pytest.mark.parametrize(
    ("option", "name"), [("--overlay", "a.gif"), ("--plot", "a.doc"), ("--table", "a.csv")]
)
def test_an_output_of_a_kind_nobody_writes(run, tmp_path: Path, option: str, name: str) -> None:  # type: ignore[no-untyped-def]
    ran = run(bridges(tmp_path / "a.npz"), option, tmp_path / name)
    assert ran.status == 2 and "ends in" in ran.err


def test_an_output_into_a_folder_that_is_not_there(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ran = run(bridges(tmp_path / "a.npz"), "--plot", tmp_path / "nowhere" / "p.png")
    assert ran.status == 2 and "no folder" in ran.err


def test_a_missing_model_is_told_once(  # type: ignore[no-untyped-def]
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISCHIA_ASSETS", str(tmp_path / "none"))
    analyse_files._model.cache_clear()
    ran = run(BRIDGE, BRIDGE, "--exercise", "bridge")
    assert ran.status == 1
    assert ran.err == "ischia: the pose model 'detector' is missing; run 'ischia assets' once.\n"


def test_the_phase_and_the_count_of_a_moment_follow_the_repetitions(tmp_path: Path) -> None:
    job = analyse_files.Job(bridges(tmp_path / "a.npz"), "bridge")
    analysis = analyse_files.run(job).analysis
    assert analysis is not None
    first = analysis.repetitions[0]
    assert first.start_s and first.hold_start_s and first.hold_end_s and first.end_s
    assert moment(analysis, 0.0) == (None, "rest", 0)
    assert moment(analysis, (first.start_s + first.hold_start_s) / 2) == (1, "out", 0)
    assert moment(analysis, (first.hold_start_s + first.hold_end_s) / 2) == (1, "hold", 1)
    assert moment(analysis, (first.hold_end_s + first.end_s) / 2) == (1, "back", 1)
    assert moment(analysis, 1e6) == (None, "rest", 3)
