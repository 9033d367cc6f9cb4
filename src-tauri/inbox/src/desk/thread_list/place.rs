//! Where a thread stands in the list, and how that travels to the window and back.

use crate::view::{ThreadCursor, ThreadSort};

/// Where a thread stands in the list; the lesser comes first: pinned or not, open window or not where that
/// matters, then the key and the id, turned round where the greater come first.
pub(super) type Place = (bool, bool, i64, i64);

pub(super) fn place(pinned: bool, closed: bool, key: i64, id: i64, sort: ThreadSort) -> Place {
    if sort == ThreadSort::Closing && !closed {
        (!pinned, closed, key, id)
    } else {
        (!pinned, closed, -key, -id)
    }
}

pub(super) fn key_and_id(place: &Place, sort: ThreadSort) -> (i64, i64) {
    let &(_, closed, key, id) = place;
    if sort == ThreadSort::Closing && !closed {
        (key, id)
    } else {
        (-key, -id)
    }
}

pub(super) fn id_of(place: &Place, sort: ThreadSort) -> i64 {
    key_and_id(place, sort).1
}

/// A cursor's key is negative behind the last open window: a window that closes while somebody pages must not
/// make him miss the others. It is −2 for one that closed in 1970, −1 where there never was one.
pub(super) fn cursor_of(place: &Place, sort: ThreadSort) -> ThreadCursor {
    let (key, thread_id) = key_and_id(place, sort);
    let closed = place.1;
    ThreadCursor {
        pinned: !place.0,
        key: if closed { -key - 2 } else { key },
        thread_id,
    }
}

pub(super) fn place_of(cursor: &ThreadCursor, sort: ThreadSort) -> Place {
    let closed = sort == ThreadSort::Closing && cursor.key < 0;
    let key = if closed { -cursor.key - 2 } else { cursor.key };
    place(cursor.pinned, closed, key, cursor.thread_id, sort)
}
