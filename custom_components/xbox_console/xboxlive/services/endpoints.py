"""Which token and which signature each host of the Xbox network wants (title.mgt.xboxlive.com)."""

from ..model import Items, Json, Model, OpenEnum, to_pascal
from ..service import ServiceClient
from ..session import Service


class HostType(OpenEnum):
    """Whether an entry is about one host, or about all whose name ends like that."""

    FULL = "fqdn"
    WILDCARD = "wildcard"


class Endpoint(Model, names=to_pascal):
    """A host, and who the tokens for it are for; the indices are places in the lists beside it."""

    host: str
    host_type: HostType = HostType.FULL
    protocol: str | None = None
    path: str | None = None
    relying_party: str | None = None
    sub_relying_party: str | None = None
    token_type: str | None = None
    signature_policy_index: int | None = None
    server_cert_index: Json = None
    min_tls_version: str | None = None

    def fits(self, host: str, path: str) -> bool:
        """Whether this is about a path of a host."""
        named = self.host.lower().removeprefix("*")
        same = (
            host.endswith(named)
            if self.host_type == HostType.WILDCARD
            else host == named
        )
        return same and path.startswith(self.path or "")


class SignaturePolicy(Model, names=to_pascal):
    """How requests are to be signed, and how much of the body that covers."""

    version: int | None = None
    supported_algorithms: tuple[str, ...] = ()
    max_body_bytes: int | None = None


class EndpointList(Model, names=to_pascal):
    """All hosts, with the policies and certificates that they share."""

    end_points: Items[Endpoint]
    signature_policies: Items[SignaturePolicy] = ()
    certs: tuple[Json, ...] = ()
    root_certs: tuple[Json, ...] = ()

    def of(self, host: str, path: str = "/") -> Endpoint | None:
        """The entry for a host: one about it alone before a wildcard, the longest name first."""
        fitting = [each for each in self.end_points if each.fits(host.lower(), path)]
        return max(
            fitting,
            key=lambda each: (
                each.host_type != HostType.WILDCARD,
                len(each.host),
                len(each.path or ""),
            ),
            default=None,
        )

    def policy(self, endpoint: Endpoint) -> SignaturePolicy | None:
        """How requests to an endpoint are to be signed; None if they are not."""
        index = endpoint.signature_policy_index
        if index is None or not 0 <= index < len(self.signature_policies):
            return None
        return self.signature_policies[index]


class Endpoints(ServiceClient):
    """Which token and which signature each host wants; needs no sign-in."""

    _service = Service("title.mgt.xboxlive.com", contract=1, signed_in=False)

    async def all(self) -> EndpointList:
        """The list for every title."""
        path = t"/titles/default/endpoints"
        return await self._get(path, EndpointList, type=1)
