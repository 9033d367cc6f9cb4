//! The guard through the window: silent while answers are given, in the way of what nobody asked for, and batches that
//! stop, die, go on, are warned of, and leave out whoever says stop meanwhile.

mod batch;
mod batch_pages;
mod one_by_one;
mod warned_batch;
