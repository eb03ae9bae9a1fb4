//! Sheets by name, and lengths as they are given on the command line.

use crate::geom::{Len, Size};

/// Names, width and height in tenths of a millimetre: ISO 216 A and B, the untrimmed
/// SRA of ISO 217, American paper, and the two Chinese sheets, 正度 and 大度, with their
/// halves and quarters.
const PAPERS: &[(&[&str], i64, i64)] = &[
    (&["a5"], 1480, 2100),
    (&["a4"], 2100, 2970),
    (&["a3"], 2970, 4200),
    (&["a2"], 4200, 5940),
    (&["a1"], 5940, 8410),
    (&["b5"], 1760, 2500),
    (&["b4"], 2500, 3530),
    (&["b3"], 3530, 5000),
    (&["b2"], 5000, 7070),
    (&["b1"], 7070, 10_000),
    (&["sra4"], 2250, 3200),
    (&["sra3"], 3200, 4500),
    (&["sra2"], 4500, 6400),
    (&["sra1"], 6400, 9000),
    (&["letter"], 2159, 2794),
    (&["tabloid"], 2794, 4318),
    (&["zheng-4", "正度四开"], 3930, 5460),
    (&["zheng-2", "正度对开"], 5460, 7870),
    (&["zheng", "正度"], 7870, 10_920),
    (&["da-4", "大度四开"], 4440, 5970),
    (&["da-2", "大度对开"], 5970, 8890),
    (&["da", "大度"], 8890, 11_940),
];

/// The largest side of a sheet, in millimetres: the largest page that programs must
/// show (ISO 32000-1, annex C: 14 400 units) is a little more.
const LARGEST: f64 = 5000.0;

/// Reads a sheet: a name, or such as `450x320mm`.
pub fn sheet(text: &str) -> Result<Size, String> {
    let lower = text.trim().to_lowercase();
    if let Some(row) = PAPERS.iter().find(|row| row.0.contains(&lower.as_str())) {
        return Ok(Size { w: Len::tenth_mm(row.1), h: Len::tenth_mm(row.2) });
    }
    let free = || {
        let (w, h) = lower.strip_suffix("mm").unwrap_or(&lower).split_once(['x', '×'])?;
        let side = |n: &str| millimetres(n.trim().trim_end_matches("mm"), 50.0, LARGEST);
        Some(Size { w: side(w)?, h: side(h)? })
    };
    free().ok_or_else(|| {
        let names: Vec<_> = PAPERS.iter().map(|row| row.0[0]).collect();
        format!("allowed is {}, or such as 450x320mm", names.join(", "))
    })
}

/// Reads a length of up to 100 mm, such as `6` or `0.1mm`.
pub fn length(text: &str) -> Result<Len, String> {
    let number = text.trim().trim_end_matches("mm").trim_end();
    millimetres(number, 0.0, 100.0).ok_or_else(|| "allowed is 0 to 100, in mm".into())
}

/// Micrometres are exact enough for the thickness of paper.
fn millimetres(text: &str, low: f64, high: f64) -> Option<Len> {
    let n: f64 = text.parse().ok()?;
    let um = (n * 1000.0).round() as i64;
    let len = match um % 100 {
        0 => Len::tenth_mm(um / 100),
        _ => Len::tenth_mm(10_000).frac(um, 1_000_000),
    };
    (low..=high).contains(&n).then_some(len)
}

/// A paper with a name that is at most 1½ mm larger: halves of ISO paper are rounded
/// down, so two A5 pages are not quite an A4 sheet.
pub fn nearest(size: Size) -> Option<Size> {
    // Boxes of pages are rounded too.
    let (less, more) = (-Len::milli_pt(50), Len::tenth_mm(15));
    let near = |a: Len, b: Len| (less..=more).contains(&(a - b));
    let sizes = PAPERS.iter().flat_map(|row| [(row.1, row.2), (row.2, row.1)]);
    let mut sizes = sizes.map(|(w, h)| Size { w: Len::tenth_mm(w), h: Len::tenth_mm(h) });
    sizes.find(|s| near(s.w, size.w) && near(s.h, size.h))
}

/// A size in whole millimetres, rounded up, for messages.
pub fn said(size: Size) -> String {
    // A thousandth of a millimetre is what points cannot say.
    let mm = |l: Len| (l.to_pt() * 25.4 / 72.0 - 0.001).ceil();
    format!("{} × {} mm", mm(size.w), mm(size.h))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_have_names_and_sizes() {
        let sra3 = sheet("SRA3").expect("a name");
        assert_eq!(sheet("320x450mm"), Ok(sra3));
        assert_eq!(sheet("320 × 450"), Ok(sra3));
        assert_eq!(said(sra3), "320 × 450 mm");
        assert_eq!(sheet("正度四开"), sheet("393x546mm"));
        for bad in ["", "a0", "x", "0x0", "1e9x3mm", "NaNx200", "-300x400"] {
            assert!(sheet(bad).is_err(), "{bad}");
        }
    }
    #[test]
    fn lengths_are_exact_to_a_micrometre() {
        let um = |l: Len| (l.to_pt() * 25_400.0 / 72.0 * 10.0).round() / 10.0;
        assert_eq!(length("0.085").map(um), Ok(85.0));
        assert_eq!(length("6mm").map(um), Ok(6000.0));
        for bad in ["", "-1", "inf", "NaN", "101", "6in"] {
            assert!(length(bad).is_err(), "{bad}");
        }
    }
    #[test]
    fn two_a5_pages_fill_an_a4_sheet() {
        let two = Size { w: Len::tenth_mm(2960), h: Len::tenth_mm(2100) };
        let a4 = Size { w: Len::tenth_mm(2970), h: Len::tenth_mm(2100) };
        assert_eq!(nearest(two), Some(a4));
        let rounded = Size { h: two.h + Len::milli_pt(1), ..two };
        assert_eq!(nearest(rounded), Some(a4));
        let less = Size { w: Len::tenth_mm(2900), ..two };
        assert_eq!(nearest(less), None);
    }
}
