//! Pictures of what was signed, kept in the encrypted store under the digest of their bytes.

use super::super::Desk;
use crate::view::{ConsentRefusal, EvidenceResult, EvidenceView};
use sha2::{Digest, Sha256};
use store::{
    Result,
    evidence::{self, EvidenceRow},
};

/// Largest picture of a paper that is kept.
const EVIDENCE_MAX: i64 = 16 * 1024 * 1024;

impl Desk {
    /// Keeps a picture in the encrypted store; its name is the digest of its bytes.
    pub fn keep_evidence(
        &self,
        kind: &str,
        filename: &str,
        mime_type: &str,
        bytes: &[u8],
    ) -> Result<EvidenceResult> {
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        // What it is by its bytes; what it is called decides nothing.
        let found = infer::get(bytes).map(|kind| kind.mime_type());
        let taken = matches!(
            found,
            Some("image/png" | "image/jpeg" | "image/webp" | "application/pdf")
        );
        if bytes.is_empty() {
            return Ok(EvidenceResult::Refused {
                why: ConsentRefusal::NoEvidence,
            });
        }
        if size > EVIDENCE_MAX {
            return Ok(EvidenceResult::Refused {
                why: ConsentRefusal::EvidenceTooLarge {
                    size,
                    limit: EVIDENCE_MAX,
                },
            });
        }
        let Some(found) = found.filter(|_| taken) else {
            return Ok(EvidenceResult::Refused {
                why: ConsentRefusal::EvidenceKind {
                    mime_type: found.unwrap_or(mime_type).to_owned(),
                },
            });
        };
        let row = EvidenceRow {
            sha256: hex::encode(Sha256::digest(bytes)),
            mime_type: found.to_owned(),
            kind: kind.to_owned(),
            filename: filename.to_owned(),
            size,
            put_at: self.clock.now(),
        };
        self.store.write(|db| evidence::put(db, &row, bytes))?;
        Ok(EvidenceResult::Kept {
            evidence: EvidenceView {
                id: row.sha256,
                kind: row.kind,
                mime_type: row.mime_type,
                size: row.size,
                keep_until: None,
            },
        })
    }

    pub fn evidence(&self, evidence_id: &str) -> Result<Option<Vec<u8>>> {
        self.store.read(|db| evidence::bytes(db, evidence_id))
    }
}
