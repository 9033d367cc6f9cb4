//! Whether an exported ledger is what the shop wrote: nothing is needed but the file, and the shop's public key if one
//! is not to take the file's own word for it.

use super::{
    entry::{BEGINNING, Digest, Public, commitment, digest, hash},
    file::{FORMAT, FileEntry, FileHeader, VERSION, header_digest},
    signing::{DeviceHead, HEAD_MARK, Head, SignedHead},
};
use ed25519_dalek::{Signature, VerifyingKey};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, BufRead},
};

/// Longer lines are no entries of ours: the largest text in one is a message of 64 KiB.
const LONGEST_LINE: u64 = 1 << 22;

/// A file that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    pub business: String,
    pub made_at: i64,
    pub entries: u64,
    /// Of these, entries without their personal part.
    pub erased: u64,
    pub heads: Vec<DeviceHead>,
    /// Hex. Worth something only when it is compared with what the shop gave out.
    pub public_key: String,
}

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotVerified {
    #[error("the file could not be read")]
    Unreadable(#[from] io::Error),
    #[error("this is no ledger written by Guichet")]
    NoLedger,
    #[error("this ledger was written by a later version of Guichet")]
    TooNew,
    /// `line` counts from 1; `entry` is `DEVICE/SEQ` where it can be told.
    #[error("line {line}, entry {entry}: {why}")]
    Broken {
        line: u64,
        entry: String,
        why: Misfit,
    },
    /// The end is missing: the file was cut off, or entries were taken away with it.
    #[error("the file ends before its signed head")]
    CutOff,
    #[error("something stands after the signed head, in line {line}")]
    Trailing { line: u64 },
    /// The signed head speaks of other entries than the file holds.
    #[error("the signed head is not the head of these entries: {device}")]
    OtherHead { device: String },
    #[error("the signature is not by the key of this file")]
    Signature,
    #[error("the file was signed with another key than the one given")]
    OtherKey,
    #[error("the key given is no public key")]
    NoKey,
}

/// How an entry does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    #[error("it is not what was written, or cannot be read")]
    Changed,
    #[error("entries before it are missing")]
    Missing,
    #[error("it does not follow the entry before it")]
    OutOfPlace,
    #[error("its personal part is not what was written")]
    PersonalChanged,
    #[error("its personal part is gone, and no erasure says so")]
    PersonalMissing,
}

/// Reads a whole file. `key`: the shop's public key in hex, as it was given out; `None`: the file's own.
pub fn verify(file: impl BufRead, key: Option<&str>) -> Result<Verified, NotVerified> {
    let mut lines = Lines { file, number: 0 };
    let first = lines.next()?.ok_or(NotVerified::NoLedger)?;
    let header: FileHeader = serde_json::from_str(&first).map_err(|_| NotVerified::NoLedger)?;
    if header.format != FORMAT {
        return Err(NotVerified::NoLedger);
    }
    if header.version > VERSION {
        return Err(NotVerified::TooNew);
    }
    let wanted = key
        .map(|key| digest(key).ok_or(NotVerified::NoKey))
        .transpose()?;
    let own = digest(&header.public_key).ok_or(NotVerified::Signature)?;
    if wanted.is_some_and(|wanted| wanted != own) {
        return Err(NotVerified::OtherKey);
    }

    let mut walk = Walk::default();
    let end = loop {
        let line = lines.next()?.ok_or(NotVerified::CutOff)?;
        match serde_json::from_str::<FileEntry>(&line) {
            Ok(entry) => walk.step(&entry, lines.number)?,
            Err(_) => match serde_json::from_str::<SignedHead>(&line) {
                Ok(end) => break end,
                Err(_) => return Err(walk.unreadable(lines.number)),
            },
        }
    };
    walk.finish()?;
    if lines.next()?.is_some() {
        return Err(NotVerified::Trailing { line: lines.number });
    }
    signed(&end, &own)?;
    let head: Head = serde_json::from_str(&end.head).map_err(|_| NotVerified::Signature)?;
    if head.header_sha256 != header_digest(&first) {
        return Err(NotVerified::Broken {
            line: 1,
            entry: String::new(),
            why: Misfit::Changed,
        });
    }
    let heads = walk.heads();
    if let Some(device) = differing(&heads, &head.devices) {
        return Err(NotVerified::OtherHead { device });
    }
    if u64::try_from(head.count) != Ok(walk.entries) {
        return Err(NotVerified::OtherHead {
            device: header.device,
        });
    }
    Ok(Verified {
        business: header.business,
        made_at: header.made_at,
        entries: walk.entries,
        erased: walk.without_personal.len() as u64,
        heads,
        public_key: header.public_key,
    })
}

fn signed(end: &SignedHead, key: &Digest) -> Result<(), NotVerified> {
    let key = VerifyingKey::from_bytes(key).map_err(|_| NotVerified::Signature)?;
    let mut bytes = [0; 64];
    hex::decode_to_slice(&end.signature, &mut bytes).map_err(|_| NotVerified::Signature)?;
    let message = [HEAD_MARK, end.head.as_bytes()].concat();
    key.verify_strict(&message, &Signature::from_bytes(&bytes))
        .map_err(|_| NotVerified::Signature)
}

