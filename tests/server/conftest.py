"""People, days and browsers for the server's tests."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from ischia.check_in import CheckIn, Intake, Moment, Region, Symptoms, TimeOfDay
from ischia.screening import load_bank, questions_due
from ischia.server import runtime
from ischia.server.accounts.models import Role, User
from ischia.server.clinic.models import Assignment
from ischia.server.clock import stamp, today
from ischia.server.facts import facts_of, make_plan, session_plan
from ischia.server.locale import compile_catalogues
from ischia.server.patients import record
from ischia.server.patients.models import Patient
from ischia.server.storage import writing
from ischia.server.training.models import Session
from ischia.session.serialise import to_plain
from ischia.units import Side

MORNING = "2026-03-14T08:00:00+00:00"
PASSWORD = "a long and rainy morning"


@pytest.fixture(autouse=True)
def _fresh_process(settings: Any) -> Iterator[None]:
    """Every test begins in the morning, on a computer used alone, with cheap passwords, nobody throttled."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    before = runtime.current()
    runtime.use(replace(before, accounts=False, zone=runtime.zone_named("UTC")))
    cache.clear()
    with time_machine.travel("2026-03-14T10:00:00+00:00"):
        yield
    runtime.use(before)


@pytest.fixture(scope="session", autouse=True)
def _texts() -> None:
    compile_catalogues()


@pytest.fixture
def morning() -> Iterator[time_machine.Traveller]:
    """A morning on which time stands still until a test moves it."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def leg_map(back: int = 2, calf: int = 1) -> dict[tuple[Region, Side], Symptoms]:
    """Every place answered: pain in the left back and calf, nothing elsewhere."""
    given = {
        (region, side): Symptoms(0, False, False, False)
        for region in Region
        for side in (Side.LEFT, Side.RIGHT)
    }
    given[Region.BACK, Side.LEFT] = Symptoms(back, False, False, False)
    given[Region.CALF, Side.LEFT] = Symptoms(calf, False, False, False)
    return given


def intake() -> Intake:
    """A first visit with nothing alarming."""
    bank = load_bank()
    return Intake(
        check_in=CheckIn(
            id=str(uuid.uuid4()),
            moment=Moment.FIRST_VISIT,
            at=stamp(),
            leg_map=leg_map(),
            answers={question.id: False for question in bank.questions},
        ),
        conditions={condition.id: False for condition in bank.conditions},
        goals=("Walk to the market",),
        preferred_time=TimeOfDay.LATER,
        age_years=40,
        weeks_since_onset=6,
    )


def check_in_before(patient: Patient, alarm: str = "", booked: bool | None = None) -> CheckIn:
    """Store a complete check-in before a session; harmless, unless the question ``alarm`` is answered yes.

    ``booked`` answers whether a visit is booked.
    """
    facts = facts_of(patient)
    draft = CheckIn(
        id=str(uuid.uuid4()), moment=Moment.BEFORE, at=stamp(), leg_map=leg_map(), new_symptoms=False
    )
    asked = questions_due(load_bank(), facts.intake, facts.check_ins, draft)
    answers = {one.id: False for one in asked.groups} | {q.id: False for _, qs in asked.cards for q in qs}
    if booked is not None:
        answers["booked_appointment"] = booked
    with writing():
        return record.check_in(patient, replace(draft, answers=answers | ({alarm: True} if alarm else {})))


def begin_session(patient: Patient) -> Session:
    """Check in, plan and begin today's session."""
    check_in_before(patient)
    with writing():
        plan = make_plan(patient, today())
        return Session.objects.create(plan=plan, patient=patient, on_date=today(), started_at_text=stamp())


def set_event(session: Session, exercise: int = 0, dose: int = 0, number: int = 1) -> dict[str, Any]:
    """A set done exactly as planned, as the browser sends it."""
    planned = session_plan(session).exercises[exercise]
    one = planned.doses[dose]
    return {
        "kind": "set",
        "exercise_id": planned.exercise_id,
        "side": one.side.value,
        "number": number,
        "prescribed": to_plain(one.dose),
        "repetitions": one.dose.repetitions,
        "hold_s": [one.dose.hold_s] * one.dose.repetitions,
        "measured_by": "timer",
        "started_at": "2026-03-14T08:10:00.000Z",
        "ended_at": "2026-03-14T08:11:00.000Z",
        "reps": [],
        "cues": [],
    }


def put(client: Client, session: Session, body: dict[str, Any], event_id: uuid.UUID | None = None) -> Any:
    """Send an event as the player does."""
    address = f"/api/sessions/{session.pk}/events/{event_id or uuid.uuid4()}"
    return client.put(address, body, content_type="application/json")


@pytest.fixture
def patient(db: None) -> Patient:
    """The person of this computer, after a first visit in which nothing was alarming."""
    person = Patient.objects.create(name="Lan")
    with writing():
        record.first_visit(person, intake())
    return person


@pytest.fixture
def browser(client: Client, patient: Patient) -> Client:
    """A browser in which that person has come in."""
    client.post("/welcome/")
    return client


class Cast:
    """Five people: An is Binh's patient, Chi nobody's; Binh and Dung are clinicians, Giang administers."""

    def __init__(self) -> None:
        self.an = self._patient("An")
        self.chi = self._patient("Chi")
        self.binh = User.objects.create_user("Binh", PASSWORD, Role.CLINICIAN)
        self.dung = User.objects.create_user("Dung", PASSWORD, Role.CLINICIAN)
        self.giang = User.objects.create_user("Giang", PASSWORD, Role.ADMINISTRATOR)
        Assignment.objects.create(clinician=self.binh, patient=self.an)

    @staticmethod
    def _patient(name: str) -> Patient:
        user = User.objects.create_user(name, PASSWORD, Role.PATIENT)
        person = Patient.objects.create(user=user, name=name)
        with writing():
            record.first_visit(person, intake())
        return person

    @staticmethod
    def browser_of(name: str) -> Client:
        """A browser in which somebody has logged in; an empty name is nobody."""
        client = Client()
        if name:
            client.force_login(User.objects.get(name=name))
        return client


@pytest.fixture
def with_accounts(db: None) -> None:
    """A server on which everybody logs in."""
    runtime.use(replace(runtime.current(), accounts=True))


@pytest.fixture
def cast(with_accounts: None) -> Cast:
    """The standing cast, on a server with accounts."""
    return Cast()
