"""Which addresses are somebody's own network and no place of the web."""

import ipaddress

_NAT64 = ipaddress.ip_network("64:ff9b::/96")

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def refusal(address: str) -> str | None:
    """Why nothing is fetched from `address`; `None` where it is a public one.

    An IPv6 address that stands for one of IPv4 (mapped, 6to4, Teredo, NAT64) is judged by that, too.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "not an address"
    return next((said for one in (found, *_inside(found)) if (said := _kind(one))), None)


def _inside(address: _Address) -> list[_Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found: list[_Address] = [one for one in (address.ipv4_mapped, address.sixtofour) if one is not None]
    found += address.teredo or ()
    if address in _NAT64:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    return found


def _kind(address: _Address) -> str | None:
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return None  # judged by what it stands for
    if address in _NAT64:
        return None
    kinds = (
        (address.is_loopback, "loopback"),
        (address.is_link_local, "link-local"),
        (address.is_unspecified, "unspecified"),
        (address.is_multicast, "multicast"),
        (address.is_private, "private"),
        (not address.is_global, "not public"),
    )
    return next((name for holds, name in kinds if holds), None)
