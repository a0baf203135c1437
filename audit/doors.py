"""What a web request tells about where it comes from: the client's address, and page or program. Trusts named proxies only."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# In TRUSTED_PROXIES: a caller over a socket file has no address; it can only be the proxy on this machine.
SOCKET = "socket"


def from_trusted_proxy(request: HttpRequest) -> bool:
    return _is_trusted(request.META.get("REMOTE_ADDR", ""))


def client_address(request: HttpRequest) -> str | None:
    """The nearest address that is not one of TRUSTED_PROXIES; None where a proxy forwarded none.

    Read from the right: what a client writes into X-Forwarded-For itself stands left of what our proxy appends.
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while _is_trusted(address) and forwarded:
        nearer = forwarded.pop().strip()
        if not _is_address(nearer):
            break
        address = nearer
    return address if _is_address(address) else None


def wants_json(request: HttpRequest) -> bool:
    """True for a request of our script (a JSON body, or an Accept that prefers JSON), so the answer is {"said": …} and not a page."""
    return request.content_type == "application/json" or (
        request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    )


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_trusted(address: str) -> bool:
    if not _is_address(address):
        return SOCKET in settings.TRUSTED_PROXIES
    networks = [ip_network(entry, strict=False) for entry in settings.TRUSTED_PROXIES if entry != SOCKET]
    return any(ip_address(address) in network for network in networks)
