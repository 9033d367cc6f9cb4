//! The session bus and keyring of one journey: its own, in the state the journey asks for.

use std::{fs, path::Path};

use crate::Outcome;

/// What the app finds when it asks for the system keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keyring {
    /// gnome-keyring, unlocked, as after signing in to a desktop.
    #[default]
    Unlocked,
    /// gnome-keyring with a locked collection and nobody who could be asked to unlock it.
    Locked,
    /// A session bus on which no keyring answers.
    Missing,
}

impl Keyring {
    /// A shell line that brings the keyring into this state on the current bus.
    pub const fn preparation(self) -> &'static str {
        // The first makes and unlocks the collection, the second takes its place on the bus.
        const UNLOCKED: &str = r#"printf "practice\n" | gnome-keyring-daemon --unlock --components=secrets
            gnome-keyring-daemon --start --components=secrets"#;
        // As above, but the second is a new one that was never told the password.
        const LOCKED: &str = r#"printf "practice\n" | gnome-keyring-daemon --unlock --components=secrets
            gnome-keyring-daemon --replace --daemonize --components=secrets"#;
        match self {
            Self::Unlocked => UNLOCKED,
            Self::Locked => LOCKED,
            Self::Missing => ":",
        }
    }
}

/// Writes the configuration of a bus that starts no service by itself, so that only what a journey started is there.
pub fn write_bus_configuration(file: &Path) -> Outcome {
    fs::write(
        file,
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
    )?;
    Ok(())
}
