//! The program itself: its one line, its exit codes, its data file.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use compago_sandbox::Options;
use serde_json::{Value, json};

use crate::harness::{Running, payment};

const PROGRAM: &str = env!("CARGO_BIN_EXE_compago-sandbox");

fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A file that no other test uses; removed at the end of the test.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("compago-sandbox-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        Self(folder)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.0.join("deep/payments.json")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn options(data: &Path) -> Options {
    Options { port: 0, data: Some(data.to_owned()), ..Options::default() }
}

#[test]
fn prints_its_usage() {
    let help = run(&["--help"]);
    assert!(help.status.success());
    let text = String::from_utf8(help.stdout).unwrap();
    for option in ["--port", "--origin", "--data", "--help"] {
        assert!(text.contains(option), "{option}");
    }
}

#[test]
fn a_wrong_argument_is_reported_in_one_sentence() {
    let wrong = run(&["--prot", "1"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert_eq!(stderr(&wrong), "There is no option --prot; --help lists those there are.\n");
    assert!(wrong.stdout.is_empty());
}

#[test]
fn a_busy_port_is_reported_in_one_sentence() {
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = holder.local_addr().unwrap().port();
    let busy = run(&["--port", &port.to_string()]);
    assert_eq!(busy.status.code(), Some(2));
    assert_eq!(
        stderr(&busy),
        format!("Port {port} is in use by another program; end it or choose another with --port.\n")
    );
}

#[test]
fn a_corrupt_data_file_is_reported_in_one_sentence_and_kept() {
    let scratch = Scratch::new("spoilt");
    std::fs::create_dir_all(scratch.file().parent().unwrap()).unwrap();
    for text in ["{", r#"{"version":9,"clockOffsetMs":0,"oneTimePayments":[]}"#] {
        std::fs::write(scratch.file(), text).unwrap();
        let spoilt = run(&["--port", "0", "--data", scratch.file().to_str().unwrap()]);
        assert_eq!(spoilt.status.code(), Some(2));
        let sentence = stderr(&spoilt);
        assert!(sentence.starts_with("The data file "), "{sentence}");
        assert_eq!(sentence.lines().count(), 1);
        assert_eq!(std::fs::read_to_string(scratch.file()).unwrap(), text);
    }
}

#[test]
fn payments_and_clock_survive_a_restart() {
    let scratch = Scratch::new("restart");
    let (id, before) = {
        let sandbox = Running::start_with(options(&scratch.file()));
        let id = sandbox.created("ord-1");
        sandbox.created("ord-2");
        sandbox.control("POST", &format!("/one-time-payments/{id}/pay"), Value::Null);
        sandbox.advance_minutes(30);
        sandbox.set(json!({ "minimumAmount": "900.00" }));
        let stored = sandbox.stored();
        (id, stored)
    };
    let sandbox = Running::start_with(options(&scratch.file()));
    let without_port = |payments: Vec<Value>| -> Vec<Value> {
        payments
            .into_iter()
            .map(|mut payment| {
                payment["checkoutUrl"] = Value::Null;
                payment
            })
            .collect()
    };
    assert_eq!(without_port(sandbox.stored()), without_port(before));
    assert_eq!(sandbox.get(&id).json()["status"], "CONFIRMED");
    assert_eq!(sandbox.control("GET", "/clock", Value::Null).json()["offsetMs"], 1_800_000);
    assert_eq!(sandbox.create(&payment("ord-1")).status, 400, "the external id is still taken");
    assert_eq!(sandbox.create(&payment("ord-3")).status, 201, "settings start afresh");
    assert!(!scratch.file().with_extension("json.new").exists(), "nothing is left beside the file");
}

#[test]
fn what_was_answered_is_on_disk_even_after_a_kill() {
    let scratch = Scratch::new("kill");
    let data = scratch.file();
    let (mut child, origin) =
        spawn(&["--port", "0", "--data", data.to_str().unwrap(), "--origin", "https://pay.example"]);
    let answer = ureq::post(format!("{origin}/api/one-time-payment"))
        .header("x-api-key", "sandbox-key")
        .header("content-type", "application/json")
        .send(payment("ord-1").to_string())
        .unwrap();
    assert_eq!(answer.status().as_u16(), 201);
    child.kill().unwrap();
    child.wait().unwrap();
    let sandbox = Running::start_with(options(&data));
    assert_eq!(sandbox.stored()[0]["externalId"], "ord-1");
}

#[cfg(unix)]
#[test]
fn ends_on_terminate_and_interrupt() {
    for signal in ["-TERM", "-INT"] {
        let (mut child, _) = spawn(&["--port", "0"]);
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

/// Starts the program and waits for its line.
fn spawn(arguments: &[&str]) -> (Child, String) {
    let mut child = Command::new(PROGRAM).args(arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let origin = line.trim_end().strip_prefix("sandbox listening on ").expect(&line).to_owned();
    assert!(origin.starts_with("http://127.0.0.1:"), "{origin}");
    (child, origin)
}
