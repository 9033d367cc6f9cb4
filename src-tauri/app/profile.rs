//! Where profiles live, and which one was open last. Practice and shop never share a file.

use inbox::view::Profile;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Names the folder of the last profile.
const LAST: &str = "profile";
/// Ties the entries in the keyring to this folder, so that a copy elsewhere has a key of its own.
const ENTRY: &str = "keyring-entry";

#[derive(Debug, Clone)]
pub struct Profiles {
    root: PathBuf,
}

impl Profiles {
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// The profile that was opened last; `None` at the first start.
    pub fn last(&self) -> Option<Profile> {
        match std::fs::read_to_string(self.root.join(LAST)).ok()?.trim() {
            "practice" => Some(Profile::Practice),
            "shop" => Some(Profile::Shop),
            _ => None,
        }
    }

    pub fn remember(&self, profile: &Profile) -> std::io::Result<()> {
        make_private(&self.root)?;
        write_whole(&self.root.join(LAST), folder_name(profile))
    }

    /// The folder of a profile, made if needed.
    pub fn folder(&self, profile: &Profile) -> std::io::Result<Folder> {
        let path = self.root.join(folder_name(profile));
        make_private(&self.root)?;
        make_private(&path)?;
        let entry = path.join(ENTRY);
        let id = match std::fs::read_to_string(&entry) {
            Ok(id) if !id.trim().is_empty() => id.trim().to_owned(),
            _ => {
                let id = Uuid::new_v4().simple().to_string();
                write_whole(&entry, &id)?;
                id
            }
        };
        Ok(Folder {
            path,
            prefix: format!("{} {id}", folder_name(profile)),
        })
    }
}

/// The folder of one profile.
#[derive(Debug, Clone)]
pub struct Folder {
    pub path: PathBuf,
    prefix: String,
}

impl Folder {
    /// The name of one of its secrets in the keyring.
    pub fn secret(&self, name: &str) -> String {
        format!("{} {name}", self.prefix)
    }

    pub fn has_store(&self) -> bool {
        store::database_path(&self.path).exists()
    }

    /// A damaged store that was put aside and has no successor yet: somebody still has to decide.
    pub fn undecided(&self) -> Option<PathBuf> {
        if self.has_store() {
            return None;
        }
        let files = std::fs::read_dir(&self.path).ok()?.flatten();
        let aside = files.map(|file| file.path()).filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("guichet.damaged-") && name.ends_with(".db")
        });
        aside.max()
    }

    /// When the last good backup was made, Unix milliseconds of this machine.
    pub fn backup_at(&self) -> Option<i64> {
        let made = std::fs::metadata(store::backup_path(&self.path))
            .and_then(|file| file.modified())
            .ok()?;
        let since = made.duration_since(std::time::UNIX_EPOCH).ok()?;
        i64::try_from(since.as_millis()).ok()
    }
}

fn folder_name(profile: &Profile) -> &'static str {
    match profile {
        Profile::Practice => "practice",
        Profile::Shop => "shop",
    }
}

/// Only this user may look inside.
fn make_private(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Written aside and renamed: a cut in the middle leaves the old file.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let next = path.with_extension("next");
    let mut file = std::fs::File::create(&next)?;
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(next, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_profile_is_remembered_and_each_keeps_its_own_secrets() {
        let root = tempfile::tempdir().unwrap();
        let profiles = Profiles::new(root.path().join("data"));
        assert_eq!(profiles.last(), None);
        profiles.remember(&Profile::Practice).unwrap();
        assert_eq!(profiles.last(), Some(Profile::Practice));
        let practice = profiles.folder(&Profile::Practice).unwrap();
        let shop = profiles.folder(&Profile::Shop).unwrap();
        assert_ne!(practice.secret("key"), shop.secret("key"));
        let again = profiles.folder(&Profile::Shop).unwrap();
        assert_eq!(again.secret("key"), shop.secret("key"));
        assert!(!shop.has_store());
        assert_eq!(shop.backup_at(), None);
    }

    #[test]
    fn a_damaged_store_without_successor_waits_for_a_decision() {
        let root = tempfile::tempdir().unwrap();
        let shop = Profiles::new(root.path().into())
            .folder(&Profile::Shop)
            .unwrap();
        assert_eq!(shop.undecided(), None);
        let aside = shop.path.join("guichet.damaged-1900000000000.db");
        std::fs::write(&aside, b"").unwrap();
        assert_eq!(shop.undecided(), Some(aside));
        std::fs::write(store::database_path(&shop.path), b"").unwrap();
        assert_eq!(shop.undecided(), None);
    }
}
