"""What differs between two protocols, in words a clinician can read."""

import tomllib
from typing import Any


def differences(old: str, new: str) -> tuple[str, ...]:
    """Return one line for each number, ladder or heading that differs between two protocol texts.

    Both texts have to be protocols that can be loaded.
    """
    before, after = tomllib.loads(old), tomllib.loads(new)
    found = [
        f"{key}: {before[key]} -> {after[key]}"
        for key in ("id", "version", "title")
        if before[key] != after[key]
    ]
    for name in before["numbers"]:
        found += _number(name, before["numbers"][name], after["numbers"][name])
    for name in sorted({*before["ladders"], *after["ladders"]}):
        found += _ladder(name, before["ladders"].get(name), after["ladders"].get(name))
    if before.get("sign_off") != after.get("sign_off"):
        found.append(f"sign-off: {_signed(before)} -> {_signed(after)}")
    return tuple(found)


def _number(name: str, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    found = []
    if before["value"] != after["value"]:
        found.append(f"{name}: {before['value']} -> {after['value']} {after['unit']} ({after['source']})")
    elif before["source"] != after["source"]:
        found.append(f"{name}: source {before['source']} -> {after['source']}")
    if (before["least"], before["most"]) != (after["least"], after["most"]):
        limits = f"{before['least']} to {before['most']} -> {after['least']} to {after['most']}"
        found.append(f"{name}: limits {limits}")
    return found


def _ladder(name: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> list[str]:
    if before == after:
        return []
    if before is None or after is None:
        return [f"ladder {name}: {'added' if before is None else 'taken out'}"]
    return [
        f"ladder {name}: {key} {before[key]} -> {after[key]}" for key in before if before[key] != after[key]
    ]


def _signed(content: dict[str, Any]) -> str:
    entry = content.get("sign_off")
    return "nobody" if entry is None else f"{entry['name']} on {entry['date']}"
