//! What people in the lists of consents are called and looked for by: many have no thread that would say so.

use crate::naming::about;
use std::collections::BTreeSet;
use store::{
    Connection, Result,
    consent_list::{self, PersonRow},
};

/// Brings the names of these customers in line, at the end of each transaction.
pub(crate) fn bring_in_line(db: &Connection, customers: &BTreeSet<i64>) -> Result<()> {
    for &customer_id in customers {
        let person = match consent_list::is_listed(db, customer_id)? {
            false => None,
            true => {
                let about = about(db, customer_id)?;
                Some(PersonRow {
                    name: about.name,
                    phone: about.phone,
                    username: about.username,
                    language: about.language,
                    terms: about.terms,
                })
            }
        };
        consent_list::save_person(db, customer_id, person.as_ref())?;
    }
    Ok(())
}
