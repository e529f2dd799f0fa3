//! Charges at terminals and of saved cards.

use compago::edge::saved_card::SavedCardStatus;
use compago::flow::{charge, intent};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{REASONS, assert_all_stand};

#[test]
fn charges_at_terminals() {
    use intent::stage::{Doubt, End, Outcome, Stage};
    let doubts = words!(Doubt {
        Doubt::CreateLost => "create-lost",
        Doubt::Mismatch => "mismatch",
        Doubt::ConfirmedWithoutSuccess => "confirmed-without-success",
        Doubt::UnknownStatus => "unknown-status",
        Doubt::Unresolved => "unresolved",
    });
    assert_all_stand(
        "intent",
        "stage",
        words!(Stage {
            Stage::Creating { .. } => "creating",
            Stage::Open { .. } => "open",
            Stage::Verifying { .. } => "verifying",
            Stage::Withdrawing { .. } => "withdrawing",
            Stage::Closed(_) => "closed",
        }),
    );
    assert_all_stand(
        "intent",
        "stage.verifying.end",
        words!(End {
            End::Expired => "expired",
            End::Cancelled => "cancelled",
        }),
    );
    assert_all_stand(
        "intent",
        "stage.closed",
        words!(Outcome {
            Outcome::Paid { .. } => "paid",
            Outcome::Expired => "expired",
            Outcome::Cancelled => "cancelled",
            Outcome::Refused { .. } => "refused",
            Outcome::Held { .. } => "held",
        }),
    );
    assert_all_stand("intent", "stage.closed.held.doubt", doubts);
    assert_all_stand("intent", "stage.closed.refused.reason", &REASONS);
    assert_all_stand("intent", "flights.current.kind", &["create", "register", "read", "cancel"]);
}

#[test]
fn saved_cards_with_their_charges_and_refunds() {
    use charge::stage::{Doubt, Outcome, Stage};
    assert_all_stand(
        "charge",
        "stage",
        words!(Stage {
            Stage::Surveying { .. } => "surveying",
            Stage::Charging => "charging",
            Stage::Searching { .. } => "searching",
            Stage::Following => "following",
            Stage::Closed(_) => "closed",
        }),
    );
    assert_all_stand(
        "charge",
        "stage.closed",
        words!(Outcome {
            Outcome::Confirmed { .. } => "confirmed",
            Outcome::Refunded => "refunded",
            Outcome::Declined => "declined",
            Outcome::Refused { .. } => "refused",
            Outcome::Held { .. } => "held",
        }),
    );
    assert_all_stand(
        "charge",
        "stage.closed.held.doubt",
        words!(Doubt {
            Doubt::NotListed => "not-listed",
            Doubt::Ambiguous => "ambiguous",
            Doubt::ListUnreadable => "list-unreadable",
            Doubt::NotAttributable => "not-attributable",
            Doubt::Mismatch => "mismatch",
            Doubt::Unresolved => "unresolved",
        }),
    );
    assert_all_stand("charge", "stage.closed.refused.reason", &REASONS);
    assert_all_stand("charge", "flights.current.kind", &["list", "charge", "read"]);
    assert_all_stand("refund", "stage", &["reading", "refunding", "closed"]);
    assert_all_stand("refund", "stage.closed", &["refunded", "refused", "held", "contradicted"]);
    assert_all_stand("refund", "stage.closed.refused.reason", &REASONS);
    assert_all_stand("refund", "stage.reading.refused", &REASONS);
    assert_all_stand("refund", "flights.current.kind", &["read", "refund"]);
    assert_all_stand(
        "saved-card",
        "status",
        words!(SavedCardStatus {
            SavedCardStatus::Pending => "pending",
            SavedCardStatus::Active => "active",
            SavedCardStatus::Expired => "expired",
            SavedCardStatus::Revoked => "revoked",
            SavedCardStatus::Unknown => "unknown",
        }),
    );
    assert_all_stand("saved-card", "revoking", &["asked", "sent"]);
    assert_all_stand("saved-card", "flights.current.kind", &["read", "revoke"]);
}
