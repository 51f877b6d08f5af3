"""Draws 抽签 that anybody can check: who of a list gets one of a few seats (requirement I).

The list is frozen and published with its SHA-256 before the seed exists; the seed is a public result due later, or the
strings of at least three people whose hashes were recorded before any was shown. The result follows from list and seed
alone, so that a command, a page and a program of anybody's own come to the same. docs/draw.md has every byte of it.

    from suite.draw.domain import lifecycle
    from suite.draw.listing import Candidate, Rules

    draw = lifecycle.prepare(
        user, title="听证会代表抽签", purpose="…", subject=Subject("hearings.hearing", hearing.pk, hearing.title),
        candidates=[Candidate("s1", "张*三", "柳岸村"), …], rules=Rules(total=6, seats={"柳岸村": 2}, rest=2),
        seed=PublicResult(source="双色球第2026136期", form="…", digits=14, due=moment),
    )

and in the plugin's ``receivers.py`` the signals `suite.signals.draw_held` and `draw_voided`.
"""
