//! A billing job: charges saved cards, each once, whatever is lost on the way.
//!
//! Compago's charge has no idempotency key. [`Charge`] sends it once in its life and looks for a lost answer in the
//! card's list; this job stores each step before the call that follows, so it can be killed at any time and run again.
//! `unknown` means: run it again later, and charge nothing else instead; `on-hold` is for a person to decide.
//!
//! Charge these cards from nowhere else: another program's charge of the same amount cannot be distinguished. Use one ledger
//! for each environment.
//!
//! ```text
//! COMPAGO_API_KEY=... cargo run -p compago-client --features reqwest --example billing -- \
//!     ledger K7Q2-M9XD-3FHT 0f0e0d0c-1111-4222-8333-444455556666 199.00
//! ```
//!
//! `COMPAGO_BASE_URL=http://127.0.0.1:8788/api` calls the sandbox that `npm start` runs, whose key is `sandbox-key`; without it,
//! Compago's demo environment is called.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a program prints, and has a clock")]

use std::env;
use std::error::Error;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use compago::edge::saved_card::ChargeStatus;
use compago::endpoint::{Compago, Transport};
use compago::flow::charge::search::{Attribution, Others};
use compago::flow::charge::terms::ChargeTerms;
use compago::flow::charge::{Answer, Call, Charge};
use compago::flow::machine::{Input, Machine};
use compago::flow::record;
use compago::value::{Currency, Environment, Metadata, PaymentMethodId, Reference, UnixMillis};
use compago_client::{BaseUrl, Client, Settings};

/// The longest wait for the next step. Before a longer one the job ends, to be run again.
const MAX_WAIT: Duration = Duration::from_secs(60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let settings = match env::var("COMPAGO_BASE_URL") {
        Ok(url) => url.parse::<BaseUrl>()?.into(),
        Err(_) => Settings::from(Environment::Demo),
    };
    let client = Client::new(env::var("COMPAGO_API_KEY")?.parse()?, settings)?;
    let words: Vec<String> = env::args().skip(1).collect();
    let [folder, reference, method, amount] = words.as_slice() else {
        return Err("pass the ledger's folder, a reference, the card's id and an amount".into());
    };
    let terms = ChargeTerms {
        key: reference.parse()?,
        method: method.parse()?,
        amount: amount.parse()?,
        currency: Currency::Mxn,
        description: None,
        placed_at: now(),
        metadata: Metadata::default(),
    };
    let status = bill(&client, &Ledger::open(Path::new(folder))?, terms).await?;
    println!("{reference}: {status:?}");
    Ok(())
}

/// Makes a charge, or goes on with it if its reference is known.
async fn bill<T>(client: &Client<T>, ledger: &Ledger, terms: ChargeTerms) -> Result<ChargeStatus, Box<dyn Error>>
where
    T: Transport<Compago>,
{
    let mut step = match ledger.read(terms.key)? {
        Some(charge) if (charge.terms().method, charge.terms().amount) != (terms.method, terms.amount) => {
            return Err("this reference belongs to a charge of another card or amount".into());
        }
        Some(charge) => charge.step(Input::AlarmFired, now()),
        // Two calls at once could not be distinguished in the card's list.
        None if ledger.of_card(terms.method)?.iter().any(Charge::is_under_way) => {
            return Err("another charge of this card is under way".into());
        }
        None => Charge::place(terms, now()),
    };
    loop {
        let charge = step.machine;
        ledger.write(&charge)?;
        step = match step.call {
            Some(pending) => {
                let answer = execute(client, ledger, &charge, pending.call).await?;
                charge.step(Input::Completed { call: pending.number, answer }, now())
            }
            None => match charge.next_wake().map(|at| at.since(now())) {
                Some(pause) if pause <= MAX_WAIT && is_undecided(&charge) => {
                    tokio::time::sleep(pause).await;
                    charge.step(Input::AlarmFired, now())
                }
                _ => return Ok(charge.status()),
            },
        };
    }
}

const fn is_undecided(charge: &Charge) -> bool {
    matches!(charge.status(), ChargeStatus::Pending | ChargeStatus::Unknown)
}

async fn execute<T>(client: &Client<T>, ledger: &Ledger, charge: &Charge, call: Call) -> Result<Answer, Box<dyn Error>>
where
    T: Transport<Compago>,
{
    Ok(match call {
        Call::List(method) => {
            let result = client.payment_methods().all_payments(method).await;
            let others = Others::to(charge, &ledger.of_card(method)?);
            Answer::Listed { result, others, attribution: Attribution::SoleCharger }
        }
        Call::Charge(request) => Answer::Charged(client.call(&request).await),
        Call::Read(request) => Answer::Read(client.call(&request).await),
    })
}

/// The charges of this program in one environment, one file each, for one job at a time.
struct Ledger {
    folder: PathBuf,
    /// Locked until the job ends, however it ends.
    _lock: File,
}

impl Ledger {
    fn open(folder: &Path) -> Result<Self, Box<dyn Error>> {
        fs::create_dir_all(folder)?;
        let lock = File::create(folder.join("lock"))?;
        lock.try_lock()?;
        Ok(Self { folder: folder.to_owned(), _lock: lock })
    }

    fn file(&self, reference: Reference) -> PathBuf {
        self.folder.join(format!("{reference}.json"))
    }

    fn read(&self, reference: Reference) -> Result<Option<Charge>, Box<dyn Error>> {
        match fs::read_to_string(self.file(reference)) {
            Ok(text) => Ok(Some(record::from_str(&text)?)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn of_card(&self, method: PaymentMethodId) -> Result<Vec<Charge>, Box<dyn Error>> {
        let mut charges = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                charges.push(record::from_str::<Charge>(&fs::read_to_string(path)?)?);
            }
        }
        charges.retain(|charge| charge.terms().method == method);
        Ok(charges)
    }

    /// Replaces the whole record at once, and returns when it is on the disk.
    fn write(&self, charge: &Charge) -> Result<(), Box<dyn Error>> {
        let path = self.file(charge.terms().key);
        let unfinished = path.with_extension("new");
        let mut file = File::create(&unfinished)?;
        file.write_all(record::to_string(charge).as_bytes())?;
        file.sync_all()?;
        fs::rename(&unfinished, &path)?;
        Ok(File::open(&self.folder)?.sync_all()?)
    }
}

fn now() -> UnixMillis {
    SystemTime::now().into()
}
