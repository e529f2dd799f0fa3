//! What is generated, what never is, and how the webhook secret is rotated.

use core::time::Duration;

use super::{
    GeneratedSecrets, MAX_FORMER, OVERLAP, ROTATION_PAUSE, Randomness, RotationRefusal, SecretNeed, SecretNeeds,
};
use crate::flow::record;
use crate::value::UnixMillis;

const START: UnixMillis = UnixMillis(1_772_384_400_000);
const BOTH: SecretNeeds = SecretNeeds { signing_key: SecretNeed::Required, webhook: SecretNeed::Required };
const CONFIGURED: SecretNeeds = SecretNeeds { signing_key: SecretNeed::Configured, webhook: SecretNeed::Configured };
const NOTHING: SecretNeeds = SecretNeeds { signing_key: SecretNeed::Unused, webhook: SecretNeed::Unused };

/// Random bytes of which the first is the number of the draw.
fn draws() -> impl FnMut() -> Randomness {
    let mut drawn = 0;
    move || {
        drawn += 1;
        [drawn; 32]
    }
}

fn texts(secrets: &GeneratedSecrets, now: UnixMillis) -> Vec<String> {
    let webhook = secrets.webhook.as_ref().unwrap();
    webhook.valid(now).map(|secret| secret.expose().to_owned()).collect()
}

fn newest(secrets: &GeneratedSecrets) -> String {
    secrets.webhook.as_ref().unwrap().newest().secret.expose().to_owned()
}

