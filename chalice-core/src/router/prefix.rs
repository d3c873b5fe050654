//! The segments of a path with the prefixes of blueprints.

use super::{build::NO_SEGMENT, segment::segment_hash};
use crate::{
    bytes::{equal, position, slice},
    conflict::ConflictKind,
    definition::{RouteDef, SegmentDef, SegmentKind},
    flatten::FlatHandler,
    path::{MAX_PLACEHOLDERS, MAX_SEGMENTS},
};

const fn text(path: &'static str, segment: SegmentDef) -> &'static [u8] {
    slice(
        path.as_bytes(),
        segment.start() as usize,
        segment.end() as usize,
    )
}

/// The segment of a blueprint's prefix that starts there: prefixes are any constant expression, so
/// no attribute has seen them.
const fn prefix_segment(path: &[u8], start: usize) -> SegmentDef {
    let end = position(path, b'/', start);
    let (kind, start, end) = if path[start] == b'{' {
        (SegmentKind::Placeholder, start + 1, end - 1)
    } else {
        (SegmentKind::Literal, start, end)
    };
    SegmentDef::new(
        kind,
        segment_hash(slice(path, start, end)),
        start as u16,
        end as u16,
    )
}

/// Where the segment starts that follows one of a prefix.
const fn after_prefix_segment(segment: SegmentDef) -> usize {
    let bracket = match segment.kind() {
        SegmentKind::Literal => 0,
        _ => 1,
    };
    segment.end() as usize + bracket + 1
}

/// The segments of a path with a prefix, of which [`prefix_conflict`] says that they fit.
pub(super) const fn moved_segments<'a>(
    handler: &FlatHandler,
    route: &RouteDef,
    segments: &'a mut [[u64; 2]; MAX_SEGMENTS],
) -> &'a [[u64; 2]] {
    let path = handler.path.as_bytes();
    let (mut count, mut start) = (0, 1);
    while start < handler.prefix.bytes {
        let segment = prefix_segment(path, start);
        start = after_prefix_segment(segment);
        segments[count] = segment.parts();
        count += 1;
    }
    let mut own = 0;
    while own < route.segments.len() {
        let segment = SegmentDef::of_parts(route.segments[own]);
        segments[count] = segment.shifted(handler.prefix.bytes as u16).parts();
        count += 1;
        own += 1;
    }
    segments.split_at(count).0
}

/// What the prefixes of a handler's blueprints spoil: its attribute has checked
/// the rest of its path.
pub(super) const fn prefix_conflict(
    handler: &FlatHandler,
    route: &RouteDef,
) -> Option<ConflictKind> {
    let path = handler.path;
    let mut names = [NO_SEGMENT; MAX_PLACEHOLDERS];
    let mut count = 0;
    let mut start = 1;
    let mut own = 0;
    while start < handler.prefix.bytes || own < route.segments.len() {
        let segment = if start < handler.prefix.bytes {
            let segment = prefix_segment(path.as_bytes(), start);
            start = after_prefix_segment(segment);
            segment
        } else {
            own += 1;
            SegmentDef::of_parts(route.segments[own - 1]).shifted(handler.prefix.bytes as u16)
        };
        if let SegmentKind::Literal = segment.kind() {
            continue;
        }
        let mut earlier = 0;
        while earlier < count {
            if equal(text(path, names[earlier]), text(path, segment)) {
                return Some(ConflictKind::RepeatedPlaceholder);
            }
            earlier += 1;
        }
        if count == MAX_PLACEHOLDERS {
            return Some(ConflictKind::PathTooLong);
        }
        names[count] = segment;
        count += 1;
    }
    if handler.prefix.segments + route.segments.len() > MAX_SEGMENTS {
        return Some(ConflictKind::PathTooLong);
    }
    None
}