/// The first device whose head is not the same in both.
fn differing(found: &[DeviceHead], said: &[DeviceHead]) -> Option<String> {
    let of = |heads: &[DeviceHead]| -> BTreeMap<String, (i64, String)> {
        let all = heads.iter();
        all.map(|head| (head.device.clone(), (head.seq, head.hash.clone())))
            .collect()
    };
    let (found, said) = (of(found), of(said));
    let devices: BTreeSet<&String> = found.keys().chain(said.keys()).collect();
    let differs = |device: &&&String| found.get(**device) != said.get(**device);
    devices.iter().find(differs).map(|device| (*device).clone())
}

struct Lines<R> {
    file: R,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    /// Without its end; `None` at the end of the file. What is no UTF-8 is no line of ours.
    fn next(&mut self) -> Result<Option<String>, NotVerified> {
        let mut line = Vec::new();
        let mut part = io::Read::take(&mut self.file, LONGEST_LINE);
        if part.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        match line.last() {
            Some(b'\n') => drop(line.pop()),
            _ if line.len() as u64 == LONGEST_LINE => return Err(NotVerified::NoLedger),
            _ => {}
        }
        // An editor on Windows may have left these; JSON does not mind, the header's digest would.
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        match String::from_utf8(line) {
            Ok(line) => Ok(Some(line)),
            Err(_) if self.number == 1 => Err(NotVerified::NoLedger),
            // Unreadable as JSON either way, and then it is named by its place.
            Err(_) => Ok(Some(String::new())),
        }
    }
}

/// Every device's chain, as far as it was read.
#[derive(Default)]
struct Walk {
    chains: BTreeMap<String, (i64, Digest)>,
    /// The chain of the line before.
    current: String,
    entries: u64,
    /// Hash, and where: erased, or taken away. Few of all entries.
    without_personal: BTreeMap<Digest, (u64, String)>,
    erased: BTreeSet<Digest>,
}

impl Walk {
    fn step(&mut self, entry: &FileEntry, line: u64) -> Result<(), NotVerified> {
        let Some(public) = Public::read(&entry.public) else {
            return Err(self.unreadable(line));
        };
        let name = super::entry_name(&public.device, public.seq);
        let broken = |why| NotVerified::Broken {
            line,
            entry: name.clone(),
            why,
        };
        let [Some(prev), Some(committed), Some(own)] =
            [&entry.prev, &entry.commitment, &entry.hash].map(|text| digest(text))
        else {
            return Err(broken(Misfit::Changed));
        };
        let (seq, head) = self
            .chains
            .get(&public.device)
            .copied()
            .unwrap_or((0, BEGINNING));
        if hash(&prev, &committed, &entry.public) != own {
            // What it says of its own place may be what was changed.
            return Err(match public.seq == seq + 1 {
                true => broken(Misfit::Changed),
                false => self.unreadable(line),
            });
        }
        if public.seq > seq + 1 {
            return Err(broken(Misfit::Missing));
        }
        if public.seq != seq + 1 || prev != head {
            return Err(broken(Misfit::OutOfPlace));
        }
        match (&entry.salt, &entry.personal) {
            (Some(salt), Some(personal)) => {
                let fits =
                    digest(salt).is_some_and(|salt| commitment(&salt, personal) == committed);
                if !fits {
                    return Err(broken(Misfit::PersonalChanged));
                }
            }
            (None, None) => drop(self.without_personal.insert(own, (line, name.clone()))),
            _ => return Err(broken(Misfit::PersonalChanged)),
        }
        self.erased
            .extend(public.erases.iter().filter_map(|text| digest(text)));
        self.current.clone_from(&public.device);
        self.chains.insert(public.device, (public.seq, own));
        self.entries += 1;
        Ok(())
    }

    /// A line nobody can read stands where the next entry of this chain should.
    fn unreadable(&self, line: u64) -> NotVerified {
        let next = self.chains.get(&self.current).map(|(seq, _)| seq + 1);
        NotVerified::Broken {
            line,
            entry: next
                .map(|seq| super::entry_name(&self.current, seq))
                .unwrap_or_default(),
            why: Misfit::Changed,
        }
    }

    fn finish(&self) -> Result<(), NotVerified> {
        let taken = self
            .without_personal
            .iter()
            .filter(|(hash, _)| !self.erased.contains(*hash))
            .map(|(_, place)| place)
            .min();
        match taken {
            None => Ok(()),
            Some((line, entry)) => Err(NotVerified::Broken {
                line: *line,
                entry: entry.clone(),
                why: Misfit::PersonalMissing,
            }),
        }
    }

    fn heads(&self) -> Vec<DeviceHead> {
        let all = self.chains.iter();
        all.map(|(device, (seq, hash))| DeviceHead {
            device: device.clone(),
            seq: *seq,
            hash: hex::encode(hash),
        })
        .collect()
    }
}
