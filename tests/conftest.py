"""How long hypothesis searches: `pytest --hypothesis-profile=long` to look further."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No deadlines: how fast a machine is says nothing about what is right.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=5000, suppress_health_check=[HealthCheck.too_slow])
