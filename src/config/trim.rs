//! Trim sizes and type sizes by name. To add one, add a row.

use super::TypeArea;
use crate::geom::{Len, Size};

/// Names, width and height in tenths of a millimetre, the sheet in millimetres
/// with the leaves it gives (开数) where books are cut from whole sheets, and the
/// default type area: characters, lines, body size and leading in thousandths of a
/// point (clreq.md 3.1 and 3.3; GB/T 788-1999 for the A and B series, trade practice
/// else; British and American formats as printers on demand name them).
type Row = (&'static [&'static str], i64, i64, Option<[u32; 3]>, [i64; 4]);

const TRIMS: &[Row] = &[
    (&["a6"], 1050, 1440, Some([890, 1240, 64]), [24, 22, 9_000, 14_500]),
    (&["b6"], 1190, 1650, Some([1000, 1400, 64]), [23, 23, 10_500, 16_000]),
    (&["a5"], 1480, 2100, Some([890, 1240, 32]), [28, 29, 10_500, 17_000]),
    (
        &["32k", "小32开", "32开"],
        1300,
        1840,
        Some([787, 1092, 32]),
        [25, 27, 10_500, 15_750],
    ),
    (
        &["large-32k", "大32开"],
        1400,
        2030,
        Some([850, 1168, 32]),
        [27, 29, 10_500, 16_500],
    ),
    (&["b5"], 1690, 2390, Some([1000, 1400, 32]), [34, 33, 10_500, 17_000]),
    (
        &["170x240", "异型16开"],
        1700,
        2400,
        Some([710, 1000, 16]),
        [34, 33, 10_500, 17_000],
    ),
    (
        &["16k", "小16开", "16开"],
        1850,
        2600,
        Some([787, 1092, 16]),
        [38, 36, 10_500, 17_500],
    ),
    (&["a4", "大16开"], 2100, 2970, Some([890, 1240, 16]), [42, 40, 10_500, 18_000]),
    (&["b-format"], 1290, 1980, None, [24, 26, 10_500, 17_000]),
    (&["5x8"], 1270, 2032, None, [24, 27, 10_500, 17_000]),
    (&["digest", "5.5x8.5"], 1397, 2159, None, [26, 29, 10_500, 17_000]),
    (&["us-trade", "6x9"], 1524, 2286, None, [28, 30, 10_500, 17_000]),
    (&["royal"], 1560, 2340, None, [29, 31, 10_500, 17_000]),
    (&["7x10"], 1778, 2540, None, [33, 34, 10_500, 17_000]),
    (&["letter", "8.5x11"], 2159, 2794, None, [40, 37, 10_500, 17_000]),
];

/// Looks a trim size up: its size, sheet and default type area.
pub fn named(name: &str) -> Option<(Size, Option<[u32; 3]>, TypeArea)> {
    let lower = name.to_lowercase();
    let row = TRIMS.iter().find(|row| row.0.contains(&lower.as_str()))?;
    let size = Size { w: Len::tenth_mm(row.1), h: Len::tenth_mm(row.2) };
    let [chars, lines, body, leading] = row.4;
    let area = TypeArea {
        chars: chars as u16,
        lines: lines as u16,
        size: Len::milli_pt(body),
        leading: Len::milli_pt(leading),
    };
    Some((size, row.3, area))
}

/// All names, for hints.
pub fn names() -> impl Iterator<Item = &'static str> {
    TRIMS.iter().flat_map(|row| row.0.iter().copied())
}

/// Type sizes by Chinese name, in thousandths of a point (clreq.md 3.2).
const SIZES: &[(&str, i64)] = &[
    ("初号", 42_000),
    ("小初", 36_000),
    ("一号", 26_000),
    ("小一", 24_000),
    ("二号", 22_000),
    ("小二", 18_000),
    ("三号", 16_000),
    ("小三", 15_000),
    ("四号", 14_000),
    ("小四", 12_000),
    ("五号", 10_500),
    ("小五", 9_000),
    ("六号", 7_500),
    ("小六", 6_500),
    ("七号", 5_500),
    ("八号", 5_000),
];

/// A type size by its Chinese name.
pub fn type_size(name: &str) -> Option<Len> {
    SIZES.iter().find(|row| row.0 == name).map(|row| Len::milli_pt(row.1))
}
