//! Where Compago's checkout is.

use compago::value::{Environment, Loopback, Origin};

/// Returns the origin of Compago's checkout, for
/// [`CheckoutLink::parse`](compago::api::one_time_payment::link::CheckoutLink::parse).
///
/// - Production: `https://app.compago.com`, as in the samples of <https://docs.compago.com/one-time-payment/create>
///   (read November 2026).
/// - Demo: `None`, since no document names it. Configure the origin that your first link of the demo environment has.
/// - Local: the sandbox's on its default port.
///
/// ```
/// use compago::api::one_time_payment::link::{CheckoutLink, LinkError};
/// use compago::value::Environment;
/// use compago_client::checkout_origin;
///
/// let allowed = [checkout_origin(Environment::Production).unwrap()];
/// let link = "https://app.compago.com/checkout/otp/0f0e0d0c-1111-4222-8333-444455556666";
/// assert!(CheckoutLink::parse(link, &allowed).is_ok());
/// assert_eq!(CheckoutLink::parse("https://elsewhere.example/checkout/otp/1", &allowed), Err(LinkError::Elsewhere));
/// assert!(checkout_origin(Environment::Local).is_some());
/// assert_eq!(checkout_origin(Environment::Demo), None);
/// ```
#[must_use]
pub fn checkout_origin(environment: Environment) -> Option<Origin> {
    let origin = match environment {
        Environment::Production => "https://app.compago.com",
        Environment::Demo => return None,
        Environment::Local => "http://localhost:8788",
    };
    Origin::parse(origin, Loopback::Allowed).ok()
}
