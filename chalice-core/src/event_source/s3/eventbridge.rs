//! What Amazon S3 sends to Amazon EventBridge where it would send notifications.
//!
//! Sources: Amazon S3, "Using EventBridge", "Amazon EventBridge mapping and troubleshooting" and
//! "EventBridge event message structure".

/// An event of Amazon EventBridge that stands for an event of notifications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counterpart {
    /// The event of notifications, one of [`EVENTS`](super::EVENTS).
    pub event: &'static str,
    /// The `detail-type` of the event of EventBridge.
    pub detail_type: &'static str,
    /// Its `detail.reason`; `None` where any will do, or there is none.
    pub reason: Option<&'static str>,
    /// Its `detail.deletion-type`; `None` where any will do, or there is none.
    pub deletion_type: Option<&'static str>,
}

impl Counterpart {
    const fn of(event: &'static str, detail_type: &'static str) -> Counterpart {
        Counterpart {
            event,
            detail_type,
            reason: None,
            deletion_type: None,
        }
    }

    const fn created(event: &'static str, reason: &'static str) -> Counterpart {
        Counterpart {
            reason: Some(reason),
            ..Counterpart::of(event, "Object Created")
        }
    }

    const fn deleted(
        event: &'static str,
        reason: &'static str,
        deletion_type: Option<&'static str>,
    ) -> Counterpart {
        Counterpart {
            reason: Some(reason),
            deletion_type,
            ..Counterpart::of(event, "Object Deleted")
        }
    }

    fn fits(&self, detail_type: &str, reason: Option<&str>, deletion_type: Option<&str>) -> bool {
        self.detail_type == detail_type
            && (self.reason.is_none() || self.reason == reason)
            && (self.deletion_type.is_none() || self.deletion_type == deletion_type)
    }
}

const BY_REQUEST: &str = "DeleteObject";
const BY_LIFECYCLE: &str = "Lifecycle Expiration";
const PERMANENTLY: Option<&str> = Some("Permanently Deleted");
const BY_MARKER: Option<&str> = Some("Delete Marker Created");

/// All of them; a group such as `s3:ObjectCreated:*` comes after its parts, and is there if it is not just the sum of
/// them. What is missing (replication, lost objects of the Reduced Redundancy class, annotations) is not sent to EventBridge.
pub const COUNTERPARTS: [Counterpart; 19] = [
    Counterpart::created("s3:ObjectCreated:Put", "PutObject"),
    Counterpart::created("s3:ObjectCreated:Post", "POST Object"),
    Counterpart::created("s3:ObjectCreated:Copy", "CopyObject"),
    Counterpart::created(
        "s3:ObjectCreated:CompleteMultipartUpload",
        "CompleteMultipartUpload",
    ),
    Counterpart::of("s3:ObjectCreated:*", "Object Created"),
    Counterpart::deleted("s3:ObjectRemoved:Delete", BY_REQUEST, PERMANENTLY),
    Counterpart::deleted(
        "s3:ObjectRemoved:DeleteMarkerCreated",
        BY_REQUEST,
        BY_MARKER,
    ),
    Counterpart::deleted("s3:ObjectRemoved:*", BY_REQUEST, None),
    Counterpart::deleted("s3:LifecycleExpiration:Delete", BY_LIFECYCLE, PERMANENTLY),
    Counterpart::deleted(
        "s3:LifecycleExpiration:DeleteMarkerCreated",
        BY_LIFECYCLE,
        BY_MARKER,
    ),
    Counterpart::deleted("s3:LifecycleExpiration:*", BY_LIFECYCLE, None),
    Counterpart::of("s3:ObjectRestore:Post", "Object Restore Initiated"),
    Counterpart::of("s3:ObjectRestore:Completed", "Object Restore Completed"),
    Counterpart::of("s3:ObjectRestore:Delete", "Object Restore Expired"),
    Counterpart::of("s3:LifecycleTransition", "Object Storage Class Changed"),
    Counterpart::of("s3:IntelligentTiering", "Object Access Tier Changed"),
    Counterpart::of("s3:ObjectTagging:Put", "Object Tags Added"),
    Counterpart::of("s3:ObjectTagging:Delete", "Object Tags Deleted"),
    Counterpart::of("s3:ObjectAcl:Put", "Object ACL Updated"),
];

