//! Saved cards: charged exactly once, given back once, taken back.

use compago::api::payment_method::payments::all_payments;
use compago::endpoint::{CallError, Reply, Undelivered};
use compago::flow::charge::search::{Attribution, Others};
use compago::flow::charge::{Answer, Call};
use compago::value::UnixMillis;

use crate::recording::{Recording, answer, now};

mod charging;
mod lives;
mod refunding;
mod saving;

const START: UnixMillis = UnixMillis(1_772_388_000_000);
pub(crate) const METHOD: &str = "dddd0000-1111-4222-8333-444455556666";

/// What a charge is told of the answer to one of its calls.
pub(crate) fn answer_of(
    call: &Call,
    result: Result<Reply, Undelivered>,
    others: Others,
    attribution: Attribution,
) -> Answer {
    let lost = CallError::Undelivered(*result.as_ref().err().unwrap_or(&Undelivered::Network));
    match (call, result) {
        (Call::List(method), Ok(reply)) => {
            let result = now(all_payments(*method, &Recording::new([reply])));
            Answer::Listed { result, others, attribution }
        }
        (Call::List(_), Err(_)) => Answer::Listed { result: Err(lost), others, attribution },
        (Call::Charge(_), Err(_)) => Answer::Charged(Err(lost)),
        (Call::Charge(charge), Ok(reply)) => Answer::Charged(answer(charge, reply)),
        (Call::Read(_), Err(_)) => Answer::Read(Err(lost)),
        (Call::Read(read), Ok(reply)) => Answer::Read(answer(read, reply)),
    }
}
