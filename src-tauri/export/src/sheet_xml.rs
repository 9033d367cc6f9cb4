//! The XML of a workbook (ECMA-376, SpreadsheetML), as far as a list with dates and filters needs it.

use crate::moment::push_utc;

/// Cell styles, by their place in `cellXfs` of `styles.xml`.
pub(crate) const HEAD: u32 = 1;
pub(crate) const DATE: u32 = 2;
/// Stays text even when somebody edits the cell.
pub(crate) const TEXT_ONLY: u32 = 3;

/// What one cell takes (Microsoft, "Excel specifications and limits").
const CELL_CHARS: usize = 32_767;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// `B7`.
#[derive(Clone, Copy)]
pub(crate) struct Name<'a> {
    pub letters: &'a str,
    pub number: u32,
}

/// 0 is `A`, 26 is `AA`.
pub(crate) fn letters(mut column: usize) -> String {
    let mut backwards = Vec::new();
    loop {
        backwards.push(b'A' + (column % 26) as u8);
        match column / 26 {
            0 => break,
            rest => column = rest - 1,
        }
    }
    backwards.iter().rev().map(|&b| char::from(b)).collect()
}

fn push_figure(xml: &mut String, figure: u32) {
    xml.push_str(itoa::Buffer::new().format(figure));
}

pub(crate) fn open_row(xml: &mut String, number: u32) {
    xml.push_str("<row r=\"");
    push_figure(xml, number);
    xml.push_str("\">");
}

fn open_cell(xml: &mut String, at: Name<'_>, style: u32) {
    xml.push_str("<c r=\"");
    xml.push_str(at.letters);
    push_figure(xml, at.number);
    if style != 0 {
        xml.push_str("\" s=\"");
        push_figure(xml, style);
    }
}

/// The string stands in the cell itself: a table of its own would have to be kept until the end.
pub(crate) fn push_text(xml: &mut String, at: Name<'_>, style: u32, text: &str) {
    open_cell(xml, at, style);
    xml.push_str("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    push_escaped(xml, text);
    xml.push_str("</t></is></c>");
}

pub(crate) fn push_number(xml: &mut String, at: Name<'_>, style: u32, figure: &str) {
    open_cell(xml, at, style);
    xml.push_str("\"><v>");
    xml.push_str(figure);
    xml.push_str("</v></c>");
}

/// Escapes what XML forbids, and writes control characters the way the format has for them (`_x0007_`).
pub(crate) fn push_escaped(xml: &mut String, text: &str) {
    let cut = text.char_indices().nth(CELL_CHARS - 1);
    let text = if text.len() < CELL_CHARS {
        text
    } else {
        cut.map_or(text, |(at, _)| &text[..at])
    };
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let instead = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '_' if escape_like(&text[at..]) => "_x005F_",
            '\u{0}'..='\u{8}'
            | '\u{b}'
            | '\u{c}'
            | '\r'
            | '\u{e}'..='\u{1f}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                xml.push_str(&text[plain..at]);
                plain = at + c.len_utf8();
                xml.push_str(&format!("_x{:04X}_", u32::from(c)));
                continue;
            }
            _ => continue,
        };
        xml.push_str(&text[plain..at]);
        plain = at + c.len_utf8();
        xml.push_str(instead);
    }
    xml.push_str(&text[plain..]);
}

/// Text that would be read as such an escape.
fn escape_like(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes[1] == b'x'
        && bytes[6] == b'_'
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}

/// The beginning of a sheet up to its rows. `frozen`: the first row and the first column stay where they are.
pub(crate) fn sheet_begin(widths: impl IntoIterator<Item = u32>, frozen: bool) -> String {
    let mut xml = format!("{DECLARATION}<worksheet xmlns=\"{MAIN}\"><sheetViews>");
    xml.push_str(if frozen {
        "<sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" \
         state=\"frozen\"/></sheetView>"
    } else {
        "<sheetView workbookViewId=\"0\"/>"
    });
    xml.push_str("</sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>");
    for (width, n) in widths.into_iter().zip(1..) {
        xml.push_str(&format!(
            "<col min=\"{n}\" max=\"{n}\" width=\"{width}\" customWidth=\"1\"/>"
        ));
    }
    xml.push_str("</cols><sheetData>");
    xml
}

