from __future__ import annotations

import pytest

from mithaq.errors import FetchError
from mithaq.fetch import Address
from mithaq.fetch.networks import is_public

CLOSED = [
    address
    for line in (
        "127.0.0.1 127.255.0.1 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254",
        "100.64.0.1 100.100.100.200 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1",
        "224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 168.63.129.16 :: ::1 ::ffff:127.0.0.1",
        "::ffff:10.0.0.1 ::ffff:a9fe:a9fe ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1",
        "2002:7f00:1:: 2002:a00:1:: 2001::1 2001:db8::1 3fff::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0",
        "fec0::1 ff02::1 100::1 5f00::1 localhost 1.2.3 0x7f.1",
    )
    for address in line.split()
]


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "1.1.1.1", "100.128.0.1", "172.32.0.1", "::ffff:1.1.1.1", "64:ff9b::101:101", "2606:4700::1"],
)
def test_what_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "the scheme 'file' is not fetched"),
        ("ftp://news.example/a", "the scheme 'ftp' is not fetched"),
        ("gopher://news.example:70/_", "the scheme 'gopher'"),
        ("//news.example/a", "the scheme ''"),
        ("http://user@news.example/", "holds a user's name or a password"),
        ("http://news.example@127.0.0.1/", "holds a user's name or a password"),
        ("http://news.example:22/", "port 22 is not one of web pages"),
        ("http://news.example:99999/", "is no address"),
        ("http://news.example:0/", "port 0 is not one"),
        ("http:///a", "is no host"),
        ("http://a b/", "is no host"),
        ("http://a\r\nX: y/", "is no address"),
        ("http://[::1/", "is no address"),
        ("http://[v1.a]/", "is no"),
        ("http://ا..ب/", "is no host"),
        ("http://news.example/" + "a" * 4000, "over 4,000 characters"),
    ],
)
def test_addresses_that_are_not_fetched(url: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason) as caught:
        Address.of(url)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("url", "written", "authority"),
    [
        ("HTTP://News.Example", "http://news.example/", "news.example"),
        ("https://news.example:443/a?b=c#d", "https://news.example/a?b=c", "news.example"),
        ("http://news.example:8080/", "http://news.example:8080/", "news.example:8080"),
        (
            "https://موقع.مصر/أخبار/١?س=ص",
            "https://xn--4gbrim.xn--wgbh1c/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D9%A1?%D8%B3=%D8%B5",
            "xn--4gbrim.xn--wgbh1c",
        ),
        ("http://news.example/%D8%A3 b", "http://news.example/%D8%A3%20b", "news.example"),
        ("http://[2606:4700::0:1]/", "http://[2606:4700::1]/", "[2606:4700::1]"),
        ("http://news.example/a\r\nX-Other: y", "http://news.example/a%0D%0AX-Other:%20y", "news.example"),
    ],
)
def test_addresses_as_servers_are_asked_for_them(url: str, written: str, authority: str) -> None:
    address = Address.of(url)
    assert (str(address), address.authority) == (written, authority)


def test_any_port_only_if_allowed() -> None:
    assert Address.of("http://news.example:22/", any_port=True).port == 22


def test_where_a_redirect_leads() -> None:
    address = Address.of("https://news.example/world/1")
    assert str(address.join("../2")) == "https://news.example/2"
    assert str(address.join("//other.example/أ")) == "https://other.example/%D8%A3"
    with pytest.raises(FetchError, match="the scheme 'file'"):
        address.join("file:///etc/passwd")
