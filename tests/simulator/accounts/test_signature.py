"""Signatures are checked the way the documents and the published test vectors say."""

import base64
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_private_key
import pytest

from simulator.accounts.signature import (
    ProofKey,
    SignatureRefused,
    SignedRequest,
    filetime,
    verify,
)
from tests.simulator.sign_in_client import Device, SignInClient, coordinates

FIRST_KEY = (
    "MHcCAQEEIObr5IVtB+DQcn25+R9n4K/EyUUSbVvxIJY7WhVeELUuoAoGCCqGSM49AwEHoUQDQgAEOKyCQ9qH5U4lZcS0c5/LxIyKvOpKe0l3"
    "x4Eg5OgDbzezKNLRgT28fd4Fq3rU/1OQKmx6jSq0vTB5Ao/48m0iGg=="
)
SECOND_KEY = (
    "MHcCAQEEIGIVtz0AIm4o6el+9VLmuGuOSqBx6UGWlCHn/oD3ljrtoAoGCCqGSM49AwEHoUQDQgAEGJS1AAhiPYw0ZSQJDCF8kcZkKAc2tRWX"
    "AN6Yw+o/hMRQBAkdRz/JUiFRCAi+gQPeS3QkPP8byOBfKz9dHaz5dw=="
)
TIME = 1586999965.0
REQUEST = SignedRequest(
    "POST", "/path?query=1", "XBL3.0 x=userid;jsonwebtoken", b"thebodygoeshere"
)
HEADER = "AAAAAQHWE40Q98yA7m+8q9G9JwEg9aIyK7yadd3P1nUG10lTF/FcV+y87bUVOUJoihhLSTcJCg4UvOR/aDj46lb6Le82PrsSXHoMOw=="
BIG = SignedRequest("POST", "/big", "", bytes(range(256)) * 40)
CAPTURED_BODY = (
    b'{"RelyingParty":"http://auth.xboxlive.com","TokenType":"JWT","Properties":{"AuthMethod":"ProofOfPossession",'
    b'"Id":"{e51d4344-196a-4550-9e27-f6c5006a9949}","DeviceType":"Android","Version":"8.0.0","ProofKey":{"kty":"EC",'
    b'"alg":"ES256","crv":"P-256","x":"GJS1AAhiPYw0ZSQJDCF8kcZkKAc2tRWXAN6Yw-o_hMQ",'
    b'"y":"UAQJHUc_yVIhUQgIvoED3kt0JDz_G8jgXys_XR2s-Xc","use":"sig"}}}'
)
CAPTURED_HEADER = "AAAAAQHY4xgs5DyIujFG5E5MZ4D1xjd9Up+H4AKLoyBHd95MAUZcabUN//Y/gijed4vvKtlfp4Cd4dJzVhpK0m+sYZcYRqQjBEKAZw=="


