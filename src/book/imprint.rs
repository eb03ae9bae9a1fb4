//! What a copyright page (版权页) says, line by line, in the book's language.

use super::Meta;
use super::words::{Record, words};

/// What a copyright page says beside the metadata. Nothing of it is ever made
/// up: what is not supplied does not stand there.
#[derive(Debug, Default, Clone, Eq, PartialEq)]
pub struct Imprint {
    /// copyright statement; one is made of date and authors if there is none
    pub copyright: Option<String>,
    /// lines of the CIP block (图书在版编目数据), as they were issued
    pub cip: Vec<String>,
    /// who did what: 责任编辑, 装帧设计 …, in the order given
    pub credits: Vec<(String, String)>,
    /// address of the publisher
    pub address: Option<String>,
    /// its postcode
    pub postcode: Option<String>,
    /// its telephone
    pub phone: Option<String>,
    /// its place in the web
    pub url: Option<String>,
    /// printer
    pub printer: Option<String>,
    /// distributor
    pub distributor: Option<String>,
    /// sheet and fraction, such as `890毫米×1240毫米 1/32`
    pub format: Option<String>,
    /// 印张, instead of what the pages come to
    pub sheets: Option<String>,
    /// 字数, instead of what the pages come to
    pub count: Option<String>,
    /// 版次
    pub edition: Option<u32>,
    /// its date
    pub edition_date: Option<String>,
    /// 印次
    pub printing: Option<u32>,
    /// its date
    pub printing_date: Option<String>,
    /// 印数
    pub print_run: Option<String>,
    /// 定价
    pub price: Option<String>,
    /// ISBN, with its hyphens as given
    pub isbn: Option<String>,
}

impl Imprint {
    /// Whether there is an edition on record: then its size and extent are told.
    fn on_record(&self) -> bool {
        let numbers = self.edition.is_some() || self.printing.is_some();
        let texts = [&self.printer, &self.format, &self.sheets, &self.count, &self.isbn];
        numbers || texts.into_iter().any(Option::is_some)
    }
}

/// What is known of the printed book alone.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Printed {
    /// finished size, in tenths of a millimetre
    pub trim: [i64; 2],
    /// the sheet in millimetres, and how many leaves it gives (开数)
    pub sheet: Option<[u32; 3]>,
    /// all pages
    pub pages: u32,
    /// characters that their type areas hold
    pub cells: u64,
}

/// A copyright page.
#[derive(Debug, Default, Clone, Eq, PartialEq)]
pub struct CopyrightPage {
    /// who has the rights, and what others may do
    pub statement: Vec<String>,
    /// the CIP block
    pub cip: Vec<String>,
    /// the record of the edition: groups of labels and values
    pub record: Vec<Vec<(String, String)>>,
}

impl CopyrightPage {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.statement.is_empty() && self.cip.is_empty() && self.record.is_empty()
    }

    /// The copyright page of a book, printed or not.
    pub fn of(meta: &Meta, printed: Option<&Printed>) -> CopyrightPage {
        let words = &words(&meta.lang).record;
        let credits = meta.imprint.credits.clone();
        let groups =
            [credits, publisher(meta, words, printed), extent(meta, words, printed)];
        CopyrightPage {
            statement: statement(meta, words),
            cip: meta.imprint.cip.clone(),
            record: groups.into_iter().filter(|g| !g.is_empty()).collect(),
        }
    }
}

fn statement(meta: &Meta, words: &Record) -> Vec<String> {
    let rights = meta.rights.as_deref().unwrap_or_default();
    let lower = rights.to_lowercase();
    let says = [
        "©",
        "copyright",
        "版权",
        "版權",
        "public domain",
        "公有领域",
        "公有領域",
        "cc0",
    ];
    let own = says.iter().any(|w| lower.starts_with(w));
    let mut out = vec![];
    match &meta.imprint.copyright {
        Some(given) => out.push(given.clone()),
        None if own || meta.authors.is_empty() => {}
        None => {
            let year = meta.date.as_deref().and_then(|d| d.split('-').next());
            let year = year.map_or(String::new(), |y| format!("{y} "));
            let comma = if words.colon == "：" { "、" } else { ", " };
            out.push(format!("© {year}{}", meta.authors.join(comma)));
        }
    }
    match licence(rights) {
        Some(url) => {
            out.push(words.licence.replace('%', rights));
            out.push(url);
        }
        None if rights.is_empty() => {}
        None => out.push(rights.to_string()),
    }
    out
}