/// Every part but the sheets. `filtered`: rows of each sheet that has a filter, which are the first ones.
pub(crate) fn frame(
    names: &[String],
    filtered: &[u32],
    last_column: &str,
    made_at: i64,
) -> [(&'static str, String); 6] {
    let count = names.len();
    let sheets: String = names
        .iter()
        .zip(1..)
        .map(|(name, n)| format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>"))
        .collect();
    let filters: String = filtered
        .iter()
        .enumerate()
        .map(|(n, rows)| {
            format!(
                "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{n}\" hidden=\"1\">\
                 '{}'!$A$1:${last_column}${rows}</definedName>",
                names[n]
            )
        })
        .collect();
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let overrides: String = (1..=count)
        .map(|n| {
            format!("<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{kind}.worksheet+xml\"/>")
        })
        .collect();
    let links: String = (1..=count)
        .map(|n| {
            format!("<Relationship Id=\"rId{n}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>")
        })
        .collect();
    let mut created = String::new();
    push_utc(&mut created, made_at);
    [
        (
            "[Content_Types].xml",
            format!(
                "{DECLARATION}<Types xmlns=\"{package}/content-types\">\
                 <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                 <Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/>\
                 <Override PartName=\"/xl/styles.xml\" ContentType=\"{kind}.styles+xml\"/>\
                 <Override PartName=\"/docProps/core.xml\" \
                 ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>{overrides}</Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "{DECLARATION}<Relationships xmlns=\"{package}/relationships\">\
                 <Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/>\
                 <Relationship Id=\"rId2\" Type=\"{package}/relationships/metadata/core-properties\" \
                 Target=\"docProps/core.xml\"/></Relationships>"
            ),
        ),
        (
            "docProps/core.xml",
            format!(
                "{DECLARATION}<cp:coreProperties xmlns:cp=\"{package}/metadata/core-properties\" \
                 xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
                 xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:creator>Guichet</dc:creator>\
                 <dcterms:created xsi:type=\"dcterms:W3CDTF\">{created}</dcterms:created></cp:coreProperties>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "{DECLARATION}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{office}\"><bookViews><workbookView/></bookViews>\
                 <sheets>{sheets}</sheets><definedNames>{filters}</definedNames></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "{DECLARATION}<Relationships xmlns=\"{package}/relationships\">{links}<Relationship Id=\"rId{}\" \
                 Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>",
                count + 1
            ),
        ),
        ("xl/styles.xml", styles()),
    ]
}

fn styles() -> String {
    format!(
        "{DECLARATION}<styleSheet xmlns=\"{MAIN}\">\
         <numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/></numFmts>\
         <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
         <font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
         <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>\
         <fill><patternFill patternType=\"gray125\"/></fill>\
         <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE4ECE8\"/></patternFill></fill></fills>\
         <borders count=\"1\"><border/></borders>\
         <cellStyleXfs count=\"1\"><xf/></cellStyleXfs>\
         <cellXfs count=\"4\"><xf xfId=\"0\"/>\
         <xf fontId=\"1\" fillId=\"2\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\"/>\
         <xf numFmtId=\"164\" xfId=\"0\" applyNumberFormat=\"1\"/>\
         <xf numFmtId=\"49\" xfId=\"0\" quotePrefix=\"1\" applyNumberFormat=\"1\"/></cellXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_in_a_spreadsheet() {
        for (column, name) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (51, "AZ"),
            (52, "BA"),
            (701, "ZZ"),
            (702, "AAA"),
        ] {
            assert_eq!(letters(column), name);
        }
    }

    #[test]
    fn text_is_nothing_but_text() {
        for (text, written) in [
            ("a & b", "a &amp; b"),
            ("</t><f>1+1</f>", "&lt;/t&gt;&lt;f&gt;1+1&lt;/f&gt;"),
            ("bell\u{7}", "bell_x0007_"),
            ("_x0041_", "_x005F_x0041_"),
            ("a_b", "a_b"),
            ("two\nlines\tand\r", "two\nlines\tand_x000D_"),
            ("ç\u{ffff}", "ç_xFFFF_"),
        ] {
            let mut xml = String::new();
            push_escaped(&mut xml, text);
            assert_eq!(xml, written);
        }
    }

    #[test]
    fn a_cell_takes_no_more_than_a_spreadsheet_does() {
        let mut xml = String::new();
        push_escaped(&mut xml, &"ä".repeat(40_000));
        assert_eq!(xml.chars().count(), CELL_CHARS - 1);
    }
}
