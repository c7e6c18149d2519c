"""Feeds, polled politely: what is new in them is read, kept and merged.

manners.py   how often, how long to wait, and what servers may ask for; every figure with its reason
clock.py     the time, and waiting for it
robots.py    what a robots.txt allows
courtesy.py  robots.txt and the pace of each host
feeds.py     a poll of one feed, and the pages that its entries lead to
watcher.py   rounds over all feeds
"""

from mithaq.watch.clock import Clock
from mithaq.watch.feeds import Polled
from mithaq.watch.manners import Manners
from mithaq.watch.watcher import Watcher

__all__ = ["Clock", "Manners", "Polled", "Watcher"]
