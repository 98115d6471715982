"""Nothing is lost and nothing stands twice: reloads, closed pages, lost lines, refusals."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import OpenPage
from tests.journeys.play import (
    ALL_SETS,
    open_player,
    run_to,
    run_to_the_end,
    run_until,
    run_until_it_waits,
    run_until_saved,
    start,
    wait_until,
)
from tests.journeys.playground import Playground

pytestmark = pytest.mark.journey


def waiting_in_the_browser(page: Page) -> list[dict[str, Any]]:
    """Return what lies in the browser's own database, as it lies there."""
    rows: list[dict[str, Any]] = page.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open("ischia-outbox", 1);
          opening.onsuccess = () => {
            const all = opening.result.transaction("records").objectStore("records").getAll();
            all.onsuccess = () => resolve(all.result.map((row) => ({
              id: row.id, keys: Object.keys(row).sort(),
              text: new TextDecoder("latin1").decode(row.sealed),
            })));
          };
        })"""
    )
    return rows


def test_a_reload_goes_on_at_the_first_set_that_is_not_recorded(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_until_saved(page, playground, 1)
    run_to(page, "hold")
    open_player(page, playground)
    expect(page.locator("#resume-note")).to_be_visible()
    page.locator("#start-button").click()
    expect(page.locator("#caption")).to_contain_text("Welcome back")
    run_to(page, "ready")
    expect(page.locator("#dose")).to_contain_text("Set 2 of 2")
    run_to_the_end(page)
    assert playground.sets() == ALL_SETS


def test_what_was_done_without_a_connection_is_kept_encrypted_and_sent_later(
    page: Page, playground: Playground
) -> None:
    start(page, playground)
    run_to(page, "hold")
    page.context.set_offline(True)
    run_until_it_waits(page)
    expect(page.locator("#saved")).to_have_text("No connection: 1 kept on this device")
    rows = waiting_in_the_browser(page)
    assert [row["keys"] for row in rows] == [["id", "iv", "sealed"]]
    assert "bridge" not in rows[0]["text"]
    page.context.set_offline(False)
    page.clock.run_for(31_000)
    expect(page.locator("#saved")).to_have_text("Saved")
    assert playground.sets()[0] == ("bridge", "both", 1)
    assert rows[0]["id"] not in [row["id"] for row in waiting_in_the_browser(page)]


def test_a_page_closed_without_a_connection_loses_nothing(
    open_page: OpenPage, playground: Playground
) -> None:
    page = open_page()
    start(page, playground)
    run_to(page, "hold")
    playground.unreachable = True
    run_until_it_waits(page)
    assert not playground.events
    playground.unreachable = False
    open_player(page, playground)
    expect(page.locator("#resume-note")).to_be_visible()
    expect(page.locator("#saved")).to_have_text("Saved")
    assert playground.sets() == [("bridge", "both", 1)]
    page.locator("#start-button").click()
    run_to_the_end(page)
    assert playground.sets() == ALL_SETS


def test_an_answer_that_got_lost_leaves_the_record_once(page: Page, playground: Playground) -> None:
    playground.lose_answers = True
    start(page, playground)
    run_until(page, lambda: len(playground.received) >= 3, "a record sent three times", 120)
    assert len(set(playground.received)) == 1
    playground.lose_answers = False
    run_to_the_end(page)
    assert playground.sets() == ALL_SETS


def test_without_encryption_records_wait_in_memory_and_the_page_says_so(
    page: Page, playground: Playground
) -> None:
    page.add_init_script(
        "Object.defineProperty(crypto, 'subtle', {value: undefined}); delete Crypto.prototype.randomUUID"
    )
    start(page, playground)
    run_to(page, "hold")
    page.context.set_offline(True)
    run_until_it_waits(page)
    expect(page.locator("#saved")).to_have_text("No connection: 1 kept while this page stays open")
    assert page.evaluate("indexedDB.databases()") == []
    page.context.set_offline(False)
    page.clock.run_for(31_000)
    expect(page.locator("#saved")).to_have_text("Saved")
    assert playground.sets()[0] == ("bridge", "both", 1)


def test_a_refused_record_is_said_plainly_and_blocks_nothing(page: Page, playground: Playground) -> None:
    playground.refuse = (422, "This set was never planned.")
    start(page, playground)
    run_until(page, lambda: bool(playground.received), "a record that is sent", 120)
    expect(page.locator("#saved")).to_have_text("Not accepted: This set was never planned.")
    playground.refuse = None
    run_until_saved(page, playground, 1)


def test_records_left_by_a_closed_player_are_sent_from_any_page(page: Page, playground: Playground) -> None:
    start(page, playground)
    run_to(page, "hold")
    playground.unreachable = True
    run_until_it_waits(page)
    playground.unreachable = False
    page.goto(playground.address + "/elsewhere/")
    page.evaluate("import('/static/ischia/player/flush.js')")
    wait_until(page, lambda: bool(playground.events), "a record")
    assert playground.sets() == [("bridge", "both", 1)]
