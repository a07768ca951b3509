"""Whatever happens to a document, file and memory stay the same, and undo brings back exactly what was."""

from __future__ import annotations

from document.machine import StrategyMachine
from hypothesis import settings

TestLives = StrategyMachine.TestCase
TestLives.settings = settings(settings.get_profile("ci"), max_examples=30, stateful_step_count=30)
