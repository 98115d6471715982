"""Every fault of a protocol is told in full: its line, what is wrong and how to mend it."""

import pytest
from tests.unit.protocol_text import TEXT, faults, line_of

SOURCES = 'sources = ["consensus_to_sign_off"]'
BRIDGE = TEXT[TEXT.index('start = "bridge"') : TEXT.index(SOURCES, TEXT.index('start = "bridge"'))]
FIRST, HOURS, REDS = "[numbers.green_pain", "[numbers.green_hours", "[numbers.review_reds"
TILT = "[ladders.bridge"


@pytest.mark.parametrize(
    ("old", "new", "line", "problem", "mend"),
    [
        (
            'id = "default"',
            "id = 3",
            line_of("id"),
            "id is missing or of the wrong kind",
            "write id as in default.toml",
        ),
        (
            'version = "1.0.0"\n',
            "",
            1,
            "version is missing or of the wrong kind",
            "write version as in default.toml",
        ),
        ("title = ", 'colour = "red"\ntitle = ', line_of("title"), "colour is not known", "take it out"),
        ("value = 2\n", "value = \n", line_of("value"), "Invalid value", "correct this line"),
        (
            "value = 2\n",
            "value = 2\nvalue = 3\n",
            line_of("value") + 1,
            "Cannot overwrite a value",
            "correct this line",
        ),
        ("# The", 'a = """', 1, "Unterminated string", "correct this line"),
    ],
)
def test_what_is_no_protocol_at_all_names_its_line(
    old: str, new: str, line: int, problem: str, mend: str
) -> None:
    assert faults(old, new) == [(line, problem, mend)]


@pytest.mark.parametrize(
    ("table", "old", "new", "part", "problem", "mend"),
    [
        (
            FIRST,
            'unit = "points"',
            'unit = "metres"',
            "unit",
            "the unit of green_pain_points is 'metres'",
            "it has to be in points",
        ),
        (
            FIRST,
            'unit = "points"\n',
            "",
            "",
            "the unit of green_pain_points is None",
            "it has to be in points",
        ),
        (
            REDS,
            'unit = "sessions"',
            'unit = "reds"',
            "unit",
            "the unit of review_reds is 'reds'",
            "it has to be in sessions",
        ),
        (
            FIRST,
            "value = 2\n",
            "value = 2.5\n",
            "value",
            "value of green_pain_points is 2.5",
            "it has to be a whole number",
        ),
        (
            FIRST,
            "value = 2\n",
            "value = true\n",
            "value",
            "value of green_pain_points is True",
            "it has to be a whole number",
        ),
        (
            FIRST,
            "value = 2\n",
            'value = "2"\n',
            "value",
            "value of green_pain_points is '2'",
            "it has to be a whole number",
        ),
        (FIRST, "value = 2\n", "", "", "value of green_pain_points is None", "it has to be a whole number"),
        (
            FIRST,
            "least = 0\n",
            "least = 0.0\n",
            "least",
            "least of green_pain_points is 0.0",
            "it has to be a whole number",
        ),
        (
            FIRST,
            "most = 4\n",
            "most = 4.0\n",
            "most",
            "most of green_pain_points is 4.0",
            "it has to be a whole number",
        ),
        (
            HOURS,
            "value = 48\n",
            "value = inf\n",
            "value",
            "value of green_hours is inf",
            "it has to be a number",
        ),
        (
            HOURS,
            "value = 48\n",
            "value = nan\n",
            "value",
            "value of green_hours is nan",
            "it has to be a number",
        ),
        (
            HOURS,
            "value = 48\n",
            "value = false\n",
            "value",
            "value of green_hours is False",
            "it has to be a number",
        ),
        (
            HOURS,
            "value = 48\n",
            f"value = 1{'0' * 400}\n",
            "value",
            f"1{'0' * 400} lies outside 48 to 336",
            "choose a value between them",
        ),
        (
            HOURS,
            "value = 48\n",
            "value = 24\n",
            "value",
            "24 lies outside 48 to 336",
            "choose a value between them",
        ),
        (
            FIRST,
            "value = 2\n",
            "value = 9\n",
            "value",
            "9 lies outside 0 to 4",
            "choose a value between them",
        ),
        (
            FIRST,
            "least = 0\n",
            "least = 5\n",
            "least",
            "least is 5, above most, which is 4",
            "swap or correct them",
        ),
        (
            FIRST,
            "most = 4\n",
            "most = 7\n",
            "least",
            "the limits 0 to 7 are wider than ischia's own 0 to 4",
            "narrow them",
        ),
        (
            FIRST,
            "least = 0\n",
            "least = -1\n",
            "least",
            "the limits -1 to 4 are wider than ischia's own 0 to 4",
            "narrow them",
        ),
        (
            FIRST,
            'source = "consensus_to_sign_off"\n',
            "",
            "",
            "green_pain_points has no source",
            "add source, an id of sources.toml",
        ),
        (
            FIRST,
            '"consensus_to_sign_off"',
            '"my_aunt"',
            "source",
            "the source 'my_aunt' is not known",
            "add it to sources.toml",
        ),
        (
            FIRST,
            '"consensus_to_sign_off"',
            '["x"]',
            "source",
            "the source ['x'] is not known",
            "add it to sources.toml",
        ),
        (
            FIRST,
            "most = 4\n",
            "most = 4\ncolour = 1\n",
            "most",
            "colour is not known here",
            "use only value, unit, source, least, most",
        ),
        (
            TILT,
            '"half_bridge"',
            '"half_bridg"',
            "rungs",
            "the rung 'half_bridg' is not known",
            "did you mean half_bridge?",
        ),
        (
            TILT,
            '"half_bridge"',
            '"zzz"',
            "rungs",
            "the rung 'zzz' is not known",
            "name an exercise of the catalogue",
        ),
        (
            TILT,
            '"half_bridge"',
            '["zzz"]',
            "rungs",
            "the rung ['zzz'] is not known",
            "name an exercise of the catalogue",
        ),
        (TILT, '"half_bridge"', '"bridge"', "rungs", "a rung stands there twice", "name each rung once"),
        (
            TILT,
            BRIDGE,
            'start = "bridge"\nrungs = []\n',
            "rungs",
            "rungs is no list of exercises",
            "list the exercises, easiest first",
        ),
        (
            TILT,
            BRIDGE,
            'start = "bridge"\nrungs = "bridge"\n',
            "rungs",
            "rungs is no list of exercises",
            "list the exercises, easiest first",
        ),
        (
            TILT,
            'start = "bridge"',
            'start = "superman"',
            "start",
            "start is 'superman', which is no rung",
            "start on one of the rungs",
        ),
        (
            TILT,
            'start = "bridge"\n',
            "",
            "",
            "the ladder bridge needs start, rungs, sources and nothing else",
            "write these three",
        ),
        (
            TILT,
            'start = "bridge"\n',
            'start = "bridge"\ncolour = 1\n',
            "",
            "the ladder bridge needs start, rungs, sources and nothing else",
            "write these three",
        ),
        (TILT, SOURCES, "sources = []", "sources", "sources is no list of sources", "list one at least"),
        (
            TILT,
            SOURCES,
            'sources = "consensus_to_sign_off"',
            "sources",
            "sources is no list of sources",
            "list one at least",
        ),
        (
            TILT,
            SOURCES,
            'sources = ["my_aunt"]',
            "sources",
            "the source 'my_aunt' is not known",
            "add it to sources.toml",
        ),
    ],
)
def test_a_fault_in_a_table_names_its_line_and_its_mend(
    table: str, old: str, new: str, part: str, problem: str, mend: str
) -> None:
    line = line_of(part, table) if part else line_of(table)
    shifted = int("colour" in problem)
    assert faults(old, new, TEXT, table) == [(line + shifted, problem, mend)]


