//! Journeys through the real window: the built app in WebKit, driven over WebDriver.
//!
//! Run by `make test`, on a screen of its own. Nothing is skipped: without a screen or a driver a journey fails and
//! says what is missing, unless `GUICHET_NO_WINDOW=1` says that no window is wanted.

mod accessible;
mod connect;
mod consents;
mod counted;
mod crash;
mod customer;
mod damaged;
mod desk;
mod eventually;
mod file_dialogs;
mod frames;
mod guard;
mod hostile;
mod journey;
mod key_at_start;
mod keyboard;
mod keyring;
mod languages;
mod media;
mod notes;
mod notice_server;
mod notices;
mod numbers;
mod ogg;
mod pages;
mod palette;
mod panels;
mod playing;
mod practice_mode;
mod prepared;
mod quiet;
mod real_keys;
mod screen;
mod search;
mod shots;
mod snooze;
mod sound;
mod spelling;
mod stage;
mod start;
mod styles;
mod tab_order;
mod template_carousel;
mod template_editor;
mod templates;
mod three_processes;
mod undo;
mod window;
mod window_closes;

/// What a journey and everything it is made of ends in; the error is a sentence.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