#[test]
fn what_exists_is_never_generated_again() {
    let mut random = draws();
    let nothing = GeneratedSecrets::default();
    assert!(nothing.completed(NOTHING, &mut random, START).is_none());
    let key = SecretNeeds { signing_key: SecretNeed::Required, ..NOTHING };
    let first = nothing.completed(key, &mut random, START).unwrap();
    assert!(first.webhook.is_none());
    assert!(first.completed(key, &mut random, START).is_none());
    let both = first.completed(BOTH, &mut random, START).unwrap();
    let exposed = |secrets: &GeneratedSecrets| secrets.signing_key.as_ref().unwrap().secret.expose().to_owned();
    assert_eq!(exposed(&first), exposed(&both));
    assert_eq!(exposed(&first), "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
    assert_eq!(newest(&both), "whsec_AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=");
    assert!(both.completed(BOTH, &mut random, START).is_none());
    assert!(both.signing_key().unwrap().is_some());
}

#[test]
fn what_was_configured_is_never_generated() {
    let mut random = draws();
    for (needs, of_key, of_webhook) in [
        (CONFIGURED, false, false),
        (SecretNeeds { webhook: SecretNeed::Unused, ..CONFIGURED }, false, true),
        (SecretNeeds { signing_key: SecretNeed::Required, ..CONFIGURED }, true, false),
    ] {
        let noted = GeneratedSecrets::default().completed(needs, &mut random, START).unwrap();
        assert!(noted.completed(needs, &mut random, START).is_none(), "it is noted once: {needs:?}");
        let later = noted.completed(BOTH, &mut random, START).unwrap_or_else(|| noted.clone());
        assert_eq!((later.signing_key.is_some(), later.webhook.is_some()), (of_key, of_webhook), "{needs:?}");
        let is_configured = needs.signing_key == SecretNeed::Configured;
        assert_eq!(later.is_webhook_configured_alone(), needs.webhook == SecretNeed::Configured, "{needs:?}");
        assert_eq!((noted.is_key_configured(), later.is_key_configured()), (is_configured, is_configured), "{needs:?}");
    }
    // What was generated before stays; the key is noted nevertheless, since what it makes from now on, the generated one does not know.
    let generated = GeneratedSecrets::default().completed(BOTH, &mut random, START).unwrap();
    assert!(!generated.is_key_configured() && !generated.is_webhook_configured_alone());
    let noted = generated.completed(CONFIGURED, &mut random, START).unwrap();
    assert!(noted.is_key_configured() && noted.completed(CONFIGURED, &mut random, START).is_none());
    assert_eq!(noted.signing_key.unwrap().secret.expose(), generated.signing_key.unwrap().secret.expose());
}

#[test]
fn a_secret_that_nobody_has_seen_signs_nothing() {
    let mut random = draws();
    let generated = GeneratedSecrets::default().completed(BOTH, &mut random, START).unwrap();
    assert_eq!(generated.webhook_secrets(START).unwrap().len(), 0);
    assert_eq!(generated.webhook.as_ref().unwrap().count(START), 1);
    let shown = generated.rotate_webhook("one", &random(), START).unwrap();
    assert_eq!(shown.webhook_secrets(START).unwrap().len(), 1);
    assert!(generated.is_older_than(&shown) && !shown.is_older_than(&generated));
}

#[test]
fn a_repeated_rotation_shows_the_same_secret() {
    let mut random = draws();
    let first = GeneratedSecrets::default().rotate_webhook("one", &random(), START).unwrap();
    let repeated = first.rotate_webhook("one", &random(), START).unwrap();
    assert_eq!(record::to_string(&repeated), record::to_string(&first));
    let second = first.rotate_webhook("two", &random(), START.plus(ROTATION_PAUSE)).unwrap();
    let repeated = second.rotate_webhook("two", &random(), START.plus(ROTATION_PAUSE * 2)).unwrap();
    assert_eq!(record::to_string(&repeated), record::to_string(&second));
}

#[test]
fn a_secret_that_nobody_has_seen_is_shown_first() {
    let mut random = draws();
    let generated = GeneratedSecrets::default().completed(BOTH, &mut random, START).unwrap();
    let shown = generated.rotate_webhook("r1", &random(), START).unwrap();
    assert_eq!(newest(&shown), newest(&generated));
    assert_eq!(shown.webhook.as_ref().unwrap().previous_ends_at(START), None);
    let rotated = shown.rotate_webhook("r2", &random(), START.plus(ROTATION_PAUSE)).unwrap();
    assert_ne!(newest(&rotated), newest(&shown));
    let first = GeneratedSecrets::default().rotate_webhook("r3", &random(), START).unwrap();
    assert_eq!(first.webhook_secrets(START).unwrap().len(), 1);
    assert!(first.signing_key.is_none());
}

#[test]
fn rotations_end_no_secret_before_its_time() {
    let mut random = draws();
    let mut now = START;
    let mut secrets = GeneratedSecrets::default().rotate_webhook("r4", &random(), now).unwrap();
    let mut replaced = Vec::new();
    // As often and as fast as it is allowed, for five days.
    while now < START.plus(OVERLAP * 5) {
        match secrets.rotate_webhook(&replaced.len().to_string(), &random(), now) {
            Ok(rotated) => {
                replaced.push((newest(&secrets), now.plus(OVERLAP)));
                secrets = rotated;
            }
            Err(RotationRefusal { seconds }) => now = now.plus(Duration::from_secs(seconds.into())),
        }
        let valid = texts(&secrets, now);
        assert_eq!(valid.first(), Some(&newest(&secrets)));
        assert!(valid.len() <= MAX_FORMER + 1, "{valid:?}");
        for (secret, ends_at) in &replaced {
            assert_eq!(valid.contains(secret), now < *ends_at, "{secret} at {now}, until {ends_at}");
        }
    }
    assert!(replaced.len() >= MAX_FORMER * 5, "{replaced:?}");
}

#[test]
fn there_is_no_second_rotation_within_a_minute() {
    let mut random = draws();
    let shown = GeneratedSecrets::default().rotate_webhook("r5", &random(), START).unwrap();
    for (after, expected) in
        [(0, Some(60)), (1, Some(60)), (1_000, Some(59)), (59_999, Some(1)), (60_000, None), (-1, None)]
    {
        let refusal = shown.rotate_webhook("r6", &random(), UnixMillis(START.millis() + after)).err();
        assert_eq!(refusal.map(|refusal| refusal.seconds), expected, "after {after} ms");
    }
}

#[test]
fn a_record_keeps_them_and_nothing_prints_them() {
    let mut random = draws();
    let secrets = GeneratedSecrets::default().completed(BOTH, &mut random, START).unwrap();
    let rotated = secrets.rotate_webhook("r7", &random(), START).unwrap();
    let rotated = rotated.rotate_webhook("r8", &random(), START.plus(ROTATION_PAUSE)).unwrap();
    let stored = concat!(
        r#"{"schemaVersion":1,"signingKey":{"secret":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=","#,
        r#""generatedAt":"2026-03-01T17:00:00.000Z"},"webhook":{"newest":{"#,
        r#""secret":"whsec_BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ=","generatedAt":"2026-03-01T17:01:00.000Z"},"#,
        r#""shownAt":"2026-03-01T17:01:00.000Z","shownTo":"r8","former":[{"#,
        r#""secret":"whsec_AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=","endsAt":"2026-03-02T17:01:00.000Z"}]},"#,
        r#""configured":{"signingKey":false,"webhook":false},"revision":3}"#
    );
    assert_eq!(record::to_string(&rotated), stored);
    let read: GeneratedSecrets = record::from_str(stored).unwrap();
    assert_eq!(texts(&read, START), texts(&rotated, START));
    let printed = format!("{read:?}");
    let key = read.signing_key.as_ref().unwrap().secret.expose().to_owned();
    for secret in texts(&read, START).into_iter().chain([key]) {
        assert!(!printed.contains(&secret), "{printed}");
    }
}