def proof_key(der: str) -> ProofKey:
    """Return the public half of a private key."""
    private = load_der_private_key(base64.b64decode(der), None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    x, y = coordinates(private.public_key())
    return ProofKey(kty="EC", alg="ES256", crv="P-256", use="sig", x=x, y=y)


KEY = proof_key(FIRST_KEY)


@pytest.mark.parametrize(
    ("der", "request_", "header"),
    [
        pytest.param(FIRST_KEY, REQUEST, HEADER, id="post with body and authorization"),
        pytest.param(
            FIRST_KEY,
            SignedRequest("GET", "/path?query=1", "", b""),
            "AAAAAQHWE40Q98yAXRogPyv8hLyHLYpMMoG2zKVRuE0zkhNa7NfCJh0/g3gqc5dFwbYt2ySJoS3uXeqFLeHF5YaUUCi98u+Mfdq/gA==",
            id="get without anything",
        ),
        pytest.param(
            FIRST_KEY,
            BIG,
            "AAAAAQHWE40Q98yAv90UgXRqn8DqimJvtZ3Vn/42CGALEHWvTpL5F1UIOM3ZC3RD7R6DK3yhPLK2dVoXzW00wLT+3IXmXQ0tLkyebQ==",
            id="first 8192 bytes of a long body",
        ),
        pytest.param(
            FIRST_KEY,
            BIG,
            "AAAAAQHWE40Q98yAR1al5wfCHXCmyhIl8/8Se8PpnLiCx328Wqit7RX6Q4NBIvOCT5hMZTk13czhQMDgp4F2FP3QdMVwvFmVrTwxqg==",
            id="the whole of a long body",
        ),
        pytest.param(
            SECOND_KEY,
            SignedRequest("POST", "/device/authenticate", "", CAPTURED_BODY),
            CAPTURED_HEADER,
            id="a device request as captured",
        ),
    ],
)
def test_published_signatures_are_accepted(
    der: str, request_: SignedRequest, header: str
) -> None:
    """Each vector verifies."""
    verify(header, request_, proof_key(der), now=TIME, window=0)


def test_the_hashed_stream_is_the_published_one() -> None:
    """Byte for byte."""
    assert REQUEST.stream(filetime(TIME), 8192).hex() == (
        "000000010001d6138d10f7cc8000504f5354002f706174683f71756572793d310058424c332e3020783d7573657269643b6a736f6e"
        "776562746f6b656e00746865626f6479676f65736865726500"
    )


@pytest.mark.parametrize(
    "changed",
    [
        replace(REQUEST, method="PUT"),
        replace(REQUEST, path="/path"),
        replace(REQUEST, path="/pathquery=1"),
        replace(REQUEST, authorization=""),
        replace(REQUEST, body=b"thebodygoesher"),
        replace(REQUEST, body=b""),
    ],
)
def test_a_changed_request_is_refused(changed: SignedRequest) -> None:
    """Everything that is covered counts."""
    with pytest.raises(SignatureRefused, match="signature"):
        verify(HEADER, changed, KEY, now=TIME, window=300)


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("", "malformed"),
        ("not base64", "malformed"),
        (HEADER[:-8], "malformed"),
        ("AAAAAg" + HEADER[6:], "policy version"),
        (HEADER[:-4] + "AA==", "signature"),
    ],
)
def test_a_broken_header_is_refused(header: str, reason: str) -> None:
    """Length, alphabet, version and value of the header count."""
    with pytest.raises(SignatureRefused, match=reason):
        verify(header, REQUEST, KEY, now=TIME, window=0)


def test_another_key_is_refused() -> None:
    """The signature proves possession of one key only."""
    with pytest.raises(SignatureRefused, match="signature"):
        verify(HEADER, REQUEST, proof_key(SECOND_KEY), now=TIME, window=0)


@pytest.mark.parametrize(
    ("late", "accepted"),
    [(0, True), (299, True), (-299, True), (301, False), (-301, False)],
)
def test_time_may_be_off_by_the_window(late: float, accepted: bool) -> None:
    """Five minutes to either side."""
    if accepted:
        verify(HEADER, REQUEST, KEY, now=TIME + late, window=300)
        return
    with pytest.raises(SignatureRefused, match="time"):
        verify(HEADER, REQUEST, KEY, now=TIME + late, window=300)


async def test_the_captured_device_request_still_works_years_later(
    caller: SignInClient,
) -> None:
    """device.auth tolerates an old time, and the path is covered without the host."""
    response = await caller.http.post(
        "/device.auth.xboxlive.com/device/authenticate",
        data=CAPTURED_BODY,
        headers={"Content-Type": "application/json", "Signature": CAPTURED_HEADER},
    )
    assert response.status == 200


@pytest.mark.parametrize("late", [-360.0, 360.0])
async def test_a_wrong_clock_shows_at_sisu_and_not_at_device_auth(
    caller: SignInClient, late: float
) -> None:
    """403 without a body, and a `Date` from which to learn the time."""
    access = (await caller.sign_in())["access_token"]
    device = Device(late=late)
    response = await caller.authenticate_device(device)
    assert response.status == 200
    device.token = (await response.json())["Token"]

    response = await caller.sisu(device, access)

    assert (response.status, await response.read()) == (403, b"")
    assert response.headers["Date"].endswith("GMT")
    device.late = 0.0
    assert (await caller.sisu(device, access)).status == 200
