"""A plain client for the sign-in tests: it signs with `cryptography` and checks nothing."""

import base64
from dataclasses import dataclass, field
import json
import struct
import time
from typing import TypedDict
import uuid

from aiohttp import ClientResponse, ClientSession
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from simulator.accounts.apps import App, find_app
from simulator.world import World

XBOX_APP = "000000004c12ae6f"
SWITCH_APP = "00000000441cc96b"
PUBLIC_APP = "5d1c7a30-6b2e-4f0a-9c84-7e1f20a9b001"
WEB_APP = "5d1c7a30-6b2e-4f0a-9c84-7e1f20a9b002"
WEB_SECRET = "invented~web-app-secret"
WEB_APP_WITHOUT_SECRET = "5d1c7a30-6b2e-4f0a-9c84-7e1f20a9b003"
TITLE_SCOPE = "service::user.auth.xboxlive.com::MBI_SSL"
OWN_SCOPE = "XboxLive.signin XboxLive.offline_access"
CALLBACK = "http://localhost:8123/auth/external/callback"

LIVE_TOKEN = "/login.live.com/oauth20_token.srf"
ENTRA = "/login.microsoftonline.com/consumers/oauth2/v2.0"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"

type Json = dict[str, object]


class StartedDeviceCode(TypedDict):
    """What a sign-in by code starts with."""

    user_code: str
    device_code: str
    verification_uri: str
    interval: int
    expires_in: int


def coordinates(key: ec.EllipticCurvePublicKey) -> tuple[str, str]:
    """Return a key's x and y in unpadded base64url."""
    numbers = key.public_numbers()
    x, y = (
        base64.urlsafe_b64encode(n.to_bytes(32)).rstrip(b"=").decode()
        for n in (numbers.x, numbers.y)
    )
    return x, y


@dataclass
class Device:
    """A device with its own key; `late` shifts the time in its signatures, in seconds."""

    id: str = field(default_factory=lambda: f"{{{uuid.uuid4()}}}")
    type: str = "Android"
    late: float = 0.0
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    token: str = ""

    @property
    def jwk(self) -> dict[str, str]:
        """The public key."""
        x, y = coordinates(self.key.public_key())
        return {
            "kty": "EC",
            "alg": "ES256",
            "crv": "P-256",
            "use": "sig",
            "x": x,
            "y": y,
        }

    def sign(
        self, path: str, body: bytes, *, method: str = "POST", authorization: str = ""
    ) -> str:
        """Return a `Signature` header; `path` is without the host."""
        ticks = int((time.time() - self.late + 11644473600) * 10_000_000)
        stream = struct.pack(">I", 1) + b"\0" + struct.pack(">Q", ticks) + b"\0"
        stream += f"{method}\0{path}\0{authorization}\0".encode() + body + b"\0"
        r, s = decode_dss_signature(self.key.sign(stream, ec.ECDSA(SHA256())))
        return base64.b64encode(
            struct.pack(">IQ", 1, ticks) + r.to_bytes(32) + s.to_bytes(32)
        ).decode()


