"""The names of this machine for itself: who asks by one of them sits here, and nobody else does."""

from ipaddress import ip_address

NAMES = ("localhost", "127.0.0.1", "::1")


def bare(host: str) -> str:
    """Return a host as the system takes it: an IPv6 address without the brackets of a URL."""
    return host[1:-1] if host.startswith("[") and host.endswith("]") else host


def is_loopback(host: str) -> bool:
    """Say whether a name or an address, with or without brackets, means the machine itself."""
    name = bare(host).lower()
    try:
        address = ip_address(name)
    except ValueError:
        return name in NAMES
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