@pytest.mark.parametrize(
    ("name", "mend"),
    [("green_pain_point", "did you mean green_pain_points?"), ("xyzzy", "take it out")],
)
def test_a_number_that_is_not_known_is_missing_under_its_own_name(name: str, mend: str) -> None:
    line = line_of(FIRST)
    assert faults("[numbers.green_pain_points]", f"[numbers.{name}]") == [
        (
            line,
            "the number green_pain_points is missing",
            "add [numbers.green_pain_points] as in default.toml",
        ),
        (line, f"there is no number {name}", mend),
    ]


def test_a_number_or_a_ladder_that_is_no_table_is_named() -> None:
    start, end = (TEXT.index(f"[numbers.{name}]") for name in ("green_pain_points", "red_pain_points"))
    flat = f"{TEXT[:start]}[numbers]\ngreen_pain_points = 2\n\n{TEXT[end:]}"
    assert faults("", "", flat) == [
        (
            line_of(FIRST) + 1,
            "green_pain_points is no table",
            "write [numbers.green_pain_points] with value, unit and source",
        )
    ]
    without = TEXT[: TEXT.index("[ladders.")]
    end_line = len(without.splitlines()) + 1
    kind = "needs start, rungs, sources and nothing else"
    assert faults("", "", f"{without}[ladders]\na = 1\nb = 2\n") == [
        (end_line + 1, f"the ladder a {kind}", "write these three"),
        (end_line + 2, f"the ladder b {kind}", "write these three"),
    ]
    assert faults("", "", f"{without}[ladders]\n") == [
        (end_line, "there is no ladder", "add [ladders.bridge] as in default.toml")
    ]
    assert faults("", "", without) == [
        (1, "ladders is missing or of the wrong kind", "write ladders as in default.toml")
    ]


def test_an_indented_text_has_the_same_lines() -> None:
    indented = "".join(f"  {line}" for line in TEXT.splitlines(keepends=True))
    assert faults("value = 2\n", "value = 9\n", indented) == faults("value = 2\n", "value = 9\n")