/// Where a licence of Creative Commons is to be read: `CC BY-SA 4.0`, `CC0 1.0`.
fn licence(rights: &str) -> Option<String> {
    const HOST: &str = "https://creativecommons.org";
    let mut words = rights.split_whitespace();
    let (first, second) = (words.next()?, words.next()?);
    let version = |v: &str| v.split('.').all(|n| n.len() == 1 && n.parse::<u8>().is_ok());
    if first == "CC0" && version(second) && words.next().is_none() {
        return Some(format!("{HOST}/publicdomain/zero/{second}/"));
    }
    let terms = second.to_lowercase();
    let number = words.next().filter(|n| version(n))?;
    let known = terms.split('-').all(|t| ["by", "sa", "nc", "nd"].contains(&t));
    let whole = first == "CC" && known && words.next().is_none();
    whole.then(|| format!("{HOST}/licenses/{terms}/{number}/"))
}

type Rows = Vec<(String, String)>;

fn publisher(meta: &Meta, words: &Record, printed: Option<&Printed>) -> Rows {
    let i = &meta.imprint;
    let paper = |v: &Option<String>| printed.and(v.clone());
    let rows = [
        (words.publisher, meta.publisher.clone()),
        (words.address, i.address.clone()),
        (words.postcode, i.postcode.clone()),
        (words.phone, i.phone.clone()),
        (words.url, i.url.clone()),
        (words.printer, paper(&i.printer)),
        (words.distributor, paper(&i.distributor)),
    ];
    given(rows)
}

fn given<const N: usize>(rows: [(&str, Option<String>); N]) -> Rows {
    rows.into_iter().filter_map(|(label, v)| Some((label.to_string(), v?))).collect()
}

/// Size, extent, edition, number and price.
fn extent(meta: &Meta, words: &Record, printed: Option<&Printed>) -> Rows {
    let i = &meta.imprint;
    let on_paper = printed.filter(|_| i.on_record());
    let computed = on_paper.filter(|_| words.mainland);
    let paper = |v: &Option<String>| printed.and(v.clone());
    let sheet = |p: &Printed| Some((p.pages, p.sheet?[2]));
    let sheets = computed.and_then(sheet).map(|(pages, of)| sheets(pages, of));
    let thousands =
        |cells: u64| words.thousands.replace('%', &rounded(cells).to_string());
    let first = i.edition == Some(1) && i.printing == Some(1);
    let printing_date =
        i.printing_date.as_ref().or(i.edition_date.as_ref().filter(|_| first));
    let isbn = i.isbn.as_ref().map(|n| match words.isbn {
        "ISBN" => n.clone(),
        _ => format!("ISBN {n}"),
    });
    let rows = [
        (words.trim, on_paper.map(|p| size(p.trim, words))),
        (words.format, paper(&i.format).or(computed.and_then(|p| format(p, words)))),
        (words.sheets, paper(&i.sheets).or(sheets)),
        (words.count, i.count.clone().or(computed.map(|p| thousands(p.cells)))),
        (
            words.edition,
            i.edition
                .map(|n| dated(words.edition_value, n, i.edition_date.as_ref(), words)),
        ),
        (
            words.printing,
            printed
                .and(i.printing)
                .map(|n| dated(words.printing_value, n, printing_date, words)),
        ),
        (words.print_run, paper(&i.print_run)),
        (words.isbn, isbn),
        (words.price, paper(&i.price)),
    ];
    given(rows)
}

fn rounded(cells: u64) -> u64 {
    ((cells + 500) / 1000).max(1)
}

/// 成品尺寸: `148毫米 × 210毫米`.
fn size([w, h]: [i64; 2], words: &Record) -> String {
    let side = |n: i64| match n % 10 {
        0 => format!("{}{}", n / 10, words.mm),
        tenth => format!("{}.{tenth}{}", n / 10, words.mm),
    };
    format!("{} × {}", side(w), side(h))
}

/// 开本: `890毫米 × 1240毫米　1/32`.
fn format(printed: &Printed, words: &Record) -> Option<String> {
    let [w, h, of] = printed.sheet?;
    let mm = words.mm;
    Some(format!("{w}{mm} × {h}{mm}　1/{of}"))
}

/// 印张: pages by leaves of a sheet, to the next eighth, as sheets are folded.
/// `10`, `20.75`, `5.125`.
pub fn sheets(pages: u32, leaves: u32) -> String {
    let eighths = (u64::from(pages) * 8).div_ceil(u64::from(leaves.max(1)));
    let part = ["", ".125", ".25", ".375", ".5", ".625", ".75", ".875"];
    format!("{}{}", eighths / 8, part[(eighths % 8) as usize])
}

