"""Markup and documents → what they hold; run by :mod:`mithaq.readers.confined`, so they may be slow but not wrong.

Each module has ``parse(data, **options) -> list[Made | Unmade]`` and may raise :class:`~mithaq.errors.InputError`.
"""
