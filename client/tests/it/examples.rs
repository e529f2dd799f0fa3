//! The native examples, run as programs against the sandbox.

use std::path::PathBuf;
use std::process::{Output, Stdio};

use compago::api::payment_method::CardPaymentStatus;
use compago::api::payment_method::create::{CreatePaymentMethod, Display};
use compago::json;
use compago::value::{PaymentMethodId, UnixMillis};
use compago::webhook::{ID_HEADER, SIGNATURE_HEADER, SigningSecrets, TIMESTAMP_HEADER, sign};
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::server::Running;

/// An example as `cargo test` has built it, beside the tests.
fn example(name: &str) -> Command {
    let tests = std::env::current_exe().unwrap();
    let program: PathBuf = tests.ancestors().nth(2).unwrap().join("examples").join(name);
    let mut command = Command::new(program);
    command.env("COMPAGO_API_KEY", "sandbox-key").kill_on_drop(true);
    command
}

/// Starts a program whose lines are read.
fn start(mut command: Command) -> (Child, Lines<BufReader<ChildStdout>>) {
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    (child, lines)
}

#[tokio::test]
async fn a_link_is_made_and_followed_until_it_is_paid() {
    let sandbox = Running::start().await;
    let mut command = example("payment_link");
    command.arg("order-7-1").env("COMPAGO_BASE_URL", sandbox.base_url());
    let (mut program, mut lines) = start(command);
    let line = lines.next_line().await.unwrap().unwrap();
    let id = line.rsplit('/').next().unwrap();
    sandbox.control(&format!("/one-time-payments/{id}/pay"), json!({})).await;
    assert_eq!(lines.next_line().await.unwrap().as_deref(), Some("paid"));
    assert!(program.wait().await.unwrap().success());
}

#[tokio::test]
async fn a_link_whose_answer_was_lost_is_found() {
    let sandbox = Running::start().await;
    sandbox.fault("one-time-payment.create", json!({ "kind": "lose-answer" })).await;
    let mut command = example("payment_link");
    let output = command.arg("order-7-1").env("COMPAGO_BASE_URL", sandbox.base_url()).output().await.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("exists and nobody has its URL: cancel it"), "{said}");
}

async fn saved_card(sandbox: &Running) -> PaymentMethodId {
    let payer = r#"{"email":"ana@example.com","firstName":"Ana","lastName":"Ruiz","phoneNumber":"5512340000"}"#;
    let card = CreatePaymentMethod::builder().payer(json::from_str(payer).unwrap()).display(Display::Link).build();
    let method = sandbox.client().payment_methods().create(&card).await.unwrap().id;
    sandbox.control(&format!("/payment-methods/{method}/save"), json!({})).await;
    method
}

async fn billing(sandbox: &Running, ledger: &TempDir, reference: &str, method: &str, amount: &str) -> Output {
    let mut command = example("billing");
    command.arg(ledger.path()).args([reference, method, amount]).env("COMPAGO_BASE_URL", sandbox.base_url());
    command.output().await.unwrap()
}

#[tokio::test]
async fn a_card_is_billed_once_however_often_the_job_runs() {
    let sandbox = Running::start().await;
    let method = saved_card(&sandbox).await;
    let ledger = tempfile::tempdir().unwrap();
    let bill = async |reference: &str| {
        let output = billing(&sandbox, &ledger, reference, &method.to_string(), "199.00").await;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    for _ in 0..2 {
        assert_eq!(bill("K7Q2-M9XD-3FHT").await, "K7Q2-M9XD-3FHT: Confirmed\n");
    }
    let output = billing(&sandbox, &ledger, "K7Q2-M9XD-3FHT", &method.to_string(), "200.00").await;
    assert!(!output.status.success(), "another amount is another charge");
    // The answer is lost, and the charge is found in the card's list.
    sandbox.fault("payment-method.charge", json!({ "kind": "lose-answer" })).await;
    assert_eq!(bill("K7Q2-M9XD-3FHV").await, "K7Q2-M9XD-3FHV: Confirmed\n");
    let all = sandbox.client().payment_methods().all_payments(method).await.unwrap();
    let statuses: Vec<_> = all.payments.iter().map(|payment| payment.status.clone()).collect();
    assert_eq!(statuses, [CardPaymentStatus::Confirmed, CardPaymentStatus::Confirmed]);
}

#[tokio::test]
async fn a_webhook_is_handled_once_and_only_if_it_is_signed() {
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let mut command = example("webhooks");
    command.args(["127.0.0.1:0", "production"]).env("WEBHOOK_SECRET", secret);
    let (_program, mut lines) = start(command);
    let line = lines.next_line().await.unwrap().unwrap();
    let url = format!("http://{}/webhooks", line.rsplit(' ').next().unwrap());

    let body = r#"{"type":"order.paid","timestamp":"2026-03-01T18:00:00.000Z","environment":"production","data":
        {"reference":"K7Q2-M9XD-3FHT","externalId":"a-1","paymentId":null,"amount":"350.50","currency":"MXN","attempt":1,
        "items":[{"sku":"taza","name":"Taza","quantity":2,"unitAmount":"175.25","amount":"350.50"}],"metadata":{}}}"#;
    let secrets: SigningSecrets = secret.parse().unwrap();
    #[allow(clippy::disallowed_methods, reason = "the program reads the clock as well")]
    let now = UnixMillis::from(std::time::SystemTime::now());
    let signed = sign(&"evt_1".parse().unwrap(), now, body.as_bytes(), &secrets);
    let post = async |body: &'static str| {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        let request = ureq::Agent::new_with_config(config)
            .post(&url)
            .header(ID_HEADER, &*signed.id)
            .header(TIMESTAMP_HEADER, &*signed.timestamp)
            .header(SIGNATURE_HEADER, &*signed.signature);
        tokio::task::spawn_blocking(move || request.send(body).unwrap().status()).await.unwrap()
    };
    assert_eq!(post(body).await, 204);
    assert_eq!(post(body).await, 204);
    assert_eq!(post("{}").await, 400);
    assert_eq!(
        lines.next_line().await.unwrap().as_deref(),
        Some("evt_1: deliver K7Q2-M9XD-3FHT, 350.50 MXN: 2 x Taza")
    );
    let next = lines.next_line().await.unwrap().unwrap();
    assert!(next.starts_with("refused: "), "the second one did nothing: {next}");
}
