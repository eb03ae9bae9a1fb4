//! The words that keben itself says in a book, in the book's language. To add a
//! language, add a table and a row in [`words`].

mod english;
mod han;
mod japanese;
mod korean;

use super::AlertKind;
use super::lang::primary;

/// Words of one language. In patterns `%` stands for the number.
#[derive(Debug)]
pub struct Words {
    /// contents
    pub contents: &'static str,
    /// list of figures
    pub figures: &'static str,
    /// list of tables
    pub tables: &'static str,
    /// cover
    pub cover: &'static str,
    /// title page
    pub title_page: &'static str,
    /// copyright page
    pub copyright_page: &'static str,
    /// beginning of the text
    pub body: &'static str,
    /// landmarks
    pub landmarks: &'static str,
    /// list of the printed edition's pages
    pub pages: &'static str,
    /// a book without a title
    pub untitled: &'static str,
    /// above what is said of a picture at length
    pub description: &'static str,
    /// a task that is done, and one that is not
    pub tasks: [&'static str; 2],
    /// what stands between authors
    pub comma: &'static str,
    /// what stands before a subtitle
    pub subtitle: &'static str,
    /// what a reader who does not see can expect: of text, of pictures
    pub summary: [&'static str; 2],
    /// a chapter's number
    pub chapter: &'static str,
    /// a part's number
    pub part: &'static str,
    /// an appendix
    pub appendix: &'static str,
    /// an appendix's number
    pub appendix_number: &'static str,
    /// whether numbers are in Han unless the author says otherwise
    pub han_numbers: bool,
    /// whether they can be
    pub can_han: bool,
    /// what stands before the number of a figure, and of one in back matter
    pub figure: [&'static str; 2],
    /// what stands before the number of a table, and of one in back matter
    pub table: [&'static str; 2],
    /// what stands before the number of a listing, and of one in back matter
    pub listing: [&'static str; 2],
    /// a table that goes on; `%` is its number
    pub continued: &'static str,
    /// above the five alerts
    pub alerts: [&'static str; 5],
    /// in references, notes and index
    pub refs: RefWords,
    /// on the copyright page
    pub record: Record,
}

/// Words of what refers to other places.
#[derive(Debug)]
pub struct RefWords {
    /// a page; `%` is its number
    pub page: &'static str,
    /// a formula with a number such as 2-1
    pub equation: &'static str,
    /// a section with a number such as 2.1
    pub section: &'static str,
    /// number and title; `@` is the title
    pub full: &'static str,
    /// look up instead
    pub see: &'static str,
    /// look up too
    pub also: &'static str,
    /// how the entry is named that is to be looked up, and what stands between two
    pub named: [&'static str; 2],
    /// heading above notes
    pub notes: &'static str,
}

/// Labels and patterns of the copyright page.
#[derive(Debug)]
pub struct Record {
    /// the book's licence; `%` is its name
    pub licence: &'static str,
    /// publisher
    pub publisher: &'static str,
    /// address
    pub address: &'static str,
    /// postcode
    pub postcode: &'static str,
    /// telephone
    pub phone: &'static str,
    /// address in the web
    pub url: &'static str,
    /// printer
    pub printer: &'static str,
    /// distributor
    pub distributor: &'static str,
    /// finished size
    pub trim: &'static str,
    /// sheet and fraction of it
    pub format: &'static str,
    /// printed sheets
    pub sheets: &'static str,
    /// count of characters
    pub count: &'static str,
    /// thousands of characters
    pub thousands: &'static str,
    /// edition
    pub edition: &'static str,
    /// its value; `@` is the date
    pub edition_value: &'static str,
    /// printing
    pub printing: &'static str,
    /// its value; `@` is the date
    pub printing_value: &'static str,
    /// copies printed
    pub print_run: &'static str,
    /// number of the book
    pub isbn: &'static str,
    /// price
    pub price: &'static str,
    /// year, month, day; empty where dates stay as they are
    pub date: [&'static str; 3],
    /// what stands between label and value
    pub colon: &'static str,
    /// whether labels are spread over four em, and 印张 and 字数 are told
    pub mainland: bool,
    /// a millimetre
    pub mm: &'static str,
}

impl Words {
    /// The word above an alert.
    pub fn alert(&self, kind: AlertKind) -> &'static str {
        match kind {
            AlertKind::Note => self.alerts[0],
            AlertKind::Tip => self.alerts[1],
            AlertKind::Important => self.alerts[2],
            AlertKind::Warning => self.alerts[3],
            AlertKind::Caution => self.alerts[4],
        }
    }
}

/// The words for a BCP 47 tag; English for what keben does not speak.
pub fn words(lang: &str) -> &'static Words {
    let lang = lang.to_lowercase();
    let hant = ["hant", "-tw", "-hk", "-mo"].iter().any(|t| lang.contains(t));
    match primary(&lang) {
        "zh" | "yue" | "lzh" if hant => &han::HANT,
        "zh" | "yue" | "lzh" => &han::HANS,
        "ja" => &japanese::WORDS,
        "ko" => &korean::WORDS,
        _ => &english::WORDS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_hold_what_they_need() {
        for lang in ["zh", "zh-Hant-TW", "ja", "ko", "en"] {
            let w = words(lang);
            let r = &w.refs;
            for pattern in
                [w.chapter, w.part, w.appendix_number, w.continued, r.page, r.section]
            {
                assert_eq!(pattern.matches('%').count(), 1, "{lang} {pattern}");
            }
            for pattern in [w.record.edition_value, w.record.printing_value] {
                assert_eq!(pattern.matches(['%', '@']).count(), 2, "{lang} {pattern}");
            }
            assert!(w.han_numbers <= w.can_han);
        }
    }

    #[test]
    fn languages_are_told_apart() {
        let said = ["zh-Hans-CN", "zh-TW", "ja-JP", "ko", "de", ""];
        let said = said.map(|l| words(l).contents);
        assert_eq!(said, ["目录", "目錄", "目次", "차례", "Contents", "Contents"]);
    }
}
