//! The events that a bucket can send to a function.

use super::S3Error;

/// Every event that a notification can ask for.
///
/// Amazon S3, `LambdaFunctionConfiguration`, `Events`, and "Supported event types for SQS, SNS, and Lambda".
pub const EVENTS: [&str; 30] = [
    "s3:ObjectCreated:*",
    "s3:ObjectCreated:Put",
    "s3:ObjectCreated:Post",
    "s3:ObjectCreated:Copy",
    "s3:ObjectCreated:CompleteMultipartUpload",
    "s3:ObjectRemoved:*",
    "s3:ObjectRemoved:Delete",
    "s3:ObjectRemoved:DeleteMarkerCreated",
    "s3:ObjectRestore:*",
    "s3:ObjectRestore:Post",
    "s3:ObjectRestore:Completed",
    "s3:ObjectRestore:Delete",
    "s3:ReducedRedundancyLostObject",
    "s3:Replication:*",
    "s3:Replication:OperationFailedReplication",
    "s3:Replication:OperationMissedThreshold",
    "s3:Replication:OperationReplicatedAfterThreshold",
    "s3:Replication:OperationNotTracked",
    "s3:LifecycleExpiration:*",
    "s3:LifecycleExpiration:Delete",
    "s3:LifecycleExpiration:DeleteMarkerCreated",
    "s3:LifecycleTransition",
    "s3:IntelligentTiering",
    "s3:ObjectTagging:*",
    "s3:ObjectTagging:Put",
    "s3:ObjectTagging:Delete",
    "s3:ObjectAcl:Put",
    "s3:ObjectAnnotation:*",
    "s3:ObjectAnnotation:Put",
    "s3:ObjectAnnotation:Delete",
];

/// The event that `text` names.
///
/// # Errors
///
/// When Amazon S3 has no such event, or sends it without being asked.
pub fn event(text: &str) -> Result<&'static str, S3Error> {
    if text.eq_ignore_ascii_case("s3:TestEvent") {
        return Err(S3Error::TestEvent);
    }
    EVENTS
        .into_iter()
        .find(|event| *event == text)
        .ok_or_else(|| S3Error::UnknownEvent {
            event: text.to_owned(),
        })
}

/// The events of one notification.
///
/// # Errors
///
/// When Amazon S3 would refuse the list: with the position of the event that
/// has to be mended, which is 0 when there is none.
///
/// ```
/// use chalice_core::event_source::s3::events;
/// assert!(events(&["s3:ObjectCreated:*", "s3:ObjectRemoved:Delete"]).is_ok());
/// let (at, error) = events(&["s3:ObjectCreated:*", "s3:ObjectCreated:Put"]).unwrap_err();
/// assert_eq!(at, 1);
/// assert!(error.to_string().ends_with("leave out `s3:ObjectCreated:Put`"));
/// ```
pub fn events(texts: &[&str]) -> Result<Vec<&'static str>, (usize, S3Error)> {
    let mut found: Vec<&'static str> = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let event = event(text).map_err(|error| (at, error))?;
        for (earlier_at, earlier) in found.iter().enumerate() {
            if *earlier == event {
                return Err((at, S3Error::DuplicateEvent { event }));
            }
            if events_overlap(earlier, event) {
                // The part is what has to go, wherever it stands.
                let (at, group, event) = if event.ends_with('*') {
                    (earlier_at, event, *earlier)
                } else {
                    (at, *earlier, event)
                };
                return Err((at, S3Error::OverlappingEvents { group, event }));
            }
        }
        found.push(event);
    }
    if found.is_empty() {
        return Err((0, S3Error::NoEvents));
    }
    Ok(found)
}

/// Whether two events of [`EVENTS`] can be raised by the same change of an object.
pub const fn events_overlap(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() {
        if a[at] == b'*' || b[at] == b'*' {
            return true;
        }
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    a.len() == b.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists() {
        assert_eq!(
            events(&["s3:ObjectCreated:Put", "s3:ObjectCreated:Post"]),
            Ok(vec!["s3:ObjectCreated:Put", "s3:ObjectCreated:Post"])
        );
        assert_eq!(events(&[]), Err((0, S3Error::NoEvents)));
        assert_eq!(
            events(&["s3:ObjectRemoved:*", "s3:TestEvent"]),
            Err((1, S3Error::TestEvent))
        );
        assert_eq!(
            events(&[
                "s3:ObjectAcl:Put",
                "s3:IntelligentTiering",
                "s3:ObjectAcl:Put"
            ]),
            Err((
                2,
                S3Error::DuplicateEvent {
                    event: "s3:ObjectAcl:Put"
                }
            ))
        );
        assert_eq!(
            events(&["s3:ObjectTagging:Put", "s3:ObjectTagging:*"]),
            Err((
                0,
                S3Error::OverlappingEvents {
                    group: "s3:ObjectTagging:*",
                    event: "s3:ObjectTagging:Put"
                }
            ))
        );
    }

    #[test]
    fn overlaps_are_groups_and_their_parts() {
        for a in EVENTS {
            for b in EVENTS {
                let group = |group: &str, event: &str| {
                    group
                        .strip_suffix('*')
                        .is_some_and(|start| event.starts_with(start))
                };
                assert_eq!(
                    events_overlap(a, b),
                    a == b || group(a, b) || group(b, a),
                    "{a} {b}"
                );
            }
        }
    }
}