/// `2024年5月第1版`.
fn dated(pattern: &str, n: u32, date: Option<&String>, words: &Record) -> String {
    let date = date.map_or(String::new(), |d| day(d, words));
    let out = pattern.replace('%', &n.to_string()).replace('@', &date);
    // Without a date nothing is left of what stands beside it.
    out.trim_matches([',', ' ']).to_string()
}

/// A date as the language writes it: `2024年5月`.
fn day(date: &str, words: &Record) -> String {
    if words.date[0].is_empty() {
        return date.to_string();
    }
    let part = |(n, unit): (&str, &&str)| format!("{}{unit}", n.trim_start_matches('0'));
    date.split('-').zip(&words.date).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_counted_in_eighths() {
        let cases =
            [(320, 32, "10"), (332, 16, "20.75"), (164, 32, "5.125"), (1, 32, "0.125")];
        for (pages, leaves, want) in cases {
            assert_eq!(sheets(pages, leaves), want);
        }
        assert_eq!(sheets(0, 0), "0");
    }

    #[test]
    fn licences_have_a_place() {
        let by = Some("https://creativecommons.org/licenses/by/4.0/".to_string());
        assert_eq!(licence("CC BY 4.0"), by);
        let zero = Some("https://creativecommons.org/publicdomain/zero/1.0/".to_string());
        assert_eq!(licence("CC0 1.0"), zero);
        for other in
            ["", "CC", "CC BY", "CC BY 4.0 or MIT", "MIT", "CC BY 四", "保留所有权利"]
        {
            assert_eq!(licence(other), None, "{other}");
        }
    }

    fn meta() -> Meta {
        let imprint = Imprint {
            credits: vec![("责任编辑".into(), "甲".into())],
            edition: Some(1),
            edition_date: Some("2024-05".into()),
            printing: Some(1),
            isbn: Some("978-7-111-11111-5".into()),
            ..Imprint::default()
        };
        let mut meta = Meta { lang: "zh-Hans-CN".into(), imprint, ..Meta::default() };
        meta.authors = vec!["乙".into(), "丙".into()];
        meta.date = Some("2024-05-04".into());
        meta
    }

    fn printed() -> Printed {
        Printed {
            trim: [1480, 2100],
            sheet: Some([890, 1240, 32]),
            pages: 160,
            cells: 129_920,
        }
    }

    fn said(page: &CopyrightPage) -> Vec<String> {
        let rows = page.record.iter().flatten();
        rows.map(|(label, value)| format!("{label} {value}")).collect()
    }

    #[test]
    fn the_record_of_a_printed_book() {
        let page = CopyrightPage::of(&meta(), Some(&printed()));
        assert_eq!(page.statement, ["© 2024 乙、丙"]);
        let want = [
            "责任编辑 甲",
            "成品尺寸 148毫米 × 210毫米",
            "开本 890毫米 × 1240毫米　1/32",
            "印张 5",
            "字数 130千字",
            "版次 2024年5月第1版",
            "印次 2024年5月第1次印刷",
            "书号 ISBN 978-7-111-11111-5",
        ];
        assert_eq!(said(&page), want);
    }

    #[test]
    fn nothing_is_made_up() {
        assert!(CopyrightPage::of(&Meta::default(), Some(&printed())).is_empty());
        let page = CopyrightPage::of(&meta(), None);
        let want = ["责任编辑 甲", "版次 2024年5月第1版", "书号 ISBN 978-7-111-11111-5"];
        assert_eq!(said(&page), want);
        let mut given = meta();
        given.imprint.sheets = Some("9.5".into());
        given.imprint.count = Some("200千字".into());
        let page = CopyrightPage::of(&given, Some(&printed()));
        assert!(said(&page).contains(&"印张 9.5".into()), "{page:?}");
        assert!(said(&page).contains(&"字数 200千字".into()), "{page:?}");
        // No one counts sheets in Taiwan.
        given.imprint.sheets = None;
        given.lang = "zh-Hant-TW".into();
        let page = CopyrightPage::of(&given, Some(&printed()));
        assert!(!said(&page).iter().any(|s| s.starts_with("印張")), "{page:?}");
    }

    #[test]
    fn rights_speak_for_themselves() {
        let mut meta = meta();
        meta.rights = Some("CC BY 4.0".into());
        let page = CopyrightPage::of(&meta, None);
        assert_eq!(page.statement.len(), 3);
        assert_eq!(page.statement[1], "本书以 CC BY 4.0 许可协议发布");
        meta.rights = Some("© 2020 丁".into());
        assert_eq!(CopyrightPage::of(&meta, None).statement, ["© 2020 丁"]);
    }
}
