//! What the printer and the binder go by: cuts, folds, steps on the backs of
//! signatures, and what sheet and side this is. All of it stands outside the trim, and
//! is black alone: a book in black has one plate.

use super::label::Labels;
use super::layout::{Layout, spine_right};
use super::ops::Ops;
use super::plan::{Plan, Sheet};
use super::{area::Area, fold::Side};
use crate::geom::Len;
use lopdf::Stream;

/// From bleed to marks, so that they are cut off with it.
pub const OFFSET: Len = Len::tenth_mm(20);
/// How long marks are.
pub const LENGTH: Len = Len::tenth_mm(50);
/// As thin as presses hold.
const THIN: Len = Len::milli_pt(250);
/// A step on the back: 折标, as high as the next one is lower (阶梯).
const STEP: Len = Len::tenth_mm(50);
/// Where the first step is, from the head; and the last, from the foot.
const FIRST: Len = Len::tenth_mm(100);
/// The width of a step: what is milled off, or what the gutter hides.
const NARROW: Len = Len::tenth_mm(15);
const WIDE: Len = Len::tenth_mm(40);
/// Size of the labels.
const TYPE: Len = Len::milli_pt(6_000);
/// From the cut to the label, and room for the longest numbers in it.
const INDENT: Len = Len::tenth_mm(30);
const NUMBERS: Len = Len::milli_pt(110_000);

/// Draws the marks at the edges of a sheet.
pub fn edges(ops: &mut Ops, layout: &Layout) {
    ops.raw("q 0 G");
    ops.op(&[THIN.to_pt()], "w");
    let block = layout.block;
    let near = layout.measures.bleed + OFFSET;
    let bands = |low: Len, high: Len| {
        [(low - near - LENGTH, low - near), (high + near, high + near + LENGTH)]
    };
    for (low, high) in bands(block.bottom, block.top) {
        for x in layout.upright_cuts() {
            ops.line((x, low), (x, high));
        }
    }
    for (low, high) in bands(block.left, block.right) {
        for y in layout.level_cuts() {
            ops.line((low, y), (high, y));
        }
    }
    ops.raw("[2 2] 0 d");
    for (low, high) in bands(block.bottom, block.top) {
        for (x, _) in layout.upright_folds() {
            ops.line((x, low), (x, high));
        }
    }
    for (low, high) in bands(block.left, block.right) {
        for y in layout.level_folds() {
            ops.line((low, y), (high, y));
        }
    }
    ops.raw("Q");
}

/// Draws the step of a gathering on the fold between its first and its last page,
/// where it is seen on the back: one step lower than that of the one before.
pub fn step(ops: &mut Ops, layout: &Layout, sheet: &Sheet) {
    let outer = sheet.sides[0].iter().find(|p| p.page == sheet.first);
    let Some(place) = outer.filter(|_| sheet.number == 0) else { return };
    let piece = layout.piece(place.col, place.row);
    let milling = layout.measures.milling;
    let fold = match spine_right(place.col) {
        true => piece.right + milling,
        false => piece.left - milling,
    };
    let room = piece.size().h - FIRST * 2;
    let steps = (room.to_sp() / STEP.to_sp()).max(1);
    let down = FIRST + STEP * (sheet.gathering as i64 % steps);
    let half = (milling * 2).max(NARROW).min(WIDE).frac(1, 2);
    let (top, bottom) = match place.turned {
        true => (piece.bottom + down + STEP, piece.bottom + down),
        false => (piece.top - down, piece.top - down - STEP),
    };
    ops.raw("q 0 g");
    ops.fill(Area { left: fold - half, bottom, right: fold + half, top });
    ops.raw("Q");
}

/// Writes below the first column which sheet this is: side, gathering, sheet of it,
/// pages; then the title, which is a form of this name.
pub fn label(
    ops: &mut Ops,
    layout: &Layout,
    plan: &Plan,
    (sheet, side): (&Sheet, Side),
    labels: &Labels,
    title: &str,
) {
    let side = match side {
        Side::A => "A",
        Side::B => "B",
    };
    let nested = match sheet.of {
        1 => String::new(),
        of => format!(" · {}/{of}", sheet.number + 1),
    };
    let number = format!("{}/{}{nested}", sheet.gathering + 1, plan.gatherings);
    let pages = format!("{}–{}", sheet.first + 1, sheet.first + sheet.pages);
    let x = layout.piece(0, 0).left + INDENT;
    let y = layout.block.bottom - layout.measures.bleed - OFFSET - LENGTH.frac(2, 3);
    let end = labels.write(ops, &format!("{side}  {number}  {pages}  "), (x, y), TYPE);
    ops.raw("q");
    ops.op(&[1.0, 0.0, 0.0, 1.0, end.to_pt(), y.to_pt()], "cm");
    ops.draw(title);
    ops.raw("Q");
}

/// The title as labels have it, in what their numbers leave of a page.
pub fn title(labels: &Labels, page: Len) -> Stream {
    labels.title(TYPE, (page - INDENT * 2 - NUMBERS).max(Len::ZERO))
}
