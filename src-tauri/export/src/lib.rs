//! What leaves the app: tables of consents, the chain as text, documents about one person, sheets for the counter.
//!
//! It stands apart because a typesetter and a spreadsheet writer are heavy to build and know nothing of the shop:
//! rows and documents come in as plain values, one at a time, and a file appears at its place whole or not at all.

mod chain_lines;
mod column;
mod csv_file;
mod disarm;
mod error;
mod language;
mod moment;
pub mod paper;
mod place;
mod row;
mod seal;
mod sheet_xml;
mod shopify;
mod table;
mod xlsx_file;

pub use chain_lines::LinesFile;
pub use disarm::disarmed;
pub use error::ExportError;
pub use language::Language;
pub use moment::Zone;
pub use place::Written;
pub use row::EventRow;
pub use seal::Seal;
pub use shopify::{ShopifyConsent, ShopifyFile, ShopifyRow};
pub use table::{About, TableFile, TableFormat};
