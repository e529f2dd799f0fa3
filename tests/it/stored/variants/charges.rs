//! Charges at terminals and of saved cards.

use compago::edge::saved_card::SavedCardStatus;
use compago::flow::{charge, intent};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{REASONS, assert_all_stand};

#[test]
fn charges_at_terminals() {
    use intent::stage::{End, Outcome, ReviewReason, Stage};
    let doubts = words!(ReviewReason {
        ReviewReason::CreateLost => "create-lost",
        ReviewReason::Mismatch => "mismatch",
        ReviewReason::ConfirmedWithoutSuccess => "confirmed-without-success",
        ReviewReason::UnknownStatus => "unknown-status",
        ReviewReason::Unresolved => "unresolved",
    });
    assert_all_stand(
        "intent",
        "stage",
        words!(Stage {
            Stage::Creating { .. } => "creating",
            Stage::Open { .. } => "open",
            Stage::Verifying { .. } => "verifying",
            Stage::Cancelling { .. } => "withdrawing",
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
            Outcome::NeedsReview { .. } => "held",
        }),
    );
    assert_all_stand("intent", "stage.closed.held.doubt", doubts);
    assert_all_stand("intent", "stage.closed.refused.reason", &REASONS);
    assert_all_stand("intent", "flights.current.kind", &["create", "register", "read", "cancel"]);
}

#[test]
fn saved_cards_with_their_charges_and_refunds() {
    use charge::stage::{Outcome, ReviewReason, Stage};
    assert_all_stand(
        "charge",
        "stage",
        words!(Stage {
            Stage::Snapshotting { .. } => "surveying",
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
            Outcome::NeedsReview { .. } => "held",
        }),
    );
    assert_all_stand(
        "charge",
        "stage.closed.held.doubt",
        words!(ReviewReason {
            ReviewReason::NotListed => "not-listed",
            ReviewReason::Ambiguous => "ambiguous",
            ReviewReason::ListUnreadable => "list-unreadable",
            ReviewReason::NotAttributable => "not-attributable",
            ReviewReason::Mismatch => "mismatch",
            ReviewReason::Unresolved => "unresolved",
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