/// What is sent to EventBridge for an event of notifications; nothing for those that it does not get.
///
/// ```
/// use chalice_core::event_source::s3::counterparts;
/// let types: Vec<&str> = counterparts("s3:ObjectTagging:*").map(|it| it.detail_type).collect();
/// assert_eq!(types, ["Object Tags Added", "Object Tags Deleted"]);
/// assert_eq!(counterparts("s3:Replication:*").count(), 0);
/// ```
pub fn counterparts(event: &str) -> impl Iterator<Item = &'static Counterpart> {
    let is_listed = COUNTERPARTS.iter().any(|it| it.event == event);
    let group = event.strip_suffix('*').filter(|_| !is_listed);
    COUNTERPARTS.iter().filter(move |it| match group {
        Some(group) => it.event.starts_with(group),
        None => it.event == event,
    })
}

/// The event of notifications that an event of EventBridge stands for: a group if its reason is not known. `None` for
/// what notifications do not have.
///
/// ```
/// use chalice_core::event_source::s3::notification_of;
/// let event = notification_of("Object Created", Some("PutObject"), None);
/// assert_eq!(event, Some("s3:ObjectCreated:Put"));
/// ```
pub fn notification_of(
    detail_type: &str,
    reason: Option<&str>,
    deletion_type: Option<&str>,
) -> Option<&'static str> {
    COUNTERPARTS
        .iter()
        .find(|it| it.fits(detail_type, reason, deletion_type))
        .map(|it| it.event)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event_source::s3::{EVENTS, events_overlap};

    #[test]
    fn what_eventbridge_does_not_get() {
        let missing: Vec<&str> = EVENTS
            .into_iter()
            .filter(|event| counterparts(event).next().is_none())
            .collect();
        assert_eq!(
            missing,
            [
                "s3:ReducedRedundancyLostObject",
                "s3:Replication:*",
                "s3:Replication:OperationFailedReplication",
                "s3:Replication:OperationMissedThreshold",
                "s3:Replication:OperationReplicatedAfterThreshold",
                "s3:Replication:OperationNotTracked",
                "s3:ObjectAnnotation:*",
                "s3:ObjectAnnotation:Put",
                "s3:ObjectAnnotation:Delete",
            ]
        );
    }

    #[test]
    fn counterparts_are_of_events_that_there_are() {
        for counterpart in COUNTERPARTS {
            assert!(EVENTS.contains(&counterpart.event), "{counterpart:?}");
            // The way back ends where the way there has begun.
            let back = notification_of(
                counterpart.detail_type,
                counterpart.reason,
                counterpart.deletion_type,
            );
            assert_eq!(back, Some(counterpart.event));
        }
    }

    /// Every event of EventBridge that is documented.
    fn sent() -> impl Iterator<Item = &'static Counterpart> {
        COUNTERPARTS.iter().filter(|it| !it.event.ends_with('*'))
    }

    #[test]
    fn an_event_is_sent_for_what_overlaps_with_it_and_for_nothing_else() {
        for event in EVENTS {
            for sent in sent() {
                let is_asked_for = counterparts(event).any(|counterpart| {
                    counterpart.fits(sent.detail_type, sent.reason, sent.deletion_type)
                });
                assert_eq!(
                    is_asked_for,
                    events_overlap(event, sent.event),
                    "{event} {sent:?}"
                );
            }
        }
    }

    #[test]
    fn unknown_reasons() {
        let created = notification_of("Object Created", Some("RenameObject"), None);
        assert_eq!(created, Some("s3:ObjectCreated:*"));
        let deleted = notification_of("Object Deleted", Some("DeleteObject"), Some("Hidden"));
        assert_eq!(deleted, Some("s3:ObjectRemoved:*"));
        assert_eq!(notification_of("Object Deleted", None, None), None);
        assert_eq!(notification_of("Async Copy Completion", None, None), None);
    }
}
