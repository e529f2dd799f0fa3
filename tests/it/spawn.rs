//! Calls can be spawned on a runtime with several threads, also by code that is generic over the transport.

use compago::api::one_time_payment::get::GetOneTimePayment;
use compago::endpoint::{Compago, Transport, call};
use compago::value::PaymentId;

use crate::recording::{Recording, now, reply};

/// The bounds of `tokio::spawn`.
async fn spawn<F: Future<Output: Send> + Send + 'static>(future: F) -> F::Output {
    future.await
}

async fn read<T: Transport<Compago> + Send + Sync + 'static>(transport: T) -> Option<String> {
    let id = PaymentId::from_bytes([1; 16]);
    spawn(async move { call(&GetOneTimePayment { id }, &transport).await.ok()?.external_id }).await
}

#[test]
fn generic_code_can_spawn_a_call() {
    let payment = r#"{"status":"PENDING","externalId":"order-1"}"#;
    assert_eq!(now(read(Recording::new([reply(200, payment)]))), Some("order-1".to_owned()));
}
