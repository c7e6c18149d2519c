"""One address of the web → its bytes, whoever wrote the address and whatever answers; never into a private network.

addresses.py  an address taken apart and checked: scheme, port, no names or passwords
networks.py   which IP addresses are public
network.py    a name is resolved once, every address checked, and one of them connected to; time and bytes are counted
bodies.py     what a server sends, unpacked, at most so much of it
fetcher.py    all of it together, with redirects and conditional requests
"""

from mithaq.fetch.addresses import Address
from mithaq.fetch.fetcher import Answer, Fetcher, Limits, user_agent

__all__ = ["Address", "Answer", "Fetcher", "Limits", "user_agent"]