@dataclass
class SignInClient:
    """Asks the simulator's sign-in services over a real socket."""

    http: ClientSession
    world: World

    async def post(
        self,
        path: str,
        body: object,
        *,
        signer: Device | None = None,
        headers: dict[str, str] | None = None,
    ) -> ClientResponse:
        """Post JSON, signed if a device is given; read the whole answer."""
        data = json.dumps(body).encode()
        sent = {"Content-Type": "application/json", "x-xbl-contract-version": "1"}
        if signer is not None:
            sent["Signature"] = signer.sign("/" + path.split("/", 2)[2], data)
        response = await self.http.post(path, data=data, headers=sent | (headers or {}))
        await response.read()
        return response

    async def form(self, path: str, **fields: str) -> ClientResponse:
        """Post a form; read the whole answer."""
        response = await self.http.post(path, data=fields)
        await response.read()
        return response

    async def token(self, **fields: str) -> ClientResponse:
        """Ask login.live.com's token endpoint."""
        return await self.form(LIVE_TOKEN, **fields)

    async def start_device_code(self, client_id: str = XBOX_APP) -> StartedDeviceCode:
        """Begin a sign-in by code."""
        response = await self.form(
            "/login.live.com/oauth20_connect.srf",
            client_id=client_id,
            scope=TITLE_SCOPE,
            response_type="device_code",
        )
        assert response.status == 200
        started: StartedDeviceCode = await response.json()
        return started

    async def approve(self, user_code: str, account: str = "parent") -> ClientResponse:
        """Let the app in, as a person with a browser would."""
        return await self.post(
            "/_simulator/device-codes/approve",
            {"user_code": user_code, "account": account},
        )

    async def poll(self, device_code: str, client_id: str = XBOX_APP) -> ClientResponse:
        """Ask whether the sign-in by code is finished."""
        return await self.token(
            client_id=client_id,
            device_code=device_code,
            grant_type=DEVICE_GRANT,
        )

    async def sign_in(
        self, account: str = "parent", client_id: str = XBOX_APP
    ) -> dict[str, str]:
        """Sign in by code; return the Microsoft account tokens."""
        started = await self.start_device_code(client_id)
        assert (await self.approve(started["user_code"], account)).status == 200
        response = await self.poll(started["device_code"], client_id)
        assert response.status == 200
        tokens: dict[str, str] = await response.json()
        return tokens

    async def own_app_sign_in(
        self, account: str = "parent", scope: str = OWN_SCOPE
    ) -> dict[str, str]:
        """Sign in to an own app with a code from a redirect; return the Microsoft account tokens."""
        app = self.world.accounts[account]
        code = self.world.tokens.oauth.new_code(
            app,
            self._public_app(),
            scope=scope,
            redirect_uri=CALLBACK,
            challenge=None,
        )
        response = await self.token(
            grant_type="authorization_code",
            client_id=PUBLIC_APP,
            code=code.value,
            redirect_uri=CALLBACK,
        )
        assert response.status == 200
        tokens: dict[str, str] = await response.json()
        return tokens

    async def device(self, kind: str = "Android", given_id: str = "") -> Device:
        """Get a device token."""
        device = Device(type=kind)
        device.id = given_id or device.id
        response = await self.authenticate_device(device)
        assert response.status == 200
        device.token = (await response.json())["Token"]
        return device

    async def authenticate_device(
        self, device: Device, *, signed: bool = True, **members: object
    ) -> ClientResponse:
        """Ask for a device token; `members` replace properties."""
        properties = {
            "AuthMethod": "ProofOfPossession",
            "Id": device.id,
            "DeviceType": device.type,
            "Version": "8.0.0",
            "ProofKey": device.jwk,
        }
        return await self.post(
            "/device.auth.xboxlive.com/device/authenticate",
            auth_request(properties | members),
            signer=device if signed else None,
        )

    async def authenticate_user(
        self, rps_ticket: str, **members: object
    ) -> ClientResponse:
        """Ask for a user token with a prefixed ticket."""
        properties = {
            "AuthMethod": "RPS",
            "SiteName": "user.auth.xboxlive.com",
            "RpsTicket": rps_ticket,
        }
        return await self.post(
            "/user.auth.xboxlive.com/user/authenticate",
            auth_request(properties | members),
        )

    async def authenticate_title(
        self, device: Device, ticket: str, *, signer: Device | None = None
    ) -> ClientResponse:
        """Ask for a title token."""
        properties: Json = {
            "AuthMethod": "RPS",
            "SiteName": "user.auth.xboxlive.com",
            "RpsTicket": ticket,
            "DeviceToken": device.token,
        }
        path = "/title.auth.xboxlive.com/title/authenticate"
        return await self.post(path, auth_request(properties), signer=signer or device)

    async def user_token(self, account: str = "parent") -> str:
        """Get a user token through an own app."""
        access = (await self.own_app_sign_in(account))["access_token"]
        response = await self.authenticate_user(f"d={access}")
        assert response.status == 200
        token: str = (await response.json())["Token"]
        return token

    async def xsts(
        self,
        user_token: str,
        *,
        relying_party: str = "http://xboxlive.com",
        signer: Device | None = None,
        **members: object,
    ) -> ClientResponse:
        """Ask for an XSTS token; `members` are more properties."""
        properties = {"UserTokens": [user_token], "SandboxId": "RETAIL"}
        body = auth_request(properties | members) | {"RelyingParty": relying_party}
        return await self.post(
            "/xsts.auth.xboxlive.com/xsts/authorize", body, signer=signer
        )

    async def sisu(
        self, device: Device, access_token: str, **members: object
    ) -> ClientResponse:
        """Ask sisu for all tokens at once; `members` replace members of the body."""
        body = {
            "AccessToken": f"t={access_token}",
            "AppId": XBOX_APP,
            "DeviceToken": device.token,
            "Sandbox": "RETAIL",
            "SiteName": "user.auth.xboxlive.com",
            "ProofKey": device.jwk,
        }
        return await self.post(
            "/sisu.xboxlive.com/authorize", body | members, signer=device
        )

    def _public_app(self) -> App:
        app = find_app(PUBLIC_APP)
        assert app is not None
        return app


def auth_request(properties: Json) -> Json:
    """Return the frame of a request to a token service."""
    return {
        "RelyingParty": "http://auth.xboxlive.com",
        "TokenType": "JWT",
        "Properties": properties,
    }


async def xerr(response: ClientResponse) -> int:
    """Return the number of a refusal, which is in the body and in a header."""
    body = await response.json()
    assert response.status == 401
    assert response.headers["X-Err"] == str(body["XErr"])
    assert response.headers["WWW-Authenticate"].startswith("XSTS error=")
    number: int = body["XErr"]
    return number


async def empty(response: ClientResponse) -> int:
    """Return the status of an answer that must not have a body."""
    assert await response.read() == b""
    return response.status
