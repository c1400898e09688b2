"""Addresses to bytes: pages and feeds from the web, politely, within limits, and never from inside one's own network.

The only room that opens network connections. Nothing here raises on what a server does.
"""

from inquit.fetching.addresses import refusal
from inquit.fetching.hosts import Host, Hosts, host_of, is_transient
from inquit.fetching.memory import EntryMemory, FeedMemory, Memory
from inquit.fetching.pages import Failed, Failure, Fetched, Rules, fetch
from inquit.fetching.robots import Robots, RobotsOfHosts

__all__ = [
    "EntryMemory",
    "Failed",
    "Failure",
    "FeedMemory",
    "Fetched",
    "Host",
    "Hosts",
    "Memory",
    "Robots",
    "RobotsOfHosts",
    "Rules",
    "fetch",
    "host_of",
    "is_transient",
    "refusal",
]
