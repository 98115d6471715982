"""A browser behind a bad network: lost, repeated, reordered messages never lose a set nor count one twice."""

import random
import uuid
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.server.conftest import begin_session, put, set_event

from ischia.server.facts import session_plan
from ischia.server.patients.models import Patient
from ischia.server.training.models import Event, Session


class Phone:
    """Keeps every set until the server has acknowledged it; forgets nothing when its page is closed."""

    def __init__(self, client: Client, session: Session, chance: random.Random) -> None:
        self.client = client
        self.session = session
        self.chance = chance
        self.waiting: dict[uuid.UUID, dict[str, Any]] = {}
        self.acknowledged: set[uuid.UUID] = set()
        self.in_flight: list[tuple[uuid.UUID, dict[str, Any]]] = []

    def finish(self, body: dict[str, Any]) -> None:
        """A set is done."""
        self.waiting[uuid.UUID(int=self.chance.getrandbits(128), version=4)] = body

    def send(self) -> None:
        """Send what waits, in any order, over a network that loses and repeats."""
        letters = [*self.waiting.items(), *self.in_flight]
        self.chance.shuffle(letters)
        self.in_flight = []
        for event_id, body in letters:
            fate = self.chance.random()
            if fate < 0.25:
                continue  # lost on the way there
            if fate < 0.4:
                self.in_flight.append((event_id, body))  # comes late, perhaps again
            answer = put(self.client, self.session, body, event_id)
            assert answer.status_code in (200, 201)
            if self.chance.random() < 0.3:
                continue  # the acknowledgement is lost on the way back
            self.acknowledged.add(event_id)
            self.waiting.pop(event_id, None)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_it_stores_every_set_exactly_once(seed: int, browser: Client, patient: Patient) -> None:
    Session.objects.all().delete()
    patient.plans.all().delete()
    patient.check_ins.all().delete()
    session = begin_session(patient)
    phone = Phone(browser, session, random.Random(seed))
    done = [
        set_event(session, place, dose, number + 1)
        for place, planned in enumerate(session_plan(session).exercises)
        for dose, one in enumerate(planned.doses)
        for number in range(one.dose.sets)
    ]

    for body in done:
        phone.finish(body)
        phone.send()
    for _ in range(200):
        if not phone.waiting:
            break
        phone.send()

    assert not phone.waiting
    stored = Event.objects.filter(session=session)
    assert {event.id for event in stored} >= phone.acknowledged
    assert sorted(event.slot or "" for event in stored) == sorted(
        f"set/{body['exercise_id']}/{body['side']}/{body['number']}" for body in done
    )
