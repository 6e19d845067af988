"""Bodies that the sign-in services accept. A body that does not fit is answered with 400 and nothing else."""

from typing import Literal, Self

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_pascal

from simulator.accounts.signature import ProofKey


class Body(BaseModel):
    """A JSON object whose members are written in Pascal case."""

    model_config = ConfigDict(alias_generator=to_pascal, extra="ignore", strict=True)

    @classmethod
    async def of(cls, request: web.Request) -> Self:
        """Read a request's body. Raises HTTPBadRequest with an empty body."""
        try:
            return cls.model_validate_json(await request.read())
        except ValidationError as error:
            raise web.HTTPBadRequest(text="") from error


class DeviceProperties(Body):
    """Who the device says it is."""

    auth_method: Literal["ProofOfPossession"]
    id: str
    device_type: str
    version: str
    proof_key: ProofKey
    serial_number: str | None = None


class DeviceRequest(Body):
    """device.auth /device/authenticate."""

    relying_party: Literal["http://auth.xboxlive.com"]
    token_type: Literal["JWT"]
    properties: DeviceProperties


class UserProperties(Body):
    """A Microsoft account's ticket."""

    auth_method: Literal["RPS"]
    site_name: Literal["user.auth.xboxlive.com"]
    rps_ticket: str
    proof_key: ProofKey | None = None


class UserRequest(Body):
    """user.auth /user/authenticate."""

    relying_party: Literal["http://auth.xboxlive.com"]
    token_type: Literal["JWT"]
    properties: UserProperties


class TitleProperties(UserProperties):
    """A ticket and the device that it is used on."""

    device_token: str


class TitleRequest(Body):
    """title.auth /title/authenticate."""

    relying_party: Literal["http://auth.xboxlive.com"]
    token_type: Literal["JWT"]
    properties: TitleProperties


class XstsProperties(Body):
    """The tokens that an XSTS token is made from."""

    user_tokens: list[str] = Field(min_length=1, max_length=1)
    sandbox_id: str
    device_token: str | None = None
    title_token: str | None = None
    optional_display_claims: list[str] = []
    proof_key: ProofKey | None = None


class XstsRequest(Body):
    """xsts.auth /xsts/authorize."""

    relying_party: str
    token_type: Literal["JWT"]
    properties: XstsProperties


class SisuQuery(BaseModel):
    """What sisu has to put into the address of the sign-in page."""

    model_config = ConfigDict(extra="ignore", strict=True)

    display: str
    code_challenge: str
    code_challenge_method: Literal["S256"]
    state: str
    prompt: str | None = None


class SisuAuthenticate(Body):
    """sisu /authenticate: start a sign-in in a browser."""

    app_id: str
    title_id: str = Field(pattern=r"^\d+$")
    redirect_uri: str
    device_token: str
    sandbox: str
    token_type: Literal["code"]
    offers: list[Literal["service::user.auth.xboxlive.com::MBI_SSL"]] = Field(
        min_length=1
    )
    query: SisuQuery


class SisuAuthorize(Body):
    """sisu /authorize: title, user and XSTS token in one call."""

    access_token: str
    app_id: str
    device_token: str
    sandbox: str
    site_name: Literal["user.auth.xboxlive.com"]
    session_id: str | None = None
    proof_key: ProofKey
    use_modern_gamertag: bool = False
    relying_party: str = "http://xboxlive.com"
