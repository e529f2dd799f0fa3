//! The address of a client, as limits count it.

use core::fmt;
use core::net::{AddrParseError, IpAddr, Ipv4Addr, Ipv6Addr};
use core::str::FromStr;

use serde_with::{DeserializeFromStr, SerializeDisplay};

use super::signing_key::{Purpose, SigningKeys};
use super::tag::tag;

/// One client: an IPv4 address, or the IPv6 network of 64 bits that a provider assigns to one customer.
///
/// An IPv4 address written as IPv6 is that IPv4 address: mapped (`::ffff:0:0/96`, RFC 4291), translated
/// (`::ffff:0:0:0/96`, RFC 7915) and NAT64 with the well-known prefix (`64:ff9b::/96`, RFC 6052). Otherwise all IPv4 clients
/// behind such a proxy would share one network.
///
/// The text may be in upper case, have white space around it, a zone id, brackets and a port, as proxies write it.
///
/// ```
/// use compago::edge::ClientAddress;
///
/// let client: ClientAddress = "2001:DB8:0:7:a::1".parse()?;
/// assert_eq!(client.to_string(), "2001:db8:0:7::/64");
/// assert_eq!("::ffff:203.0.113.7".parse(), Ok("203.0.113.7".parse::<ClientAddress>()?));
/// # Ok::<(), core::net::AddrParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientAddress(Network);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Network {
    V4(Ipv4Addr),
    /// The address with its last 64 bits cleared.
    V6(Ipv6Addr),
}

impl ClientAddress {
    /// Returns the key under which this client is counted, made with the newest signing key.
    ///
    /// It is stored instead of the address, which cannot be computed from it without the signing key.
    #[must_use]
    pub fn key(self, keys: &SigningKeys) -> ClientKey {
        let part = |text: String| -> String {
            let mac = keys.newest().mac(Purpose::Client, &[text.as_bytes()]);
            tag(&mac).chars().take(KEY_CHARS).collect()
        };
        let client = part(self.to_string());
        match self.0 {
            Network::V4(_) => ClientKey(client),
            Network::V6(address) => {
                let [first, second, third, ..] = address.segments();
                let wider = Ipv6Addr::from_segments([first, second, third, 0, 0, 0, 0, 0]);
                ClientKey(part(format!("{wider}/48")) + &client)
            }
        }
    }
}

impl fmt::Display for ClientAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Network::V4(address) => address.fmt(f),
            Network::V6(address) => write!(f, "{address}/64"),
        }
    }
}

impl From<IpAddr> for ClientAddress {
    fn from(address: IpAddr) -> Self {
        let address = match address {
            IpAddr::V4(address) => return Self(Network::V4(address)),
            IpAddr::V6(address) => address,
        };
        match address.segments() {
            [0, 0, 0, 0, 0, 0xffff, high, low]
            | [0, 0, 0, 0, 0xffff, 0, high, low]
            | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
                Self(Network::V4(Ipv4Addr::from_bits((u32::from(high) << 16) | u32::from(low))))
            }
            [first, second, third, fourth, ..] => {
                Self(Network::V6(Ipv6Addr::from_segments([first, second, third, fourth, 0, 0, 0, 0])))
            }
        }
    }
}

impl FromStr for ClientAddress {
    type Err = AddrParseError;

    fn from_str(text: &str) -> Result<Self, AddrParseError> {
        without_zone(without_port(text.trim())).parse::<IpAddr>().map(Self::from)
    }
}

/// `[address]:port`, `[address]` or `address:port` without brackets and port. An IPv6 address has several colons.
fn without_port(text: &str) -> &str {
    if let Some((address, port)) = text.strip_prefix('[').and_then(|rest| rest.rsplit_once(']')) {
        let has_port = port.strip_prefix(':').is_some_and(is_number);
        return if port.is_empty() || has_port { address } else { text };
    }
    match text.split_once(':') {
        Some((address, port)) if is_number(port) => address,
        Some(_) | None => text,
    }
}

/// A zone (`fe80::1%eth0`) is of no meaning on another machine. An IPv4 address has none.
fn without_zone(text: &str) -> &str {
    match text.split_once('%') {
        Some((address, zone)) if address.contains(':') && !zone.is_empty() => address,
        Some(_) | None => text,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A keyed hash of a client's address: 16 characters for IPv4; for IPv6 16 of the network of 48 bits, then 16 of the one of
/// 64 bits. Two clients of one /48 share their first half.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct ClientKey(String);

impl ClientKey {
    /// The text, for storage.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part that all clients of one IPv6 network of 48 bits share; `None` for IPv4.
    #[must_use]
    pub fn network(&self) -> Option<&str> {
        let (network, client) = self.0.split_at_checked(KEY_CHARS)?;
        (!client.is_empty()).then_some(network)
    }
}

impl FromStr for ClientKey {
    type Err = ClientKeyError;

    fn from_str(text: &str) -> Result<Self, ClientKeyError> {
        let is_word = text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase());
        let fits = text.len() == KEY_CHARS || text.len() == 2 * KEY_CHARS;
        if fits && is_word { Ok(Self(text.to_owned())) } else { Err(ClientKeyError) }
    }
}

impl fmt::Display for ClientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text is not the key of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a client's key is 16 or 32 lower-case letters and digits")]
pub struct ClientKeyError;

/// 80 bits each.
const KEY_CHARS: usize = 16;
