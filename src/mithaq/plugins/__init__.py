"""What other packages add to mithaq, and the one way in which mithaq's own tables are registered too.

hookspecs.py  the hooks: what a plug-in may give, and the marker ``hookimpl`` for its functions
builtin.py    mithaq's own tables, given through the same hooks
found.py      which installed distributions have plug-ins
registry.py   loads them, asks them, and skips those that fail
guards.py     what a plug-in does at work: whatever it raises names it, and costs one report
backends.py   the readers of a report, by name

The tables stand where they are used (``FORMATS``, ``STAGES``, ``EXPORTS``, ``COMMANDS``), and each such place asks the
registry. It therefore stands low in the order of imports, and loads ``hookspecs`` and ``builtin``, which know
everything, by name, as it loads plug-ins.
"""
